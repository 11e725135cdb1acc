"""Pages that look again by themselves: what the stream says, to whom, how long, and that it keeps no session open."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientResponse, ClientSession

from bot.console import live, streams
from services.database import reachable
from services.people import console_sessions
from services.rights import Opened
from tests.bot.console.conftest import Site, Visitor, opened
from tests.bot.console.test_two_consoles import sites as sites
from tests.services.test_changes import CUT

SOON_S = 20
STREAM = {"Accept": "text/event-stream"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream looks often whether its browser and its session are still there."""
    monkeypatch.setattr(live, "LOOK_S", 0.1)
    monkeypatch.setattr(live, "BEAT_S", 0.2)


@asynccontextmanager
async def listening(visitor: Visitor) -> AsyncIterator[ClientResponse]:
    async with visitor.session.get(f"{visitor.origin}/queue/events", headers=STREAM) as response:
        yield response


async def heard(response: ClientResponse, word: str) -> None:
    """Read on until the stream says this."""
    async with asyncio.timeout(SOON_S):
        async for line in response.content:
            if line.decode().strip() == word:
                return
    raise AssertionError(f"the stream ended without: {word}")


async def awake(site: Site) -> None:
    """Until the database answers again."""
    for _ in range(SOON_S):
        if await reachable(site.database):
            return
    raise AssertionError("the database does not answer")


async def test_who_looks_at_the_queue_hears_that_it_changed_and_not_what(site: Site):
    claire, paul = await site.enter(await site.member("claire")), await site.enter(await site.member("paul"))
    referral = await site.submit(note="she likes to sing")
    async with listening(paul) as response:
        assert response.headers["Content-Type"] == "text/event-stream"
        assert response.headers["Cache-Control"] == "no-store"
        await heard(response, ": here")
        await claire.post(f"/requests/{referral}/claim")
        async with asyncio.timeout(SOON_S):
            told = b""
            while b"event: changed\ndata:\n\n" not in told:
                told += await response.content.readany()
        assert referral.encode() not in told


async def test_what_one_process_does_is_heard_in_another_and_after_its_connections_were_cut(sites: list[Site]):
    here, there = sites
    claire = await here.member("claire")
    referral = await here.submit()
    async with listening(await there.enter(claire)) as response:
        await heard(response, ": here")
        visitor = await here.enter(claire)
        await visitor.post(f"/requests/{referral}/claim")
        await heard(response, "event: changed")
        if here.database.kind == "postgresql":
            async with here.database.begin() as tx:
                await tx.execute(CUT)
            await heard(response, "event: changed")
            await heard(response, ": here")
            await awake(here)
        revision = (await here.referral(referral)).revision
        await visitor.post(f"/requests/{referral}/hand-over", to="all", why="load", revision=revision)
        await heard(response, "event: changed")


async def test_it_ends_with_the_session_and_does_not_lengthen_it(site: Site):
    claire = await site.enter(await site.member("claire"))
    async with listening(claire) as response:
        for _ in range(3):
            site.clock.now += 4 * 60
            await heard(response, ": here")
            assert (await claire._ask("GET", "/queue", True, headers={"X-By-Itself": "refresh"})).status == 200
        site.clock.now += console_sessions.IDLE_S - 3 * 4 * 60
        await heard(response, "event: over")
        assert await response.content.read() == b"data:\n\n"
    assert (await claire.get("/queue")).path == "/console/locked"


async def test_whoever_may_not_see_the_queue_hears_nothing(site: Site):
    editor = await site.enter(await site.member("emil", "content_editor"))
    for visitor, status in ((editor, 403), (site.visitor(), 200)):
        async with listening(visitor) as response:
            assert (response.status, response.content_type) == (status, "text/html")


async def test_there_is_room_for_a_few_in_a_session_and_who_goes_makes_room(site: Site):
    claire = await site.enter(await site.member("claire"))
    held = [await claire.session.get(f"{claire.origin}/queue/events", headers=STREAM) for _ in range(streams.MOST_OWN)]
    assert {response.status for response in held} == {200}
    async with listening(claire) as refused:
        assert (refused.status, "Retry-After" in refused.headers) == (503, True)
    held[0].close()
    async with asyncio.timeout(SOON_S):
        while True:
            async with listening(claire) as response:
                if response.status == 200:
                    break
            await asyncio.sleep(0.1)
    for response in held:
        response.close()


async def test_only_who_asks_for_a_stream_gets_one(site: Site):
    claire = await site.enter(await site.member("claire"))
    assert (await claire.get("/queue/events")).status == 400


async def test_the_process_does_not_wait_for_its_streams_to_end(sqlite_url, keys, catalog, receipts, everything_said):
    async with asyncio.timeout(SOON_S), ClientSession() as browser:
        async with opened(sqlite_url, keys, catalog, receipts, everything_said) as site:
            claire = await site.enter(await site.member("claire"))
            cookies = {cookie.key: cookie.value for cookie in claire.session.cookie_jar}
            response = await browser.get(f"{site.origin}/queue/events", headers=STREAM, cookies=cookies)
            await heard(response, ": here")
        assert b"event" not in await response.content.read()


async def signs_out(here: Site, claire: Opened, visitor: Visitor) -> None:
    await visitor.post("/sign-out")


async def ends_it_from_elsewhere(here: Site, claire: Opened, visitor: Visitor) -> None:
    await (await here.enter(claire)).post("/account/sessions/end")


async def is_taken_out(here: Site, claire: Opened, visitor: Visitor) -> None:
    await (await here.enter(await here.member("nadia", "supervisor"))).post(
        f"/people/{claire.member.id}/remove", sure="yes"
    )


async def gets_another_factor(here: Site, claire: Opened, visitor: Visitor) -> None:
    nadia = await here.enter(await here.member("nadia", "supervisor"))
    await nadia.post(f"/people/{claire.member.id}/factor", sure="yes")


@pytest.mark.parametrize("ends", [signs_out, ends_it_from_elsewhere, is_taken_out, gets_another_factor])
async def test_a_page_left_open_in_another_process_closes_when_its_session_ends_and_not_at_the_next_beat(
    sites: list[Site], monkeypatch: pytest.MonkeyPatch, ends: Callable[[Site, Opened, Visitor], Awaitable[None]]
):
    here, there = sites
    await here.member("first")
    claire = await here.member("claire")
    visitor = await here.enter(claire)
    monkeypatch.setattr(live, "BEAT_S", 10 * SOON_S)
    response = await there.visitor().session.get(
        f"{there.origin}/queue/events",
        headers=STREAM,
        cookies={cookie.key: cookie.value for cookie in visitor.session.cookie_jar},
    )
    async with response:
        await heard(response, "retry: 3000")
        await ends(here, claire, visitor)
        await heard(response, "event: over")
