"""Sealing anew: whatever stops it, everything opens for who has access; in the end the old key opens nothing."""

import asyncio
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import delete, select, update

from services import audit, leaving, resealing
from services.database import Database
from services.keys import Keys
from services.people import access, invitations, joining, recovery, signing_in
from services.places import partners
from services.referrals import acts, messages, referrals
from services.referrals.claims import Derived
from services.rights import Opened, Refused, Role
from services.sealing import Unreadable, keys_of, moved, new_key_pair, seal_to
from services.tables import CoordinationKey, CoordinatorGrant, MessageCopy, SealedKey, Table
from services.tools import api_tokens, organisations
from services.trainings import sign_ups
from tests.services.coordination import submit
from tests.services.training_stage import CONTACT, announce, sign_up

NOW = 1_800_000_000
PASSWORD = "seven calm boats at noon"


@dataclass
class Sealed:
    """A coordination, and one sealed thing of every kind."""

    database: Database
    keys: Keys
    referral: str
    training: str

    async def opened(self, name: str) -> Opened:
        found = await signing_in.sign_in(self.database, self.keys, name, PASSWORD, NOW)
        assert found
        return found

    async def everything(self, who: Opened) -> list[object]:
        """What somebody who holds the claim reads of all that is sealed."""
        async with self.database.begin() as tx:
            unsealed = await acts.open_sealed(tx, self.referral, who, NOW)
            contacts = await sign_ups.open_contacts(tx, self.training, who, NOW)
            named = [one.name for one in await organisations.organisations(tx, who)]
            tools = [one.name for one in await api_tokens.tools(tx, who)]
            houses = [one.label for one in await partners.listed(tx, who)]
        letters = [letter.text for letter in unsealed.letters]
        return [unsealed.parts["note"], letters, [*contacts.values()], named, tools, houses]


READ = ["a note", ["We are here."], [CONTACT], ["House of help"], ["Files"], ["The blue house"]]


async def join(database: Database, keys: Keys, name: str, role: Role) -> int:
    async with database.begin() as tx:
        token = await invitations.invite(tx, name, role, NOW)
    return (await joining.accept(database, keys, token, PASSWORD, NOW)).id


@pytest.fixture
async def sealed(database: Database, keys: Keys, receipts: tuple[Derived, ...]) -> Sealed:
    await join(database, keys, "nadia", "supervisor")
    claire = await join(database, keys, "claire", "coordinator")
    referral = (await submit(database, receipts)).referral
    stage = Sealed(database, keys, referral, "")
    nadia = await stage.opened("nadia")
    stage.training = await announce(database, nadia)
    await sign_up(database, stage.training)
    async with database.begin() as tx:
        await access.grant(tx, nadia, claire, NOW)
        await acts.claim(tx, referral, nadia.member, NOW)
        await messages.post_from_coordination(tx, referral, "We are here.", NOW)
        await organisations.issue(tx, keys, nadia.member, "House of help", organisations.KINDS[0], NOW)
        await api_tokens.issue(tx, keys, nadia.member, "Files", ("places:read",), 9, NOW)
        await partners.add(tx, nadia.member, "The blue house", NOW)
    assert await stage.everything(nadia) == READ
    return stage


def test_every_table_that_is_sealed_to_the_coordination_is_moved():
    own = {"coordinator_grants", "recovery_boxes"}
    found = {name for name, table in Table.metadata.tables.items() if "coordination_key_id" in table.columns}
    assert {table.name for table in resealing.covered()} == found - own


async def test_everything_opens_with_the_new_key_and_nothing_with_the_old(sealed: Sealed):
    old = await sealed.opened("nadia")
    assert await resealing.reseal(sealed.database, old, NOW)
    new = await sealed.opened("nadia")
    assert new.private_key
    assert new.private_key != old.private_key
    assert len(keys_of(new.private_key)) == 1
    assert await sealed.everything(new) == READ
    assert (await sealed.opened("claire")).private_key == new.private_key
    async with sealed.database.begin() as tx:
        with pytest.raises(Refused, match="no_access"):
            await acts.open_sealed(tx, sealed.referral, old, NOW)
        assert len(set(await tx.scalars(select(CoordinatorGrant.coordination_key_id)))) == 1
        assert [one.action for one in await audit.records(tx) if one.action.startswith("reseal")] == [
            "resealed",
            "reseal_begun",
        ]


