"""A backup in two folders: all of it brings everything back, one without the other tells the triage alone."""

import gzip
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text

from services import audit, migrations, retention
from services.backup import making as backup
from services.backup import restore
from services.backup.rows import FLEETING, LASTING, counted, kept, tables
from services.database import Database, open_database, pending
from services.referrals import acts, messages, queue, referrals
from services.rights import Opened
from services.tables import Conversation, CoordinationKey, SealedPart, Table
from services.tools import organisations
from tests.services.queue_stage import NOW, claim

NOTE = "she sleeps behind the bakery"


@dataclass(frozen=True)
class Whole:
    """A database with a request in it, its backup, and who can open it."""

    database: Database
    made: backup.Made
    referral: str
    claire: Opened


@pytest.fixture
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of the kind of this one."""
    kind = request.getfixturevalue("database_url").partition(":")[0]
    return f"sqlite:///{tmp_path}/back.db" if kind == "sqlite" else request.getfixturevalue("postgresql_url")


@pytest.fixture
def other(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of the other kind."""
    kind = request.getfixturevalue("database_url").partition(":")[0]
    return f"sqlite:///{tmp_path}/back.db" if kind != "sqlite" else request.getfixturevalue("postgresql_url")


@pytest.fixture
async def whole(database: Database, people, submit, keys, tmp_path: Path) -> Whole:
    referral = await submit(note=NOTE, department="06", avoid=("13", "83"), languages=("ro",))
    await claim(database, referral, people["claire"])
    async with database.begin() as tx:
        await messages.post_from_holder(tx, referral, "professional", "we wait at the station", NOW + 5)
        await organisations.issue(tx, keys, people["claire"].member, "A house in Nice", "housing", NOW)
        values = {"key": b"k" * 32, "payload": b"what was said", "remains": b"", "turn": 3, "expires_at": NOW + 99}
        await tx.execute(insert(Conversation), values)
    return Whole(database, await backup.make(database, tmp_path, tmp_path, NOW), referral, people["claire"])


async def digests(database: Database) -> dict[str, str]:
    async with database.read() as tx:
        there = await tx.run_sync(tables)
        return {table.name: (await counted(tx, table)).digest for table in there if kept(table) != "never"}


async def test_both_folders_bring_every_row_back_as_it_was(whole: Whole, target: str):
    back = open_database(target)
    counts = await restore.restore(back, whole.made.rows, whole.made.keys)
    assert counts == whole.made.counts
    assert counts["referrals"] == counts["sealed_keys"] == counts["messages"] == 1
    assert await digests(back) == await digests(whole.database)
    async with back.begin() as tx:
        opened = await acts.open_sealed(tx, whole.referral, whole.claire, NOW + 300)
        assert opened.parts == {"note": NOTE}
        assert [letter.text for letter in opened.letters] == ["we wait at the station"]
        assert (await queue.one(tx, whole.referral)).avoid == ("13", "83")
    async with back.read() as tx:
        assert await audit.verify(tx) is None
    await back.close()


async def test_without_the_folder_of_keys_only_triage_can_be_read(whole: Whole, target: str):
    back = open_database(target)
    await restore.restore(back, whole.made.rows, None)
    async with back.begin() as tx:
        opened = await acts.open_sealed(tx, whole.referral, whole.claire, NOW + 300)
        assert (opened.parts, opened.letters) == ({}, ())
        assert (await queue.one(tx, whole.referral)).department == "06"
        assert await tx.scalar(select(func.count()).select_from(SealedPart)) == 1
    await back.close()


async def test_what_was_withdrawn_is_unreadable_in_a_long_backup_of_before(whole: Whole, target: str):
    async with whole.database.begin() as tx:
        await referrals.withdraw(tx, whole.referral, NOW + 60)
    after_a_week = backup.forget_old(whole.made.keys.parent, "keys", 7, NOW + 8 * backup.DAY_S)
    assert after_a_week == [whole.made.keys]
    assert whole.made.rows.exists()
    back = open_database(target)
    await restore.restore(back, whole.made.rows, None)
    async with back.begin() as tx:
        assert (await acts.open_sealed(tx, whole.referral, whole.claire, NOW + 300)).parts == {}
    await back.close()


async def test_the_folders_tell_no_word_that_was_typed_and_no_conversation(whole: Whole):
    found = b""
    for folder in (whole.made.rows, whole.made.keys):
        for path in folder.iterdir():
            found += gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            assert path.stat().st_mode & 0o077 == 0 or path.parent.stat().st_mode & 0o077 == 0
    for word in (NOTE, "station", "A house in Nice", "what was said"):
        assert word.encode() not in found
    assert not {f"{name}.jsonl.gz" for name in FLEETING} & {path.name for path in whole.made.rows.iterdir()}


async def test_a_backup_of_either_kind_goes_into_the_other(whole: Whole, other: str):
    back = open_database(other)
    await restore.restore(back, whole.made.rows, whole.made.keys)
    assert back.kind != whole.database.kind
    assert await digests(back) == await digests(whole.database)
    await back.close()


