"""What each coordinator set for themselves: the languages that they speak, and whether notices reach them by mail."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, insert, select

from dialogs.flows.referral.fields import LANGUAGES
from services.database import Transaction
from services.keys import Keys
from services.rights import Member, Refused
from services.sealing import Box, Unreadable, bound
from services.tables import Coordinator
from services.tables.desk import DeskSetting, Notice

ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
LONGEST_ADDRESS = 254
MOST_LANGUAGES = 20


@dataclass(frozen=True, slots=True)
class Own:
    """One coordinator's settings. `address`: for mail, "" where they want none; `any_hour`: also out of hours."""

    languages: tuple[str, ...] = ()
    address: str = field(default="", repr=False)
    any_hour: bool = False


async def own(tx: Transaction, keys: Keys, member: int) -> Own:
    """What somebody set; nothing is set at first. An address under another key file counts as none."""
    row = (await tx.execute(select(DeskSetting).where(DeskSetting.coordinator_id == member))).one_or_none()
    return Own(row.languages, opened(keys, member, row.address_box), row.any_hour) if row else Own()


async def keep(tx: Transaction, keys: Keys, member: Member, wanted: Own) -> None:
    """Keep what somebody set. Without an address, what was on its way to the old one goes too.

    Raises Refused: bad_address, missing (a language that is not on the list).
    """
    address = wanted.address.strip()
    if address and (len(address) > LONGEST_ADDRESS or not ADDRESS.fullmatch(address)):
        raise Refused("bad_address")
    spoken = tuple(dict.fromkeys(wanted.languages))
    if len(spoken) > MOST_LANGUAGES or not set(spoken) <= set(LANGUAGES):
        raise Refused("missing")
    row = {"coordinator_id": member.id, "languages": spoken, "any_hour": wanted.any_hour}
    row["address_box"] = _box(keys).seal(address.encode(), _label(member.id)) if address else None
    await tx.execute(delete(DeskSetting).where(DeskSetting.coordinator_id == member.id))
    await tx.execute(insert(DeskSetting), row)
    await tx.execute(delete(Notice).where(Notice.coordinator_id == member.id))


async def spoken(tx: Transaction) -> dict[int, Sequence[str]]:
    """The languages that each one who is still there says they speak, by their number."""
    active = select(Coordinator.id).where(Coordinator.active)
    rows = await tx.execute(select(DeskSetting).where(DeskSetting.coordinator_id.in_(active)))
    return {row.coordinator_id: row.languages for row in rows}


async def purge(tx: Transaction) -> dict[str, int]:
    """Forget what those set who were taken out; how many."""
    active = select(Coordinator.id).where(Coordinator.active)
    gone = await tx.execute(delete(DeskSetting).where(DeskSetting.coordinator_id.not_in(active)))
    return {"desk_settings": gone.rowcount}


def opened(keys: Keys, member: int, box: bytes | None) -> str:
    """The address in a row's box, "" where there is none or it does not open."""
    if box is None:
        return ""
    try:
        return _box(keys).open(box, _label(member)).decode()
    except Unreadable:
        return ""


def _box(keys: Keys) -> Box:
    return Box(keys.purpose("desk addresses"))


def _label(member: int) -> bytes:
    return bound("desk_settings", member)
