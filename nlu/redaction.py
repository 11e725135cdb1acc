"""Personal data out of free text, by shape and by trigger words; helpline numbers, ages and amounts stay."""

import re
import unicodedata
from dataclasses import dataclass

_SHORTEST_PHONE = 8
_HELPLINES = frozenset(("116006", "116000", "116111", "116117", "3114", "3919", "3977", "0800232323", "08842846"))
_LETTER = r"[^\W\d_]"
_MONTH = (
    r"(?:janv|f[ée]v|mars|avr|mai|juin|juil|ao[uû]t|sept|oct|nov|d[ée]c|jan|feb|mar|apr|may|jun|jul|aug|dec|ene|abr|ago|dic"
    r"|يناير|فبراير|مارس|[اأ]بريل|مايو|يونيو|يوليو|[اأ]غسطس|سبتمبر|[اأ]كتوبر|نوفمبر|ديسمبر|جانفي|فيفري|ماي|جوان|جويلية|[اأ]وت)"
    + _LETTER
    + r"*"
)
_NOT_NAMES = "pas|plus|comment|comme|jamais|encore|pa|not|what|como|no|ليس|لا|مش|ما"
_NAME = (
    rf"(?P<private>(?!(?:{_NOT_NAMES})\b){_LETTER}+(?:[-'’]{_LETTER}+)*"
    rf"(?:\s+(?-i:[A-ZÀ-ÖØ-Þ]){_LETTER}*(?:[-'’]{_LETTER}+)*){{0,2}})"
)
_TRIGGER = (
    r"(?:je\s+m[’']?\s?app?el+e|jm\s?app?el+e|mon\s+(?:pr[ée]nom|nom)(?:\s+de\s+famille)?\s+(?:est|c[’']est)|(?:il|elle)\s+s[’']app?el+e"
    r"|nomm[ée]e?|my\s+(?:first\s+|last\s+|full\s+)?name\s+is|my\s+name[’']?s|(?:his|her)\s+name\s+is|i\s+am\s+called|they\s+call\s+me"
    r"|me\s+llamo|mi\s+nombre\s+es|se\s+llama|su\s+nombre\s+es|اسمي(?:\s+هو)?|[إا]سمها|[إا]سمه|smiti|smiyti|ismi|سميتي|esmi)"
)
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "link",
        re.compile(r"(?:https?://|www\.)\S+|\b(?:t\.me|wa\.me|bit\.ly|fb\.com|facebook\.com|instagram\.com)/\S+", re.I),
    ),
    ("email", re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")),
    (
        "handle",
        re.compile(
            r"(?<!\w)@\w{3,}|\b(?:snap(?:chat)?|insta(?:gram)?|telegram|tiktok|whatsapp)\s*:\s*(?P<private>[\w.]{3,})",
            re.I,
        ),
    ),
    ("account", re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{2,4}){3,8}\b")),
    ("account", re.compile(r"(?<!\d)(?:\d{4}[ -]){3}\d{1,7}(?!\d)")),
    (
        "plate",
        re.compile(
            r"\b(?i:[A-HJ-NP-TV-Z]{2}[- ]?\d{3}[- ]?[A-HJ-NP-TV-Z]{2})\b|\b\d{1,4}[ -][A-Z]{2,3}[ -](?:\d{2}|2[AB])\b"
        ),
    ),
    ("phone", re.compile(r"(?<!\w)(?:\+|\(?0)(?:[\s().\-]{0,2}\d){8,14}(?!\w)")),
    (
        "birth date",
        re.compile(
            rf"\b\d{{1,2}}\s*[/.-]\s*\d{{1,2}}\s*[/.-](?=\s*(?:\d{{4}}|\d{{2}})\b)|\b\d{{1,2}}(?:er|st|nd|rd|th)?\s+(?:de\s+)?{_MONTH}\.?,?\s+(?:de[l]?\s+)?(?=\d{{4}}\b)|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?=\d{{4}}\b)",
            re.I,
        ),
    ),
    ("birth date", re.compile(r"(?<=\b\d{4})-\d{2}-\d{2}\b")),
    ("phone", re.compile(r"(?<!\w)(?!(?:(?:19|20)\d\d[\s,]?){2,3}(?!\w))\d{2,}(?:[ .\-/]?\d{2,}){0,2}(?!\w)(?<=\d)")),
    ("document", re.compile(r"\b(?=[A-Z0-9]*\d[A-Z0-9]*\d[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{7,14}\b")),
    ("number", re.compile(r"(?<![\w])\d{7,}(?!\w)")),
    ("name", re.compile(_TRIGGER + r"\s*:?\s+" + _NAME, re.I)),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was removed: its kind, and where it stood in the cleaned text before (start, end)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redacted:
    """The text that may be kept, and what was taken out of it, in order. A birth date keeps its year."""

    text: str
    found: tuple[Found, ...]


def clean(text: str, longest: int | None = None) -> str:
    """Without control characters and direction overrides, cut at `longest` characters."""
    kept = "".join(
        c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c in "\u200c\u200d"
    )
    return kept[:longest]


def redact(text: str, longest: int | None = None) -> Redacted:
    """Replace personal data by markers such as "[phone]". Pure; never raises."""
    text = clean(text, longest)
    taken: list[Found] = []
    for kind, shape in _SHAPES:
        for match in shape.finditer(text):
            start, end = match.span("private") if "private" in shape.groupindex and match["private"] else match.span()
            if _spared(kind, text[start:end]) or any(start < other.end and other.start < end for other in taken):
                continue
            taken.append(Found(kind, start, end))
    taken.sort(key=lambda found: found.start)
    return Redacted(_marked(text, taken), tuple(taken))


def _marked(text: str, taken: list[Found]) -> str:
    parts: list[str] = []
    last = 0
    for found in taken:
        parts += [text[last : found.start], f"[{found.kind}]", " " if found.kind == "birth date" else ""]
        last = found.end
    return "".join([*parts, text[last:]])


def _spared(kind: str, piece: str) -> bool:
    """Helplines, written with or without blanks, and figures too short for a telephone number."""
    digits = re.sub(r"\D", "", piece)
    return kind == "phone" and (len(digits) < _SHORTEST_PHONE or digits in _HELPLINES)
