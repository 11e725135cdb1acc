"""Names, streets and firms: patterns from each language's `private.toml`, for the redaction.

`announces`: what follows is a name, in small letters too. `presents`, `titles`, `firms`: what follows is one when it
has a capital. `called`: the one word that follows is a name (scripts without capitals). `follows`: what comes after a
name that begins a sentence. `surnames`, `given`: Chinese characters of names; `addressed`: what follows a surname.
`ends`: words that are no part of a name (`w*`: all that begin so). `peoples`: endings of words with a capital that tell
a people or a trade. `streets`, `streets_after`: what a street's name follows or precedes; `particles` may stand
between. `months`: how they begin.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import normalize

from nlu.knowledge import DATA
from nlu.words import SIGNS

# A word's beginning and end; in Chinese no blank stands between words.
FROM, TO = r"(?<![^\W\u3400-\u9fff])", r"(?![^\W\u3400-\u9fff])"
_HAN = r"[\u3400-\u9fff]"
_HAS_HAN = re.compile(_HAN).search
CAPITAL, DIGIT, HAN = frozenset(("capital",)), frozenset(("digit",)), frozenset(("han",))
_LETTER = rf"(?:[^\W\d_]|[{SIGNS}])"
_WORD = rf"{_LETTER}+(?:[-'’]{_LETTER}+)*"
# Beyond the first Latin letters, large and small ones alternate: those of Vietnamese, Turkish and the rest, one by one.
_LARGE = "A-ZÀ-ÖØ-ÞЀ-ЯҐĂĐĨŨƠƯȘŞȚŢŠŽČĆĞİŐŰŁŚŻĄĘŃ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
_CAPITAL = f"(?-i:[{_LARGE}])"
PROPER = rf"{_CAPITAL}(?-i:[^\W\d_A-ZÀ-ÖØ-ÞЀ-Я]|['’]){_LETTER}{{0,40}}(?:[-'’]{_LETTER}{{1,40}}){{0,3}}"
_LINK = r"(?:\s+(?:de|da|do|dos|del|della|la|el|al|ben|bin|bint|ould|ibn|van|von|y)){0,2}"
_PRIVATE = rf"(?P<private>{PROPER}(?:{_LINK}\s+{PROPER}){{0,3}})"
_RUN = re.compile(rf"{_LETTER}+")
_TURKISH = str.maketrans("İı", "ii")  # the I of all languages, as the patterns take it
_AND = "وف"
_UNCASED = r"[\u0620-\u064a\u0671-\u06d3]+(?:\s+[\u0620-\u064a\u0671-\u06d3]+)?"
_GAP = re.compile(r"[\s,.\-]+")
_NUMBER = r"\d{1,4}(?:\s?(?:bis|ter|[a-d]))?,?\s+"


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is taken out, as which kind; where the expression has a group `private`, only that.

    `needs`: it meets only texts with all of these among their `traits`. `cues`: only texts with one of these among
    their `letters`; none: it meets any. `strange`: what it takes out has to be a word that may be a name.
    """

    kind: str
    expression: str
    flags: int = re.IGNORECASE
    needs: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    strange: bool = False

    @property
    def shape(self) -> re.Pattern[str]:
        """The expression, made ready when it is first asked for: most of a language's are long and seldom needed."""
        return _ready(self.expression, self.flags)


@cache
def _ready(expression: str, flags: int) -> re.Pattern[str]:
    return re.compile(expression, flags)


def traits(text: str) -> frozenset[str]:
    """Whether a text has a `capital` after its first letter, a `digit`, a character of `han`."""
    found = {"capital": any(map(str.isupper, text[1:])), "digit": any(map(str.isdecimal, text)), "han": _HAS_HAN(text)}
    return frozenset(trait for trait, there in found.items() if there)


def letters(text: str) -> frozenset[str]:
    """The runs of letters in a text, in small letters; and what an Arabic run is without the "and" joined to it."""
    found = _RUN.findall(text.translate(_TURKISH).lower())
    return frozenset((*found, *(run[1:] for run in found if run[0] in _AND)))


