"""What the coordination does, killed at each point: `python -m tests.services.killed_work URL FOLDER` (see killing.py).

One turn claims a referral, notes, answers, and brings it two steps on; each point has a referral of its own.
"""

import sys
from pathlib import Path

from sqlalchemy import func, select

from dialogs.commands import Triage
from services import audit
from services.database import Database, Transaction
from services.referrals import acts, queue, referrals, work
from services.referrals.acts import Decision
from services.rights import Member, Opened
from services.tables import Coordinator, Message, Referral
from services.tables.life import Note
from tests.services.coordination import AGREED, open_coordination
from tests.services.killed import receipts
from tests.services.killing import Story
from tests.services.queue_stage import PAIR

MOST = 900  # points of the turn; as many referrals wait for it


async def prepare(database: Database) -> None:
    await open_coordination(database)
    async with database.begin() as tx:
        for number in range(1, MOST + 1):
            told = Triage("self", age_group="adult")
            await referrals.submit(tx, told, AGREED, receipts()[:1], at=number, language="fr")


async def write(tx: Transaction, number: int, _: str) -> None:
    referral = str(await tx.scalar(select(Referral.id).where(Referral.created_at == number)))
    who = Opened(Member(int(await tx.scalar(select(Coordinator.id)) or 0), "somebody", "coordinator"), PAIR.private)
    await acts.claim(tx, referral, who.member, number)
    await work.note(tx, referral, who, "a note", await revision(tx, referral), number)
    await acts.answer(tx, referral, who, "an answer", await revision(tx, referral), number)
    for to in ("evaluation", "searching"):
        await acts.set_state(tx, referral, who.member, Decision(to), await revision(tx, referral), number)


async def revision(tx: Transaction, referral: str) -> str:
    return (await queue.one(tx, referral)).revision


async def count(tx: Transaction, number: int) -> dict[str, int]:
    row = (await tx.execute(select(Referral.id, Referral.state).where(Referral.created_at == number))).one()
    counts = {
        table.__tablename__: int(
            await tx.scalar(select(func.count()).select_from(table).where(table.referral_id == row.id)) or 0
        )
        for table in (Note, Message)
    }
    acted = len(await audit.of_referral(tx, row.id))
    return counts | {"acts": acted, "searching": int(row.state == "searching"), "waiting_for_a_claim": int(
        row.state == "acknowledged"
    )}  # fmt: skip


if __name__ == "__main__":
    Story(prepare, write, count).told(sys.argv[1], Path(sys.argv[2]))
