"""The chain of who did what: fixed words only, one line for all, and a change anywhere is found."""

import asyncio
import re
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from services import audit
from services.database import Database
from services.tables import AuditHead, AuditRecord


async def five_acts(database: Database) -> None:
    async with database.begin() as tx:
        await audit.record(tx, 100, "1", "signed_in")
        await audit.record(tx, 101, "1", "claimed", "R-AAAA-AAAA")
        await audit.record(tx, 102, "1", "opened", "R-AAAA-AAAA")
        await audit.record(tx, 103, "2", "claimed", "R-BBBB-BBBB")
        await audit.record(tx, 104, "1", "set_state", "R-AAAA-AAAA", "declined:no_place:local_partner")


async def test_a_chain_that_nobody_touched_is_whole(database):
    async with database.read() as tx:
        assert await audit.verify(tx) is None
    await five_acts(database)
    async with database.read() as tx:
        assert await audit.verify(tx) is None
        assert await audit.count(tx) == 5
        assert [record.id for record in await audit.records(tx)] == [5, 4, 3, 2, 1]
        assert [record.id for record in await audit.records(tx, before=3)] == [2, 1]
        assert [record.action for record in await audit.of_referral(tx, "R-AAAA-AAAA")] == [
            "claimed",
            "opened",
            "set_state",
        ]


@pytest.mark.parametrize(
    "forged",
    [{"actor": "3"}, {"action": "claimed"}, {"at": 99}, {"referral_id": None}, {"detail": "x"}, {"hash": bytes(32)}],
)
async def test_a_changed_record_is_named(database, forged):
    await five_acts(database)
    async with database.begin() as tx:
        await tx.execute(update(AuditRecord).where(AuditRecord.id == 3).values(forged))
    async with database.read() as tx:
        broken = await audit.verify(tx)
    assert broken
    assert broken.id == 3


async def test_a_record_taken_out_of_the_middle_is_noticed_at_the_next_one(database):
    await five_acts(database)
    async with database.begin() as tx:
        await tx.execute(delete(AuditRecord).where(AuditRecord.id == 2))
    async with database.read() as tx:
        broken = await audit.verify(tx)
    assert broken
    assert broken.id == 3


@pytest.mark.parametrize(("kept", "named"), [(4, 4), (0, 0)])
async def test_records_cut_off_the_end_are_noticed(database, kept, named):
    await five_acts(database)
    async with database.begin() as tx:
        await tx.execute(delete(AuditRecord).where(AuditRecord.id > kept))
    async with database.read() as tx:
        broken = await audit.verify(tx)
    assert broken
    assert broken.id == named


async def test_records_without_their_head_are_not_whole(database):
    await five_acts(database)
    async with database.begin() as tx:
        await tx.execute(delete(AuditHead))
    async with database.read() as tx:
        assert await audit.verify(tx) is not None


@pytest.mark.parametrize(
    ("actor", "action", "detail"),
    [("1", "wrote a long story", ""), ("1", "claimed", "Fatima, 06 39 98 00 01"), ("Claire Dupont", "claimed", "")],
)
async def test_nothing_but_fixed_words_goes_in(database, actor, action, detail):
    async with database.begin() as tx:
        with pytest.raises(ValueError, match="fixed words"):
            await audit.record(tx, 1, actor, action, None, detail)


async def act_and_fail(database: Database) -> None:
    async with database.begin() as tx:
        await audit.record(tx, 1, "1", "signed_in")
        raise RuntimeError


async def test_an_act_that_is_undone_leaves_no_record(database):
    with pytest.raises(RuntimeError):
        await act_and_fail(database)
    async with database.read() as tx:
        assert await audit.count(tx) == 0
        assert await audit.verify(tx) is None


async def test_forty_at_once_make_one_chain(database):
    async def act(number: int) -> None:
        async with database.begin() as tx:
            await audit.record(tx, number, str(number), "signed_in")

    await asyncio.gather(*(act(number) for number in range(40)))
    async with database.read() as tx:
        assert await audit.verify(tx) is None
        assert sorted(await tx.scalars(select(AuditRecord.id))) == list(range(1, 41))


def test_no_code_changes_or_deletes_a_record():
    """Nobody can erase what was done: only somebody who writes into the database by hand, and the chain shows that."""
    rooms = (Path(__file__).parents[2] / room for room in ("bot", "services"))
    sources = [path for room in rooms for path in room.rglob("*.py") if "versions" not in path.parts]
    assert len(sources) > 100
    touched = re.compile(r"\b(?:delete|update)\(\s*AuditRecord|(?:DELETE FROM|UPDATE|TRUNCATE)\s+audit\b")
    assert [path.name for path in sources if touched.search(path.read_text("utf-8"))] == []
