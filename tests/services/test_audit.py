"""The chain of who did what: fixed words only, one line for all, and a change anywhere is found."""

import asyncio
import hashlib
import re
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update

from services import audit, audit_chain
from services.database import Database, open_database, upgrade
from services.sealing import bound
from services.tables.audit import CHAIN, CHAINED, AuditHead, AuditRecord


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


async def test_a_record_with_the_older_hash_is_part_of_the_chain(database):
    """Before PostgreSQL chained by itself, the hash was another one; what was recorded then stays as it was."""
    act = (99, "1", "signed_in", None, "")
    told = bound(audit_chain.START, "=1", "=99", "=1", "=signed_in", "-", "=")
    older = hashlib.blake2b(told, digest_size=32).digest()
    row = dict(zip(audit_chain.NAMES, act, strict=True)) | {"id": 1, "previous_hash": audit_chain.START, "hash": older}
    async with database.begin() as tx:
        await tx.execute(insert(AuditRecord).values(row))
        await tx.execute(insert(AuditHead).values(id=1, last_id=1, hash=older))
        await audit.record(tx, 100, "1", "signed_out")
    async with database.read() as tx:
        assert await audit.verify(tx) is None
        assert await audit.count(tx) == 2


@pytest.mark.parametrize(("referral", "detail"), [(None, ""), ("R-AAAA-AAAA", "declined:no_place:siao"), ("R-é", "x")])
async def test_both_databases_make_the_same_hash(database, referral, detail):
    async with database.begin() as tx:
        for number in range(2):
            await audit.record(tx, 1_795_000_000 + number, "12", "set_state", referral, detail)
    async with database.read() as tx:
        second, first = await audit.records(tx)
    assert first.hash == audit_chain.digest(bytes(32), (1, 1_795_000_000, "12", "set_state", referral, detail))
    assert second.hash == audit_chain.digest(first.hash, (2, 1_795_000_001, "12", "set_state", referral, detail))


async def test_an_act_under_way_holds_up_no_other(postgresql_url):
    """The chain's end is locked by the commit alone: whoever is slow, or has died, keeps nobody waiting."""
    database = open_database(postgresql_url)
    await upgrade(database)
    async with database.begin() as slow:
        await audit.record(slow, 1, "1", "signed_in")
        async with asyncio.timeout(20), database.begin() as other:
            await audit.record(other, 2, "2", "signed_in")
    async with database.read() as tx:
        assert [record.actor for record in await audit.records(tx)] == ["1", "2"], "in the order of the commits"
        assert await audit.verify(tx) is None
    await database.close()


async def test_of_two_who_hold_one_waits_and_who_only_acts_does_not(postgresql_url):
    database, order = open_database(postgresql_url), list[str]()
    await upgrade(database)

    async def second() -> None:
        async with database.begin() as tx:
            await audit.hold(tx)
            order.append("second")

    async with database.begin() as first:
        await audit.hold(first)
        waiting = asyncio.create_task(second())
        async with asyncio.timeout(20), database.begin() as other:
            await audit.record(other, 2, "2", "signed_in")
        order.append("first")
    await waiting
    assert order == ["first", "second"]
    await database.close()


async def test_a_record_that_was_committed_unchained_is_named(database):
    """Where somebody has taken the trigger out of the database."""
    await five_acts(database)
    async with database.begin() as tx:
        if tx.dialect.name == "postgresql":
            await tx.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_chained"))
        row = {"id": -7, "at": 105, "actor": "1", "action": "claimed", "detail": "", "previous_hash": b"", "hash": b""}
        await tx.execute(insert(AuditRecord).values(row))
    async with database.read() as tx:
        broken = await audit.verify(tx)
    assert broken
    assert broken.id == -7


async def test_a_chain_that_grows_meanwhile_is_whole(database):
    """What is done while somebody examines the chain breaks nothing."""
    await five_acts(database)

    async def act(number: int) -> None:
        async with database.begin() as tx:
            await audit.record(tx, 200 + number, "3", "signed_in")

    growing = [asyncio.create_task(act(number)) for number in range(40)]
    while not all(task.done() for task in growing):
        async with database.read() as tx:
            assert await audit.verify(tx) is None
    await asyncio.gather(*growing)


def test_no_code_changes_or_deletes_a_record():
    """Nobody can erase what was done: only somebody who writes into the database by hand, and the chain shows that.

    PostgreSQL gives a record its number and its hash by the commit that makes it seen, and only a record without.
    """
    rooms = (Path(__file__).parents[2] / room for room in ("bot", "services"))
    sources = [path for room in rooms for path in room.rglob("*.py") if "versions" not in path.parts]
    assert len(sources) > 100
    touched = re.compile(r"\b(?:delete|update)\(\s*AuditRecord|(?:DELETE FROM|UPDATE|TRUNCATE)\s+audit\b")
    found = {f"{path.parent.name}/{path.name}": touched.findall(path.read_text("utf-8")) for path in sources}
    assert {name: hits for name, hits in found.items() if hits} == {"tables/audit.py": ["UPDATE audit"]}
    assert "FOR EACH ROW WHEN (NEW.id < 0)" in CHAINED
    assert "WHERE id = NEW.id;" in CHAIN
