"""The self-study path as data: modules of short lessons, each resting on facts, and questions with explained answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.text import Text
from dialogs.topic import Fact, Topic

LETTERS = "abcd"  # the ids of a question's options, in their order


@dataclass(frozen=True, slots=True)
class Lesson:
    """One screen to read. `rests_on`: the facts it is drawn from, as `topic.fact`."""

    id: str
    title: Text
    text: tuple[Text, ...]
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer, whether it is right, and why it is or is not."""

    id: str
    text: Text
    right: bool
    because: Text


@dataclass(frozen=True, slots=True)
class Question:
    """A question on a lesson. `facts`: an invented case to read before it, empty when there is none."""

    id: str
    lesson: str
    facts: tuple[Text, ...]
    text: Text
    options: tuple[Option, ...]

    @property
    def right(self) -> frozenset[str]:
        """The ids of the right options: at least one, and never all."""
        return frozenset(option.id for option in self.options if option.right)

    @property
    def several(self) -> bool:
        """Whether more than one option is right."""
        return len(self.right) > 1


@dataclass(frozen=True, slots=True)
class Module:
    """Lessons and questions on one subject. `related`: the pages on which one reads on."""

    id: str
    order: int
    title: Text
    about: Text
    lessons: tuple[Lesson, ...]
    questions: tuple[Question, ...]
    related: tuple[str, ...]

    @property
    def places(self) -> tuple[Lesson | Question, ...]:
        """All of it in the order in which it is gone through: place 1 comes first."""
        return (*self.lessons, *self.questions)

    def number(self, place: Lesson | Question) -> str:
        """How a place is called, so that one finds it again another day: `3.2`."""
        return f"{self.order}.{self.places.index(place) + 1}"

    def lesson(self, name: str) -> Lesson:
        """The lesson of that id, the first one when there is none."""
        return next((lesson for lesson in self.lessons if lesson.id == name), self.lessons[0])

    def question(self, name: str) -> Question:
        """The question of that id, the first one when there is none."""
        return next((question for question in self.questions if question.id == name), self.questions[0])


def rests(lesson: Lesson, topics: Mapping[str, Topic]) -> tuple[Fact, ...]:
    """The facts that a lesson is drawn from."""
    named = (name.partition(".") for name in lesson.rests_on)
    return tuple(fact for page, _, wanted in named for fact in topics[page].facts if fact.id == wanted)


def shaken(facts: Iterable[Fact], day: date) -> Fact | None:
    """The fact on which one can no longer rely on that day, because it is old or no longer in force; the oldest."""
    doubtful = [fact for fact in facts if fact.stale_on(day) or not fact.shown_on(day)]
    return min(doubtful, key=lambda fact: fact.checked_on, default=None)
