"""The call back that a professional asks for: coarse times, sealed, as they are stored and read again."""

from dataclasses import dataclass

from dialogs.text import Text, say

SLOTS: dict[str, Text] = {
    "first_morning": say("referral", "Next working day, in the morning"),
    "first_afternoon": say("referral", "Next working day, in the afternoon"),
    "second_morning": say("referral", "The working day after, in the morning"),
    "second_afternoon": say("referral", "The working day after, in the afternoon"),
    "any": say("referral", "Any working day"),
}
"""Times of a call, counted from the day on which the request was sent."""
INTERPRETER = ("needed", "not_needed", "unknown")


@dataclass(frozen=True, slots=True)
class Call:
    """When (ids of SLOTS, or none), and whether an interpreter is needed (an id of INTERPRETER)."""

    slots: tuple[str, ...] = ()
    interpreter: str = "unknown"


def stored(call: Call) -> str:
    """A call as it is sealed."""
    return f"{','.join(call.slots)};{call.interpreter}"


def read(sealed: str) -> Call:
    """A call from what was sealed; what is not known is left out."""
    slots, _, interpreter = sealed.partition(";")
    known = tuple(slot for slot in slots.split(",") if slot in SLOTS)
    return Call(known, interpreter if interpreter in INTERPRETER else "unknown")
