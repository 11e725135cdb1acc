"""Reads topics, instruments, helplines, départements and the rules of anonymity, and refuses what is not well formed, all faults at once."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from dialogs.helpline import EMERGENCY, NEEDS, Helpline, number_in
from dialogs.instrument import Described, Instrument
from dialogs.library import Library
from dialogs.plain import too_long
from dialogs.reading_anonymity import read_anonymity
from dialogs.reading_answers import read_answers, read_ready, texts_of_ready
from dialogs.reading_instruments import read_described, read_instrument, texts_of
from dialogs.reading_learning import read_learning, texts_to_learn_with
from dialogs.reading_lessons import read_module, texts_of_module, unsupported
from dialogs.reading_topics import STATUSES, read_case, read_topic, read_version, texts_of_topic
from dialogs.sheet import ContentError, Fault, Sheet
from dialogs.text import Text
from dialogs.topic import Case, Topic
from dialogs.typed import bare

FOLDER = Path(__file__).parent
CODE = r"\d{2}|2[AB]|97\d"  # of a département
HELPLINE_STATUSES = (*STATUSES, "V1-old", "V2-old")


def read_library(folder: Path | None = None) -> Library:
    """All content of a folder (this package's own by default); `languages` stays empty.

    Raises ContentError with every fault of every file.
    """
    root = folder or FOLDER
    faults: list[Fault] = []
    topics = [read_topic(sheet) for sheet in _folder(root, "topics", faults)]
    instruments = [read_instrument(sheet) for sheet in _folder(root, "instruments", faults)]
    described = [read_described(table) for table in _tables(root, "described", faults)]
    helplines = [_helpline(table) for table in _tables(root, "helpline", faults, "helplines.toml")]
    cases = [read_case(table) for table in _tables(root, "case", faults, "cases.toml")]
    versions = [read_version(table) for table in _tables(root, "version", faults, "versions.toml")]
    towns = {town: code for sheet in _file(root, "towns.toml", faults) for town, code in _towns(sheet)}
    departments = {code: name for sheet in _file(root, "departments.toml", faults) for code, name in _names(sheet)}
    anonymity = [read_anonymity(sheet, departments) for sheet in _file(root, "anonymity.toml", faults)]
    professions = [said for sheet in _file(root, "professions.toml", faults) for said in _professions(sheet)]
    answers = [read_answers(sheet) for sheet in _file(root, "answers.toml", faults)]
    ready = dict(read_ready(sheet, answers[0] if answers else ()) for sheet in _folder(root, "ready", faults))
    learning = read_learning(
        _file(root, "prevention/job_offer.toml", faults), _file(root, "prevention/definition.toml", faults),
        _folder(root, "exercises", faults), instruments,
    )  # fmt: skip
    modules = sorted((read_module(sheet) for sheet in _folder(root, "lessons", faults)), key=lambda one: one.order)
    faults += _between(topics, helplines, cases)
    faults += unsupported(modules, topics)
    faults += _alike("lessons", "order", (str(module.order) for module in modules))
    faults += _alike("versions.toml", "id", (version.id for version in versions))
    faults += _alike("described.toml", "id", [*(one.id for one in described), *(i.id for i in instruments)])
    learnt = (
        *(texts_to_learn_with(learning) if learning else ()),
        *(text for module in modules for text in texts_of_module(module)),
    )
    sent = (*(answer.text for one in answers for answer in one.values()), *texts_of_ready(ready))
    faults += _numbers_in((*_texts(topics, instruments, helplines), *_told(described), *learnt, *sent), helplines)
    if faults:
        raise ContentError(faults)
    return Library(
        {topic.id: topic for topic in sorted(topics, key=lambda topic: topic.order)},
        {instrument.id: instrument for instrument in instruments},
        {helpline.id: helpline for helpline in helplines},
        departments,
        towns,
        described={one.id: one for one in described},
        cases={case.id: case for case in cases},
        versions=tuple(versions),
        learning=learning,
        anonymity=anonymity[0],
        lessons={module.id: module for module in modules},
        professions=frozenset(professions),
        answers=answers[0],
        ready=ready,
    )


def _tables(root: Path, name: str, faults: list[Fault], file: str = "") -> Iterator[Sheet]:
    """The tables of one file, `name`.toml unless it is called otherwise."""
    for sheet in _file(root, file or f"{name}.toml", faults):
        yield from sheet.sheets(name)


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
        hidden=sheet.flag("hidden"),
    )
    if helpline.permanent and helpline.hidden:
        sheet.fault("hidden", "is never said of an emergency number")
    if helpline.permanent != (helpline.number in EMERGENCY):
        sheet.fault("permanent", f"is for {', '.join(EMERGENCY)}, and for them only")
    for what in too_long([helpline.note.msgid] if helpline.note else []):
        sheet.fault("note", what)
    sheet.close()
    return helpline


def _names(sheet: Sheet) -> list[tuple[str, str]]:
    """The départements: code and name, in file order."""
    codes = [code for code in sheet.keys if re.fullmatch(CODE, code)]
    return [(code, sheet.word(code)) for code in codes]


def _towns(sheet: Sheet) -> list[tuple[str, str]]:
    """The towns that people name instead of a département, each with its code."""
    codes = [code for code in sheet.keys if re.fullmatch(CODE, code)]
    return [(town, code) for code in codes for town in sheet.words(code)]


def _professions(sheet: Sheet) -> Iterator[str]:
    """A profession alone, and each way to say that one has it, by language."""
    for language in sheet.keys:
        listed = sheet.sheet(language)
        before, words = ("", *listed.words("before")), listed.words("words")
        listed.close()
        yield from (bare(f"{said} {word}") for said in before for word in words)


def _between(topics: list[Topic], helplines: list[Helpline], cases: list[Case]) -> Iterator[Fault]:
    """What one entry says of another one: it must be there; what must be unlike must be unlike."""
    known = {topic.id for topic in topics}
    numbers = {helpline.id for helpline in helplines}
    situations = {"", *(case.id for case in cases)}
    for topic in topics:
        path = f"topics/{topic.id}.toml"
        yield from (Fault(path, "related", f"no topic {t!r}") for t in topic.related if t not in known - {topic.id})
        if topic.of_minors and topic.of_minors not in known:
            yield Fault(path, "of_minors", f"no topic {topic.of_minors!r}")
        yield from (Fault(path, "helplines", f"no helpline {h!r}") for h in topic.helplines if h not in numbers)
        wrong = (fact for fact in topic.facts if fact.case not in situations)
        yield from (Fault(path, f"fact[{fact.id}].case", f"no case {fact.case!r}") for fact in wrong)
    yield from _alike("cases.toml", "id", (case.id for case in cases))
    yield from _alike("topics", "intents", (intent for topic in topics for intent in topic.intents))
    yield from _alike("topics", "order", (str(topic.order) for topic in topics))
    yield from _alike("helplines.toml", "id", (helpline.id for helpline in helplines))
    yield from _alike("helplines.toml", "number", (helpline.url for helpline in helplines))


def _alike(path: str, key: str, values: Iterable[str]) -> Iterator[Fault]:
    return (Fault(path, key, f"{value} stands there {n} times") for value, n in Counter(values).items() if n > 1)


def _numbers_in(texts: Iterable[Text], helplines: list[Helpline]) -> Iterator[Fault]:
    """Every sentence that names a number of helplines.toml."""
    for text in texts:
        if found := number_in(text.msgid, helplines):
            yield Fault(text.context, "", f"holds the telephone number {found}; numbers stand in helplines.toml")


def _texts(topics: list[Topic], instruments: list[Instrument], helplines: list[Helpline]) -> Iterator[Text]:
    for topic in topics:
        yield from texts_of_topic(topic)
    for instrument in instruments:
        yield from texts_of(instrument)
    yield from (text for h in helplines for text in (h.name, h.note) if text)


def _told(described: list[Described]) -> Iterator[Text]:
    for one in described:
        yield from (one.title, one.about, one.accuracy, one.limits, one.absent)