def patterns(folder: Path = DATA) -> Iterator[Pattern]:
    """The patterns of every language under `folder`. Raises KeyError or TOMLDecodeError for a faulty file."""
    files = [tomllib.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*/private.toml"))]
    yield _dates(files)
    for data in files:
        yield from _told_in_words(data)
        yield from _places(data)
        yield from _names(data)


def _dates(files: list[dict[str, str]]) -> Pattern:
    month = rf"(?:{'|'.join(_either(data['months']) for data in files)}){_LETTER}{{0,9}}"
    before = rf"\b\d{{1,2}}(?:er|st|nd|rd|th|\.)?\s+(?:de\s+|of\s+)?{month}\.?,?\s+(?:de[l]?\s+|năm\s+)?(?=\d{{4}}\b)"
    american = rf"\b{month}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?=\d{{4}}\b)"
    of_year = "|".join(_either(data["of_year"]) for data in files if data.get("of_year"))
    after = rf"(?<=\d{{4}})\s*(?:{of_year})\s+\d{{1,2}}{_LETTER}{{0,3}}\s+{month}" if of_year else "(?!)"
    either = rf"{before}|{american}|{after}|(?<=\d{{4}}\.)\s+{month}\s+\d{{1,2}}"
    return _pattern("birth date", either, needs=DIGIT)


def _told_in_words(data: Mapping[str, str]) -> Iterator[Pattern]:
    """Telephone numbers in words of digits: eight of them, or five after a zero, with figures between."""
    if digits := data.get("digits"):
        words, zeros = _spellings(digits), [word for word, digit in _said(digits) if digit == "0"]
        one = rf"(?:{'|'.join(words)}|\d{{1,2}})"
        zero, gap = rf"(?:{'|'.join(_spellings(' '.join(zeros)))}|0|০)", r"[\s,.\-]{1,3}"
        either = rf"{zero}(?:{gap}{one}){{5,14}}|{one}(?:{gap}{one}){{7,14}}"
        cues = frozenset(run for word in words for run in letters(word))
        yield Pattern("phone", rf"(?<![\w{SIGNS}])(?:{either})(?![\w{SIGNS}])", cues=cues)


def _said(digits: str) -> Iterator[tuple[str, str]]:
    for pair in digits.split():
        word, _, digit = pair.partition("=")
        yield word, digit


def _spellings(digits: str) -> list[str]:
    """Every word, the longest first, with either way to write a letter with a dot below."""
    forms = {form for word, _ in _said(digits) for form in (word, _dotted(word), _dotted(word).replace("য়", "\u09df"))}
    return sorted(forms, key=lambda form: (-len(form), form))


def _dotted(word: str) -> str:
    return normalize("NFC", word)


@cache
def _digits() -> Mapping[str, str]:
    files = [tomllib.loads(file.read_text("utf-8")) for file in sorted(DATA.glob("*/private.toml"))]
    return {_dotted(word): digit for data in files for word, digit in _said(data.get("digits", ""))}


def in_digits(text: str) -> str:
    """A number told in words of digits and figures, in figures alone."""
    words = (_dotted(word) for word in _GAP.split(text.casefold()))
    return "".join(_digits().get(word, "".join(str(int(sign)) for sign in word if sign.isdecimal())) for word in words)


def _names(data: Mapping[str, str]) -> Iterator[Pattern]:
    part = _part(data)
    announced = rf"{_after(data['announces'])}\s*:?\s+(?P<private>{part}(?:\s+(?:{PROPER}|{part})){{0,3}})"
    yield _pattern("name", announced, data["announces"])
    if surnames := data.get("surnames"):
        yield from _chinese(data, surnames)
    if called := data.get("called"):
        yield _pattern("name", rf"{_after(called)}\s+(?P<private>{part})", called)
    if follows := data.get("follows"):
        first = rf"(?:^|[.,;:!?\n،؟。，।])\s*(?P<private>{part}(?:\s+{part}){{0,2}})"
        yield _pattern("name", rf"{first}\s*[,،]?\s+(?:{_either(follows)})(?![\w'’])", follows)
    if near := data.get("near"):
        yield _pattern("name", rf"{_after(near)}\s+(?P<private>{part})", near, strange=True)
    if honours := data.get("honours"):
        yield _pattern("name", rf"{FROM}(?P<private>{part})\s+(?:{_either(honours)}){TO}", honours, strange=True)
    if titles := data["titles"]:
        yield _pattern("name", rf"{_after(titles)}\s+{_end(data)}{_PRIVATE}", titles, needs=CAPITAL)
    if presents := data["presents"]:
        people = rf"(?!{_LETTER}*(?:{'|'.join(data['peoples'].split())})e?s?\b)"
        yield _pattern("name", rf"{_after(presents)}\s+{_end(data)}{people}{_PRIVATE}", presents, needs=CAPITAL)


def _chinese(data: Mapping[str, str], surnames: str) -> Iterator[Pattern]:
    """Names in Han characters, without blanks around them."""
    named = {*surnames, *data["given"], *"老小阿"}
    others = "".join(sorted({word[0] for word in data["ends"].split() if not word[0].isascii()} - named))
    called = rf"(?![{others}]){_HAN}(?:(?![{others}]){_HAN}){{1,2}}"
    yield Pattern("name", rf"(?:{_either(data['announces'])})\s*[:：]?\s*(?P<private>{called})", needs=HAN)
    surname = rf"[老小阿]?[{surnames}]"
    yield Pattern("name", rf"{surname}[{data['given']}]{{1,2}}", needs=HAN)
    yield Pattern("name", rf"(?P<private>{surname})(?:{_either(data['addressed'])})", needs=HAN)


def _places(data: Mapping[str, str]) -> Iterator[Pattern]:
    part = _part(data)
    between = rf"(?:(?:{_either(data['particles'])})\s*)?" if data["particles"] else ""
    if streets := data.get("streets_han"):
        yield from _han_streets(streets)
    if streets := data.get("streets"):
        street = rf"{FROM}{_NUMBER}(?:{_either(streets)})\s+{between}{_WORD}(?:\s+(?:{PROPER}|{part})){{0,2}}"
        yield _pattern("place", street, streets)
        yield _pattern("place", rf"{_after(streets)}\s+{between}(?:{_house(_PRIVATE)}|{_UNCASED})", streets)
    if streets := data.get("streets_after"):
        street = rf"(?:{_NUMBER}(?:{part}\s+){{1,3}}|(?:{PROPER}\s+){{1,3}})"
        yield _pattern("place", rf"(?<!\w){street}(?:{_either(streets)})(?!\w)", streets)
    yield _pattern("place", rf"{_after(data['firms'])}\s+{_PRIVATE}", data["firms"], needs=CAPITAL)


def _han_streets(streets: str) -> Iterator[Pattern]:
    """A street with its house, floor and room; the town and its district before it may stay."""
    name = rf"(?:(?![我你您他她的住在到是去从從于於区區市号號]){_HAN}){{1,8}}?(?:{_either(streets)})"
    number = r"(?:\d{1,4}|[一二三四五六七八九十百零〇]{1,5})"
    inside = rf"(?:\s*[,，]?\s*{number}\s*(?:楼|樓|层|層|室|单元|單元|门|門|栋|棟|房))*"
    yield Pattern("place", rf"{name}\s*{number}\s*[号號]{inside}|{number}\s*[号號]\s*{name}{inside}", needs=HAN)


def _house(street: str) -> str:
    """With the number of the house where that ends what is said: else it may be an age."""
    return street.removesuffix(")") + r"(?:\s+\d{1,4}(?=\s*(?:$|[.,;!?\n])))?)"


def _end(data: Mapping[str, str]) -> str:
    return rf"(?!(?:{'|'.join(_ending(word) for word in data['ends'].split())})(?![\w'’]))"


def _part(data: Mapping[str, str]) -> str:
    """A word that may be a part of a name."""
    return _end(data) + _WORD


def _after(forms: str) -> str:
    """Any of the forms as whole words; in Arabic "and" is written as a part of the next word."""
    return rf"{FROM}(?<!['’])[وف]?(?:{_either(forms)})"


def _either(forms: str) -> str:
    """Any of the forms, the longest first; an apostrophe in either shape, blanks of any number."""
    written = sorted((form.strip() for form in forms.split(";") if form.strip()), key=len, reverse=True)
    return "|".join(re.escape(form).replace("'", "['’]").replace(r"\ ", r"\s+") for form in written)


def _ending(word: str) -> str:
    escaped = re.escape(word.rstrip("*")).replace("'", "['’]")
    return escaped + (rf"{_LETTER}*" if word.endswith("*") else "")


def _pattern(
    kind: str, expression: str, forms: str = "", needs: frozenset[str] = frozenset(), *, strange: bool = False
) -> Pattern:
    """`forms`: of which one has to be in the text."""
    cues = (max(letters(form), key=lambda run: (len(run), run)) for form in forms.split(";") if form.strip())
    return Pattern(kind, expression, needs=needs, cues=frozenset(cues), strange=strange)
