"""Personal data out of free text, by shape (here) and by words (each language's private.toml).

Helplines' numbers, ages and amounts stay.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path

import dialogs
from nlu.names import is_town, may_be_name, names
from nlu.private import CAPITAL, DIGIT, FROM, TO, Pattern, in_digits, letters, patterns, traits
from nlu.runs import runs

_SHORTEST_PHONE = 8
_WITHOUT = dict.fromkeys(("link", "email", "handle"), frozenset[str]())  # what may have no digit
_OF_DIGITS = frozenset(("account", "phone", "birth date", "number"))
_HELPLINES = Path(dialogs.__file__).with_name("helplines.toml")
_APART = r"[\s().\-/]"  # what may stand between a number's digits, at most two of them
_SERVICE = rf"0{_APART}?8(?:{_APART}?\d){{8}}"  # in France nobody's own number begins so
_ALIKE = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\uff0d", "-") | {"＠": "@", "＋": "+", "∙": "·", "•": "·"}
)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\u200c\u200d\ufe0f\u20e3]+")  # joiners, and what makes a key of a digit
_HAN_DIGITS = str.maketrans("零〇○一二三四五六七八九幺两兩", "00012345678912" + "2")
_HAN_NUMBER = re.compile(r"[零〇○一二三四五六七八九幺两兩\d](?:[\s.\-]{0,2}[零〇○一二三四五六七八九幺两兩\d]){7,15}")
_BLANKS = re.compile(r"[^\S\n]{2,}")
_LINES = re.compile(r"\n\s*\n\s*")
_ZERO = "[0٠۰০OО]"
_MONEY = "EUR|CFA|XAF|XOF|NGN|GBP|CHF|PLN|RON|MDL|BGN|HUF|RSD|UAH|RUB|TRY|TND|MAD|DZD|BDT|PHP|VND|CNY|RMB|USD|ANS"
_UPPER = "A-ZА-ЯІЇЄҐЉЊЂЋЏŠĐČĆŽ"
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (  # the same in all languages
    (
        "link",
        re.compile(
            r"(?:https?://|www\.)\S+|\b(?:t\.me|wa\.me|bit\.ly|fb\.com)/\S+"
            rf"|{FROM}[a-z0-9-]{{2,40}}(?:\.[a-z0-9-]{{2,40}}){{0,2}}\.[a-z]{{2,8}}/\S+",
            re.I,
        ),
    ),
    ("email", re.compile(rf"{FROM}(?<![.+-])[\w.+-]++\s?(?:@|[(\[]at[)\]])\s?[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}}")),
    (
        "handle",
        re.compile(
            rf"{FROM}@\w{{3,}}|{FROM}[a-z][a-z0-9.]{{0,30}}_[\w.]{{1,30}}"
            r"|\b(?:snap(?:chat)?|insta(?:gram)?|telegram|tiktok|whatsapp)(?:\s*[:：]\s*|\s+(?=[a-z.]+\d))(?P<private>[\w.]{3,})",
            re.I,
        ),
    ),
    ("account", re.compile(rf"{FROM}[A-Z]{{2}}\d{{2}}(?:[ ]?[A-Z0-9]{{2,4}}){{3,8}}(?:[ ]\d)?{TO}")),
    ("account", re.compile(r"(?<!\d)(?:\d{4}[ -]){3}\d{1,7}(?!\d)")),
    (
        "plate",
        re.compile(
            rf"{FROM}(?:(?i:[A-HJ-NP-TV-Z]{{2}}(?P<dash>-?)\d{{3}}(?P=dash)[A-HJ-NP-TV-Z]{{2}})"
            rf"|(?!\w+ \d+ (?:{_MONEY}))[{_UPPER}]{{1,2}} \d{{3,4}} [{_UPPER}]{{2}}(?: \d{{2,3}})?"
            rf"|[{_UPPER}]{{1,4}}-?\d{{3,4}}-[{_UPPER}]{{2}}|[{_UPPER}]{{2}} \d{{3,4}}-[{_UPPER}]{{2}}"
            r"|[A-Z]{3,4}-\d{3}"
            rf"|[{_UPPER}]\d{{3}}[{_UPPER}]{{2}}\d{{2,3}}|[{_UPPER}]{{1,2}} \d{{2}} (?!{_MONEY})[{_UPPER}]{{3}}"
            rf"|\d{{4}} ?(?!{_MONEY})[BCDFGHJ-NPR-TV-Z]{{3}}|\d{{2}} (?!{_MONEY})[A-Z]{{1,3}} \d{{2,4}}"
            rf"|\d{{1,4}}[ -][A-Z]{{2,3}}[ -](?:\d{{2}}|2[AB])){TO}"
        ),
    ),
    ("document", re.compile(rf"{FROM}[12] ?\d\d ?\d\d ?\d[\dAB] ?\d{{3}} ?\d{{3}}(?: ?\d\d)?{TO}")),
    ("document", re.compile(rf"{FROM}(?:\d{{3,4}}(?:-\d{{3,6}}){{2,3}}|[A-Z]{{2}} \d{{6,7}}){TO}")),
    ("phone", re.compile(rf"{FROM}(?:\+|\(?{_ZERO})(?:[\s().\-/_*|·]{{0,2}}\d){{8,14}}{TO}")),
    ("phone", re.compile(rf"{FROM}[67](?:[ .-]\d\d){{4}}{TO}")),
    ("phone", re.compile(rf"{FROM}\d{{1,3}}[ -]?\(\d{{2,4}}\)(?:[ -]?\d){{5,9}}{TO}")),
    ("birth date", re.compile(rf"{FROM}\d{{1,2}}\s*[/.-]\s*\d{{1,2}}\s*[/.-](?=\s*(?:\d{{4}}|\d{{2}}){TO})")),
    ("birth date", re.compile(rf"(?<=\d{{4}})-\d{{2}}-\d{{2}}{TO}")),
    ("birth date", re.compile(r"(?<=\d年)\s?\d{1,2}月(?:\s?\d{1,2}[日号號])?")),
    (
        "phone",
        re.compile(rf"{FROM}(?!(?:(?:19|20)\d\d[\s,]?){{2,3}}{TO})\d{{2,16}}(?:[ .\-/]?\d{{2,16}}){{0,2}}{TO}(?<=\d)"),
    ),
    ("document", re.compile(rf"{FROM}(?=(?:[A-Z]{{0,14}}\d){{3}})(?=\d{{0,14}}[A-Z])[A-Z0-9]{{7,16}}{TO}")),
    ("number", re.compile(rf"{FROM}\d{{7,}}{TO}")),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was removed: its kind, and where it stood in the cleaned text before (start, end)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redacted:
    """What may be kept of a text, and what was taken out of it, in order. A birth date keeps its year.

    `pieces`: the text between what was taken out, one more than `found`.
    """

    pieces: tuple[str, ...]
    found: tuple[Found, ...]

    @property
    def text(self) -> str:
        """With markers such as "[phone]", the same in all languages."""
        return self.marked({})

    def marked(self, names: Mapping[str, str]) -> str:
        """With markers in other words: `names` by kind."""
        marks = (f"[{names.get(one.kind, one.kind)}]" + " " * (one.kind == "birth date") for one in self.found)
        return "".join(part for pair in zip_longest(self.pieces, marks, fillvalue="") for part in pair)


def clean(text: str, longest: int | None = None) -> str:
    """Without control characters, direction overrides and runs of blanks, cut at `longest` characters."""
    kept = "".join(
        c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c in "\u200c\u200d"
    )
    return _LINES.sub("\n\n", _BLANKS.sub(" ", kept))[:longest]


def redact(text: str, longest: int | None = None, helplines_too: tuple[str, ...] = ()) -> Redacted:
    """Take out personal data. The same text always gives the same; never raises.

    `helplines_too`: numbers that stay beside those of the file, because an editor corrected one.
    """
    text = clean(text, longest)
    taken = _by_pattern(text, helplines_too)
    found = [one for one in taken if one.kind != "name"]
    own = _covered(text, ((one.start, one.end) for one in found))
    spans = [(one.start, one.end) for one in taken if one.kind == "name"]
    spans += [span for span in (*names(text), *runs(text)) if not _meets(own, *span)]
    found += [Found("name", start, end) for start, end in _joined(spans)]
    found.sort(key=lambda one: one.start)
    edges = [0, *(edge for one in found for edge in (one.start, one.end)), len(text)]
    pieces = tuple(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return Redacted(pieces, tuple(found))


def _plainer(text: str) -> str:
    """The same length, with signs that look like a dash, a digit or an @ as that sign."""
    spaced = _BETWEEN_DIGITS.sub(lambda match: " " * len(match[0]), text.translate(_ALIKE))
    if spaced.isascii():
        return spaced
    return _HAN_NUMBER.sub(lambda match: match[0].translate(_HAN_DIGITS), "".join(map(_digit, spaced)))


def _digit(sign: str) -> str:
    return str(unicodedata.digit(sign)) if unicodedata.category(sign) == "No" and sign.isdigit() else sign


def _by_pattern(text: str, helplines_too: tuple[str, ...]) -> list[Found]:
    """What the patterns find, none of it twice."""
    taken, covered = list[Found](), bytearray(len(text))
    alike, known = _plainer(text), _helplines(helplines_too)
    helplines = _covered(text, (match.span() for match in known.finditer(alike)))
    for pattern in _likely(alike):
        kind = pattern.kind
        for match in pattern.shape.finditer(alike):
            private = "private" in pattern.shape.groupindex and match["private"]
            start, end = match.span("private") if private else match.span()
            in_helpline = kind in _OF_DIGITS and _meets(helplines, start, end)
            if in_helpline or _meets(covered, start, end) or _few_digits(kind, alike[start:end]):
                continue
            if kind == "phone" and _is_helpline_in_words(alike[start:end], known):
                continue
            if pattern.needs >= CAPITAL and is_town(text[start:end]):
                continue
            if pattern.strange and not may_be_name(text[start:end]):
                continue
            taken.append(Found(kind, start, end))
            covered[start:end] = b"x" * (end - start)
    return taken


def _covered(text: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    """A byte for each character: whether it lies in one of the spans. Many names take no longer than few."""
    covered = bytearray(len(text))
    for start, end in spans:
        covered[start:end] = b"x" * (end - start)
    return covered


def _meets(covered: bytearray, start: int, end: int) -> bool:
    return any(covered[start:end])


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans in their order, those that overlap as one."""
    begin = stop = 0
    for start, end in sorted(spans):
        if start >= stop:
            if stop:
                yield begin, stop
            begin = start
        stop = max(stop, end)
    if stop:
        yield begin, stop


