"""What a screening is about: its instrument, the answers so far, whether the rule for minors holds."""

from collections.abc import Iterator

from dialogs.adaptive import matters, next_question, still_asked
from dialogs.finding import find
from dialogs.flow import Scene
from dialogs.instrument import Answers, Instrument, Minor, Question, questions_for
from dialogs.library import Library
from dialogs.prefill import SEVERAL, referral_answers
from dialogs.session import Frame

SITUATION = "situation"
ALL = "all"  # the answer at `intro` of a professional who wants every question


def flow_of(instrument: Instrument) -> str:
    """The name of the flow that asks an instrument's questions."""
    return "screening" if instrument.id == SITUATION else instrument.id


def minor_in(instrument: Instrument, frame: Frame) -> Minor:
    """Whether the rule for minors holds: by the answered age, or by the age for which a set was made."""
    if instrument.ages != "all":
        return "yes" if instrument.ages == "minors" else "no"
    age = frame.answer("age")
    return "yes" if age == "minor" else "no" if age == "adult" else "unknown"


def answers_in(instrument: Instrument, frame: Frame) -> Answers:
    """The answers to the instrument's questions that were given, skipped ones included."""
    given = dict(frame.answers)
    return {question.id: given[question.id] for question in instrument.questions if question.id in given}


def is_asked(scene: Scene, instrument: Instrument, question: Question) -> bool:
    """Whether a question is on the path: it has an answer, or can still change the finding, or all are wanted."""
    minor = minor_in(instrument, scene.frame)
    if (
        scene.answer(question.id) is not None
        or scene.answer("intro") == ALL
        or _of_a_whole(scene, instrument, question)
    ):
        return question in questions_for(instrument, minor)
    return matters(instrument, answers_in(instrument, scene.frame), minor, question)


def left(scene: Scene, instrument: Instrument) -> int:
    """How many questions without an answer are on the path now; there may be fewer after the next answer."""
    minor, answers = minor_in(instrument, scene.frame), answers_in(instrument, scene.frame)
    wanted = {question.id for question in still_asked(instrument, answers, minor)}
    return sum(
        question.id not in answers
        and (question.id in wanted or scene.answer("intro") == ALL or _of_a_whole(scene, instrument, question))
        for question in questions_for(instrument, minor)
    )


def _of_a_whole(scene: Scene, instrument: Instrument, question: Question) -> bool:
    """Whether a question belongs to what is asked as a whole of who is not a professional."""
    return not scene.professional and any(part.whole and part.id == question.part for part in instrument.parts)


def settled(scene: Scene, instrument: Instrument) -> bool:
    """Whether nothing more is to be asked, or nothing more that could change the finding of a professional."""
    if not scene.professional:
        return left(scene, instrument) == 0
    return next_question(instrument, answers_in(instrument, scene.frame), minor_in(instrument, scene.frame)) is None


def filled(scene: Scene) -> dict[str, str]:
    """What a professional's findings fill in of a request: of this screening, and of those it was opened from.

    What was screened before a visit to the menu is left out: it may have been about somebody else.
    """
    answers: dict[str, str] = {}
    for instrument, frame in _chain(scene):
        found = referral_answers(find(instrument, answers_in(instrument, frame), minor_in(instrument, frame)))
        for step, value in (found | age_in(instrument, frame)).items():
            answers[step] = _joined(answers.get(step, ""), value) if step in SEVERAL else value
    return answers


def age_in(instrument: Instrument, frame: Frame) -> dict[str, str]:
    """The age that was told, or minor for the children's set; nobody is taken for an adult by the set that was chosen."""
    age = "minor" if instrument.ages == "minors" else frame.answer("age")
    return {"age": age} if age else {}


def _joined(before: str, more: str) -> str:
    return ",".join(dict.fromkeys(filter(None, (*before.split(","), *more.split(",")))))


def _chain(scene: Scene) -> Iterator[tuple[Instrument, Frame]]:
    """The present screening and those it lies upon, the oldest first."""
    by_flow = _by_flow(scene.library)
    stack = scene.session.stack
    first = next((place + 1 for place in range(len(stack) - 1, -1, -1) if stack[place].flow not in by_flow), 0)
    return ((by_flow[frame.flow], frame) for frame in stack[first:])


def _by_flow(library: Library) -> dict[str, Instrument]:
    return {flow_of(instrument): instrument for instrument in library.instruments.values()}
