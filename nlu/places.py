"""Words that are no names of people: countries, languages, months, days, départements and towns, made by `make train`.

Towns and the like are listed in `places.txt`; the rest is what Babel knows in each of our languages.
"""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from babel import Locale

from nlu import tries
from nlu.knowledge import DATA
from nlu.runs import PART, PLACES
from nlu.words import plain

LISTED = Path(__file__).with_name("places.txt")
_CODES = {"tl": "fil"}  # of Babel, where it has another
_KIND = "place"
SHORTEST = 4  # letters of a word of Babel's: shorter ones are names of people too ("Ba")


def words() -> Iterator[str]:
    """Every word of a name, plain."""
    yield from PART.findall(plain(LISTED.read_text("utf-8")))
    sheet = tomllib.loads(files("dialogs").joinpath("departments.toml").read_text("utf-8"))
    for name in (*sheet.values(), *_babel()):
        yield from (word for word in PART.findall(plain(name)) if len(word) >= SHORTEST)


def _babel() -> Iterator[str]:
    for folder in sorted(path.parent.name for path in DATA.glob("*/lexicon.yml")):
        locale = Locale(_CODES.get(folder, folder))
        yield from (*locale.territories.values(), *locale.languages.values())
        for table in (locale.months["format"], locale.days["format"]):
            yield from (name for width in table.values() for name in width.values())


def main() -> None:
    """Write the file."""
    tries.write(((word, _KIND) for word in words()), PLACES)


if __name__ == "__main__":
    main()
