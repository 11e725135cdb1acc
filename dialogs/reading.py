"""Reads topics, instruments, helplines and départements, and refuses what is not well formed, all faults at once."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from dialogs.helpline import EMERGENCY, NEEDS, Helpline
from dialogs.instrument import Described, Instrument
from dialogs.library import Library
from dialogs.plain import sentences, too_long
from dialogs.reading_instruments import read_described, read_instrument, texts_of
from dialogs.sheet import ContentError, Fault, Sheet
from dialogs.text import Text
from dialogs.topic import Fact, Register, Status, Topic

FOLDER = Path(__file__).parent
REGISTERS: tuple[Register, ...] = get_args(Register)
STATUSES: tuple[Status, ...] = get_args(Status)
HELPLINE_STATUSES = (*STATUSES, "V1-old", "V2-old")
FLOWS = ("screening", "referral")
LEAD_SENTENCES = 3


def read_library(folder: Path | None = None) -> Library:
    """All content of a folder (this package's own by default); `languages` stays empty.

    Raises ContentError with every fault of every file.
    """
    root = folder or FOLDER
    faults: list[Fault] = []
    topics = [_topic(sheet) for sheet in _folder(root, "topics", faults)]
    instruments = [read_instrument(sheet) for sheet in _folder(root, "instruments", faults)]
    described = [
        read_described(table) for sheet in _file(root, "described.toml", faults) for table in sheet.sheets("described")
    ]
    helplines = [
        _helpline(table) for sheet in _file(root, "helplines.toml", faults) for table in sheet.sheets("helpline")
    ]
    departments = {code: name for sheet in _file(root, "departments.toml", faults) for code, name in _names(sheet)}
    faults += _between(topics, helplines)
    faults += _alike("described.toml", "id", [*(one.id for one in described), *(i.id for i in instruments)])
    faults += _numbers_in((*_texts(topics, instruments, helplines), *_told(described)), helplines)
    if faults:
        raise ContentError(faults)
    return Library(
        {topic.id: topic for topic in sorted(topics, key=lambda topic: topic.order)},
        {instrument.id: instrument for instrument in instruments},
        {helpline.id: helpline for helpline in helplines},
        departments,
        described={one.id: one for one in described},
    )


def _folder(root: Path, name: str, faults: list[Fault]) -> Iterator[Sheet]:
    """The files of a folder, each closed once it has been read."""
    paths = sorted((root / name).glob("*.toml"))
    if not paths:
        faults.append(Fault(name, "", "holds no .toml file"))
    for path in paths:
        yield from _file(root, f"{name}/{path.name}", faults)


def _file(root: Path, name: str, faults: list[Fault]) -> Iterator[Sheet]:
    try:
        values = tomllib.loads((root / name).read_text("utf-8"))
    except (OSError, ValueError) as wrong:
        what = "cannot be read" if isinstance(wrong, OSError) else f"is not TOML in UTF-8: {wrong}"
        faults.append(Fault(name, "", what))
        return
    sheet = Sheet(name, values, faults)
    yield sheet
    sheet.close()


def _topic(sheet: Sheet) -> Topic:
    name = sheet.own_id()
    topic = Topic(
        id=name,
        title=sheet.text("title", f"topic.{name}"),
        intents=sheet.words("intents", lambda intent: bool(re.fullmatch(r"[a-z_]+", intent))),
        audiences=_registers(sheet),
        order=sheet.count("order"),
        related=sheet.words("related"),
        helplines=sheet.words("helplines"),
        next=sheet.words("next", lambda flow: flow in FLOWS),
        to_professionals=sheet.text("to_professionals", f"topic.{name}") if sheet.has("to_professionals") else None,
        of_minors=sheet.word("of_minors", fallback="") if sheet.has("of_minors") else "",
        facts=tuple(_fact(table, f"topic.{name}") for table in sheet.sheets("fact")),
    )
    _check_topic(sheet, topic)
    return topic


def _registers(sheet: Sheet) -> tuple[Register, ...]:
    named = sheet.words("audiences", lambda name: name in REGISTERS)
    return tuple(register for register in REGISTERS if register in named)


def _fact(sheet: Sheet, context: str) -> Fact:
    fact = Fact(
        id=sheet.id(),
        register=sheet.one_of("register", REGISTERS),
        text=sheet.text("text", context),
        status=sheet.one_of("status", STATUSES),
        source=sheet.word("source"),
        checked_on=sheet.day("checked_on"),
        lead=sheet.flag("lead"),
        historical=sheet.flag("historical"),
        valid_from=sheet.day_or_none("valid_from"),
        valid_to=sheet.day_or_none("valid_to"),
    )
    if fact.valid_from and fact.valid_to and fact.valid_from > fact.valid_to:
        sheet.fault("valid_to", "is before valid_from")
    sheet.close()
    return fact


def _check_topic(sheet: Sheet, topic: Topic) -> None:
    sheet.each_once("fact", (fact.id for fact in topic.facts))
    if not topic.audiences:
        sheet.fault("audiences", "names nobody")
    for register in REGISTERS:
        _check_register(sheet, topic, register)
    for what in too_long(fact.text.msgid for fact in topic.facts if fact.register == "plain"):
        sheet.fault("fact", f"plain: {what}")


def _check_register(sheet: Sheet, topic: Topic, register: Register) -> None:
    mine = [fact for fact in topic.facts if fact.register == register]
    if register not in topic.audiences:
        if mine:
            sheet.fault("audiences", f"lacks {register}, for which there are facts")
        return
    lead = [fact for fact in mine if fact.lead and fact.shown]
    if all(fact.valid_to for fact in lead):
        sheet.fault("fact", f"{register}: no fact with lead = true that is shown on any day")
    if (count := sum(len(sentences(fact.text.msgid)) for fact in lead)) > LEAD_SENTENCES:
        sheet.fault("fact", f"{register}: {count} sentences lead, at most {LEAD_SENTENCES}")


def _helpline(sheet: Sheet) -> Helpline:
    helpline = Helpline(
        id=sheet.id(),
        number=sheet.word("number", r"\+?\d[\d ]*"),
        name=sheet.text("name", "helpline"),
        fits=sheet.words("fits", lambda need: need in NEEDS),
        status=sheet.one_of("status", HELPLINE_STATUSES),
        source=sheet.word("source"),
        checked_on=sheet.day("checked_on"),
        note=sheet.text("note", "helpline") if sheet.has("note") else None,
        scheme=sheet.one_of("scheme", ("tel", "sms"), "tel"),
        languages=sheet.words("languages", lambda code: bool(re.fullmatch(r"[a-z]{2,3}", code))) or ("fr",),
        country=sheet.word("country", r"[A-Z]{2}", "FR"),
        permanent=sheet.flag("permanent"),
    )
    if helpline.permanent != (helpline.number in EMERGENCY):
        sheet.fault("permanent", f"is for {', '.join(EMERGENCY)}, and for them only")
    for what in too_long([helpline.note.msgid] if helpline.note else []):
        sheet.fault("note", what)
    sheet.close()
    return helpline


def _names(sheet: Sheet) -> list[tuple[str, str]]:
    """The départements: code and name, in file order."""
    codes = [code for code in sheet.keys if re.fullmatch(r"\d{2}|2[AB]|97\d", code)]
    return [(code, sheet.word(code)) for code in codes]


def _between(topics: list[Topic], helplines: list[Helpline]) -> Iterator[Fault]:
    """What one entry says of another one: it must be there; what must be unlike must be unlike."""
    known = {topic.id for topic in topics}
    numbers = {helpline.id for helpline in helplines}
    for topic in topics:
        path = f"topics/{topic.id}.toml"
        yield from (Fault(path, "related", f"no topic {t!r}") for t in topic.related if t not in known - {topic.id})
        if topic.of_minors and topic.of_minors not in known:
            yield Fault(path, "of_minors", f"no topic {topic.of_minors!r}")
        yield from (Fault(path, "helplines", f"no helpline {h!r}") for h in topic.helplines if h not in numbers)
    yield from _alike("topics", "intents", (intent for topic in topics for intent in topic.intents))
    yield from _alike("topics", "order", (str(topic.order) for topic in topics))
    yield from _alike("helplines.toml", "id", (helpline.id for helpline in helplines))
    yield from _alike("helplines.toml", "number", (helpline.url for helpline in helplines))


def _alike(path: str, key: str, values: Iterable[str]) -> Iterator[Fault]:
    return (Fault(path, key, f"{value} stands there {n} times") for value, n in Counter(values).items() if n > 1)


def _numbers_in(texts: Iterable[Text], helplines: list[Helpline]) -> Iterator[Fault]:
    """Every sentence that names a number of helplines.toml; two digits alone say nothing (an age, a day)."""
    digits = {helpline.url.partition(":")[2] for helpline in helplines}
    spelled = ["[ .\u00a0\u202f-]?".join(map(re.escape, number)) for number in digits if len(number) > 2]
    if not spelled:
        return
    number = re.compile(rf"(?<![\w.,:/-])(?:{'|'.join(spelled)})(?![\w]|[.,:/-]\d)")
    for text in texts:
        if found := number.search(text.msgid):
            yield Fault(text.context, "", f"holds the telephone number {found[0]}; numbers stand in helplines.toml")


def _texts(topics: list[Topic], instruments: list[Instrument], helplines: list[Helpline]) -> Iterator[Text]:
    for topic in topics:
        yield from (topic.title, *(fact.text for fact in topic.facts))
    for instrument in instruments:
        yield from texts_of(instrument)
    yield from (text for h in helplines for text in (h.name, h.note) if text)


def _told(described: list[Described]) -> Iterator[Text]:
    for one in described:
        yield from (one.title, one.about, one.accuracy, one.limits, one.absent)
