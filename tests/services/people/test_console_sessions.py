"""Console sessions: short, and worth nothing without the cookie."""

import base64
import contextlib

import pytest
from sqlalchemy import insert, select

from services import leaving
from services.people import console_sessions
from services.rights import Member, Opened, Refused
from services.tables import ConsoleSession, Coordinator

NOW = 1_800_000_000
KEY = bytes(range(100, 132))


@pytest.fixture
async def opened(database):
    row = {"name": "claire", "role": "coordinator", "password_hash": "", "public_key": b"", "private_key_box": b""}
    async with database.begin() as tx:
        added = await tx.execute(insert(Coordinator).values(row | {"salt": b"", "active": True, "created_at": NOW}))
    return Opened(Member(added.inserted_primary_key[0], "claire", "coordinator", access=True), KEY)


async def start(database, opened, at=NOW) -> str:
    async with database.begin() as tx:
        return await console_sessions.start(tx, opened, at)


async def resume(database, cookie, at):
    async with database.begin() as tx:
        return await console_sessions.resume(tx, cookie, at)


async def test_the_cookie_opens_the_key_and_the_database_alone_does_not(database, opened):
    cookie = await start(database, opened)
    session = await resume(database, cookie, NOW)
    assert session.opened.private_key == KEY
    assert session.opened.member.name == "claire"
    async with database.read() as tx:
        (row,) = await tx.execute(select(ConsoleSession.__table__))
    raw = base64.urlsafe_b64decode(cookie + "==")
    assert len(raw) == 64
    for value in row:
        text = value if isinstance(value, bytes) else str(value).encode()
        assert KEY not in text
        assert raw[:32] not in text
        assert raw[32:] not in text


async def test_the_right_id_with_another_secret_is_nobody(database, opened):
    raw = base64.urlsafe_b64decode(await start(database, opened) + "==")
    forged = base64.urlsafe_b64encode(raw[:32] + bytes(32)).decode().rstrip("=")
    assert await resume(database, forged, NOW) is None


@pytest.mark.parametrize("cookie", ["", "x", "é" * 86, "A" * 86, "A" * 10_000, "\0", "====", "\ud800"], ids=range(8))
async def test_a_cookie_that_is_none_of_ours_is_nobody(database, opened, cookie):
    assert await resume(database, cookie, NOW) is None
    async with database.begin() as tx:
        await console_sessions.end(tx, cookie, NOW)


async def test_a_quarter_of_an_hour_without_use_ends_it(database, opened):
    cookie = await start(database, opened)
    assert await resume(database, cookie, NOW + 899)
    assert await resume(database, cookie, NOW + 899 + 899)
    assert await resume(database, cookie, NOW + 899 + 899 + 900) is None


async def test_looking_at_a_session_notes_nothing_and_says_when_it_is_to_be_noted(database, opened):
    cookie = await start(database, opened)
    async with database.read() as tx:
        found = await console_sessions.find(tx, cookie, NOW + 60)
        assert found
        assert (found.to_note(NOW + 59), found.to_note(NOW + 60)) == (False, True)
        assert await console_sessions.find(tx, cookie, NOW + 900) is None


async def test_eight_hours_end_it_however_busy(database, opened):
    cookie = await start(database, opened)
    for minute in range(0, 8 * 60, 10):
        assert await resume(database, cookie, NOW + minute * 60)
    assert await resume(database, cookie, NOW + 8 * 3600) is None


async def test_signing_out_and_being_taken_out_end_it_at_once(database, opened):
    cookie, other = await start(database, opened), await start(database, opened)
    async with database.begin() as tx:
        await console_sessions.end(tx, cookie, NOW)
    assert await resume(database, cookie, NOW) is None
    boss = Member(opened.member.id + 1, "nadia", "supervisor")
    async with database.begin() as tx:
        await leaving.remove(tx, boss, opened.member.id, NOW)
    assert await resume(database, other, NOW) is None


async def test_what_is_over_is_forgotten(database, opened):
    await start(database, opened)
    await start(database, opened, NOW + 600)
    async with database.begin() as tx:
        assert await console_sessions.purge(tx, NOW + 900) == 0
        rows = select(ConsoleSession.stage, ConsoleSession.key_box.is_(None)).order_by(ConsoleSession.created_at)
        assert [tuple(row) for row in await tx.execute(rows)] == [("locked", True), ("open", False)]
        assert await console_sessions.purge(tx, NOW + 8 * 3600) == 1


@pytest.mark.parametrize("ended", [False, True])
async def test_each_way_in_opens_only_what_waits_for_it(database, opened, ended):
    async with database.begin() as tx:
        waits = await console_sessions.begin(tx, opened, "factor", NOW)
        locked = await console_sessions.start(tx, opened, NOW)
        await console_sessions.lock_all(tx)
        for cookie in (waits, locked) if ended else ():
            await console_sessions.end(tx, cookie, NOW)
    for cookie, right in ((waits, not ended), (locked, False), ("", False)):
        assert await opens(database, lambda tx, one=cookie: console_sessions.prove(tx, one, opened, NOW)) == right
    for cookie, right in ((locked, not ended), (waits, False), ("", False)):
        assert await opens(database, lambda tx, one=cookie: console_sessions.unlock(tx, one, opened, NOW, NOW)) == right


async def opens(database, way) -> bool:
    """Whether a way in gives a cookie that opens; it is refused as if there were nothing, or it does."""
    with contextlib.suppress(Refused):
        async with database.begin() as tx:
            cookie = await way(tx)
        return await resume(database, cookie, NOW) is not None
    return False
