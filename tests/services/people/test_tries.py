"""Failed sign-ins: counted for strangers and for each known browser apart, and only ever slowing."""

import pytest

from services.database import Database
from services.keys import Keys
from services.people import tries

NOW = 1_800_000_000


def test_five_failures_are_free_and_many_cost_no_more_than_five_seconds():
    assert [tries.pause(before) for before in range(tries.FREE)] == [0] * tries.FREE
    pauses = [tries.pause(before) for before in range(1000)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == tries.LONGEST_S


def test_a_cookie_counts_for_the_name_it_was_made_for_only(keys: Keys):
    cookie = tries.new_device(keys, "claire")
    assert tries.trying(keys, "claire", cookie).known
    assert not tries.trying(keys, "paul", cookie).known
    assert not tries.trying(Keys.new(), "claire", cookie).known
    assert cookie != tries.new_device(keys, "claire")


@pytest.mark.parametrize("cookie", ["", "x", "é", "A" * 43, "A" * 4000, "=", "\0"])
def test_what_we_did_not_sign_is_no_known_browser(keys: Keys, cookie: str):
    assert tries.trying(keys, "claire", cookie) == tries.trying(keys, "claire")


async def test_strangers_do_not_use_up_the_tries_of_a_known_browser(database: Database, keys: Keys):
    known = tries.trying(keys, "claire", tries.new_device(keys, "claire"))
    stranger = tries.trying(keys, "claire")
    async with database.begin() as tx:
        for before in range(20):
            assert (await tries.count(tx, stranger, NOW))[1] == before
        row, before = await tries.count(tx, known, NOW)
        assert before == 0
        await tries.succeeded(tx, known, row)
        assert (await tries.count(tx, stranger, NOW))[1] == 20
        assert (await tries.count(tx, stranger, NOW + tries.WINDOW_S))[1] == 0
