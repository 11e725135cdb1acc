"""What the coordination gives out for a time and can take back: what professional codes and tokens of tools share."""

from typing import Literal, TypeAlias

from services.rights import Refused

State: TypeAlias = Literal["valid", "expired", "revoked"]
LONGEST_NAME = 120


def state(expires_at: int, revoked_at: int | None, at: int) -> State:
    """How it stands at `at`; all times are Unix seconds."""
    if revoked_at is not None:
        return "revoked"
    return "valid" if expires_at > at else "expired"


def proper_name(name: str) -> str:
    """Whose it is, in one line. Raises Refused: empty, long_name."""
    name = " ".join(name.split())
    if not name:
        raise Refused("empty")
    if len(name) > LONGEST_NAME:
        raise Refused("long_name")
    return name
