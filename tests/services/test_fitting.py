"""A database knows its own key file again."""

from services import fitting, store
from services.database import Database
from services.keys import Keys, Speaker
from tests.services.coordination import open_coordination


async def test_the_first_key_file_is_taken_and_another_is_refused(database: Database, keys: Keys):
    async with database.begin() as tx:
        assert await fitting.fits(tx, keys)
        assert not await fitting.used(tx)
        assert await fitting.fit(tx, keys)
        assert await fitting.used(tx)
        assert await fitting.fit(tx, keys)
        assert not await fitting.fit(tx, Keys.new())
        assert not await fitting.fits(tx, Keys.new())


async def test_a_database_of_an_older_release_with_rows_counts_as_used(
    database: Database, keys: Keys, speaker: Speaker
):
    async with database.begin() as tx:
        await store.save(tx, speaker, b"words", 1, 1900)
        assert await fitting.used(tx)
        await store.erase(tx, speaker)
        assert not await fitting.used(tx)
    await open_coordination(database)
    async with database.read() as tx:
        assert await fitting.used(tx)


def test_the_check_value_is_no_key(keys: Keys):
    assert keys.check() not in (keys.purpose("check value"), keys.outbox().key[:16])
    assert len(keys.check()) == 16
