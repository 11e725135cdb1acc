"""The three ways a flow asks: one answer of several, several of several, a text."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from dialogs.events import Chose, Said
from dialogs.flow import Move, Reply, Scene, Step, again, always, answer, keep
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say
from dialogs.typed import meaning

Words: TypeAlias = Callable[[Scene], tuple[Text, ...]]
Options: TypeAlias = Sequence[Choice]

YES = Choice("yes", say("buttons", "Yes"), intent="affirm")
NO = Choice("no", say("buttons", "No"), intent="deny")
UNKNOWN = Choice("unknown", say("buttons", "I don't know"), intent="not_sure")
SKIP = Choice("skipped", say("buttons", "Skip this question"), intent="skip_question")
ANSWERS = (YES, NO, UNKNOWN, SKIP)
DONE = Choice("done", say("buttons", "Done, go on"), intent="affirm")
NOTHING = Choice("none", say("buttons", "Nothing to say here"), intent="skip_question")
MAX_FIELD = 500  # characters of a text that is an answer
TOO_LONG_FIELD = say("engine", "Please write less: at most {count} characters.", count=MAX_FIELD)
SURE = 0.6  # below, two guesses are offered
CERTAIN = 0.9  # needed where a text is asked for, so that a note is not taken for a command
QUESTIONS = ("ask_privacy", "help", "talk_to_human")  # asked of the assistant, where words are noted


def asks(reply: Said, *more: str) -> bool:
    """Whether words are a question to the assistant and none for the coordination; `more`: intents that are, too."""
    return reply.understanding.intent in (*QUESTIONS, *more) and reply.understanding.confidence >= SURE


def words(*text: Text) -> Words:
    """The same words for everybody."""
    return lambda _: text


def for_each(plain: Text, professional: Text) -> Words:
    """Other words for somebody who asks about a person than for the person."""
    return lambda scene: (plain if scene.session.audience == "person" else professional,)


def one_of(
    step: str,
    question: Words,
    options: Options,
    when: Callable[[Scene], bool] = always,
    *,
    discreet: bool = False,
    alone: bool = False,
) -> Step:
    """A question with one answer, recorded as the option's id."""
    ids = {option.id for option in options}

    def show(scene: Scene) -> Screen:
        return Screen(question(scene), tuple(options), discreet=discreet, alone=alone)

    def take(_: Scene, reply: Reply) -> Move | None:
        return answer(reply.choice) if isinstance(reply, Chose) and reply.choice in ids else None

    return Step(step, show, take, when)


def languages(scene: Scene) -> tuple[Choice, ...]:
    """Every language by its own name."""
    return tuple(Choice(code, say("name", "{name}", name=name)) for code, name in scene.library.languages.items())


def ticked(option: Choice) -> Choice:
    """The option as shown once it is ticked."""
    return Choice(option.id, say("buttons", "✓ {option}", option=option.label))


def some_of(
    step: str,
    question: Words,
    options: Options,
    when: Callable[[Scene], bool] = always,
    read: Callable[[Scene, str], Move | None] | None = None,
    *,
    typed: Options = (),
    expects: frozenset[str] = frozenset(),
    alone: bool = False,
) -> Step:
    """A question with several answers, recorded as ids with commas between, `none` when there are none.

    `read` makes a move out of a text, or None where it means nothing here; `typed`: options that only it finds.
    """
    shown_first = {option.id for option in options}
    every = (*options, *(option for option in typed if option.id not in shown_first))
    order = [option.id for option in every]

    def show(scene: Scene) -> Screen:
        chosen = scene.chosen(_part(step))
        offered = (option for option in every if option.id in shown_first or option.id in chosen)
        shown = [ticked(option) if option.id in chosen else option for option in offered]
        return Screen(question(scene), (*shown, DONE if chosen else NOTHING), alone=alone)

    def take(scene: Scene, reply: Reply) -> Move | None:
        chosen = set(scene.chosen(_part(step)))
        if isinstance(reply, Said):
            return read(scene, reply.text) if read else None
        if reply.choice in ("done", "none"):
            return answer(",".join(i for i in order if i in chosen) or "none")
        return keep(",".join(i for i in order if i in chosen ^ {reply.choice})) if reply.choice in order else None

    return Step(step, show, take, when, expects=expects)


def _part(step: str) -> str:
    """Where the ticks lie until the step is done."""
    return f"{step}/ticks"


def text_of(
    step: str,
    question: Words,
    options: Options = (),
    when: Callable[[Scene], bool] = always,
    read: Callable[[Scene, str], str | Text | Move] | None = None,
    *,
    contact: bool = False,
    expects: frozenset[str] = frozenset(),
) -> Step:
    """A question answered in words. `read` makes the value (or the move) out of the text, or says what is wrong."""

    def show(scene: Scene) -> Screen:
        return Screen(question(scene), tuple(options), asks_text=True, asks_contact=contact)

    def take(scene: Scene, reply: Reply) -> Move | None:
        if isinstance(reply, Said) and _denies(reply) and options:
            return answer(options[0].id)  # "no" to a question that may be skipped
        if isinstance(reply, Said):
            return _text(scene, reply.text.strip(), read)
        return answer(reply.choice) if reply.choice in {option.id for option in options} else None

    return Step(step, show, take, when, expects=expects)


def _denies(reply: Said) -> bool:
    return meaning(reply.text) == "deny" or (
        reply.understanding.intent == "deny" and reply.understanding.confidence >= CERTAIN
    )


def _text(scene: Scene, text: str, read: Callable[[Scene, str], str | Text | Move] | None) -> Move | None:
    if not text:
        return None
    if len(text) > MAX_FIELD:
        return again(TOO_LONG_FIELD)
    value = read(scene, text) if read else text
    if isinstance(value, Move):
        return value
    return again(value) if isinstance(value, Text) else answer(value)
