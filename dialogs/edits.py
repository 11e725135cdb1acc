"""What editors changed over what the files say: how each fact and number stands now, and in which languages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from dialogs.evidence import untranslated
from dialogs.helpline import Helpline
from dialogs.library import Library
from dialogs.text import Text
from dialogs.topic import Fact, Topic

Act = Literal["confirm", "correct", "hide", "show", "undo"]
Flag = Literal["file_changed", "lapsed", "in_file"]
FACT_KEYS = ("text", "status", "source", "checked_on", "valid_from", "valid_to")
NUMBER_KEYS = ("number", "name", "note", "status", "source", "checked_on")
WORDED = ("text", "name", "note")  # the keys that each language has words for
NUMBERS = "numbers"  # numbers.child_119 stands beside rights.plain_no_card
VERBATIM = "verbatim"  # the context of words that no catalogue knows

Values: TypeAlias = Mapping[str, str]  # an entry's words and days by key; "" where it has none
Place: TypeAlias = tuple[str, str, str]  # language, context, sentence


@dataclass(frozen=True, slots=True)
class Translation:
    """A language's words for the English sentence `of`, which was checked on the day `on` (YYYY-MM-DD)."""

    words: str
    of: str
    on: str


Said: TypeAlias = Mapping[str, Mapping[str, Translation]]  # by language, then by key


@dataclass(frozen=True, slots=True)
class Edit:
    """One act on one entry. `values` are all its values after it, `base` what the file said at that time.

    `said`: the words of other languages, new or left from an older sentence; of the older ones nothing may be shown
    where they are `wrong`. Hiding and showing leave the values as they are.
    """

    key: str
    act: Act
    values: Values = field(default_factory=dict)
    base: Values = field(default_factory=dict)
    said: Said = field(default_factory=dict)
    wrong: bool = False

    @property
    def changes_values(self) -> bool:
        """Whether it says what the entry's values are."""
        return self.act not in ("hide", "show")


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact, beside its topic, or a number (`topic` is None), as the files have it."""

    key: str
    source: Fact | Helpline
    topic: Topic | None = None

    @property
    def values(self) -> Values:
        """What can be edited of it."""
        return {name: _value(self.source, name) for name in keys_of(self)}

    @property
    def context(self) -> str:
        """The context of its sentences."""
        return self.source.text.context if isinstance(self.source, Fact) else self.source.name.context

    @property
    def permanent(self) -> bool:
        """Whether it is an emergency number, which is never hidden and never another one."""
        return isinstance(self.source, Helpline) and self.source.permanent


@dataclass(frozen=True, slots=True)
class Standing:
    """How an entry stands: its values now, whether it is hidden, and what the edits say of its languages.

    `file_changed`: the file says something else than when it was corrected. `lapsed`: it was confirmed, and the file
    has other words since. `in_file`: what was corrected stands in the file.
    """

    entry: Entry
    now: Values
    hidden: bool = False
    said: Said = field(default_factory=dict)
    wrong: bool = False
    flag: Flag | None = None

    @property
    def edited(self) -> bool:
        """Whether the chat says something else than the file."""
        return (self.hidden, self.now) != (self.entry.source.hidden, self.entry.values) or bool(self.said)


Edits: TypeAlias = Mapping[str, Sequence[Edit]]  # those in force by key, in the order in which they came into force


def entries(library: Library) -> dict[str, Entry]:
    """Every fact and number of the files by its key."""
    facts = {
        f"{topic.id}.{fact.id}": Entry(f"{topic.id}.{fact.id}", fact, topic)
        for topic in library.topics.values()
        for fact in topic.facts
    }
    return facts | {f"{NUMBERS}.{h.id}": Entry(f"{NUMBERS}.{h.id}", h) for h in library.helplines.values()}


def keys_of(entry: Entry) -> tuple[str, ...]:
    """What can be edited of an entry."""
    return FACT_KEYS if entry.topic else NUMBER_KEYS


def words_of(values: Values) -> Values:
    """All but the day of the check: what a second editor must agree to."""
    return {name: value for name, value in values.items() if name != "checked_on"}


def standing(entry: Entry, edits: Sequence[Edit]) -> Standing:
    """How an entry stands after its edits. An emergency number is never hidden, whatever they say."""
    in_file = entry.source.hidden
    hidden = next((edit.act == "hide" for edit in reversed(edits) if not edit.changes_values), in_file)
    last = next((edit for edit in reversed(edits) if edit.changes_values), None)
    stands = Standing(entry, entry.values) if last is None else _valued(entry, last)
    return replace(stands, hidden=hidden and not entry.permanent)


def _valued(entry: Entry, last: Edit) -> Standing:
    now, flag = left(entry.values, last)
    said, wrong = ({}, False) if flag == "lapsed" else (last.said, last.wrong)
    return Standing(entry, now, said=said, wrong=wrong, flag=flag)


def left(file: Values, last: Edit) -> tuple[Values, Flag | None]:
    """The values that an entry has after the `last` edit that says what they are, the file's being `file`; the flag."""
    now = {name: last.values.get(name, value) for name, value in file.items()}
    newest = {**now, "checked_on": max(file["checked_on"], now["checked_on"])}
    if words_of(file) == words_of(now):
        return newest, None if words_of(now) == words_of(last.base) else "in_file"
    if words_of(now) == words_of(last.base):  # confirmed as it stood: the words that the file has now were not
        return file, "lapsed"
    return now, None if file == last.base else "file_changed"


