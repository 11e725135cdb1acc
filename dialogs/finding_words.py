"""A finding in words, for any instrument: what is said before use, the outcome, each part with its reasons, what to do next."""

from collections.abc import Iterable, Mapping

from dialogs.adaptive import age_matters, worth_asking
from dialogs.evidence import cited
from dialogs.finding import Finding, Outcome, PartFinding, find
from dialogs.finding_plain import of_work
from dialogs.instrument import Answers, Described, Instrument, Minor, Question, moot
from dialogs.not_asked_words import CALM_SO_FAR, calm_so_far, not_asked_told
from dialogs.text import Text, say

NEXT_SHOWN = 5
REASONS_SHOWN = 3  # of a part, before "all reasons"
FEW_PARTS = 3  # so many are told one by one, whatever was answered

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
ALL_REASONS = say("screening", "All reasons, part by part:")
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


def found_told(instrument: Instrument, answers: Answers, minor: Minor, audience: str) -> tuple[Text, ...]:
    """The outcome, each part with its first reasons, and what the law says besides."""
    finding = find(instrument, answers, minor)
    professional = audience == "professional"
    rests = _rests_on(instrument, finding) if professional else ()
    parts = _parts_in_brief(instrument, finding) if professional else _parts_in_plain_words(instrument, finding)
    outcome, *limits = outcome_told(instrument, finding) if professional else _outcome_plainly(instrument, finding)
    not_asked = not_asked_told(instrument, answers) if professional else ()
    return (outcome, *rests, *limits, *parts, *not_asked, *_of_the_law(instrument, finding))


def reasons_told(instrument: Instrument, answers: Answers, minor: Minor, audience: str) -> tuple[Text, ...]:
    """Each part with every answer behind it; for professionals also what was denied where that decides."""
    parts = find(instrument, answers, minor).parts
    told = ((*part_told(instrument, part), *(_denied(part) if audience == "professional" else ())) for part in parts)
    return (ALL_REASONS, *(line for part in told for line in part), *not_asked_told(instrument, answers))


def _denied(part: PartFinding) -> tuple[Text, ...]:
    denied = part.no if part.level == "not_supported" else ()
    return tuple(say("finding", "– no: {reason}", reason=question.reason) for question in denied)


def further_told(
    instrument: Instrument, answers: Answers, minor: Minor, audience: str, *, asked_on: bool
) -> tuple[Text, ...]:
    """What to ask or check next, and what the finding cannot say. `asked_on`: whether questions are still to come."""
    to_ask = (*age_told(instrument, answers, minor), *next_told(instrument, answers, minor, audience))
    limits = validity_told(instrument) if audience == "professional" else CANNOT_PLAIN
    nothing = () if asked_on else (NOTHING_LEFT,)
    return (*((TO_ASK, *to_ask) if to_ask else nothing), CANNOT, *limits)


def age_told(instrument: Instrument, answers: Answers, minor: Minor) -> tuple[Text, ...]:
    """That the age is to be found out, where it is not known and would change the outcome."""
    return (ASK_AGE,) if minor == "unknown" and age_matters(instrument, answers) else ()


def origin_told(instrument: Instrument) -> tuple[Text, ...]:
    """Where the questions come from, and who may use them."""
    return (instrument.title, provenance(instrument), instrument.licence)


def of_urgency(instrument: Instrument) -> bool:
    """Whether an instrument asks how urgent it is."""
    return any(question.urgency for question in instrument.questions)


def described_told(described: Described) -> tuple[Text, ...]:
    """An instrument that is not here: what it is, what was measured, its limits, why it is absent, its source."""
    source = cited(described.source, described.checked_on, described.status)
    return (described.title, described.about, described.accuracy, described.limits, described.absent, source)


def _outcome_plainly(instrument: Instrument, finding: Finding) -> tuple[Text, ...]:
    """For who is no professional; the words on the law are plain already."""
    return (of_work(finding), NO_VERDICT) if instrument.kind == "dimension" else outcome_told(instrument, finding)


def _of_the_law(instrument: Instrument, finding: Finding) -> tuple[Text, ...]:
    if instrument.kind == "dimension" or of_urgency(instrument):
        return ()
    age = {"yes": (NO_MEANS,), "unknown": (AGE_OPEN,), "no": ()}[finding.minor]
    exploited = any(part.part.id == "purpose" and part.yes for part in finding.parts)
    other = (OTHER_LAW,) if exploited and finding.outcome != "signs" else ()
    return (*age, *other, WHO)


def before_use(instrument: Instrument) -> tuple[Text, ...]:
    """For whom it is, how far it was validated, what it cannot say, licence and source: shown before use and after."""
    return (*validity_told(instrument), instrument.licence, provenance(instrument))


def validity_told(instrument: Instrument) -> tuple[Text, ...]:
    """For whom it is, how far it was validated, what it cannot say."""
    return (instrument.population, instrument.validation, instrument.limits)


