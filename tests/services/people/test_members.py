"""Coordinators: one link, one password, one key; and who may do what."""

import asyncio

import pytest
from sqlalchemy import select, update

from services import audit, leaving
from services.database import Database
from services.keys import Keys
from services.lines import Busy
from services.people import access, invitations, joining, members, passwords, signing_in, tries
from services.people.invitations import TOGETHER_S
from services.rights import Member, Opened, Refused
from services.sealing import key_pair
from services.tables import CoordinationKey, Coordinator, CoordinatorGrant, Invitation, Referral
from tests.services.coordination import SELF, submit

NOW = 1_800_000_000
PASSWORD = "seven calm boats at noon"


async def invited(database: Database, name: str, role: str = "coordinator", at: int = NOW) -> str:
    async with database.begin() as tx:
        return await invitations.invite(tx, name, role, at)


async def joined(database: Database, keys: Keys, name: str, role: str = "coordinator") -> Member:
    return await joining.accept(database, keys, await invited(database, name, role), PASSWORD, NOW)


async def signed_in(database: Database, keys: Keys, name: str, at: int = NOW) -> Opened:
    opened = await signing_in.sign_in(database, keys, name, PASSWORD, at)
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
        await joining.accept(database, keys, token, PASSWORD, NOW + 24 * 3600)
    async with database.read() as tx:
        assert await invitations.invitation(tx, token, NOW + 24 * 3600 - 1)
        assert await invitations.invitation(tx, token[:-1], NOW) is None
    await joining.accept(database, keys, token, PASSWORD, NOW)
    with pytest.raises(Refused, match="missing"):
        await joining.accept(database, keys, token, PASSWORD, NOW)