@pytest.mark.parametrize("stopped_after", [0, 1, 4, 6, 7])
async def test_wherever_it_stops_all_opens_new_things_too_and_it_goes_on(sealed: Sealed, stopped_after, monkeypatch):
    monkeypatch.setattr(resealing, "STEP", 1)
    done = await resealing.reseal(sealed.database, await sealed.opened("nadia"), NOW, stopped_after)
    again = await sealed.opened("nadia")
    assert await sealed.everything(again) == READ
    async with sealed.database.begin() as tx:
        standing = await resealing.standing(tx)
        await messages.post_from_coordination(tx, sealed.referral, "Still here.", NOW)
    assert standing
    assert (standing.under_way, standing.left) == (not done, max(0, 6 - stopped_after))
    assert done or await resealing.reseal(sealed.database, again, NOW)
    last = await sealed.opened("nadia")
    assert (await sealed.everything(last))[1] == ["We are here.", "Still here."]
    async with sealed.database.read() as tx:
        assert len(list(await tx.scalars(select(CoordinationKey.id)))) == 2


async def test_somebody_else_with_access_can_go_on_and_nobody_without(sealed: Sealed):
    await resealing.reseal(sealed.database, await sealed.opened("nadia"), NOW, 0)
    with pytest.raises(Refused, match="not_allowed"):
        await resealing.reseal(sealed.database, await sealed.opened("claire"), NOW)
    await join(sealed.database, sealed.keys, "paul", "supervisor")
    paul, nadia = await sealed.opened("paul"), await sealed.opened("nadia")
    with pytest.raises(Refused, match="no_access"):
        await resealing.reseal(sealed.database, paul, NOW)
    async with sealed.database.begin() as tx:
        await access.grant(tx, nadia, paul.member.id, NOW)
    assert await resealing.reseal(sealed.database, await sealed.opened("paul"), NOW)
    assert await sealed.everything(await sealed.opened("nadia")) == READ


async def test_who_left_is_told_until_it_is_done_and_gets_no_new_key(sealed: Sealed):
    claire, nadia = await sealed.opened("claire"), await sealed.opened("nadia")
    async with sealed.database.begin() as tx:
        await leaving.remove(tx, nadia.member, claire.member.id, NOW + 5)
        standing = await resealing.standing(tx)
        assert standing
        assert standing.left_at == NOW + 5
    await resealing.reseal(sealed.database, nadia, NOW)
    async with sealed.database.begin() as tx:
        standing = await resealing.standing(tx)
        assert standing
        assert (standing.left_at, standing.under_way) == (None, False)
        box = await tx.scalar(select(SealedKey.box))
    with pytest.raises(Unreadable):
        moved(claire.private_key or b"", box or b"", b"")


async def test_a_box_that_opens_for_nobody_stays_and_holds_nothing_up(sealed: Sealed):
    spoilt = seal_to(new_key_pair().public, b"by another program", b"x")
    async with sealed.database.begin() as tx:
        await tx.execute(update(MessageCopy).where(MessageCopy.reader == "coordination").values(box=spoilt))
    assert await resealing.reseal(sealed.database, await sealed.opened("nadia"), NOW)
    async with sealed.database.read() as tx:
        assert await tx.scalar(select(MessageCopy.box).where(MessageCopy.reader == "coordination")) == spoilt


async def test_what_is_written_meanwhile_keeps_the_old_key_until_it_is_moved(sealed: Sealed):
    nadia = await sealed.opened("nadia")
    await resealing.reseal(sealed.database, nadia, NOW, 99)
    async with sealed.database.begin() as tx:
        late = {"coordination_key_id": 1, "box": seal_to(new_key_pair().public, b"late", b"x")}
        await tx.execute(update(SealedKey).values(late))
        assert await resealing.finish(tx, nadia.member.id, NOW) is False


async def test_boxes_that_were_swapped_open_neither_before_nor_after(sealed: Sealed):
    nadia = await sealed.opened("nadia")
    async with sealed.database.begin() as tx:
        await messages.post_from_coordination(tx, sealed.referral, "Another one.", NOW)
        ours = MessageCopy.reader == "coordination"
        rows = list(await tx.execute(select(MessageCopy.message_id, MessageCopy.box).where(ours)))
        for here, there in zip(rows, reversed(rows), strict=True):
            one = ours & (MessageCopy.message_id == here.message_id)
            await tx.execute(update(MessageCopy).where(one).values(box=there.box))
    for _ in range(2):
        async with sealed.database.begin() as tx:
            with pytest.raises(Refused, match="no_access"):
                await acts.open_sealed(tx, sealed.referral, nadia, NOW)
        await resealing.reseal(sealed.database, nadia, NOW)
        nadia = await sealed.opened("nadia")


