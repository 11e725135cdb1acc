"""One message, asked for, when there is something new behind a receipt: where to write, kept until then and no longer.

At most one comes: it is deleted before it is sent, so that a crash in between loses it and never doubles it.
"""

from dataclasses import dataclass, field

from sqlalchemy import delete, exists, insert, select, update

from dialogs.kept import PING
from services.database import Transaction
from services.keys import Keys, Speaker
from services.news import News, Watched, news
from services.sealing import Unreadable, bound
from services.tables.pings import Ping

BETWEEN = "\n"  # neither a language nor an address has it


@dataclass(frozen=True, slots=True)
class Route:
    """Where to write (an address on Telegram), and in which language."""

    address: str = field(repr=False)
    language: str


async def ask(tx: Transaction, speaker: Speaker, referral: str, language: str, at: int) -> None:
    """Keep where to write to the person of a referral; what was kept for it before goes."""
    state, message = await _stands(tx, referral)
    if not state:
        return
    sealed = speaker.route.seal(BETWEEN.join((language, speaker.address)).encode(), _label(referral))
    await cut(tx, referral)
    values = {"conversation_key": speaker.key, "route_box": sealed, "state": state, "message": message}
    await tx.execute(insert(Ping), {"referral_id": referral, **values, "expires_at": at + PING})


async def cut(tx: Transaction, referral: str) -> None:
    """Forget where to write: nothing comes."""
    await tx.execute(delete(Ping).where(Ping.referral_id == referral))


async def forget(tx: Transaction, speaker: Speaker) -> None:
    """Forget it for every referral of a conversation that is erased."""
    await tx.execute(delete(Ping).where(Ping.conversation_key == speaker.key))


async def waits(tx: Transaction, referral: str) -> bool:
    """Whether somebody waits to be written to."""
    return bool(await tx.scalar(select(exists().where(Ping.referral_id == referral))))


async def seen(tx: Transaction, referral: str) -> None:
    """The person has looked, or acted themself: what there is now is not new to them."""
    if await waits(tx, referral):
        state, message = await _stands(tx, referral)
        await tx.execute(update(Ping).where(Ping.referral_id == referral).values(state=state, message=message))


async def due(tx: Transaction, keys: Keys, at: int) -> tuple[Route, ...]:
    """Where to write now: each is forgotten here, and is given to one caller only."""
    rows = list(await tx.execute(select(Ping).where(Ping.expires_at > at)))
    now = await news(tx, [_watched(row.referral_id) for row in rows]) if rows else {}
    new = [row for row in rows if now[_watched(row.referral_id)] != (row.state, row.message)]
    found = [await _taken(tx, keys, row.referral_id, row.route_box) for row in new]
    return tuple(route for route in found if route is not None)


async def purge(tx: Transaction, at: int) -> dict[str, int]:
    """Forget those for which nothing came; how many."""
    gone = await tx.execute(delete(Ping).where(Ping.expires_at <= at))
    return {"pings": gone.rowcount}


async def _taken(tx: Transaction, keys: Keys, referral: str, box: bytes) -> Route | None:
    mine = (Ping.referral_id == referral) & (Ping.route_box == box)
    gone = (await tx.execute(delete(Ping).where(mine).returning(Ping.referral_id))).one_or_none()
    if gone is None:  # another process writes
        return None
    try:
        language, address = keys.route().open(box, _label(referral)).decode().split(BETWEEN)
    except Unreadable:  # under another key file
        return None
    return Route(address, language)


async def _stands(tx: Transaction, referral: str) -> News:
    return (await news(tx, [_watched(referral)]))[_watched(referral)]


def _watched(referral: str) -> Watched:
    return Watched(referral, "person")


def _label(referral: str) -> bytes:
    return bound("pings", referral)
