"""Words that are no names of people: countries, languages, months, days, départements and towns, made by `make train`.

Towns and the like are listed in `places.txt`, towns abroad in `towns.txt`; the rest is what Babel knows in each of our
languages. A town abroad that is called as people are is left to the lists of names.
"""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from babel import Locale

from nlu import tries
from nlu.knowledge import DATA
from nlu.listed_names import MARKS, listed
from nlu.runs import PART, PLACES
from nlu.words import plain

LISTED, TOWNS = (Path(__file__).with_name(name) for name in ("places.txt", "towns.txt"))
_CODES = {"tl": "fil"}  # of Babel, where it has another
_KIND = "place"
_VOWELS = "aeiou"
SHORTEST = 4  # letters of a word of Babel's: shorter ones are names of people too ("Ba")


def words() -> Iterator[str]:
    """Every word of a name, plain."""
    yield from PART.findall(plain(LISTED.read_text("utf-8")))
    sheet = tomllib.loads(files("dialogs").joinpath("departments.toml").read_text("utf-8"))
    for name in (*sheet.values(), *_babel()):
        yield from (word for word in PART.findall(plain(name)) if len(word) >= SHORTEST)
    people = frozenset(plain(name.strip(MARKS)) for name in listed())
    for name in (TOWNS.read_text("utf-8"), *_cities()):
        for word in PART.findall(plain(name)):
            stem = word[:-1] if word[-1] in _VOWELS and len(word) > SHORTEST else word  # "Одеси": of Odesa
            yield from (form for form in (word, stem) if len(form) >= SHORTEST and form not in people)


def _cities() -> Iterator[str]:
    """What Babel knows towns by that a time zone is named after."""
    for locale in _locales():
        yield from (zone["city"] for zone in locale.time_zones.values() if "city" in zone)


def _babel() -> Iterator[str]:
    for locale in _locales():
        yield from (*locale.territories.values(), *locale.languages.values())
        for table in (locale.months["format"], locale.days["format"]):
            yield from (name for width in table.values() for name in width.values())


def _locales() -> Iterator[Locale]:
    for folder in sorted(path.parent.name for path in DATA.glob("*/lexicon.yml")):
        yield Locale(_CODES.get(folder, folder))


def main() -> None:
    """Write the file."""
    tries.write(((word, _KIND) for word in words()), PLACES)


if __name__ == "__main__":
    main()
