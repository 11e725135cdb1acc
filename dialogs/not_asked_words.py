"""What a finding says of questions that were not asked, because an earlier answer left them no sense: open, never a no."""

from dialogs.finding import NORMAL, Finding
from dialogs.instrument import Answers, Instrument, moot
from dialogs.text import Text, say

CALM_SO_FAR = say(
    "screening", "Nothing urgent in what was asked. Not everything was asked, and that is not safety: ask again."
)


def not_asked_told(instrument: Instrument, answers: Answers) -> tuple[Text, ...]:
    """Each answer "no" for which something was not asked, and what that was."""
    left = moot(instrument, answers)
    return tuple(
        line
        for denied in instrument.questions
        if any(question.presumes == denied.id for question in left)
        for line in (
            say("finding", "Not asked, because this was answered with no: {reason}.", reason=denied.reason),
            *(say("screening", "– {reason}", reason=q.reason) for q in left if q.presumes == denied.id),
        )
    )


def calm_so_far(finding: Finding) -> bool:
    """Whether all that is pressing was denied, save what was not asked because of a no."""
    denied = {question.id for part in finding.parts for question in part.no}
    pressing = [q for part in finding.parts for q in part.open if q.urgency not in (None, NORMAL)]
    return finding.urgency is None and bool(pressing) and all(q.presumes in denied for q in pressing)
