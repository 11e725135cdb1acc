"""Which question to ask next: one is asked only while its answer can change a level, the outcome or the urgency."""

from collections.abc import Collection, Iterator, Sequence
from itertools import product

from dialogs.finding import URGENCIES, supports, urgency_of
from dialogs.instrument import Answers, Instrument, Minor, Question, Support, questions_for

ENOUGH = 3  # questions of one strength: more of them support nothing that three do not


def next_question(instrument: Instrument, answers: Answers, minor: Minor = "unknown") -> Question | None:
    """The first question without an answer that still matters; None when the finding stands.

    An answer that was given stands, also "unknown" and "skip".
    """
    return next((q for q in _mattering(instrument, answers, minor, set(answers)) if q.id not in answers), None)


def worth_asking(instrument: Instrument, answers: Answers, minor: Minor = "unknown") -> tuple[Question, ...]:
    """All that is open (unknown and skipped as well) and could still change a level, the outcome or the urgency."""
    answered = {name for name, value in answers.items() if value in ("yes", "no")}
    return tuple(_mattering(instrument, answers, minor, answered))


def without(instrument: Instrument, answers: Answers, minor: Minor) -> tuple[tuple[Question, str], ...]:
    """Affirmed questions on which a supported part hangs alone, with the part: unsaid, it would no longer be supported.

    For those only who have shown a professional code: it tells how a finding is avoided.
    """
    asked = [q for q in questions_for(instrument, minor) if answers.get(q.id) == "yes"]
    return tuple((q, q.part) for q in asked if _hangs(instrument.rule.support, q, asked))


def _hangs(support: Support, question: Question, affirmed: Sequence[Question]) -> bool:
    mine = [q for q in affirmed if q.part == question.part]
    return supports(support, mine) and not supports(support, [q for q in mine if q is not question])


def _mattering(instrument: Instrument, answers: Answers, minor: Minor, final: Collection[str]) -> Iterator[Question]:
    """The questions that are not final and matter, in the order asked; the outcome hangs on the levels alone."""
    asked = questions_for(instrument, minor)
    for question in asked:
        if question.id in final:
            continue
        mine = [q for q in asked if q.part == question.part]
        if _moves_level(instrument.rule.support, question, mine, answers, final) or _moves_urgency(
            question, asked, answers
        ):
            yield question


def _moves_level(
    support: Support, question: Question, mine: Sequence[Question], answers: Answers, final: Collection[str]
) -> bool:
    """Whether there are answers to the others with which this one decides: yes supports, or no makes it impossible."""
    others = [q for q in mine if q.id not in final and q is not question]
    yes = [q for q in mine if q.id in final and answers[q.id] == "yes"]
    possible = [q for q in mine if q.id in final and answers[q.id] != "no"]
    return _decides(support, question, yes, others) or _decides(support, question, possible, others)


def _decides(support: Support, question: Question, said: list[Question], others: Sequence[Question]) -> bool:
    return any(
        not supports(support, [*said, *more]) and supports(support, [*said, *more, question])
        for more in _selections(others)
    )


def _selections(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """Some of the questions, one selection for each count of each strength: the rule sees no more of them."""
    kinds = [[q for q in questions if q.strength == strength] for strength in ("strong", "medium", "weak", None)]
    counts = product(*(range(min(len(kind), ENOUGH) + 1) for kind in kinds))
    return ([q for kind, count in zip(kinds, chosen, strict=True) for q in kind[:count]] for chosen in counts)


def _moves_urgency(question: Question, asked: Sequence[Question], answers: Answers) -> bool:
    """Whether a "yes" would be more urgent than all that was affirmed."""
    if not question.urgency:
        return False
    affirmed = [q for q in asked if answers.get(q.id) == "yes" and q.urgency]
    highest = urgency_of(affirmed, answers)
    return highest is None or URGENCIES.index(question.urgency) < URGENCIES.index(highest)
