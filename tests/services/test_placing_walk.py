"""Whatever all of them and the clock do at once: no place is given twice, and each hold has its reason."""

import asyncio
import random

from sqlalchemy import select

from dialogs.reading import read_library
from services.database import Database, open_database
from services.keys import Keys
from services.places import holds, places, placing
from services.places.capacity import TERMS
from services.places.holds import HOUR_S
from services.places.places import Held
from services.referrals import acts, holding, queue, referrals, steps
from services.referrals.acts import Decision
from services.referrals.life import State
from services.rights import Member, Refused
from services.tables.places import PlaceHold
from tests.services.places_stage import new_partner, new_places
from tests.services.queue_stage import NOW, claim

REGIONS = read_library().anonymity.regions
ENDS = NOW + TERMS.hold_hours * HOUR_S
ROUNDS = 40
SET: tuple[State, ...] = ("evaluation", "searching", "place_offered", "arrived", "did_not_come", "follow_up")
PERSON: tuple[State, ...] = ("agreed", "agreed", "searching")


class Walk:
    """Acts drawn by chance, the same in every run."""

    def __init__(self, keys: Keys, who: Member, groups: list[int], sent: list[str]) -> None:
        self.keys, self.who, self.groups, self.sent = keys, who, groups, sent
        self.dice = random.Random(20261123)

    async def act(self, database: Database) -> None:
        """One act, which may be refused."""
        referral, act = self.dice.choice(self.sent), self.dice.randrange(20)
        if act == 0:
            await holds.look_after(database, self.keys, self.dice.choice((NOW, ENDS)))
            return
        try:
            async with database.begin() as tx:
                await self._in(tx, act, referral)
        except (Refused, steps.NotInTable):
            return

    async def _in(self, tx, act: int, referral: str) -> None:
        group, keys, who = self.dice.choice(self.groups), self.keys, self.who
        if act < 7:
            await placing.hold(tx, keys, who, referral, Held(group, self.dice.choice((1, 1, 2))), REGIONS, NOW)
        elif act < 15:
            seen = await queue.one(tx, referral)
            wanted = [state for state in acts.settable(seen, who) if state in SET]
            decision = Decision(self.dice.choice(wanted or ["closed"]), adult_checked=True)
            await acts.set_state(tx, referral, who, decision, seen.revision, NOW)
        elif act < 17:
            await steps.step(tx, referral, self.dice.choice(PERSON), NOW, "person")
        elif act == 17:
            await placing.let_go(tx, who, referral, NOW)
        elif act == 18:
            await places.count(tx, keys, who, group, 1, NOW)
        elif self.dice.random() < 0.1:
            await referrals.withdraw(tx, referral, NOW)


async def test_no_place_is_given_twice_and_each_hold_has_its_reason(
    database: Database, database_url: str, keys: Keys, people, submit
):
    claire, other = people["claire"], open_database(database_url)
    partner = await new_partner(database, claire)
    groups = [await new_places(database, keys, claire, partner, free=free) for free in (1, 2)]
    sent = [await submit(referrer="self") for _ in range(6)]
    for referral in sent:
        await claim(database, referral, claire)
    walk, seen = Walk(keys, claire.member, groups, sent), set()
    for _ in range(ROUNDS):
        await asyncio.gather(*(walk.act(which) for which in (database, other, database, other)))
        async with database.read() as tx:
            board = await places.board(tx, keys)
            holding_now = {one: await holding.standing(tx, one) for one in sent}
            states = {one: (await queue.one(tx, one)).state for one in sent}
            rows = len((await tx.execute(select(PlaceHold.referral_id))).all())
        assert all(one.held <= one.free for one in board)
        assert sum(one.held for one in board) >= rows >= sum(holding_now.values())
        for referral, state in states.items():
            assert holding_now[referral] or state not in ("place_offered", "agreed"), state
            assert not holding_now[referral] or state in placing.OF_AGE, state
        seen |= {*states.values()}
    assert {"searching", "place_offered"} <= seen
    await other.close()
