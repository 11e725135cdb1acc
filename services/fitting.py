"""Whether a key file and a database belong together: a check value in the database says so, and tells nothing else."""

import hmac

from sqlalchemy import exists, insert, select

from services.database import Transaction
from services.keys import Keys
from services.tables import Conversation, Coordinator, KeyCheck, Referral

OTHER = (
    "the key file is not the one that this database was used with: put the right one back. With another key "
    "no receipt, no password and no conversation can be opened."
)


async def used(tx: Transaction) -> bool:
    """Whether a key file was ever used with this database, so that a new one would open nothing in it."""
    rows = (exists().where(column.is_not(None)) for column in (KeyCheck.id, Coordinator.id, Referral.id))
    return any([bool(await tx.scalar(select(row))) for row in (*rows, exists().where(Conversation.turn > 0))])


async def fit(tx: Transaction, keys: Keys) -> bool:
    """Whether this is the database's key file; a database that knows none yet takes this one for its own."""
    value = await tx.scalar(select(KeyCheck.value).where(KeyCheck.id == 1))
    if value is None:
        await tx.execute(insert(KeyCheck), {"id": 1, "value": keys.check()})
        return True
    return hmac.compare_digest(value, keys.check())


async def fits(tx: Transaction, keys: Keys) -> bool:
    """The same, changing nothing; a database that knows none yet fits."""
    value = await tx.scalar(select(KeyCheck.value).where(KeyCheck.id == 1))
    return value is None or hmac.compare_digest(value, keys.check())
