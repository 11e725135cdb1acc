"""A sentence in a language, its values filled in and kept apart from text of the other direction."""

import copy
import re
import sys
import unicodedata
from collections.abc import Mapping
from datetime import date
from gettext import GNUTranslations
from pathlib import Path
from typing import Literal, TypeAlias

from babel.dates import format_date
from babel.lists import format_list

from dialogs.text import Day, Later, Text, Value
from locales.languages import FOLDER as FOLDER
from locales.languages import listed

SOURCE = "en"  # the language in which sentences are written in the code and the content
PLACEHOLDER = re.compile(r"\{(\w+)\}")
BETWEEN = "\x04"  # a context and its sentence, in a catalogue
ISOLATE, POP = "\u2068", "\u2069"  # first strong isolate … pop: a value never reorders the words around it
NOTHING: Mapping[str, str] = {}

Place: TypeAlias = tuple[str, str, str]  # language, context, sentence


class MissingCatalogue(ValueError):
    """A language that can be chosen has no compiled catalogue: `make setup` compiles them."""


class Catalog:
    """All languages' sentences, read once. `names`: the languages' own names by code, in the order of offering."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Raises MissingCatalogue when a language of languages.toml has no messages.mo."""
        self.languages = listed(folder)
        self.names: dict[str, str] = {code: entry["name"] for code, entry in self.languages.items()}
        self._translations = {code: _load(folder, code) for code in self.languages}
        self._plain: dict[Place, str] = {}
        self._written: Mapping[Place, str] = {}
        self._instead: Mapping[Place, Text] = {}
        self._rtl = {code for code, entry in self.languages.items() if from_the_right(entry["name"])}

    def edited(self, written: Mapping[Place, str], instead: Mapping[Place, Text]) -> "Catalog":
        """The same catalogues with words that editors wrote, and what stands in where a catalogue has none."""
        other = copy.copy(self)
        other._plain, other._written, other._instead = {}, written, instead
        return other

    def found(self, language: str, text: Text) -> str:
        """A language's own words for a sentence without values, "" where it has none; in the source language, none."""
        words = self._written.get((language, text.context, text.msgid)) or self._own(language, text)
        return words if words != text.msgid else ""

    def direction(self, language: str) -> Literal["ltr", "rtl"]:
        """How a language is written."""
        return "rtl" if language in self._rtl else "ltr"

    def translate(self, language: str, text: Text, later: Mapping[str, str] = NOTHING) -> str:
        """The sentence with its values; `later` holds those that only the host knows."""
        words = self._words(language, text)
        if not text.values:
            return words
        values = {name: self._value(language, value, later) for name, value in text.values}
        if PLACEHOLDER.fullmatch(words):  # a value that stands alone has nothing to be kept apart from
            return next(iter(values.values())).strip(ISOLATE + POP)
        return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), words)

    def _words(self, language: str, text: Text) -> str:
        """The sentence as it stands in the catalogue. The sentences are those of the code and the content: not many.

        A translation that lost a value, or has one too many, is not used: the source sentence stands in.
        """
        place = language, text.context, text.msgid
        words = self._plain.get(place)
        if words is None:
            words = self._written.get(place) or self._own(language, text)
            if words == text.msgid and place in self._instead:
                words = self.translate(language, self._instead[place])
            if set(PLACEHOLDER.findall(words)) != set(PLACEHOLDER.findall(text.msgid)):
                words = text.msgid
            self._plain[place] = words
        return words

    def _own(self, language: str, text: Text) -> str:
        return self._translations[language].get(f"{text.context}{BETWEEN}{text.msgid}", text.msgid)

    def _value(self, language: str, value: Value, later: Mapping[str, str]) -> str:
        match value:
            case Text():
                return self.translate(language, value, later)
            case Later():
                return self._apart(language, later[value.name])
            case Day():
                form = "long" if value.short else "full"
                return self._apart(language, format_date(date.fromisoformat(value.iso), form, locale=language))
            case tuple():
                return format_list([self._value(language, part, later) for part in value], "standard", language)
            case _:
                return self._apart(language, str(value))

    def _apart(self, language: str, value: str) -> str:
        foreign = language in self._rtl or any(from_the_right(character) for character in value)
        return f"{ISOLATE}{value}{POP}" if foreign else value


def from_the_right(words: str) -> bool:
    """Whether words begin from the right. The name of a language says it without reading all that is known of it."""
    return unicodedata.bidirectional(words[0]) in ("R", "AL")


def bare(label: str) -> str:
    """A label as it is typed: without capitals, accents, ticks, typographic spaces and marks of direction."""
    spread = unicodedata.normalize("NFKD", label.replace("’", "'").casefold())
    kept = "".join(sign for sign in spread if unicodedata.category(sign) not in ("Mn", "Cf"))
    return " ".join(kept.replace("✓", " ").split())


def _load(folder: Path, language: str) -> dict[str, str]:
    """Words by context and sentence, which all languages have in common and share: 2 MB less."""
    if language == SOURCE:
        return {}
    try:
        with (folder / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
            words: dict[str, str] = vars(GNUTranslations(file))["_catalog"]
    except FileNotFoundError:
        raise MissingCatalogue(f"locales/{language} is not compiled: run make setup") from None
    return {sys.intern(sentence): said for sentence, said in words.items()}
