"""Sealing anew, killed again and again and gone on with: `python -m tests.services.killed_resealing URL`.

Each process first reads everything with the keys that its password opens, then seals anew until it is killed, each
time a little later. A line of JSON at the end: what there is.
"""

import sys

from sqlalchemy import func, select

from services import audit, resealing
from services.database import Database, open_database
from services.keys import Keys
from services.people import access, invitations, joining, signing_in
from services.referrals import messages, referrals
from services.rights import Opened
from services.sealing import keys_of
from services.tables import Referral
from tests.services.coordination import submit
from tests.services.killing import Killed, in_a_process, tell
from tests.services.training_stage import receipt

KEYS, PASSWORD, AT = Keys(bytes(32)), "seven calm boats at noon", 1_795_000_000
REQUESTS, EVERY, LAST = 3, 4, 60
resealing.STEP = 1


async def prepare(url: str) -> None:
    database = open_database(url)
    async with database.begin() as tx:
        token = await invitations.invite(tx, "nadia", "supervisor", AT)
    await joining.accept(database, KEYS, token, PASSWORD, AT)
    for number in range(REQUESTS):
        made = await submit(database, (receipt(), receipt()), note=f"note {number}")
        async with database.begin() as tx:
            await messages.post_from_coordination(tx, made.referral, f"letter {number}", AT)
    await database.close()


async def opened(database: Database) -> Opened:
    """nadia, once she has read everything."""
    found = await signing_in.sign_in(database, KEYS, "nadia", PASSWORD, AT)
    assert found
    ring = found.private_key or b""
    async with database.read() as tx:
        ids = list(await tx.scalars(select(Referral.id)))
        notes = {(await referrals.read_sealed(tx, one, ring))["note"] for one in ids}
        letters = {letter.text for one in ids for letter in await messages.read_for_coordination(tx, one, ring)}
    assert notes == {f"note {number}" for number in range(REQUESTS)}
    assert letters == {f"letter {number}" for number in range(REQUESTS)}
    return found


async def go_on(url: str, point: int) -> None:
    database = open_database(url)
    who = await opened(database)
    await Killed(seal(database, who), point)
    await database.close()


async def seal(database: Database, who: Opened) -> None:
    await resealing.reseal(database, who, AT)


async def last(url: str) -> None:
    database = open_database(url)
    assert await resealing.reseal(database, await opened(database), AT)
    held = len(keys_of((await opened(database)).private_key or b""))
    async with database.read() as tx:
        acts = [one.action for one in await audit.records(tx)]
        whole, holders = await audit.verify(tx) is None, await access.holders(tx)
        requests = await tx.scalar(select(func.count()).select_from(Referral))
    begun, done = acts.count("reseal_begun"), acts.count("resealed")
    tell({"requests": requests, "held": held, "holders": holders, "unfinished": begun - done, "whole": whole})
    sys.stdout.flush()
    await database.close()


if __name__ == "__main__":
    in_a_process(prepare(sys.argv[1]))
    killed = sum(in_a_process(go_on(sys.argv[1], point)) for point in range(1, LAST, EVERY))
    tell({"killed": killed})
    sys.stdout.flush()
    in_a_process(last(sys.argv[1]))
