"""Whom to ask to take a request: who speaks its language and holds least. A suggestion with its reason, never more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from services.database import Transaction
from services.people import desk_settings, members
from services.referrals import life
from services.rights import Member
from services.tables import Referral

MOST = 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """Somebody who may take it, and why: the languages that they share with the request, how many they hold."""

    name: str
    member: int
    shared: tuple[str, ...]
    holds: int


def ranked(languages: Sequence[str], people: Iterable[Suggested]) -> list[Suggested]:
    """The best first: who speaks the language named first, then another of them; then who holds least; then by name."""

    def rank(one: Suggested) -> tuple[int, int, str]:
        spoken = [languages.index(code) for code in one.shared if code in languages]
        return (min(spoken, default=len(languages)), one.holds, one.name)

    return sorted(people, key=rank)[:MOST]


async def whom(tx: Transaction, languages: Sequence[str]) -> list[Suggested]:
    """At most three people who may work on requests and open what is sealed, for a request in these languages."""
    held = (Referral.claimed_by.is_not(None)) & Referral.state.in_(life.HELD)
    query = select(Referral.claimed_by, func.count()).where(held).group_by(Referral.claimed_by)
    holds = {row[0]: int(row[1]) for row in await tx.execute(query)}
    spoken = await desk_settings.spoken(tx)
    people = [one for one in await members.members(tx) if _able(one)]
    return ranked(languages, (_one(one, languages, spoken.get(one.id, ()), holds.get(one.id, 0)) for one in people))


def _one(member: Member, languages: Sequence[str], spoken: Sequence[str], holds: int) -> Suggested:
    return Suggested(member.name, member.id, tuple(code for code in languages if code in spoken), holds)


def _able(member: Member) -> bool:
    return member.active and member.access and member.may("open")
