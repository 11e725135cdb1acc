"""The database as commands open it, and what its services refuse in a sentence for who typed the command."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from bot.config import Settings

if TYPE_CHECKING:
    from services.database import Database
    from services.keys import Keys
    from services.rights import Refusal

TYPED: "frozenset[Refusal]" = frozenset(("bad_name", "bad_role", "bad_scope", "empty", "long_name"))


class WrongArgument(ValueError):
    """What was typed can never be done, whatever the database holds."""


@contextmanager
def refusing(words: Mapping[str, str] | None = None) -> Iterator[None]:
    """Raise ValueError with a sentence for what is refused, WrongArgument where the fault is in what was typed.

    `words`: of this command; else the console's.
    """
    from services.rights import Refused

    try:
        yield
    except Refused as refused:
        wrong = WrongArgument if refused.why in TYPED else ValueError
        raise wrong(f"not done. {_said(refused.why, words or {})}") from None


@asynccontextmanager
async def opened(words: Mapping[str, str] | None = None) -> "AsyncIterator[tuple[Database, Keys]]":
    """The database and its keys. Raises as `refusing`."""
    from bot.app import opened

    with refusing(words):
        async with opened(Settings()) as both:
            yield both


def _said(why: "Refusal", words: Mapping[str, str]) -> str:
    from bot.console import problems

    return words.get(why) or problems.REFUSALS[why][1].msgid
