"""What a finding already answers in a referral, so that nobody is asked twice."""

from collections import defaultdict

from dialogs.finding import Finding

SEVERAL = frozenset({"forms", "needs"})  # steps that take several choices, written with commas between


def referral_answers(finding: Finding) -> dict[str, str]:
    """Answers by step of the referral flow, for `enter("referral", **answers)`; the person still reviews them all.

    Where several affirmed questions fill one step that takes one choice, the first question decides.
    """
    chosen: dict[str, list[str]] = defaultdict(list)
    for question in (question for part in finding.parts for question in part.yes):
        for step, choice in question.fills:
            chosen[step] += [choice] if choice not in chosen[step] else []
    answers = {step: ",".join(found if step in SEVERAL else found[:1]) for step, found in chosen.items()}
    return answers | ({"urgency": finding.urgency} if finding.urgency else {})
