"""What is due is forgotten, and nothing else."""

from sqlalchemy import insert, select, update

from dialogs import agreement, kept
from dialogs.flows import privacy
from services import outbox, retention, sent, store
from services.database import Database, Transaction, added_id
from services.keys import Keys, Speaker
from services.people import console_sessions, tries
from services.referrals import messages, referrals
from services.referrals.claims import Derived
from services.retention import DAY
from services.tables import ConsoleSession, Coordinator, Invitation, Referral, SealedKey, SignInAttempt, Update
from tests.services.coordination import SELF, open_coordination, submit


async def test_a_conversation_is_forgotten_step_by_step(database: Database, keys: Keys, speaker: Speaker):
    async with database.begin() as tx:
        await store.save(tx, speaker, b"words", 1, 1900, b"fr")
        await outbox.put(tx, keys, speaker, "1", b"reply", 100)
        await sent.remember(tx, keys, [(speaker, 7, 100)])
        assert not any((await retention.purge(tx, 1899)).values())
        assert due(await retention.purge(tx, 1900)) == {"expired_sessions"}
        assert due(await retention.purge(tx, 100 + 2 * DAY)) == {"unread_replies", "update_keys", "sent_messages"}
        assert due(await retention.purge(tx, 1900 + 7 * DAY)) == {"tombstones"}
        assert await store.find(tx, speaker, 1900) is None


async def test_a_reply_nobody_fetched_is_emptied_but_its_update_stays_known(database: Database, keys: Keys):
    async with database.begin() as tx:
        for channel in ("web", "terminal", "telegram"):
            await outbox.put(tx, keys, keys.speaker(channel, "a"), "1", b"reply", 100)
        assert (await retention.purge(tx, 400))["unread_replies"] == 2
        assert await store.seen(tx, keys, keys.speaker("web", "a"), "1")
        assert list(await tx.scalars(select(Update.channel).where(Update.body.is_not(None)))) == ["telegram"]


async def test_a_referral_s_sealed_part_goes_90_days_after_its_end(
    database: Database, receipts: tuple[Derived, Derived]
):
    coordination = await open_coordination(database)
    ended = (await submit(database, receipts[:1], SELF)).referral
    running = (await submit(database, receipts[1:], SELF)).referral
    async with database.begin() as tx:
        await messages.post_from_coordination(tx, ended, "done", 150)
        await tx.execute(update(Referral).where(Referral.id == ended).values(state="closed", ended_at=200))
        assert due(await retention.purge(tx, 200 + 90 * DAY - 1)) == set()
        assert due(await retention.purge(tx, 200 + 90 * DAY)) == {"sealed_referrals"}
        assert due(await retention.purge(tx, 200 + 90 * DAY)) == set()
        assert list(await tx.scalars(select(SealedKey.referral_id))) == [running]
        assert await referrals.read_sealed(tx, running, coordination.private) == {"note": "a note"}
        assert await messages.read_for_coordination(tx, ended, coordination.private) == ()


def test_people_are_told_the_very_limits():
    days = f"{retention.SEALED // DAY} days"
    for told in ((privacy.STAYS,), agreement.KEPT):
        assert any(days in line.msgid for line in told)
    (sealed,) = [one for one in kept.KEPT if one.id == "sealed"]
    assert ("count", retention.SEALED // DAY) in sealed.long.values


async def test_a_session_is_forgotten_after_its_eight_hours_and_its_key_when_it_is_idle(database: Database):
    async with database.begin() as tx:
        await tx.execute(insert(ConsoleSession), await session_of_somebody(tx, expires_at=8 * 3600))
        assert due(await retention.purge(tx, 1 + console_sessions.IDLE_S)) == set()
        assert await tx.scalar(select(ConsoleSession.stage)) == "locked"
        assert due(await retention.purge(tx, 8 * 3600)) == {"console_sessions"}


async def session_of_somebody(tx: Transaction, expires_at: int) -> dict[str, object]:
    somebody = {"name": "a", "role": "coordinator", "password_hash": "", "public_key": b"", "private_key_box": b"",
                "salt": b"", "active": True, "created_at": 1}  # fmt: skip
    added = added_id(await tx.execute(insert(Coordinator), somebody))
    session = {"id_hash": b"1", "csrf": "c", "created_at": 1, "seen_at": 1, "expires_at": expires_at}
    return session | {"coordinator_id": added}


async def test_what_the_console_leaves_behind_is_forgotten(database: Database):
    async with database.begin() as tx:
        await tx.execute(insert(ConsoleSession), await session_of_somebody(tx, expires_at=200))
        await tx.execute(insert(Invitation), {"token_hash": b"1", "name": "b", "role": "auditor", "expires_at": 200})
        await tx.execute(insert(SignInAttempt), {"subject": b"1", "at": 200 - tries.WINDOW_S})
        assert due(await retention.purge(tx, 199)) == set()
        assert due(await retention.purge(tx, 200)) == {"console_sessions", "invitations", "sign_in_attempts"}


def due(counts: dict[str, int]) -> set[str]:
    return {kind for kind, count in counts.items() if count}
