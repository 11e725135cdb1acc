"""All content, read: topics, instruments, helplines. Reading and checking the files is `dialogs/reading.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from dialogs.agenda import Training
from dialogs.anonymity import Anonymity
from dialogs.helpline import Helpline
from dialogs.instrument import Described, Instrument
from dialogs.learning import Learning
from dialogs.lesson import Module
from dialogs.letters import Answer, Ready
from dialogs.topic import Case, Register, Topic
from dialogs.version import Version


@dataclass(frozen=True, slots=True)
class Library:
    """Topics, instruments and helplines by id; `departments` are names by code, `towns` codes by name; `languages` are own names by code.

    `described`: instruments that are not here, by id. `cases`: situations that pages tell apart, by id. `versions`: the
    law as it stood. `search`: by language, then by topic, the words that lead to it, in the form of `dialogs.typed.bare`.
    `agenda`: the trainings, the soonest first; None where nobody has looked (the host does, where a screen shows them).
    `lessons`: the modules of the self-study path, by id, in their order.
    `professions`: whole texts by which somebody says that they are a professional, in the form of `dialogs.typed.bare`.
    `answers`: what the coordination can answer as it is, by id; `ready`: that and the replies in languages without screens,
    by their codes.
    """

    topics: Mapping[str, Topic] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    helplines: Mapping[str, Helpline] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    towns: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    described: Mapping[str, Described] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    search: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    learning: Learning | None = None
    anonymity: Anonymity = field(default_factory=Anonymity)
    agenda: tuple[Training, ...] | None = None
    lessons: Mapping[str, Module] = field(default_factory=dict)
    professions: frozenset[str] = frozenset()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    ready: Mapping[str, Ready] = field(default_factory=dict)

    def helplines_for(self, at: int, *needs: str) -> tuple[Helpline, ...]:
        """The numbers of France and the EU that fit, each once: in the order of the needs, then of the file.

        Only those that may be shown on the day of `at` (Unix seconds).
        """
        day = day_of(at)
        near = [h for h in self.helplines.values() if h.country in ("FR", "EU") and h.shown_on(day)]
        return tuple({h.id: h for need in needs for h in near if need in h.fits}.values())

    def topics_for(self, register: Register) -> tuple[Topic, ...]:
        """The pages of a register, in menu order."""
        mine = [topic for topic in self.topics.values() if register in topic.audiences]
        return tuple(sorted(mine, key=lambda topic: topic.order))

    def training(self, name: str) -> Training | None:
        """A training of the agenda, however it stands, by its id."""
        return next((training for training in self.agenda or () if training.id == name), None)

    def topic_of(self, intent: str) -> Topic | None:
        """The page that answers an intent."""
        return next((topic for topic in self.topics.values() if intent in topic.intents), None)


def day_of(at: int) -> date:
    """The day in France (Europe/Paris) of a time in Unix seconds."""
    now = datetime.fromtimestamp(at, UTC)
    summer = _last_sunday(now.year, 3) <= now < _last_sunday(now.year, 10)
    return (now + timedelta(hours=2 if summer else 1)).date()


def time_of(day: str, clock: str) -> int:
    """When clocks in France show `clock` (HH:MM) on `day` (YYYY-MM-DD), in Unix seconds. Raises ValueError.

    Of an hour that comes twice, the first; one that is left out is taken as if it were not.
    """
    shown = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), UTC)
    hour = timedelta(hours=1)
    summer = _last_sunday(shown.year, 3) + hour <= shown < _last_sunday(shown.year, 10) + 2 * hour
    return int((shown - (2 * hour if summer else hour)).timestamp())


@cache
def _last_sunday(year: int, month: int) -> datetime:
    """When the clocks of Europe change: the last Sunday of a month of 31 days, at one o'clock UTC."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
