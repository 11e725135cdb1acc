"""What an editor asks for becomes an edit, or is told what is wrong with it: the rules of the files hold here too."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from dialogs.edits import WORDED, Edit, Edits, Entry, Standing, Translation, Values, edited, words_of
from dialogs.helpline import Helpline, number_in
from dialogs.library import Library
from dialogs.plain import LONGEST, MEAN, on_average, sentences, words
from dialogs.reading_topics import LEAD_SENTENCES, STATUSES, check_topic
from dialogs.sheet import Fault, Sheet, telephone
from dialogs.text import Text
from dialogs.topic import Fact, Register, Topic, verified

Why = Literal[
    "empty", "long", "form", "telephone", "words", "mean", "day", "ahead", "before", "order", "status", "source",
    "digits", "lead", "no_lead", "twice", "permanent", "name", "same", "rule",
]  # fmt: skip
LARGEST = {"text": 600, "name": 60, "note": 200, "source": 300, "number": 20}  # characters
UNREAD = re.compile(r"\s*(?:to be (?:verified|found).*)?", re.IGNORECASE)
NUMBER_STATUSES = (*STATUSES, "V1-old", "V2-old")

Given: TypeAlias = Mapping[str, Mapping[str, str]]  # what was typed for other languages, by language, then by key
InWords: TypeAlias = Callable[[str, Text], str]  # a sentence in a language, "" where that has no words for it


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong with a correction: at which key, why, of what it is told, in which language ("": English)."""

    key: str
    why: Why
    told: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What an editor typed: all values, the words of other languages, those that `fits` the sentence as they are.

    `fits` are languages whose old words are right for the new sentence; `wrong`: the old words of the others must go.
    """

    values: Values
    given: Given
    fits: frozenset[str] = frozenset()
    wrong: bool = False


def statuses(entry: Entry) -> tuple[str, ...]:
    """The statuses that an entry may have."""
    return STATUSES if entry.topic else NUMBER_STATUSES


def confirmed(stands: Standing, day: str) -> Edit:
    """The entry as it stands, checked again on a day."""
    values = {**stands.now, "checked_on": day}
    return Edit(stands.entry.key, "confirm", values, stands.entry.values, stands.said, stands.wrong)


def not_confirmable(stands: Standing, day: str, today: date) -> list[Wrong]:
    """Why an entry cannot be confirmed: the day is none or wrong, or nothing was read yet that could be confirmed."""
    found = list(_day_faults("checked_on", day, today))
    if not found and day < stands.now["checked_on"]:
        found.append(Wrong("checked_on", "before", stands.now["checked_on"]))
    if stands.now["status"] not in ("V1", "V2"):
        found.append(Wrong("status", "source"))
    return found


def corrected(stands: Standing, asked: Correction, in_words: InWords) -> Edit:
    """The edit that a correction asks for, with what each language says from then on.

    What is not given anew is kept: as it was where the sentence stays, else as the words of the older sentence.
    """
    languages = dict.fromkeys((*asked.given, *stands.said))
    said = {language: dict(_said(language, stands, asked, in_words)) for language in languages}
    kept = {language: told for language, told in said.items() if told}
    return Edit(stands.entry.key, "correct", asked.values, stands.entry.values, kept, asked.wrong)


def present(stands: Standing, language: str, name: str, in_words: InWords) -> Translation | None:
    """What a language says of an entry's key now: as edited, else as its catalogue has it."""
    if told := stands.said.get(language, {}).get(name):
        return told
    sentence = stands.now.get(name, "")
    found = in_words(language, Text(stands.entry.context, sentence)) if sentence else ""
    return Translation(found, sentence, stands.now["checked_on"]) if found else None


def _said(language: str, stands: Standing, asked: Correction, in_words: InWords) -> Iterator[tuple[str, Translation]]:
    for name in WORDED:
        if not (sentence := asked.values.get(name, "")):
            continue
        old = present(stands, language, name, in_words)
        typed = asked.given.get(language, {}).get(name, "")
        anew = typed and (old is None or typed != old.words or language in asked.fits)
        if anew and not (old and (typed, sentence) == (old.words, old.of)):
            yield name, Translation(typed, sentence, asked.values["checked_on"])
        elif old and (sentence != stands.now.get(name) or name in stands.said.get(language, {})):
            yield name, old


def faults(files: Library, edits: Edits, stands: Standing, edit: Edit, today: date, in_words: InWords) -> list[Wrong]:
    """All that is wrong with a correction, given what else is in force; empty when it may be proposed."""
    numbers = [*files.helplines.values(), *edited(files, edits).helplines.values()]
    found = [*_values(stands, edit, today), *_translations(numbers, stands, edit)]
    if words_of(edit.values) == words_of(stands.now) and (edit.said, edit.wrong) == (stands.said, stands.wrong):
        found.append(Wrong("", "same"))
    if found:
        return found
    after = edited(files, {**edits, edit.key: [*edits.get(edit.key, ()), edit]})
    topic = stands.entry.topic
    return [*_page(after.topics[topic.id], edit, in_words)] if topic else [*_twice(after, stands.entry)]


