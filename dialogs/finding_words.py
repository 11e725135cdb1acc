"""A finding in words, for any instrument: what is said before use, the outcome, each part with its reasons, what to do next."""

from collections.abc import Iterable, Mapping

from dialogs.adaptive import age_matters, worth_asking
from dialogs.evidence import cited
from dialogs.finding import Finding, Outcome, PartFinding, find
from dialogs.instrument import Answers, Described, Instrument, Minor, Question
from dialogs.text import Text, say

NEXT_SHOWN = 5

OF_THE_LAW: Mapping[Outcome, Text] = {
    "signs": say(
        "screening",
        "The answers point to all parts of what the law calls trafficking. It deserves to be looked at by a trained person.",
    ),
    "some_signs": say(
        "screening",
        "The answers point to some parts of what the law calls trafficking. A trained person can look at the rest.",
    ),
    "not_enough": say(
        "screening",
        "There are too few answers to say what they point to. A trained person can help to see more clearly.",
    ),
    "no_signs_seen": say(
        "screening",
        "The answers do not point to the parts of trafficking. If something is wrong all the same, there is help.",
    ),
}
OF_DIMENSIONS: Mapping[Outcome, Text] = {
    "signs": say("screening", "The recruitment, exploitation and coercion dimensions are met."),
    "some_signs": say("screening", "Some dimensions are met, but not recruitment, exploitation and coercion together."),
    "not_enough": say("screening", "There are too few answers to say which dimensions are met."),
    "no_signs_seen": say("screening", "The answers meet no dimension."),
}
OF_CHILDREN: Mapping[Outcome, Text] = {
    **OF_DIMENSIONS,
    "signs": say("screening", "The exploitation dimension is met. Under 18, no means is needed."),
    "some_signs": say("screening", "Some dimensions are met, but not exploitation."),
}
URGENCY = {
    "immediate": say("screening", "Urgent: act now, before anything else."),
    "soon": say("screening", "Urgent within days."),
    "normal": say("screening", "Nothing urgent in the answers. That is not safety: ask again."),
    None: say("screening", "How urgent it is, is not known yet."),
}
ACT_OPEN = say("screening", "Who recruited, moved or took in the child is not asked here. Find it out.")
NO_VERDICT = say("screening", "This decides nothing about anybody.")
WHO = say(
    "screening",
    "In practice, police and gendarmes identify victims formally. Labour inspectors can record the offence. Associations can advise you first.",
)
OTHER_LAW = say(
    "screening", "Work without pay, under threat or in bad conditions is forbidden too, even without the other parts."
)
NO_MEANS = say("screening", "Under 18, no means is needed: the law protects children more.")
AGE_OPEN = say("screening", "The age is not known. Under 18, no means would be needed.")
TO_ASK = say("screening", "What could still change this:")
ASK_AGE = say("screening", "– the age: under 18 the finding would be another one")
NOTHING_LEFT = say("screening", "No further answer would change this. A talk can show more than questions.")
CANNOT = say("screening", "What this cannot say:")
CANNOT_PLAIN = (
    say("screening", "It decides nothing about you. It does not replace a talk with a trained person."),
    say(
        "screening",
        "Nobody has measured how often these questions are right. “No signs” does not mean that all is well.",
    ),
)


def finding_words(instrument: Instrument, answers: Answers, minor: Minor, audience: str) -> tuple[Text, ...]:
    """All that a finding says, as paragraphs without any name: what it is of, what was learnt, what to do, its limits."""
    told = found_told(instrument, answers, minor)
    return (instrument.title, *told, *further_told(instrument, answers, minor, audience))


def found_told(instrument: Instrument, answers: Answers, minor: Minor) -> tuple[Text, ...]:
    """The outcome, each part with its reasons, and what the law says besides."""
    finding = find(instrument, answers, minor)
    parts = (line for part in finding.parts for line in part_told(instrument, part))
    return (*outcome_told(instrument, finding), *parts, *_of_the_law(instrument, finding))


