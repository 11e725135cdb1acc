"""Coordinators: one link, one password, one key; and who may do what."""

import asyncio

import pytest
from sqlalchemy import select

from services import audit, coordinators
from services.coordinators import Member, Opened, Refused, TooManyTries
from services.database import Database
from services.keys import Keys
from services.sealing import key_pair
from services.tables import CoordinationKey, Coordinator, CoordinatorGrant, Invitation, SignInAttempt

NOW = 1_800_000_000
PASSWORD = "seven calm boats at noon"


async def invited(database: Database, name: str, role: str = "coordinator", at: int = NOW) -> str:
    async with database.begin() as tx:
        return await coordinators.invite(tx, name, role, at)


async def joined(database: Database, keys: Keys, name: str, role: str = "coordinator") -> Member:
    return await coordinators.accept(database, keys, await invited(database, name, role), PASSWORD, NOW)


async def signed_in(database: Database, keys: Keys, name: str, at: int = NOW) -> Opened:
    opened = await coordinators.sign_in(database, keys, name, PASSWORD, at)
    assert opened
    return opened


async def public_key(database: Database) -> bytes:
    async with database.read() as tx:
        return bytes((await tx.execute(select(CoordinationKey.public_key))).scalar_one())


async def test_the_first_coordinator_makes_and_holds_the_coordinations_key(database, keys):
    member = await joined(database, keys, "Claire")
    assert (member.name, member.role, member.access) == ("claire", "coordinator", True)
    opened = await signed_in(database, keys, "  CLAIRE ")
    assert opened.private_key
    assert key_pair(opened.private_key).public == await public_key(database)


async def test_an_auditor_who_comes_first_makes_no_key(database, keys):
    assert not (await joined(database, keys, "olga", "auditor")).access
    assert (await joined(database, keys, "claire", "supervisor")).access


async def test_a_link_works_once_and_for_a_day(database, keys):
    token = await invited(database, "claire")
    with pytest.raises(Refused, match="missing"):
        await coordinators.accept(database, keys, token, PASSWORD, NOW + 24 * 3600)
    async with database.read() as tx:
        assert await coordinators.invitation(tx, token, NOW + 24 * 3600 - 1)
        assert await coordinators.invitation(tx, token[:-1], NOW) is None
    await coordinators.accept(database, keys, token, PASSWORD, NOW)
    with pytest.raises(Refused, match="missing"):
        await coordinators.accept(database, keys, token, PASSWORD, NOW)