def edited(library: Library, edits: Edits) -> Library:
    """The library as its editors left it; an edit of what is no longer in the files changes nothing."""
    known = entries(library)
    stood = {key: standing(known[key], made) for key, made in edits.items() if key in known}
    topics = {name: _topic(topic, stood) for name, topic in library.topics.items()}
    helplines = {name: _helpline(h, stood.get(f"{NUMBERS}.{name}")) for name, h in library.helplines.items()}
    return replace(library, topics=topics, helplines=helplines)


def sentences(library: Library, edits: Edits) -> tuple[dict[Place, str], dict[Place, Text]]:
    """The words that editors wrote for other languages, and what stands in where they have none yet.

    `library`: as the files have it. Words that were in force before are told too, for who is reading them just now.
    """
    known = entries(library)
    written, instead = dict[Place, str](), dict[Place, Text]()
    for entry, made in ((known[key], made) for key, made in edits.items() if key in known):
        former = [
            Standing(entry, edit.values, said=edit.said, wrong=edit.wrong) for edit in made if edit.changes_values
        ]
        now = standing(entry, made)
        present = {(entry.context, now.now[name]) for name in WORDED if name in now.now}
        for one in (*former, now):
            for place, words in _sentences(one):
                if one is now or place[1:] not in present:
                    _put(place, words, written, instead)
    return written, instead


def _put(place: Place, words: str | Text, written: dict[Place, str], instead: dict[Place, Text]) -> None:
    if isinstance(words, Text):
        instead[place] = words
    else:
        written[place] = words


def _sentences(stands: Standing) -> Iterator[tuple[Place, str | Text]]:
    entry = stands.entry
    for language, told in stands.said.items():
        for name, translation in told.items():
            sentence = stands.now.get(name, "")
            if translation.of == sentence:
                yield (language, entry.context, sentence), translation.words
            elif sentence:
                old = Text(VERBATIM, translation.words)
                teller = entry.topic.tells if entry.topic else None
                left = untranslated(old, translation.on, teller, wrong=stands.wrong)
                yield (language, entry.context, sentence), left


def _topic(topic: Topic, stood: Mapping[str, Standing]) -> Topic:
    mine = {fact.id: stood[key] for fact in topic.facts if (key := f"{topic.id}.{fact.id}") in stood}
    if not mine:
        return topic
    return replace(topic, facts=tuple(_fact(fact, mine.get(fact.id)) for fact in topic.facts))


def _fact(fact: Fact, stands: Standing | None) -> Fact:
    if stands is None:
        return fact
    now: dict[str, Any] = dict(stands.now)
    now["text"] = Text(fact.text.context, now["text"])
    now |= {name: now[name] or None for name in ("valid_from", "valid_to")}
    return replace(fact, **now, hidden=stands.hidden)


def _helpline(helpline: Helpline, stands: Standing | None) -> Helpline:
    if stands is None:
        return helpline
    now: dict[str, Any] = dict(stands.now)
    now["number"] = helpline.number if helpline.permanent else now["number"]
    now["name"] = Text(helpline.name.context, now["name"])
    now["note"] = Text(helpline.name.context, now["note"]) if now["note"] else None
    return replace(helpline, **now, hidden=stands.hidden)


def _value(source: Fact | Helpline, name: str) -> str:
    value = getattr(source, name)
    return value.msgid if isinstance(value, Text) else value or ""
