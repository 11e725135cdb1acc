"""What the queue's pages call its parts, its filters and its clock."""

from collections.abc import Mapping

from dialogs.text import Text, say
from services.referrals.targets import Stage

PARTS = {
    "waiting": say("console", "Waiting"),
    "held": say("console", "Being worked on"),
    "late": say("console", "Late"),
    "ended": say("console", "Ended"),
}
CAPTIONS = {
    "waiting": say("console", "Requests that nobody holds"),
    "held": say("console", "Requests being worked on"),
    "late": say("console", "Requests that are late"),
    "ended": say("console", "Requests that have ended"),
}
LEVEL = {
    "late": say("console", "Late"),
    "soon_late": say("console", "Soon late"),
}
STAGE = {
    "claim": say("console", "nobody has taken it"),
    "answer": say("console", "nobody has answered"),
    "reply": say("console", "a message waits for an answer"),
    "outcome": say("console", "no outcome yet"),
}
MEASURED = {
    "acknowledge": say("console", "Acknowledged"),
    "claim": say("console", "Claimed"),
    "answer": say("console", "First answer"),
    "outcome": say("console", "Outcome"),
}
AIMS: Mapping[Stage, Text] = {
    "claim": say("console", "Claimed"),
    "answer": say("console", "First answer"),
    "reply": say("console", "Answer to a message"),
    "outcome": say("console", "Outcome"),
}
WHOSE = {
    "mine": say("console", "Held by me"),
    "free": say("console", "Held by nobody"),
    "others": say("console", "Held by others"),
}
WAITS = {
    "late": say("console", "Late"),
    "soon_late": say("console", "Late or soon late"),
    "wrote": say("console", "A message waits for an answer"),
    "unanswered": say("console", "Not answered in time"),
}
GROUP = {
    "adults": say("console", "Adults, and ages not known"),
    "minors": say("console", "Under 18"),
}