async def test_a_link_used_by_several_at_once_makes_one_coordinator(database, keys):
    token = await invited(database, "claire")
    tries = [coordinators.accept(database, keys, token, PASSWORD, NOW) for _ in range(4)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Member", "Refused", "Refused", "Refused"]


async def test_two_who_join_at_once_make_one_key(database, keys):
    tokens = [await invited(database, "claire"), await invited(database, "paul")]
    members = await asyncio.gather(*(coordinators.accept(database, keys, t, PASSWORD, NOW) for t in tokens))
    assert sorted(member.access for member in members) == [False, True]
    await public_key(database)


async def test_a_new_link_for_the_same_name_ends_the_old_one(database, keys):
    old, new = await invited(database, "claire"), await invited(database, "claire")
    with pytest.raises(Refused, match="missing"):
        await coordinators.accept(database, keys, old, PASSWORD, NOW)
    await coordinators.accept(database, keys, new, PASSWORD, NOW)


@pytest.mark.parametrize("password", ["", "eleven char", "x" * 1025])
async def test_a_password_too_short_or_too_long_leaves_the_link_good(database, keys, password):
    token = await invited(database, "claire")
    with pytest.raises(Refused, match="bad_password"):
        await coordinators.accept(database, keys, token, password, NOW)
    await coordinators.accept(database, keys, token, PASSWORD, NOW)


@pytest.mark.parametrize("name", ["", "c", "  ", "x" * 41, "a\nb<script>", "cl@ire", "\u202eclaire", "a\0b"])
async def test_odd_names_are_refused(database, name):
    async with database.begin() as tx:
        with pytest.raises(Refused, match="bad_name"):
            await coordinators.invite(tx, name, "coordinator", NOW)


async def test_a_name_is_given_once_and_a_role_exists(database, keys):
    await joined(database, keys, "claire")
    for name, role, why in (("CLAIRE", "auditor", "name_taken"), ("paul", "emperor", "bad_role")):
        with pytest.raises(Refused, match=why):
            await invited(database, name, role)


async def test_a_wrong_password_an_unknown_name_and_somebody_taken_out_are_all_the_same(database, keys):
    boss = await joined(database, keys, "nadia", "supervisor")
    gone = await joined(database, keys, "paul")
    async with database.begin() as tx:
        await coordinators.remove(tx, boss, gone.id, NOW)
    for name, password in (("nadia", PASSWORD + "!"), ("nobody", PASSWORD), ("paul", PASSWORD), ("\0", "\ud800")):
        assert await coordinators.sign_in(database, keys, name, password, NOW) is None


async def test_another_key_file_opens_nothing(database, keys):
    await joined(database, keys, "claire")
    assert await coordinators.sign_in(database, Keys.new(), "claire", PASSWORD, NOW) is None


async def test_five_failures_close_a_name_for_a_quarter_of_an_hour(database, keys):
    await joined(database, keys, "claire")
    await joined(database, keys, "paul")
    tries = [coordinators.sign_in(database, keys, name, "wrong", NOW) for name in ("claire", "CLAIRE ") * 5]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert outcomes.count(None) == 5
    assert sum(isinstance(outcome, TooManyTries) for outcome in outcomes) == 5
    with pytest.raises(TooManyTries) as fault:
        await coordinators.sign_in(database, keys, "claire", PASSWORD, NOW + 60)
    assert fault.value.wait_s == 14 * 60
    await signed_in(database, keys, "paul", NOW)
    await signed_in(database, keys, "claire", NOW + 15 * 60)


async def test_a_success_forgets_the_failures_before_it(database, keys):
    await joined(database, keys, "claire")
    for _ in range(2):
        for _ in range(4):
            assert await coordinators.sign_in(database, keys, "claire", "wrong", NOW) is None
        await signed_in(database, keys, "claire")


async def test_many_names_together_are_stopped_too_and_no_name_is_kept(database, keys, monkeypatch):
    monkeypatch.setattr(coordinators, "TRIES_IN_ALL", 3)
    for name in ("one", "two", "three"):
        assert await coordinators.sign_in(database, keys, name, "wrong", NOW) is None
    with pytest.raises(TooManyTries):
        await coordinators.sign_in(database, keys, "four", "wrong", NOW)
    async with database.read() as tx:
        subjects = set(await tx.scalars(select(SignInAttempt.subject)))
    assert not [subject for subject in subjects if b"one" in subject or b"two" in subject]


async def test_access_is_given_by_one_who_has_it_and_opens_the_same_key(database, keys):
    await joined(database, keys, "claire")
    paul = await joined(database, keys, "paul")
    without = await signed_in(database, keys, "paul")
    assert without.private_key is None
    claire = await signed_in(database, keys, "claire")
    async with database.begin() as tx:
        await coordinators.grant(tx, claire, paul.id, NOW)
    assert (await signed_in(database, keys, "paul")).private_key == claire.private_key
    async with database.read() as tx:
        last = (await audit.records(tx))[1]
        assert (last.action, last.detail) == ("granted", f"coordinator:{paul.id}")
        assert [person.access for person in await coordinators.members(tx)] == [True, True]


async def test_access_is_refused_to_those_who_may_not_have_it(database, keys):
    claire = Opened(await joined(database, keys, "claire"))
    paul = await joined(database, keys, "paul")
    olga = await joined(database, keys, "olga", "auditor")
    opened = await signed_in(database, keys, "claire")
    for giver, receiver, why in (
        (claire, paul.id, "no_access"),
        (Opened(claire.member, bytes(32)), paul.id, "no_access"),
        (opened, 10_000, "missing"),
        (opened, olga.id, "not_possible"),
        (opened, opened.member.id, "not_possible"),
        (Opened(olga, opened.private_key), paul.id, "not_allowed"),
    ):
        async with database.begin() as tx:
            with pytest.raises(Refused, match=why):
                await coordinators.grant(tx, giver, receiver, NOW)


async def test_who_is_taken_out_loses_the_key(database, keys):
    boss = await joined(database, keys, "nadia", "supervisor")
    paul = await joined(database, keys, "paul")
    opened = await signed_in(database, keys, "nadia")
    async with database.begin() as tx:
        await coordinators.grant(tx, opened, paul.id, NOW)
        await coordinators.remove(tx, boss, paul.id, NOW)
        assert not (await tx.scalars(select(CoordinatorGrant).where(CoordinatorGrant.coordinator_id == paul.id))).all()
    for by, who, why in ((boss, boss.id, "not_possible"), (boss, paul.id, "missing"), (paul, boss.id, "not_allowed")):
        async with database.begin() as tx:
            with pytest.raises(Refused, match=why):
                await coordinators.remove(tx, by, who, NOW)


async def test_only_a_supervisor_invites(database, keys):
    paul = await joined(database, keys, "paul")
    async with database.begin() as tx:
        with pytest.raises(Refused, match="not_allowed"):
            await coordinators.invite(tx, "zoe", "coordinator", NOW, paul)


async def test_neither_token_nor_password_nor_key_lies_in_the_database(database, keys):
    token = await invited(database, "claire")
    async with database.read() as tx:
        assert token.encode() not in repr((await tx.execute(select(Invitation.__table__))).all()).encode()
    await coordinators.accept(database, keys, token, PASSWORD, NOW)
    opened = await signed_in(database, keys, "claire")
    assert opened.private_key
    async with database.read() as tx:
        stored = [*(await tx.execute(select(Coordinator.__table__))), *(await tx.execute(select(CoordinatorGrant.box)))]
    for value in (value for row in stored for value in row):
        raw = value if isinstance(value, bytes) else str(value).encode()
        assert PASSWORD.encode() not in raw
        assert opened.private_key not in raw
    assert "private_key" not in repr(opened)