def _likely(text: str) -> Iterator[Pattern]:
    """The patterns that may meet the text; most need a word that is not in it."""
    there, words = traits(text), letters(text)
    for pattern in _patterns():
        if pattern.needs <= there and (not pattern.cues or not pattern.cues.isdisjoint(words)):
            yield pattern


@cache
def _patterns() -> tuple[Pattern, ...]:
    shapes = (Pattern(kind, shape.pattern, shape.flags, _WITHOUT.get(kind, DIGIT)) for kind, shape in _SHAPES)
    return (*shapes, *patterns())


def _is_helpline_in_words(piece: str, known: re.Pattern[str]) -> bool:
    return not any(map(str.isdecimal, piece)) and bool(known.fullmatch(in_digits(piece)))


def _few_digits(kind: str, piece: str) -> bool:
    digits = sum(letter.isdigit() for letter in piece)
    return kind == "phone" and 0 < digits < _SHORTEST_PHONE and len(in_digits(piece)) < _SHORTEST_PHONE


@cache
def _helplines(more: tuple[str, ...]) -> re.Pattern[str]:
    """Every helpline that is as long as a private number, as it may be written at home or from abroad."""
    listed = (line["number"] for line in tomllib.loads(_HELPLINES.read_text("utf-8"))["helpline"])
    numbers = (re.sub(r"\D", "", number.replace("+33", "0")) for number in (*listed, *more))
    written = (*(_written(number) for number in numbers if len(number) >= _SHORTEST_PHONE), _SERVICE)
    nothing_before = rf"{FROM}(?<![+])(?<!\d{_APART})(?<!\d{_APART}{{2}})"
    return re.compile(rf"{nothing_before}(?:{'|'.join(written)})(?!{_APART}{{0,2}}\d){TO}")


def _written(digits: str) -> str:
    between = _APART + "{0,2}"
    first = rf"(?:0|(?:\+|00)33{between}0?)" if digits[0] == "0" else digits[0]
    return between.join((first, *digits[1:]))
