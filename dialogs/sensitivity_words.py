"""What one answer would change, in words: for professionals with a code only (dialogs/coding.py)."""

from dialogs.finding import Outcome, Tally, find
from dialogs.finding_words import NEXT_SHOWN, OF_CHILDREN, OF_DIMENSIONS, OF_THE_LAW, of_urgency
from dialogs.instrument import Answers, Instrument, Minor, Question
from dialogs.sensitivity import Change, PartSensitivity, Sensitivity, sensitivity
from dialogs.text import Text, say

TITLE = say("finding", "What one answer would change")
FOR_YOU_ONLY = say("finding", "For your work only: it tells how a finding could be avoided.")
NOTHING = say("finding", "No single answer would change the outcome.")
NO_YES = say("finding", "No single yes would be enough.")
RULES = {
    "one": say("finding", "The rule: one yes is enough for a part."),
    "strengths": say(
        "finding",
        "The rule: a dimension is met by 2 strong answers; 1 strong and 1 other; 3 medium; or 2 medium and 1 weak.",
    ),
}
TOGETHER = say("finding", "For the whole, these are wanted together:")


def changes_told(instrument: Instrument, answers: Answers, minor: Minor) -> tuple[Text, ...]:
    """The outcome's single answers first, then each part's, with the rule's counts; at the end the rule itself."""
    told = sensitivity(instrument, answers, minor)
    outcome = find(instrument, answers, minor).outcome
    whole = _urgency(told.urgency) if of_urgency(instrument) else _outcome(instrument, outcome, minor, told.outcome)
    parts = (line for part in told.parts for line in _part(instrument, part))
    return (TITLE, FOR_YOU_ONLY, *whole, *parts, *_rule(instrument, told))


def _outcome(instrument: Instrument, now: Outcome, minor: Minor, changes: tuple[Change, ...]) -> tuple[Text, ...]:
    """Which single answers would lead to which other outcome."""
    if not changes:
        return (NOTHING,)
    words = OF_THE_LAW if instrument.kind == "element" else OF_CHILDREN if minor == "yes" else OF_DIMENSIONS
    lines: list[Text] = []
    for turned, head in (
        ("unsaid", say("finding", "Without one of these answers the outcome would be another one:")),
        ("affirmed", say("finding", "One yes to one of these would lead to another outcome:")),
    ):
        mine = [change for change in changes if change.turned == turned]
        lines += [head, *_listed(tuple(change.question for change in mine))] if mine else []
        for outcome in dict.fromkeys(change.outcome for change in mine):
            lines.append(say("finding", "Then: “{outcome}”", outcome=words[outcome]))
    return tuple(lines)


def _urgency(changes: tuple[Change, ...]) -> tuple[Text, ...]:
    if not changes:
        return (say("finding", "No single answer would change the urgency."),)
    head = say("finding", "With one of these answers turned, the urgency would be another one:")
    return (head, *_listed(tuple(change.question for change in changes)))


def _part(instrument: Instrument, part: PartSensitivity) -> tuple[Text, ...]:
    count = _count(instrument, part)
    if part.without:
        return (count, _without(instrument, part), *_listed(part.without))
    if part.fewest:
        told = say(
            "finding",
            "It stands without any single one of these yes; without {count} of them it may not.",
            count=part.fewest,
        )
        return (count, told)
    if part.with_yes:
        return (count, say("finding", "One yes to one of these would be enough:"), *_listed(part.with_yes))
    return (count, NO_YES)


def _without(instrument: Instrument, part: PartSensitivity) -> Text:
    if instrument.kind == "dimension":
        return say("finding", "Without one of these, “{element}” would no longer be met:", element=part.part.name)
    return say("finding", "Without one of these, “{element}” would no longer have signs:", element=part.part.name)


def _count(instrument: Instrument, part: PartSensitivity) -> Text:
    """The rule's inner count of one part."""
    if instrument.rule.support == "one":
        yes, asked = sum(part.yes), sum(part.asked)
        return say(
            "finding", "{element}: {yes} yes of {asked} questions.", element=part.part.name, yes=yes, asked=asked
        )
    return say("finding", "{element}: {counts}.", element=part.part.name, counts=_by_strength(part.yes, part.asked))


def _by_strength(yes: Tally, asked: Tally) -> tuple[Text, ...]:
    counts = (
        say("finding", "strong {yes} of {asked}", yes=yes[0], asked=asked[0]),
        say("finding", "medium {yes} of {asked}", yes=yes[1], asked=asked[1]),
        say("finding", "weak {yes} of {asked}", yes=yes[2], asked=asked[2]),
    )
    return tuple(text for text, there in zip(counts, asked, strict=False) if there)


def _rule(instrument: Instrument, told: Sensitivity) -> tuple[Text, ...]:
    names = {part.id: part.name for part in instrument.parts}
    groups = tuple(tuple(names[name] for name in group) for group in told.together)
    wanted = (_group(group) for group in groups)
    return (RULES[told.support], *(() if of_urgency(instrument) else (TOGETHER, *wanted)))


def _group(names: tuple[Text, ...]) -> Text:
    if len(names) == 1:
        return say("screening", "– {reason}", reason=names[0])
    return say("finding", "– one of: {elements}", elements=names)


def _listed(questions: tuple[Question, ...]) -> tuple[Text, ...]:
    shown = tuple(say("screening", "– {reason}", reason=question.reason) for question in questions[:NEXT_SHOWN])
    more = len(questions) - len(shown)
    return (*shown, *((say("screening", "– and {count} more", count=more),) if more > 0 else ()))
