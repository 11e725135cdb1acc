"""The floor of storing: one durable upsert after the other, with the house's own database settings.

Each line in is a number of upserts; each line out is the CPU seconds and the seconds they took.
"""

import asyncio
import json
import secrets
import sys
import time

from services.database import Database, open_database, upgrade
from services.store import saving

PAYLOAD = 1024 + 40  # a session of usual length: padded, with nonce and tag
CONVERSATIONS = 32


async def main(url: str) -> None:
    """Serve until there is no more input."""
    database = open_database(url)
    await upgrade(database)
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        cpu, start = time.process_time(), time.perf_counter()
        await _upsert(database, int(line))
        print(json.dumps([time.process_time() - cpu, time.perf_counter() - start]), flush=True)
    await database.close()


async def _upsert(database: Database, times: int) -> None:
    payload = secrets.token_bytes(PAYLOAD)
    for number in range(times):
        values = {"key": bytes([number % CONVERSATIONS]) * 32, "payload": payload, "remains": b"", "turn": number}
        async with database.begin() as tx:
            await tx.execute(saving(database.kind), values | {"expires_at": 1})


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
