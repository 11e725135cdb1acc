"""How the self-study path says what it shows: places by their numbers, answers with their reasons, what it rests on."""

from collections.abc import Iterable, Mapping
from datetime import date

from dialogs.evidence import TELLS, sources
from dialogs.lesson import Lesson, Module, Option, Question, rests, shaken
from dialogs.text import Text, say
from dialogs.topic import Topic

RIGHT = say("lessons", "Yes, this one.")
ALL_RIGHT = say("lessons", "Yes: all of these, and only these.")
IN_PART = say("lessons", "In part. The reasons are below.")
OTHERWISE = say("lessons", "Another answer fits better. The reasons are below.")
PASSED = say("lessons", "The answers, and their reasons:")


def titled(module: Module) -> Text:
    """A module's number and title."""
    return say("lessons", "{number}. {title}", number=module.order, title=module.title)


def named(module: Module, lesson: Lesson) -> Text:
    """A lesson's number and title."""
    return say("lessons", "{number} – {title}", number=module.number(lesson), title=lesson.title)


def asked_at(module: Module, question: Question) -> Text:
    """A question's number."""
    return say("lessons", "{number} – Question", number=module.number(question))


def numbered(number: int, option: Option) -> Text:
    """A possible answer with its number on the screen."""
    return say("lessons", "{number}. {answer}", number=number, answer=option.text)


def unsure(lesson: Lesson, topics: Mapping[str, Topic], day: date) -> tuple[Text, ...]:
    """That what a lesson rests on may have changed, and who can tell; nothing while all of it is fresh."""
    old = shaken(rests(lesson, topics), day)
    if old is None:
        return ()
    return say("lessons", "What this rests on may have changed since {day}.", day=old.checked_on), TELLS["lawyer"]


def explained(question: Question, given: frozenset[str]) -> Iterable[Text]:
    """Whether what was given fits, then each answer with its mark and its reason."""
    yield _verdict(question, given)
    for number, option in enumerate(question.options, 1):
        answer = numbered(number, option)
        if option.id in given:
            answer = say("lessons", "{answer} (your answer)", answer=answer)
        yield say("lessons", "{mark} {answer}", mark="✓" if option.right else "–", answer=answer)
        yield option.because


def _verdict(question: Question, given: frozenset[str]) -> Text:
    if not given:
        return PASSED
    if given == question.right:
        return ALL_RIGHT if question.several else RIGHT
    return IN_PART if given & question.right else OTHERWISE


def references(module: Module, topics: Mapping[str, Topic]) -> tuple[Text, ...]:
    """The sources of all lessons of a module, each once."""
    facts = tuple(fact for lesson in module.lessons for fact in rests(lesson, topics))
    return (say("lessons", "What this module rests on:"), *sources(facts))
