"""The next request for somebody: the most urgent, in a language they speak; of many who ask, each gets another."""

import asyncio

from services import audit
from services.database import Database, open_database
from services.referrals import filters, next_one
from services.referrals.filters import Wanted
from services.referrals.suggesting import Suggested, ranked, whom
from services.referrals.targets import targets
from services.rights import Opened, Refused
from services.tables import Referral
from tests.services.queue_stage import NOW, claim, now, refusal


async def take(database: Database, who: Opened, speaks=(), wanted=()) -> str:
    async with database.begin() as tx:
        return await next_one.claim_next(tx, who.member, speaks, NOW, wanted)


async def test_urgency_comes_before_language_and_language_before_the_wait(database, people, submit):
    later = await submit(at=NOW - 9, urgency="normal", languages=("ro",))
    french = await submit(at=NOW - 5, urgency="soon", languages=("fr",))
    romanian = await submit(at=NOW, urgency="soon", languages=("en", "ro"))
    urgent = await submit(at=NOW, urgency="immediate", languages=("bn",))
    taken = [await take(database, people["claire"], ("ro",)) for _ in range(4)]
    assert taken == [urgent, romanian, french, later]
    assert await refusal(take(database, people["claire"], ("ro",))) == "nothing_waits"


async def test_only_what_is_wanted_is_taken_and_only_by_who_may(database, people, submit):
    await submit(urgency="immediate", department="75")
    wanted = await submit(urgency="normal", department="06")
    only = [Referral.department == "06"]
    assert await refusal(take(database, people["olga"], (), only)) == "not_allowed"
    assert await take(database, people["claire"], (), only) == wanted
    assert await refusal(take(database, people["claire"], (), only)) == "nothing_waits"


async def test_what_is_late_can_be_asked_for_alone(database, people, submit):
    old = await submit(at=NOW - 3600, urgency="immediate")
    await submit(urgency="immediate")
    late = filters.conditions(Wanted(waits="late"), people["claire"].member.id, targets(), NOW)
    assert await take(database, people["claire"], (), late) == old
    assert await refusal(take(database, people["claire"], (), late)) == "nothing_waits"


async def test_of_many_who_ask_at_once_nobody_gets_anothers(database, database_url, people, submit):
    wanted = [await submit(at=NOW + place) for place in range(30)]
    other = open_database(database_url)
    hands = [people["claire"], people["paul"], people["nadia"]]

    async def ask(which: Database, who: Opened) -> tuple[str, int] | None:
        try:
            return await take(which, who), who.member.id
        except Refused:
            return None

    asked = [ask(which, who) for _ in range(6) for which in (database, other) for who in hands]
    taken = [found for found in await asyncio.gather(*asked) if found]
    assert sorted(referral for referral, _ in taken) == sorted(wanted)
    for referral, winner in taken:
        assert (await now(database, referral)).claimed_by == winner
    async with database.read() as tx:
        assert await audit.verify(tx) is None
    await other.close()


def test_who_speaks_the_first_language_and_holds_least_is_suggested_first():
    people = [
        Suggested("claire", 1, (), 0),
        Suggested("paul", 2, ("en",), 0),
        Suggested("nadia", 3, ("ro",), 5),
        Suggested("emil", 4, ("ro", "en"), 2),
    ]
    assert [one.name for one in ranked(("ro", "en"), people)] == ["emil", "nadia", "paul"]
    assert [one.name for one in ranked((), people)] == ["claire", "paul", "emil"]


async def test_only_who_can_open_what_is_sealed_is_suggested(database, people, submit):
    await claim(database, await submit(), people["claire"])
    async with database.read() as tx:
        assert await whom(tx, ("ro",)) == [Suggested("claire", people["claire"].member.id, (), 1)]
