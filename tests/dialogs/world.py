"""The real content and flows, and a person who taps and writes, for the stories of this folder."""

from dataclasses import replace

from pydantic import TypeAdapter

from dialogs.agenda import Training, TrainingDay
from dialogs.engine import Turn, advance, begin
from dialogs.events import Chose, Event, Said, Started
from dialogs.flows import all_flows
from dialogs.reading import read_library
from dialogs.session import Session
from dialogs.understanding import Understanding
from locales.languages import listed

NAMES = {code: entry["name"] for code, entry in listed().items()}
STORED = TypeAdapter(Session)
AT = 1_795_000_000  # November 2026
DAYS = (TrainingDay("2027-03-11", "09:00", "17:00"), TrainingDay("2027-03-12", "09:00", "12:30"))
FREE = Training(
    "t2345abcd", "open", DAYS, AT + 100 * 86400, AT + 101 * 86400, "Nice", "06", 25,
    modules=("law", "indicators"), own_modules=("Visit of a day centre",), audience=("social", "police"),
    remark="Free of charge.",
    signed_up=3,
)  # fmt: skip
FULL = replace(FREE, id="t2345full", signed_up=27, audience=(), remark="", own_modules=())
CLOSED = replace(FREE, id="t2345shut", state="closed")
CANCELLED = replace(FREE, id="t2345none", state="cancelled")
OVER = replace(FREE, id="t2345over", begins_at=AT - 10 * 86400, ends_at=AT - 9 * 86400)
AGENDA = (OVER, FREE, FULL, CLOSED, CANCELLED)
LIBRARY = replace(read_library(), languages=NAMES, agenda=AGENDA)
FLOWS = all_flows(LIBRARY)


def stored(session: Session) -> Session:
    """The session as it comes back from storage."""
    return STORED.validate_json(STORED.dump_json(session))


class Person:
    """Somebody in a conversation; the session is stored and read again between turns."""

    def __init__(self, language: str = "fr", *, sealing: bool = True) -> None:
        self.sealing = sealing
        self.at = AT
        self.turn = Turn(begin(language, AT), ())
        self.send(Started(AT, sealing))

    def send(self, event: Event) -> Turn:
        self.turn = advance(stored(self.turn.session), event, FLOWS, LIBRARY)
        return self.turn

    def tap(self, *choices: str) -> Turn:
        for choice in choices:
            assert choice in self.choices, f"no {choice} among {self.choices} at {self.place}"
            self.send(Chose(self.at, choice, self.turn.session.turn, self.sealing))
        return self.turn

    def say(self, text: str, intent: str | None = None, confidence: float = 1.0, **rest: object) -> Turn:
        understood = replace(Understanding(intent, confidence if intent else 0.0), **rest)  # type: ignore[arg-type]
        return self.send(Said(self.at, text, understood, sealing=self.sealing))

    def wait(self, seconds: int) -> None:
        self.at += seconds

    @property
    def choices(self) -> list[str]:
        return [choice.id for choice in self.turn.screens[-1].choices if choice.url is None]

    @property
    def place(self) -> tuple[str, str]:
        frame = self.turn.session.stack[-1]
        return frame.flow, frame.step

    @property
    def words(self) -> list[str]:
        return [text.msgid for screen in self.turn.screens for text in screen.text]

    @property
    def commands(self) -> list[str]:
        return [type(command).__name__ for command in self.turn.commands]


def of_two(own: str = "fr", theirs: str = "ar", *, sealing: bool = True) -> Person:
    """A professional who reads together with somebody, at the menu."""
    person = as_person(own, "professional", sealing=sealing)
    person.tap("bilingual", "alone", theirs, "understood")
    return person


def as_person(language: str = "fr", audience: str = "person", *, sealing: bool = True) -> Person:
    """Somebody who has chosen a language and said who they are, at the menu."""
    person = Person(language, sealing=sealing)
    person.tap(language, audience)
    return person


def answered(person: Person) -> dict[str, str]:
    """What was answered in the flow under way, by step."""
    return dict(person.turn.session.stack[-1].answers)


def at_review(audience: str = "person") -> Person:
    """Somebody who has a request before them, to be read again before it is sent."""
    person = as_person(audience=audience)
    person.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days")
    person.say("06")
    person.tap("unsaid")
    person.say("I need a room without stairs")
    assert person.place == ("referral", "review")
    return person