async def test_numbers_go_on_after_the_last_one_that_was_given(whole: Whole, keys, target: str):
    async with whole.database.begin() as tx:
        _, made = await organisations.issue(tx, keys, whole.claire.member, "Another house", "housing", NOW)
        await tx.execute(text("DELETE FROM professional_codes WHERE id = :id"), {"id": made.id})
    folder = whole.made.rows.parent / "later"
    folder.mkdir()
    later = await backup.make(whole.database, folder, folder, NOW + 1)
    back = open_database(target)
    await restore.restore(back, later.rows, later.keys)
    async with back.begin() as tx:
        _, next_one = await organisations.issue(tx, keys, whole.claire.member, "A third house", "housing", NOW)
    assert next_one.id == made.id + 1
    await back.close()


async def test_a_damaged_backup_restores_nothing(whole: Whole, target: str):
    file = backup.file_of(whole.made.rows, "referrals")
    lines = gzip.decompress(file.read_bytes())
    file.write_bytes(gzip.compress(lines.replace(b'"06"', b'"13"')))
    back = open_database(target)
    with pytest.raises(ValueError, match="referrals does not hold what its manifest says"):
        await restore.restore(back, whole.made.rows, whole.made.keys)
    file.write_bytes(gzip.compress(lines)[:-12])
    with pytest.raises(ValueError, match="damaged"):
        await restore.restore(back, whole.made.rows, whole.made.keys)
    file.write_bytes(gzip.compress(lines))
    await restore.restore(back, whole.made.rows, whole.made.keys)  # nothing was left of the tries before
    await back.close()


async def test_nothing_is_restored_over_what_is_there_nor_from_two_backups(whole: Whole, target: str):
    with pytest.raises(ValueError, match="there is something in this database"):
        await restore.restore(whole.database, whole.made.rows, None)
    folder = whole.made.rows.parent / "later"
    folder.mkdir()
    later = await backup.make(whole.database, folder, folder, NOW + 1)
    back = open_database(target)
    for rows, key_folder, why in (
        (whole.made.rows, later.keys, "was not made with this backup"),
        (whole.made.keys, None, "a folder of keys"),
        (folder, None, "no backup"),
    ):
        with pytest.raises(ValueError, match=why):
            await restore.restore(back, rows, key_folder)
    await back.close()


async def test_a_look_is_one_look_whatever_is_written_meanwhile(whole: Whole, submit, monkeypatch, target: str):
    written = backup._table

    async def disturbed(tx, folder, table):
        if table.name == "sealed_keys":
            await submit(note="another one")
        return await written(tx, folder, table)

    monkeypatch.setattr(backup, "_table", disturbed)
    folder = whole.made.rows.parent / "busy"
    folder.mkdir()
    made = await backup.make(whole.database, folder, folder, NOW + 2)
    assert (made.counts["referrals"], made.counts["sealed_keys"], made.counts["receipts"]) == (1, 1, 2)


def test_half_a_backup_is_none_and_old_ones_go(tmp_path: Path):
    (tmp_path / "passerelle-20200101T000000Z-rows.part").mkdir()
    (tmp_path / "passerelle-20200101T000000Z-rows").mkdir()
    (tmp_path / "holiday-photos").mkdir()
    assert backup.forget_old(tmp_path, "rows", 30, NOW) == []
    (tmp_path / "passerelle-20200101T000000Z-rows" / backup.MANIFEST).write_text("{}")
    assert [path.name for path in backup.forget_old(tmp_path, "rows", 30, NOW)] == ["passerelle-20200101T000000Z-rows"]
    assert (tmp_path / "holiday-photos").exists()


def test_what_is_sealed_to_the_coordination_itself_is_never_kept_long():
    """A data key that is deleted must not live on in a long backup; a letter sealed to a public key has none."""
    long = {table.name for table in Table.metadata.tables.values() if kept(table) == "long"}
    assert {"sealed_keys", "sign_up_keys", "message_copies"}.isdisjoint(long)
    assert {"referrals", "audit", "coordinators", "coordinator_grants", "receipts", "trainings"} <= long
    assert set(Table.metadata.tables) >= FLEETING | LASTING
    assert retention.SEALED > 7 * backup.DAY_S


async def test_a_backup_of_an_older_version_comes_back_and_is_brought_up_to_date(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    older = open_database(empty_url)
    async with older.begin() as tx:
        await tx.run_sync(migrations.upgrade, "0006")
        await tx.execute(insert(CoordinationKey), {"public_key": b"k", "created_at": 7})
    with monkeypatch.context() as then:
        then.setattr(migrations, "HEAD", "0006")
        made = await backup.make(older, tmp_path, tmp_path, NOW)
    back = open_database(f"sqlite:///{tmp_path}/back.db")
    await restore.restore(back, made.rows, made.keys)
    assert not await pending(back)
    async with back.read() as tx:
        assert await tx.scalar(select(CoordinationKey.created_at)) == 7
    for one in (older, back):
        await one.close()
