"""The life of a referral: its states, which may follow which, and who may bring it there. No I/O: a table to read."""

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias, get_args

State: TypeAlias = Literal[
    "received", "acknowledged", "reopened", "claimed", "evaluation", "searching", "place_offered", "agreed", "arrived",
    "follow_up", "passed_on", "followed", "declined", "transferred", "contact_lost", "did_not_come", "closed",
    "withdrawn",
]  # fmt: skip
STATES: tuple[State, ...] = get_args(State)

# Who brings it there. `itself`: nobody has to; `anybody`: whose role gives the right `work`; `holder`: of the claim;
# `supervisor`: who besides `work` has the right to act on others' claims; `person`: through their receipt.
Who: TypeAlias = Literal["itself", "anybody", "holder", "supervisor", "person"]
DESK: tuple[Who, ...] = ("holder", "supervisor")

Row: TypeAlias = tuple[tuple[State, ...], State, tuple[Who, ...]]  # from any of these, to this one, by whom

# An adult's, or that of somebody whose age is not known yet. Whose age turns out to be under 18 goes back to `claimed`
# and has from then on a minor's life.
ADULTS: tuple[Row, ...] = (
    (("received",), "acknowledged", ("itself",)),
    (("received", "acknowledged", "reopened"), "claimed", ("anybody",)),
    (("claimed",), "acknowledged", DESK),
    (("claimed",), "evaluation", DESK),
    (("evaluation",), "searching", DESK),
    (("searching",), "place_offered", DESK),
    (("place_offered",), "agreed", ("person",)),
    (("place_offered", "agreed"), "searching", ("itself",)),  # the time for which the place was held is over
    (("place_offered", "agreed"), "searching", ("person", *DESK)),
    (("agreed",), "arrived", DESK),
    (("agreed",), "did_not_come", DESK),
    (("did_not_come", "follow_up"), "searching", DESK),
    (("arrived",), "follow_up", DESK),
    (("evaluation", "searching", "place_offered", "agreed"), "claimed", DESK),
    (("claimed", "evaluation", "searching", "place_offered", "agreed"), "declined", DESK),
    (("claimed", "evaluation", "searching", "place_offered", "agreed", "follow_up"), "transferred", DESK),
    (
        ("claimed", "evaluation", "searching", "place_offered", "agreed", "did_not_come", "arrived", "follow_up"),
        "contact_lost",
        DESK,
    ),
    (("contact_lost", "did_not_come"), "reopened", ("person",)),
    (("declined", "transferred", "contact_lost", "did_not_come", "closed"), "reopened", DESK),
    (("follow_up", "declined", "transferred", "contact_lost", "did_not_come"), "closed", DESK),
    (
        (
            "received", "acknowledged", "reopened", "claimed", "evaluation", "searching", "place_offered", "agreed",
            "arrived", "follow_up", "declined", "transferred", "contact_lost", "did_not_come", "closed",
        ),
        "withdrawn",
        ("person",),
    ),
)  # fmt: skip

# A minor's: a liaison with child protection, never a place.
MINORS: tuple[Row, ...] = (
    (("received",), "acknowledged", ("itself",)),
    (("received", "acknowledged", "reopened"), "claimed", ("anybody",)),
    (("claimed",), "acknowledged", DESK),
    (("claimed",), "passed_on", DESK),
    (("passed_on",), "followed", DESK),
    (("claimed", "passed_on"), "declined", DESK),
    (("claimed", "passed_on", "followed"), "contact_lost", DESK),
    (("contact_lost",), "reopened", ("person",)),
    (("declined", "contact_lost", "closed"), "reopened", DESK),
    (("followed", "declined", "contact_lost"), "closed", DESK),
    (
        (
            "received", "acknowledged", "reopened", "claimed", "passed_on", "followed", "declined", "contact_lost",
            "closed",
        ),
        "withdrawn",
        ("person",),
    ),
)  # fmt: skip

WAITING: tuple[State, ...] = ("received", "acknowledged", "reopened")
"""Nobody holds it."""
HELD: tuple[State, ...] = (
    "claimed", "evaluation", "searching", "place_offered", "agreed", "arrived", "follow_up", "passed_on", "followed",
)  # fmt: skip
"""Somebody works on it. One that was put back in one of these keeps its state, and waits for somebody to claim it."""
ENDED: tuple[State, ...] = ("declined", "transferred", "contact_lost", "did_not_come", "closed", "withdrawn")
"""Nothing more is done, unless it is reopened; what is sealed is deleted some time after."""
UNDER_WAY: tuple[State, ...] = tuple(state for state in STATES if state not in ENDED)
"""Waiting or worked on."""
OVER: tuple[State, ...] = ("closed", "withdrawn")
"""No message is taken any more."""
READABLE: tuple[State, ...] = (*HELD, *(state for state in ENDED if state not in OVER))
"""Who holds it can open what is sealed, and answer."""
LOST: tuple[State, ...] = ("contact_lost", "did_not_come")
"""A message of the person opens it again."""
HOLDING: tuple[State, ...] = ("searching", "place_offered", "agreed")
"""A place may be held for the person."""
PLACED: tuple[State, ...] = ("place_offered", "agreed", "arrived")
"""A place is held or taken for the person."""

REASONS = (
    "minor",
    "no_agreement",
    "conditions",
    "no_place",
    "emergency_first",
    "other_support",
    "double",
    "no_news",
)
"""Why a referral is declined."""
ALTERNATIVES = (
    "siao",
    "emergency_shelter",
    "local_partner",
    "child_protection",
    "ccem",
    "emergency",
    "other_department",
)
"""What fits instead, or to whom a referral goes."""


def _table(rows: Iterable[Row]) -> dict[tuple[State, State], frozenset[Who]]:
    table: dict[tuple[State, State], frozenset[Who]] = {}
    for starts, to, who in rows:
        for start in starts:
            table[start, to] = table.get((start, to), frozenset()) | frozenset(who)
    return table


STEPS: Mapping[bool, Mapping[tuple[State, State], frozenset[Who]]] = {False: _table(ADULTS), True: _table(MINORS)}
"""Who may make each step, from one state to another; by whether it concerns a minor."""


def may(start: str, to: str, who: Iterable[Who], *, minor: bool) -> bool:
    """Whether the table has this step, for one who is any of `who`."""
    return any({*who} & by for step, by in STEPS[minor].items() if step == (start, to))


def following(start: str, who: Iterable[Who], *, minor: bool) -> tuple[State, ...]:
    """The states to which one who is any of `who` may bring it, in the table's order."""
    asked = {*who}
    return tuple(to for (state, to), by in STEPS[minor].items() if state == start and asked & by)
