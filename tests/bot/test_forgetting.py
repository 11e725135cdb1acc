"""The purge, every minute: when it fails, the log gets the kind of the fault and nothing of what it says."""

import asyncio
import logging

import pytest
from sqlalchemy import text

from bot.app import _purge_always
from services.database import Database
from services.keys import Keys


async def test_a_purge_that_fails_tells_the_kind_alone_and_is_tried_again(
    database: Database, keys: Keys, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO)
    async with database.begin() as tx:
        await tx.execute(text("ALTER TABLE sent_messages RENAME TO away"))
    purging = asyncio.create_task(_purge_always(database, keys))
    for _ in range(500):
        if caplog.records:
            break
        await asyncio.sleep(0.01)
    assert not purging.done()
    purging.cancel()
    await asyncio.wait([purging])
    assert "the purge failed, and is tried again: " in caplog.text
    assert "Traceback" not in caplog.text
    assert "sent_messages" not in caplog.text
