"""Reads a page, a situation and a version of the law out of their tables."""

import re
from collections.abc import Iterator
from typing import get_args

from dialogs.plain import sentences, too_long
from dialogs.sheet import Sheet
from dialogs.text import Text
from dialogs.topic import Case, Fact, Group, Register, Status, Teller, Topic, verified
from dialogs.version import MATTERS, Version

REGISTERS: tuple[Register, ...] = get_args(Register)
STATUSES: tuple[Status, ...] = get_args(Status)
GROUPS: tuple[Group, ...] = get_args(Group)
TELLERS: tuple[Teller, ...] = get_args(Teller)
FLOWS = ("screening", "referral", "explainer", "training", "agenda")
LEAD_SENTENCES = 3


def read_topic(sheet: Sheet) -> Topic:
    """A page. Notes what is wrong with it, and gives what could be read."""
    name = sheet.own_id()
    topic = Topic(
        id=name,
        title=sheet.text("title", f"topic.{name}"),
        intents=sheet.words("intents", _is_intent),
        narrows=sheet.words("narrows", _is_intent),
        audiences=_registers(sheet),
        group=sheet.one_of("group", GROUPS),
        tells=sheet.one_of("tells", TELLERS, "lawyer"),
        search=_search(sheet, name),
        order=sheet.count("order"),
        related=sheet.words("related"),
        helplines=sheet.words("helplines"),
        next=sheet.words("next", lambda flow: flow in FLOWS),
        to_professionals=sheet.text("to_professionals", f"topic.{name}") if sheet.has("to_professionals") else None,
        of_minors=sheet.word("of_minors", fallback="") if sheet.has("of_minors") else "",
        facts=tuple(_fact(table, f"topic.{name}") for table in sheet.sheets("fact")),
    )
    check_topic(sheet, topic)
    return topic


def _is_intent(word: str) -> bool:
    return bool(re.fullmatch(r"[a-z_]+", word))


def _search(sheet: Sheet, topic: str) -> Text | None:
    """The words that lead to a page, as one line to translate: each language has its own list."""
    words = sheet.words("search", lambda word: bool(word.strip()) and not re.search("[,،;:{}]", word))
    return Text(f"topic.{topic}", f"search: {', '.join(words)}") if words else None


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
        case=sheet.word("case", fallback=""),
        hidden=sheet.flag("hidden"),
    )
    _check_days(sheet, fact)
    sheet.close()
    return fact


def _check_days(sheet: Sheet, dated: Fact | Version) -> None:
    if dated.valid_from and dated.valid_to and dated.valid_from > dated.valid_to:
        sheet.fault("valid_to", "is before valid_from")


def check_topic(sheet: Sheet, topic: Topic) -> None:
    """Note what is wrong with a page as a whole."""
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
    lead = [fact for fact in mine if fact.lead and verified(fact.status)]  # a hidden one leaves who can tell
    if all(fact.valid_to for fact in lead):
        sheet.fault("fact", f"{register}: no fact with lead = true that is shown on any day")
    if (count := sum(len(sentences(fact.text.msgid)) for fact in lead)) > LEAD_SENTENCES:
        sheet.fault("fact", f"{register}: {count} sentences lead, at most {LEAD_SENTENCES}")


def read_case(sheet: Sheet) -> Case:
    """A situation that pages name."""
    case = Case(sheet.id(), sheet.text("plain", "case"), sheet.text("professional", "case"))
    for what in too_long([case.plain.msgid]):
        sheet.fault("plain", what)
    sheet.close()
    return case


def read_version(sheet: Sheet) -> Version:
    """A text of law as it stood for a time."""
    version = Version(
        id=sheet.id(),
        of=sheet.one_of("of", MATTERS),
        text=sheet.word("text"),
        status=sheet.one_of("status", STATUSES),
        source=sheet.word("source"),
        checked_on=sheet.day("checked_on"),
        valid_from=sheet.day_or_none("valid_from"),
        valid_to=sheet.day_or_none("valid_to"),
    )
    _check_days(sheet, version)
    sheet.close()
    return version


def texts_of_topic(topic: Topic) -> Iterator[Text]:
    """All that a page says."""
    yield from (text for text in (topic.title, topic.to_professionals, topic.search) if text)
    yield from (fact.text for fact in topic.facts)