def further_told(instrument: Instrument, answers: Answers, minor: Minor, audience: str) -> tuple[Text, ...]:
    """What to ask or check next, what the finding cannot say, and where its questions come from."""
    age = (ASK_AGE,) if minor == "unknown" and age_matters(instrument, answers) else ()
    to_ask = (*age, *next_told(instrument, answers, minor, audience))
    limits = before_use(instrument) if audience == "professional" else (*CANNOT_PLAIN, provenance(instrument))
    return (*((TO_ASK, *to_ask) if to_ask else (NOTHING_LEFT,)), CANNOT, *limits)


def of_urgency(instrument: Instrument) -> bool:
    """Whether an instrument asks how urgent it is."""
    return any(question.urgency for question in instrument.questions)


def described_told(described: Described) -> tuple[Text, ...]:
    """An instrument that is not here: what it is, what was measured, its limits, why it is absent, its source."""
    source = cited(described.source, described.checked_on)
    return (described.title, described.about, described.accuracy, described.limits, described.absent, source)


def _of_the_law(instrument: Instrument, finding: Finding) -> tuple[Text, ...]:
    if instrument.kind == "dimension" or of_urgency(instrument):
        return ()
    age = {"yes": (NO_MEANS,), "unknown": (AGE_OPEN,), "no": ()}[finding.minor]
    exploited = any(part.part.id == "purpose" and part.yes for part in finding.parts)
    other = (OTHER_LAW,) if exploited and finding.outcome != "signs" else ()
    return (*age, *other, WHO)


def before_use(instrument: Instrument) -> tuple[Text, ...]:
    """For whom it is, how far it was validated, what it cannot say, licence and source: shown before use and after."""
    return (instrument.population, instrument.validation, instrument.limits, instrument.licence, provenance(instrument))


def provenance(instrument: Instrument) -> Text:
    """The source, and the day on which it was read."""
    return cited(instrument.source, instrument.checked_on)


def outcome_told(instrument: Instrument, finding: Finding) -> tuple[Text, ...]:
    """The outcome in neutral words: never of the person."""
    if of_urgency(instrument):
        return (URGENCY[finding.urgency], *_listed(finding.urgent))
    if instrument.kind == "element":
        return (OF_THE_LAW[finding.outcome],)
    if finding.minor != "yes":
        return (OF_DIMENSIONS[finding.outcome], NO_VERDICT)
    act = (ACT_OPEN,) if finding.outcome == "signs" else ()
    return (OF_CHILDREN[finding.outcome], *act, NO_VERDICT)


def part_told(instrument: Instrument, part: PartFinding) -> tuple[Text, ...]:
    """The level of a part, the answers behind it, those rows of them that are doubtful, and how many are open."""
    doubtful = (q.reason for q in part.yes if q.doubtful)
    doubts = tuple(say("screening", "This row may be weaker in the original: {reason}", reason=r) for r in doubtful)
    left = (
        (say("screening", "Still open in this part: {count}", count=len(part.open)),) if part.open and part.yes else ()
    )
    return (_level(instrument, part), *_listed(part.yes), *doubts, *left)


def _level(instrument: Instrument, part: PartFinding) -> Text:
    dimension = instrument.kind == "dimension"
    head = part.part.name
    if part.level == "unknown":
        return say("screening", "{element}: not known.", element=head)
    if part.level == "supported":
        return (
            say("screening", "{element}: met.", element=head)
            if dimension
            else say("screening", "{element}: there are signs.", element=head)
        )
    return (
        say("screening", "{element}: not met.", element=head)
        if dimension
        else say("screening", "{element}: no sign in the answers.", element=head)
    )


def next_told(instrument: Instrument, answers: Answers, minor: Minor, audience: str) -> tuple[Text, ...]:
    """What to ask or check next, in the words of who reads: the first few that could still change the finding."""
    still = worth_asking(instrument, answers, minor)[:NEXT_SHOWN]
    asked = tuple((audience == "person" and q.plain) or q.professional for q in still)
    return tuple(say("screening", "– {question}", question=question) for question in asked)


def _listed(questions: Iterable[Question]) -> tuple[Text, ...]:
    return tuple(say("screening", "– {reason}", reason=question.reason) for question in questions)