def _values(stands: Standing, edit: Edit, today: date) -> Iterator[Wrong]:
    entry, values = stands.entry, edit.values
    for name in ("text", "name", "number", "source"):
        if name in values and not values[name]:
            yield Wrong(name, "empty")
    for name, most in LARGEST.items():
        if len(values.get(name, "")) > most:
            yield Wrong(name, "long", str(most))
    for name in ("text", "name", "note", "source"):
        yield from _line(name, values.get(name, ""))
    if values["status"] not in statuses(entry):
        yield Wrong("status", "status")
    if values["status"] in ("V1", "V2") and UNREAD.fullmatch(values["source"]):
        yield Wrong("source", "source")
    yield from _days(values, today)
    if isinstance(entry.source, Helpline):
        yield from _number(entry.source, values, edit, stands)


def _days(values: Values, today: date) -> Iterator[Wrong]:
    yield from _day_faults("checked_on", values["checked_on"], today)
    limits = [values.get(name, "") for name in ("valid_from", "valid_to")]
    for name, limit in zip(("valid_from", "valid_to"), limits, strict=True):
        if limit and not _is_day(limit):
            yield Wrong(name, "day")
    if all(map(_is_day, limits)) and limits[0] > limits[1]:
        yield Wrong("valid_to", "order")


def _day_faults(name: str, day: str, today: date) -> Iterator[Wrong]:
    if not _is_day(day):
        yield Wrong(name, "day")
    elif date.fromisoformat(day) > today:
        yield Wrong(name, "ahead")


def _is_day(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def _number(helpline: Helpline, values: Values, edit: Edit, stands: Standing) -> Iterator[Wrong]:
    if not re.fullmatch(r"\+?\d[\d ]*", values["number"], re.ASCII):
        yield Wrong("number", "digits")
    if helpline.permanent and values["number"] != helpline.number:
        yield Wrong("number", "permanent")
    if values["name"] != stands.now["name"]:  # a button has no room for "this may have changed"
        told = {language: said["name"].of for language, said in edit.said.items() if "name" in said}
        yield from (Wrong("name", "name", language=one) for one, of in told.items() if of != values["name"])


def _line(name: str, sentence: str, language: str = "") -> Iterator[Wrong]:
    control = any(not sign.isprintable() and sign not in "\u00a0\u202f\u2066\u2067\u2068\u2069" for sign in sentence)
    if control or re.search(r"[{}]|  ", sentence) or sentence != sentence.strip():
        yield Wrong(name, "form", language=language)


def _translations(numbers: Iterable[Helpline], stands: Standing, edit: Edit) -> Iterator[Wrong]:
    """What is wrong with the sentences, English or not, one by one. `numbers`: those that no sentence may hold."""
    plain = not isinstance(stands.entry.source, Fact) or stands.entry.source.register == "plain"
    for language, name, sentence in _worded(stands, edit):
        if language:
            yield from _line(name, sentence, language)
            if len(sentence) > 2 * LARGEST[name]:
                yield Wrong(name, "long", str(2 * LARGEST[name]), language)
        if number := telephone(sentence) or number_in(sentence, numbers):
            yield Wrong(name, "telephone", number, language)
        for one in sentences(sentence) if plain else ():
            if words(one) > LONGEST:
                yield Wrong(name, "words", one, language)


def _worded(stands: Standing, edit: Edit) -> Iterator[tuple[str, str, str]]:
    """The sentences that are new, each with its language ("": English) and its key."""
    yield from (("", name, edit.values[name]) for name in WORDED if edit.values.get(name))
    for language, told in edit.said.items():
        before = stands.said.get(language, {})
        anew = ((name, one) for name, one in told.items() if one != before.get(name))
        yield from ((language, name, one.words) for name, one in anew if one.of == edit.values.get(name))


def _page(topic: Topic, edit: Edit, in_words: InWords) -> Iterator[Wrong]:
    """What is wrong with the page that a fact stands on."""
    found = [wrong for register in topic.audiences for wrong in _lead(topic, register)]
    for language in ("", *edit.said):
        spoken = _plain(topic, language, edit, in_words)
        if (average := on_average(spoken)) > MEAN:
            found.append(Wrong("text", "mean", f"{average:.1f}", language))
    yield from found
    if not found:
        noted: list[Fault] = []
        check_topic(Sheet(topic.id, {}, noted), topic)
        yield from (Wrong("text", "rule", str(fault)) for fault in noted)


def _lead(topic: Topic, register: Register) -> Iterator[Wrong]:
    lead = [fact for fact in topic.facts if fact.register == register and fact.lead and verified(fact.status)]
    if all(fact.valid_to for fact in lead):
        yield Wrong("status", "no_lead")
    if (count := sum(len(sentences(fact.text.msgid)) for fact in lead)) > LEAD_SENTENCES:
        yield Wrong("text", "lead", str(count))


def _plain(topic: Topic, language: str, edit: Edit, in_words: InWords) -> Iterable[str]:
    """A page's plain words in a language."""
    for fact in topic.facts:
        if fact.register == "plain" and fact.shown:
            mine = edit.said.get(language, {}).get("text") if f"{topic.id}.{fact.id}" == edit.key else None
            yield (mine.words if mine else in_words(language, fact.text)) if language else fact.text.msgid


def _twice(after: Library, entry: Entry) -> Iterator[Wrong]:
    mine = next(h for h in after.helplines.values() if entry.key.endswith(f".{h.id}"))
    if any(h.url == mine.url for h in after.helplines.values() if h is not mine):
        yield Wrong("number", "twice")