async def test_the_paper_counts_once_tried_and_opens_everything_when_nobody_else_can(sealed: Sealed):
    nadia = await sealed.opened("nadia")
    async with sealed.database.begin() as tx:
        first = await recovery.make(tx, nadia, NOW)
        paper = await recovery.make(tx, nadia, NOW)
        assert not await recovery.counts(tx)
        for wrong in (first, paper[:-1] + ("0" if paper[-1] != "0" else "1"), "", "x" * 28, paper + "0"):
            with pytest.raises(Refused, match="bad_paper"):
                await recovery.try_out(tx, nadia.member, wrong, NOW)
        await recovery.try_out(tx, nadia.member, paper.lower().replace("-", " ").replace("0", "o"), NOW)
        assert await recovery.counts(tx)
    await resealing.reseal(sealed.database, nadia, NOW)
    zoe = await join(sealed.database, sealed.keys, "zoe", "supervisor")
    async with sealed.database.begin() as tx:
        await tx.execute(delete(CoordinatorGrant))  # everybody forgot their password
    lost = await sealed.opened("zoe")
    assert lost.private_key is None
    async with sealed.database.begin() as tx:
        await recovery.recover(tx, lost.member, paper, NOW)
    found = await sealed.opened("zoe")
    async with sealed.database.begin() as tx:
        await acts.release(tx, sealed.referral, found.member, (await revision(tx, sealed)), NOW)
        await acts.claim(tx, sealed.referral, found.member, NOW)
    assert found.member.id == zoe
    assert await sealed.everything(found) == READ


async def revision(tx, sealed: Sealed) -> str:
    from services.referrals import queue

    return (await queue.one(tx, sealed.referral)).revision


async def test_in_the_middle_of_sealing_anew_the_paper_opens_both_keys(sealed: Sealed):
    nadia = await sealed.opened("nadia")
    async with sealed.database.begin() as tx:
        paper = await recovery.make(tx, nadia, NOW)
        await recovery.try_out(tx, nadia.member, paper, NOW)
    await resealing.reseal(sealed.database, nadia, NOW, 0)
    async with sealed.database.begin() as tx:
        await tx.execute(delete(CoordinatorGrant))
        await recovery.recover(tx, nadia.member, paper, NOW)
    assert await sealed.everything(await sealed.opened("nadia")) == READ


async def test_the_paper_gives_access_to_nobody_whose_role_may_not_open(sealed: Sealed):
    nadia = await sealed.opened("nadia")
    await join(sealed.database, sealed.keys, "olga", "administrator")
    olga = await sealed.opened("olga")
    async with sealed.database.begin() as tx:
        paper = await recovery.make(tx, nadia, NOW)
        with pytest.raises(Refused, match="not_possible"):
            await recovery.recover(tx, olga.member, paper, NOW)
        for act in (recovery.make(tx, olga, NOW), recovery.try_out(tx, olga.member, paper, NOW)):
            with pytest.raises(Refused, match="not_allowed"):
                await act


async def test_requests_that_come_while_it_runs_open_with_the_new_key(sealed: Sealed, receipts, monkeypatch):
    monkeypatch.setattr(resealing, "STEP", 1)
    nadia = await sealed.opened("nadia")

    async def come() -> list[str]:
        """Requests, one after the other, and messages to the one that is there."""
        found = []
        for number in range(8):
            unlike = tuple(replace(one, selector=bytes([number, place] * 4)) for place, one in enumerate(receipts))
            found.append((await submit(sealed.database, unlike)).referral)
            async with sealed.database.begin() as tx:
                await messages.post_from_coordination(tx, sealed.referral, f"Number {number}.", NOW)
        return found

    async def work() -> bool:
        while not await resealing.reseal(sealed.database, nadia, NOW):
            pass  # somebody was writing: again
        return True

    first, second, _ = await asyncio.gather(come(), come_again(sealed), work())
    assert second
    last = await sealed.opened("nadia")
    ring = last.private_key or b""
    assert len(keys_of(ring)) == 1
    async with sealed.database.begin() as tx:
        for referral in (*first, sealed.referral):
            assert (await referrals.read_sealed(tx, referral, ring))["note"] == "a note"
        assert len(await messages.read_for_coordination(tx, sealed.referral, ring)) == 1 + 8 + second


async def come_again(sealed: Sealed) -> int:
    """Messages from elsewhere at the same time; how many."""
    for number in range(10):
        async with sealed.database.begin() as tx:
            await messages.post_from_coordination(tx, sealed.referral, f"Elsewhere {number}.", NOW)
    return 10
