"""Which question to ask next: one is asked only while its answer can change a level, the outcome or the urgency."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import product
from operator import add

from dialogs.finding import NORMAL, URGENCIES, Tally, find, supports, tally
from dialogs.instrument import Answers, Instrument, Minor, Question, Support, moot, questions_for

ENOUGH = 3  # questions of one strength: more of them support nothing that three do not


def next_question(instrument: Instrument, answers: Answers, minor: Minor = "unknown") -> Question | None:
    """The first question without an answer that still matters; None when the finding stands.

    An answer that was given stands, also "unknown" and "skip".
    """
    return next(iter(still_asked(instrument, answers, minor)), None)


def worth_asking(instrument: Instrument, answers: Answers, minor: Minor = "unknown") -> tuple[Question, ...]:
    """All that is open (unknown, skipped and moot as well) and could still change a level, the outcome or the urgency."""
    answered = {name for name, value in answers.items() if value in ("yes", "no")}
    return tuple(_mattering(instrument, answers, minor, answered))


def still_asked(instrument: Instrument, answers: Answers, minor: Minor = "unknown") -> tuple[Question, ...]:
    """All questions without an answer that matter now and have a sense after what was denied."""
    senseless = moot(instrument, answers)
    return tuple(q for q in _mattering(instrument, answers, minor, set(answers)) if q not in senseless)


def matters(instrument: Instrument, answers: Answers, minor: Minor, question: Question) -> bool:
    """Whether one question that has no answer yet has a sense and can change a level, the outcome or the urgency."""
    asked = questions_for(instrument, minor)
    if question.id in answers or question not in asked or question in moot(instrument, answers):
        return False
    mine = [q for q in asked if q.part == question.part]
    turning = _deciding(instrument.rule.support, mine, answers, set(answers))
    return _kind(question) in turning or _moves_urgency(question, asked, answers)


def age_matters(instrument: Instrument, answers: Answers) -> bool:
    """Whether the outcome would be another one for a minor than for an adult."""
    return find(instrument, answers, "yes").outcome != find(instrument, answers, "no").outcome


def _mattering(instrument: Instrument, answers: Answers, minor: Minor, final: Collection[str]) -> Iterator[Question]:
    """The questions that are not final and matter, in the order asked; the outcome hangs on the levels alone."""
    asked = questions_for(instrument, minor)
    deciding: dict[str, frozenset[int]] = {}
    for question in asked:
        if question.id in final:
            continue
        if question.part not in deciding:
            mine = [q for q in asked if q.part == question.part]
            deciding[question.part] = _deciding(instrument.rule.support, mine, answers, final)
        if _kind(question) in deciding[question.part] or _moves_urgency(question, asked, answers):
            yield question


def _kind(question: Question) -> int:
    """The place of its strength in a tally."""
    return tally((question,)).index(1)


def _deciding(support: Support, mine: Sequence[Question], answers: Answers, final: Collection[str]) -> frozenset[int]:
    """The strengths of which a "yes" may support the part, or a "no" make that impossible."""
    others = tally(q for q in mine if q.id not in final)
    yes = tally(q for q in mine if q.id in final and answers[q.id] == "yes")
    possible = tally(q for q in mine if q.id in final and answers[q.id] != "no")
    return _turning(support, yes, others) | _turning(support, possible, others)


@cache
def _turning(support: Support, said: Tally, others: Tally) -> frozenset[int]:
    """The strengths of which one more turns the part, after `said` and some selection of the others."""
    found = set()
    for more in product(*(range(min(count, ENOUGH) + 1) for count in others)):
        strong, medium, weak, plain = map(add, said, more)
        for kind in range(len(others)):
            if more[kind] < others[kind] and _turns(support, (strong, medium, weak, plain), kind):
                found.add(kind)
    return frozenset(found)


def _turns(support: Support, said: Tally, kind: int) -> bool:
    one_more: list[int] = list(said)
    one_more[kind] += 1
    strong, medium, weak, plain = one_more
    return not supports(support, said) and supports(support, (strong, medium, weak, plain))


def _moves_urgency(question: Question, asked: Sequence[Question], answers: Answers) -> bool:
    """Whether a "yes" would be more urgent than all that was affirmed."""
    affirmed = [q.urgency for q in asked if q.urgency and answers.get(q.id) == "yes"]
    highest = min(map(URGENCIES.index, affirmed), default=URGENCIES.index(NORMAL))
    return question.urgency is not None and URGENCIES.index(question.urgency) < highest
