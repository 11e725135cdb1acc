"""The outcome of the ILO/EC sets for the person beside a professional: our own plain words, and no dimension's name."""

from collections.abc import Mapping

from dialogs.finding import Finding, Outcome
from dialogs.text import Text, say

OF_WORK_PLAIN: Mapping[Outcome, Text] = {
    "signs": say(
        "finding", "The answers point to bad work, to how you were brought to it, and to what keeps you in it."
    ),
    "some_signs": say("finding", "The answers point to some of it, not to all of it together."),
    "not_enough": say("finding", "There are too few answers to say what they point to."),
    "no_signs_seen": say(
        "finding", "The answers point to none of these. If something is wrong all the same, there is help."
    ),
}
OF_CHILDREN_PLAIN: Mapping[Outcome, Text] = {
    **OF_WORK_PLAIN,
    "signs": say("finding", "The answers point to bad work for somebody under 18. The law protects children more."),
}


def of_work(finding: Finding) -> Text:
    """What the answers point to. No verdict, and no word on what somebody is."""
    return (OF_CHILDREN_PLAIN if finding.minor == "yes" else OF_WORK_PLAIN)[finding.outcome]
