"""A screen in words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from bot.messages import Half, Printed, PrintedSection, Shown, ShownChoice
from dialogs.library import Library
from dialogs.numbers import dial
from dialogs.paper import Section
from dialogs.screen import Choice, Screen
from dialogs.text import Text
from locales.catalog import NOTHING, Catalog


class Words(Protocol):
    """What puts a sentence into a language."""

    def translate(self, language: str, text: Text) -> str:
        """The sentence with its values."""


def render(catalog: Catalog, screen: Screen, language: str, later: Mapping[str, str] = NOTHING) -> Shown:
    """The screen in its own language, or in the session's; `later`: what the host has just learnt (a receipt)."""
    shown_in = screen.language or language
    choices = tuple(_choice(catalog, choice, shown_in) for choice in screen.choices)
    half = None
    if screen.beside is not None:
        half, choices = _half(catalog, screen.beside, shown_in, later), _labelled(catalog, screen.beside, choices)
    return Shown(
        text=tuple(catalog.translate(shown_in, text, later) for text in screen.text),
        choices=choices,
        asks_text=screen.asks_text,
        language=shown_in,
        direction=catalog.direction(shown_in),
        discreet=screen.discreet,
        once=screen.once,
        verbatim=screen.verbatim,
        beside=half,
    )


def emergency(catalog: Words, library: Library, language: str, at: int) -> list[ShownChoice]:
    """The numbers for danger of a day (`at`: Unix seconds), as buttons in words."""
    helplines = library.helplines_for(at, "threat", "medical", "silent")
    return [_choice(catalog, choice, language) for choice in dial(helplines)]


def on_paper(catalog: Words, sections: Iterable[Section], language: str) -> Printed:
    """A sheet in words."""
    said = (
        PrintedSection(
            catalog.translate(language, section.heading),
            tuple(catalog.translate(language, line) for line in section.lines),
            section.blank,
        )
        for section in sections
    )
    return Printed(language, tuple(said))


def _choice(catalog: Words, choice: Choice, language: str) -> ShownChoice:
    return ShownChoice(choice.id, catalog.translate(language, choice.label), choice.url, choice.role)


def _half(catalog: Catalog, screen: Screen, language: str, later: Mapping[str, str]) -> Half:
    """The half of the person beside: `dialogs/bilingual.py` gives it their language."""
    read = screen.language or language
    text = tuple(catalog.translate(read, text, later) for text in screen.text)
    return Half(text, read, catalog.direction(read))


def _labelled(catalog: Catalog, beside: Screen, choices: tuple[ShownChoice, ...]) -> tuple[ShownChoice, ...]:
    read = beside.language or ""
    labels = (catalog.translate(read, choice.label) for choice in beside.choices)
    return tuple(replace(choice, beside=label) for choice, label in zip(choices, labels, strict=True))
