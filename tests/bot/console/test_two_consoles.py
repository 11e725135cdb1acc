"""Two processes with a console each, on one database: what one has not heard of yet undoes nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.console.pages import Catalog
from bot.turns import Content
from services import edits
from services.keys import Keys
from services.rights import Opened
from tests.bot.console.conftest import Site, Visitor, opened
from tests.bot.console.test_editor import NUMBER, TODAY, correct, now, number_of, press

NEW = ("0800 12 34 56", "0800 65 43 21")


@pytest.fixture
async def sites(
    database_url: str, keys: Keys, catalog: Catalog, receipts, everything_said: Content
) -> AsyncIterator[list[Site]]:
    async with AsyncExitStack() as both:
        yield [
            await both.enter_async_context(opened(database_url, keys, catalog, receipts, everything_said))
            for _ in range(2)
        ]


async def seen(site: Site, key: str) -> str:
    async with site.database.read() as tx:
        return edits.seen(await edits.history(tx, key))


async def two_editors(site: Site) -> tuple[Opened, Visitor]:
    """One who has still to sign in, and one at the desk."""
    emil, frida = [await site.member(name, "content_editor") for name in ("emil", "frida")]
    return emil, await site.enter(frida)


async def test_a_process_that_has_not_heard_of_a_correction_does_not_undo_it(sites: list[Site]):
    here, there = sites
    member, frida = await two_editors(here)
    emil, elsewhere = await here.enter(member), await there.enter(member)
    await correct(here, emil, NUMBER, number=NEW[0])
    await press(here, frida, NUMBER, "accept")
    page = await elsewhere.post(f"/facts/{NUMBER}/confirm", seen=await seen(here, NUMBER), checked_on=TODAY)
    assert page.status == 200
    assert NEW[0] in page.text
    for site in sites:
        await site.edited.look()
        assert now(site, NUMBER).number == NEW[0]


async def test_a_page_never_shows_older_words_than_its_form_is_made_upon(sites: list[Site]):
    here, there = sites
    member, frida = await two_editors(here)
    emil, elsewhere = await here.enter(member), await there.enter(member)
    await correct(here, emil, NUMBER, number=NEW[0])
    await press(here, frida, NUMBER, "accept")
    page = await elsewhere.get(f"/facts/{NUMBER}")
    assert page.field("seen") == await seen(here, NUMBER)
    assert f'name="number" value="{NEW[0]}"' in page.text


async def test_whoever_confirms_while_a_correction_is_accepted_the_correction_stands(sites: list[Site]):
    here, there = sites
    member, frida = await two_editors(here)
    emil = await here.enter(member)
    for new in NEW:
        before = await seen(here, NUMBER)
        await correct(here, emil, NUMBER, number=new)
        pending, number = await seen(here, NUMBER), await number_of(here, NUMBER)
        racers = [await there.enter(member) for _ in range(3)]
        accepted, *_ = await asyncio.gather(
            frida.post(f"/changes/{number}/accept"),
            *(
                racer.post(f"/facts/{NUMBER}/confirm", seen=guess, checked_on=TODAY)
                for racer, guess in zip(racers, (before, pending, "1-1"), strict=True)
            ),
        )
        assert accepted.status == 200
        await here.edited.look()
        assert now(here, NUMBER).number == new
