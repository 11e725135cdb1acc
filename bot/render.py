"""A screen in words."""

from collections.abc import Mapping

from bot.messages import Shown, ShownChoice
from dialogs.screen import Choice, Screen
from locales.catalog import NOTHING, Catalog


def render(catalog: Catalog, screen: Screen, language: str, later: Mapping[str, str] = NOTHING) -> Shown:
    """The screen in its own language, or in the session's; `later`: what the host has just learnt (a receipt)."""
    shown_in = screen.language or language
    return Shown(
        text=tuple(catalog.translate(shown_in, text, later) for text in screen.text),
        choices=tuple(_choice(catalog, choice, shown_in) for choice in screen.choices),
        asks_text=screen.asks_text,
        language=shown_in,
        direction=catalog.direction(shown_in),
        discreet=screen.discreet,
        once=screen.once,
    )


def _choice(catalog: Catalog, choice: Choice, language: str) -> ShownChoice:
    return ShownChoice(choice.id, catalog.translate(language, choice.label), choice.url, choice.role)