async def test_a_link_used_by_several_at_once_makes_one_coordinator(database, keys):
    token = await invited(database, "claire")
    tries = [joining.accept(database, keys, token, PASSWORD, NOW) for _ in range(4)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Member", "Refused", "Refused", "Refused"]


async def test_two_who_join_at_once_make_one_key(database, keys):
    tokens = [await invited(database, "claire"), await invited(database, "paul")]
    members = await asyncio.gather(*(joining.accept(database, keys, t, PASSWORD, NOW) for t in tokens))
    assert sorted(member.access for member in members) == [False, True]
    await public_key(database)


async def test_a_new_link_for_the_same_name_ends_the_old_one(database, keys):
    old, new = await invited(database, "claire"), await invited(database, "claire")
    with pytest.raises(Refused, match="missing"):
        await joining.accept(database, keys, old, PASSWORD, NOW)
    await joining.accept(database, keys, new, PASSWORD, NOW)


@pytest.mark.parametrize("password", ["", "eleven char", "x" * 1025])
async def test_a_password_too_short_or_too_long_leaves_the_link_good(database, keys, password):
    token = await invited(database, "claire")
    with pytest.raises(Refused, match="bad_password"):
        await joining.accept(database, keys, token, password, NOW)
    await joining.accept(database, keys, token, PASSWORD, NOW)


LOOK_ALIKES = (
    "cl\u0430ire",
    "\u03c1aul",
    "\u0441\u0430\u0440\u0430",
    "cl\u0131ire",
    "cl\u0251ire",
    "claire\u3164",
    "cla\u200bire",
    "cla\u034fire",
    "c\u0334laire",
)


@pytest.mark.parametrize(
    "name", ["", "c", "  ", "x" * 41, "a\nb<script>", "cl@ire", "\u202eclaire", "a\0b", *LOOK_ALIKES]
)
async def test_odd_names_are_refused(database, name):
    async with database.begin() as tx:
        with pytest.raises(Refused, match="bad_name"):
            await invitations.invite(tx, name, "coordinator", NOW)


async def test_a_name_is_given_once_and_a_role_exists(database, keys):
    await joined(database, keys, "claire")
    for name, role, why in (("CLAIRE", "auditor", "name_taken"), ("paul", "emperor", "bad_role")):
        with pytest.raises(Refused, match=why):
            await invited(database, name, role)


async def test_names_that_differ_by_accents_alone_are_the_same_name(database, keys):
    await joined(database, keys, "René")
    for name in ("rene", "RENÉ", "Rene\u0301", "rèné", "ＲＥＮＥ"):
        with pytest.raises(Refused, match="name_taken"):
            await invited(database, name, "auditor")


async def test_of_two_invited_under_one_name_the_second_does_not_join(database, keys):
    tokens = [await invited(database, name, "content_editor") for name in ("Zoé", "Zoe")]
    await joining.accept(database, keys, tokens[0], PASSWORD, NOW)
    with pytest.raises(Refused, match="name_taken"):
        await joining.accept(database, keys, tokens[1], PASSWORD, NOW)


@pytest.mark.parametrize("name", ["o'brien", "O’Brien", "łukasz", "josé-maría 2", "d. œuvre"])
async def test_latin_names_are_given_and_sign_in_as_they_are_typed(database, keys, name):
    await joined(database, keys, name)
    assert (await signed_in(database, keys, name)).member.role == "coordinator"


async def test_a_wrong_password_an_unknown_name_and_somebody_taken_out_are_all_the_same(database, keys):
    boss = await joined(database, keys, "nadia", "supervisor")
    gone = await joined(database, keys, "paul")
    async with database.begin() as tx:
        await leaving.remove(tx, boss, gone.id, NOW)
    for name, password in (("nadia", PASSWORD + "!"), ("nobody", PASSWORD), ("paul", PASSWORD), ("\0", "\ud800")):
        assert await signing_in.sign_in(database, keys, name, password, NOW) is None


async def test_another_key_file_opens_nothing(database, keys):
    await joined(database, keys, "claire")
    assert await signing_in.sign_in(database, Keys.new(), "claire", PASSWORD, NOW) is None


async def test_strangers_who_fail_lock_nobody_out(database, keys, monkeypatch):
    monkeypatch.setattr(tries, "LONGEST_S", 0)
    await joined(database, keys, "claire")
    await joined(database, keys, "paul")
    for name in ("claire", "CLAIRE ") * 4 + tuple(f"nobody {number}" for number in range(4)):
        assert await signing_in.sign_in(database, keys, name, "wrong", NOW) is None
    await signed_in(database, keys, "paul", NOW)
    await signed_in(database, keys, "claire", NOW)


async def test_more_strangers_than_can_wait_are_turned_away_and_known_browsers_still_come_in(
    database, keys, monkeypatch
):
    monkeypatch.setattr(tries, "LONGEST_S", 0)
    await joined(database, keys, "claire")
    device = tries.new_device(keys, "claire")
    strangers = [signing_in.sign_in(database, keys, f"x{n}", "wrong", NOW) for n in range(passwords.MOST_WAITING + 4)]
    known = signing_in.sign_in(database, keys, "claire", PASSWORD, NOW, device)
    *outcomes, opened = await asyncio.gather(*strangers, known, return_exceptions=True)
    assert any(isinstance(outcome, Busy) for outcome in outcomes)
    assert isinstance(opened, Opened)


async def test_sixth_failures_under_a_name_are_in_the_audit_once(database, keys, monkeypatch):
    monkeypatch.setattr(tries, "LONGEST_S", 0)
    claire = await joined(database, keys, "claire")
    for _ in range(tries.FREE + 4):
        await signing_in.sign_in(database, keys, "claire", "wrong", NOW)
    async with database.read() as tx:
        acts = [(record.actor, record.detail) for record in await audit.records(tx) if record.action == "slowed"]
    assert acts == [("system", f"coordinator:{claire.id}")]


async def test_access_is_given_by_one_who_has_it_and_opens_the_same_key(database, keys):
    await joined(database, keys, "claire")
    paul = await joined(database, keys, "paul")
    without = await signed_in(database, keys, "paul")
    assert without.private_key is None
    claire = await signed_in(database, keys, "claire")
    async with database.begin() as tx:
        await access.grant(tx, claire, paul.id, NOW)
    assert (await signed_in(database, keys, "paul")).private_key == claire.private_key
    async with database.read() as tx:
        last = (await audit.records(tx))[0]
        assert (last.action, last.detail) == ("granted", f"coordinator:{paul.id}")
        assert [person.access for person in await members.members(tx)] == [True, True]


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
                await access.grant(tx, giver, receiver, NOW)


async def test_who_is_taken_out_loses_the_key_and_leaves_the_name(database, keys):
    boss = await joined(database, keys, "nadia", "supervisor")
    paul = await joined(database, keys, "paul")
    opened = await signed_in(database, keys, "nadia")
    async with database.begin() as tx:
        await access.grant(tx, opened, paul.id, NOW)
        await leaving.remove(tx, boss, paul.id, NOW)
        assert not (await tx.scalars(select(CoordinatorGrant).where(CoordinatorGrant.coordinator_id == paul.id))).all()
    for by, who, why in ((boss, boss.id, "not_possible"), (boss, paul.id, "missing"), (paul, boss.id, "not_allowed")):
        async with database.begin() as tx:
            with pytest.raises(Refused, match=why):
                await leaving.remove(tx, by, who, NOW)
    assert (await joined(database, keys, "paul")).id != paul.id


async def test_the_last_who_can_open_what_is_sealed_is_not_taken_out(database, keys):
    marie = await joined(database, keys, "marie")
    boss = await joined(database, keys, "nadia", "supervisor")
    async with database.begin() as tx:
        with pytest.raises(Refused, match="last_access"):
            await leaving.remove(tx, boss, marie.id, NOW)
    opened = await signed_in(database, keys, "marie")
    async with database.begin() as tx:
        await access.grant(tx, opened, boss.id, NOW)
        await leaving.remove(tx, boss, marie.id, NOW)
        assert await access.holders(tx) == 1


async def test_what_somebody_held_goes_back_to_the_queue_with_them_gone(database, keys, receipts):
    boss = await joined(database, keys, "nadia", "supervisor")
    paul = await joined(database, keys, "paul")
    for state, receipt in (("claimed", receipts[0]), ("searching", receipts[1])):
        referral = (await submit(database, (receipt,), SELF, note=None)).referral
        async with database.begin() as tx:
            held = {"state": state, "claimed_by": paul.id, "claimed_at": NOW}
            await tx.execute(update(Referral).where(Referral.id == referral).values(held))
    async with database.begin() as tx:
        await leaving.remove(tx, boss, paul.id, NOW)
        left = (await tx.execute(select(Referral.state, Referral.claimed_by))).all()
        assert sorted(left) == [("acknowledged", None), ("searching", None)]
    async with database.read() as tx:
        assert [record.action for record in await audit.records(tx)][:3] == ["released", "released", "removed"]


async def test_the_first_coordinator_chooses_their_name(database, keys):
    async with database.begin() as tx:
        old = await invitations.invite_first(tx, NOW - TOGETHER_S)
        token = await invitations.invite_first(tx, NOW)
        assert old
        assert token
        assert await invitations.invitation(tx, old, NOW) is None
    for name in ("", "x", "cl@ire"):
        with pytest.raises(Refused, match="bad_name"):
            await joining.accept(database, keys, token, PASSWORD, NOW, name)
    member = await joining.accept(database, keys, token, PASSWORD, NOW, "Marie-Ève D.")
    assert (member.name, member.role) == ("marie-ève d.", "supervisor")
    assert (await signed_in(database, keys, "Marie-Ève D.")).private_key


async def test_of_processes_that_start_together_one_gets_the_link_for_the_first_one_and_it_lives(database):
    async def asked(at: int) -> str | None:
        async with database.begin() as tx:
            return await invitations.invite_first(tx, at)

    told = await asyncio.gather(*(asked(NOW + second) for second in range(4)))
    (printed,) = (token for token in told if token)
    assert await asked(NOW + TOGETHER_S - 1) is None
    async with database.begin() as tx:
        assert await invitations.invitation(tx, printed, NOW)
    assert await asked(NOW + TOGETHER_S + 4)


async def test_the_link_for_the_first_one_ends_when_anybody_joined_by_another(database, keys):
    async with database.begin() as tx:
        printed = await invitations.invite_first(tx, NOW)
    await joined(database, keys, "nadia", "supervisor")
    async with database.begin() as tx:
        assert [*await invitations.invitations(tx, NOW)] == []
        left_over = await invitations.invite_first(tx, NOW)
        assert printed
        assert left_over
    for token in (printed, left_over):
        with pytest.raises(Refused, match="missing"):
            await joining.accept(database, keys, token, PASSWORD, NOW, "mallory")


async def test_a_name_that_was_given_is_not_changed_by_its_receiver(database, keys):
    token = await invited(database, "claire")
    assert (await joining.accept(database, keys, token, PASSWORD, NOW, "paul")).name == "claire"


@pytest.mark.parametrize("password", ["aaaaaaaaaaaa", "abababababab", "112233112233", "claireclaire1"])
async def test_a_password_of_few_characters_or_of_the_name_will_not_do(database, keys, password):
    token = await invited(database, "claire")
    with pytest.raises(Refused, match="plain_password"):
        await joining.accept(database, keys, token, password, NOW)


async def test_only_a_supervisor_invites(database, keys):
    paul = await joined(database, keys, "paul")
    async with database.begin() as tx:
        with pytest.raises(Refused, match="not_allowed"):
            await invitations.invite(tx, "zoe", "coordinator", NOW, paul)


async def test_neither_token_nor_password_nor_key_lies_in_the_database(database, keys):
    token = await invited(database, "claire")
    async with database.read() as tx:
        assert token.encode() not in repr((await tx.execute(select(Invitation.__table__))).all()).encode()
    await joining.accept(database, keys, token, PASSWORD, NOW)
    opened = await signed_in(database, keys, "claire")
    assert opened.private_key
    async with database.read() as tx:
        stored = [*(await tx.execute(select(Coordinator.__table__))), *(await tx.execute(select(CoordinatorGrant.box)))]
    for value in (value for row in stored for value in row):
        raw = value if isinstance(value, bytes) else str(value).encode()
        assert PASSWORD.encode() not in raw
        assert opened.private_key not in raw
    assert "private_key" not in repr(opened)
