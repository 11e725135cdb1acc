"""Who may do what: the roles, their rights, and somebody who has a role; and the words for what is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

Role: TypeAlias = Literal[
    "coordinator", "supervisor", "partner", "content_editor", "trainer", "auditor", "administrator"
]
Right: TypeAlias = Literal[
    "queue", "work", "supervise", "open", "grant", "keys", "people", "invite", "audit", "training", "edit", "codes",
    "places", "own_places", "board", "statistics", "retention", "api",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)

# `queue`: see the queue and a referral's clear fields; `work`: claim, release, set the state; `supervise`: act on
# others' claims; `open`: read what is sealed and answer; `grant`: give access to what is sealed; `keys`: the recovery
# key, sealing anew; `people`: see who there is; `invite`: bring people in, take them out, reset their second factor;
# `audit`: see who did what; `training`: fill the agenda, see who signed up; `edit`: confirm, correct and hide what the
# chat says; `codes`: issue and revoke professional codes; `places`: the capacity board; `own_places`: a partner's own
# line of it; `board`: the numbers of the day; `statistics`: the yearly tables; `retention`: what is kept, how long;
# `api`: tokens for the network's tools.
# Who administers cannot open: `administrator` has nothing of requests. Nobody can erase the audit: no code does it.
_DESK: tuple[Right, ...] = (
    "queue", "work", "open", "grant", "people", "training", "codes", "places", "board", "statistics", "retention",
)  # fmt: skip
MAY: Mapping[Role, frozenset[Right]] = {
    "coordinator": frozenset(_DESK),
    "supervisor": frozenset((*_DESK, "supervise", "keys", "invite", "audit", "api")),
    "partner": frozenset(("own_places",)),
    "content_editor": frozenset(("edit",)),
    "trainer": frozenset(("training",)),
    "auditor": frozenset(("queue", "audit", "board", "statistics", "retention")),
    "administrator": frozenset(("people", "invite", "retention", "api")),
}

Refusal: TypeAlias = Literal[
    "silent", "hold_reason",
    "missing", "not_allowed", "taken", "not_yours", "changed", "not_possible", "no_access", "reason_needed",
    "call_unchecked", "purpose_needed", "why_needed",
    "age_unchecked", "not_declined", "unsure", "last_access", "bad_name", "name_taken", "bad_role", "bad_password",
    "places_unsure", "bad_places", "bad_count", "not_fitting", "held_already", "no_room", "no_hold",
    "plain_password", "empty", "too_long", "bad_training", "seats_taken", "pending", "own_edit", "decided", "lasting",
    "long_name", "bad_kind", "bad_scope", "bad_address", "wrong_code", "wrong_password", "wait", "nothing_waits",
    "bad_paper",
]  # fmt: skip


class Refused(Exception):
    """An act that cannot be done; `why` is one fixed word, for the pages to put into a sentence."""

    def __init__(self, why: Refusal) -> None:
        """Keep the word."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may sign in. `access`: whether they hold the key to what is sealed."""

    id: int
    name: str
    role: Role
    active: bool = True
    access: bool = False
    created_at: int = 0

    def may(self, right: Right) -> bool:
        """Whether the role gives this right."""
        return right in MAY[self.role]

    def need(self, right: Right) -> None:
        """Raise Refused unless the role gives this right."""
        if not self.may(right):
            raise Refused("not_allowed")

    def brings_in(self, role: Role) -> bool:
        """Whether they may invite to a role: who sees no request lets nobody in who does, or could keep the link."""
        return self.may("invite") and ("queue" not in MAY[role] or self.may("queue"))


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody signed in, with the coordination's private key if they were given access."""

    member: Member
    private_key: bytes | None = field(default=None, repr=False)


def role_of(stored: str) -> Role:
    """The role that is stored. Raises StopIteration for none of ours."""
    return next(role for role in ROLES if role == stored)