def provenance(instrument: Instrument) -> Text:
    """The source, and the day on which it was read."""
    return cited(instrument.source, instrument.checked_on, instrument.status)


def outcome_told(instrument: Instrument, finding: Finding) -> tuple[Text, ...]:
    """The outcome in neutral words: never of the person."""
    if of_urgency(instrument):
        return (CALM_SO_FAR if calm_so_far(finding) else URGENCY[finding.urgency], *_listed(finding.urgent))
    if instrument.kind == "element":
        return (OF_THE_LAW[finding.outcome],)
    if finding.minor != "yes":
        return (OF_DIMENSIONS[finding.outcome], NO_VERDICT)
    act = (ACT_OPEN,) if finding.outcome == "signs" else ()
    return (OF_CHILDREN[finding.outcome], *act, NO_VERDICT)


def part_told(instrument: Instrument, part: PartFinding) -> tuple[Text, ...]:
    """The level of a part, all answers behind it, and those rows of them that are doubtful.

    What was not asked is not counted here: it may be open and yet change nothing.
    """
    doubtful = (q.reason for q in part.yes if q.doubtful)
    doubts = tuple(say("screening", "This row may be weaker in the original: {reason}", reason=r) for r in doubtful)
    return (_level(instrument, part, part.part.name), *_listed(part.yes), *doubts)


def _rests_on(instrument: Instrument, finding: Finding) -> tuple[Text, ...]:
    """One reason for each group of parts that the outcome wants together."""
    groups = instrument.rule.minor if finding.minor == "yes" else instrument.rule.adult
    met = {part.part.id: part.yes[0].reason for part in finding.parts if part.level == "supported"}
    first = tuple(next(met[name] for name in group if name in met) for group in groups if met.keys() & set(group))
    if of_urgency(instrument) or not first:
        return ()
    return (say("finding", "Among the reasons: {reasons}.", reasons=first),)


def _parts_in_brief(instrument: Instrument, finding: Finding) -> tuple[Text, ...]:
    """A paragraph for each part of which something was affirmed; of many, those without anything are named together."""
    few = len(finding.parts) <= FEW_PARTS
    told = tuple(_brief(instrument, part) for part in finding.parts if part.yes or few)
    rest = [part for part in finding.parts if not part.yes and not few]
    unknown = tuple(part.part.name for part in rest if part.level == "unknown")
    denied = tuple(part.part.name for part in rest if part.level == "not_supported")
    return (
        *told,
        *((say("finding", "Not known: {elements}.", elements=unknown),) if unknown else ()),
        *((_no_sign(instrument, denied),) if denied else ()),
    )


def _no_sign(instrument: Instrument, elements: tuple[Text, ...]) -> Text:
    if instrument.kind == "dimension":
        return say("finding", "Not met: {elements}.", elements=elements)
    return say("finding", "No sign in the answers: {elements}.", elements=elements)


def _brief(instrument: Instrument, part: PartFinding) -> Text:
    level = _level(instrument, part, part.part.name)
    if not part.yes:
        return level
    reasons = tuple(question.reason for question in part.yes[:REASONS_SHOWN])
    more = len(part.yes) - len(reasons)
    named = (*reasons, say("finding", "{count} more", count=more)) if more else reasons
    if part.level == "supported":
        return say("finding", "{level} Because of: {reasons}.", level=level, reasons=named)
    return say("finding", "{level} Answered yes: {reasons}.", level=level, reasons=named)


def _parts_in_plain_words(instrument: Instrument, finding: Finding) -> tuple[Text, ...]:
    return tuple(line for part in finding.parts for line in _plainly(instrument, part))


def _plainly(instrument: Instrument, part: PartFinding) -> tuple[Text, ...]:
    more = len(part.yes) - REASONS_SHOWN
    rest = (say("screening", "– and {count} more", count=more),) if more > 0 else ()
    return (_level(instrument, part, part.part.plain or part.part.name), *_listed(part.yes[:REASONS_SHOWN]), *rest)


def _level(instrument: Instrument, part: PartFinding, head: Text) -> Text:
    dimension = instrument.kind == "dimension"
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


def next_told(
    instrument: Instrument, answers: Answers, minor: Minor, audience: str, most: int | None = NEXT_SHOWN
) -> tuple[Text, ...]:
    """What to ask or check next, in the words of who reads: the first `most` that could still change the finding."""
    senseless = moot(instrument, answers)
    still = [question for question in worth_asking(instrument, answers, minor) if question not in senseless][:most]
    asked = tuple((audience == "person" and q.plain) or q.professional for q in still)
    return tuple(say("screening", "– {question}", question=question) for question in asked)


def _listed(questions: Iterable[Question]) -> tuple[Text, ...]:
    return tuple(say("screening", "– {reason}", reason=question.reason) for question in questions)
