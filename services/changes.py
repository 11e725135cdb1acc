"""That something changed in the queue, told to whoever looks at it, in whichever process: that, and nothing else.

Each act on a referral is in the audit, so what the audit tells is what changed; so is each that ends a session,
which is to be known at once. PostgreSQL passes it on at the commit (LISTEN, NOTIFY, without a payload:
services/audit_chain.py); in SQLite, and where a proxy swallows that, the audit's end is looked at.
"""

import asyncio
import contextlib
import logging

from sqlalchemy import func, or_, select

from services.audit_chain import CHANNEL
from services.database import ANSWER_S, Database
from services.tables.audit import AuditRecord

ENDS_SESSIONS = ("signed_out", "sessions_ended", "factor_reset", "removed", "reseal_begun")
"""Acts of the audit after which a page that was open may have to close."""
LOOK_S = {"sqlite": 1.0, "postgresql": 30.0}
AGAIN_S = 1.0  # after the database was lost

log = logging.getLogger("passerelle")


class Changes:
    """What one process has noticed: `number` grows with each change, whoever made it."""

    def __init__(self, database: Database) -> None:
        """Nothing is noticed before `follow` runs."""
        self._database = database
        self._woken = asyncio.Event()
        self._seen = -1
        self.number = 0
        self.closed = False

    async def after(self, number: int, seconds: float) -> int:
        """The number as soon as it is another one, or after so many seconds, or once this is closed."""
        if self.number == number and not self.closed:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._woken.wait()
        return self.number

    def close(self) -> None:
        """Let all who wait go: the process ends."""
        self.closed = True
        self._wake()

    async def follow(self) -> None:
        """Notice changes until cancelled, also after the database was gone for a while."""
        while True:
            try:
                await (self._listen() if self._database.kind == "postgresql" else self._look())
            except Exception as fault:
                log.warning(
                    "changes of the queue cannot be heard, and are listened for again: %s", type(fault).__name__
                )
            await asyncio.sleep(AGAIN_S)

    async def _listen(self) -> None:
        async with self._database.listening(CHANNEL, lambda _: self._noticed()) as lost:
            self._noticed()  # what was missed until now
            while not lost.is_set():
                await self._look()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_S["postgresql"]):
                        await lost.wait()

    async def _look(self) -> None:
        """Once; the audit's numbers follow each other, so what is newer than the last look is quickly found."""
        reading = asyncio.ensure_future(self._newest())
        try:
            newest = await asyncio.shield(reading)
        except asyncio.CancelledError:  # a read that is given up halfway leaves its thread with nobody to answer to
            await asyncio.wait([reading], timeout=ANSWER_S)
            raise
        if newest != self._seen:
            self._seen = newest
            self._noticed()

    async def _newest(self) -> int:
        newest = func.coalesce(func.max(AuditRecord.id), self._seen)
        told = or_(AuditRecord.referral_id.is_not(None), AuditRecord.action.in_(ENDS_SESSIONS))
        query = select(newest).where(AuditRecord.id > self._seen, told)
        async with self._database.read() as tx:
            found: int = (await tx.execute(query)).scalar_one()
        return found

    def _noticed(self) -> None:
        self.number += 1
        self._wake()

    def _wake(self) -> None:
        self._woken.set()
        self._woken = asyncio.Event()
