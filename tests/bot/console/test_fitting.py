"""Places that fit on a request's page: reasons, holding one, holding one of them; by keyboard, in two languages."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page
from sqlalchemy import update

from bot.console.visit import SESSION
from services.people import console_sessions
from services.places import holds, partners, places
from services.places.capacity import Details
from services.rights import Opened
from services.tables import Referral
from services.tables.places import PlaceHold
from tests.bot.console.conftest import NOW, Site
from tests.bot.console.test_browser import SIZES, look

FAR = Details(("59",), ("woman",), ("child_0_2",), ("fr", "en"), ("mobility",), 4, short_delay=True)
NEAR = Details(("83",), ("mixed",), languages=("fr",), total=4)
THERE = Details(("06",), ("woman",), languages=("fr",), total=4)


async def put(site: Site, who: Opened, *all_details: Details, label: str = "Maison du Quokka") -> None:
    """A partner with places, two of each free."""
    async with site.database.begin() as tx:
        partner = await partners.add(tx, who.member, label, NOW)
        for details in all_details:
            group = await places.add(tx, site.keys, who.member, partner, details, NOW)
            for _ in range(2):
                await places.count(tx, site.keys, who.member, group, 1, NOW)


async def searching(site: Site, who: Opened, **triage: Any) -> str:
    """A request of hers for which a place is looked for."""
    referral = await site.submit(**({"department": "06", "languages": ("en",), "gender": "woman"} | triage))
    async with site.database.begin() as tx:
        mine = {"state": "searching", "claimed_by": who.member.id, "claimed_at": NOW}
        await tx.execute(update(Referral).where(Referral.id == referral).values(**mine))
    return referral


async def held(site: Site, referral: str) -> holds.Hold | None:
    async with site.database.read() as tx:
        return await holds.of(tx, site.keys, referral)


async def test_the_best_first_with_its_reasons_and_what_is_ruled_out(site: Site):
    claire = await site.member("claire")
    await put(site, claire, THERE, NEAR, FAR)
    page = (await (await site.enter(claire)).get(f"/requests/{await searching(site, claire)}")).text
    best, _, rest = page.partition("83 Var")
    assert "59 Nord" in best
    for reason in ("in another region than the danger", "a shared language: English", "only women live there"):
        assert reason in best
    assert "in the same region as the danger" in rest
    assert "Ruled out: 1" in rest
    assert "in the département where the person is now: 06 Alpes-Maritimes" in rest.partition("Ruled out")[2]
    assert "Maison du Quokka" not in page


async def test_a_place_is_held_prolonged_and_given_back(site: Site):
    claire = await site.member("claire")
    await put(site, claire, FAR)
    visitor, referral = await site.enter(claire), await searching(site, claire, dependants=("child_0_2",))
    assert 'name="persons" value="2"' in (await visitor.get(f"/requests/{referral}")).text
    page = (await visitor.post(f"/requests/{referral}/hold", group="1", persons="2")).text
    assert "The place is held." in page
    assert "Held for this request: 2" in page
    board = (await visitor.get("/places")).text
    assert "held: 2" in board
    assert f"/requests/{referral}" in board
    assert "A place can be held" not in page
    assert "already. Give it back first" in (await visitor.post(f"/requests/{referral}/hold", group="1")).text
    assert "for the whole time once more" in (await visitor.post(f"/requests/{referral}/prolong")).text
    assert "free again for others" in (await visitor.post(f"/requests/{referral}/give-back")).text
    assert await held(site, referral) is None


async def test_a_form_that_was_changed_holds_no_more_places_than_people_come(site: Site):
    claire = await site.member("claire")
    await put(site, claire, FAR)
    visitor, referral = await site.enter(claire), await searching(site, claire, dependants=("child_0_2",))
    await visitor.get(f"/requests/{referral}")
    for many in ("1", "99", "-1", "two", "", "2e0"):
        page = await visitor.post(f"/requests/{referral}/hold", group="1", persons=many)
        assert "Hold a place for each person who comes" in page.text
    assert await held(site, referral) is None


async def test_a_place_that_was_agreed_to_stands_with_what_is_late_once_its_time_is_over(site: Site):
    claire = await site.member("claire")
    await put(site, claire, FAR)
    visitor, referral = await site.enter(claire), await searching(site, claire)
    await visitor.get(f"/requests/{referral}")
    await visitor.post(f"/requests/{referral}/hold", group="1", persons="1")
    async with site.database.begin() as tx:
        await tx.execute(update(Referral).where(Referral.id == referral).values(state="agreed"))
        await tx.execute(update(PlaceHold).values(until=NOW))
    page = (await visitor.get("/queue?show=late")).text
    assert referral in page
    assert "the time of its place is over" in page
    page = (await visitor.get(f"/requests/{referral}")).text
    assert "This time is over" in page
    assert "the place is given back" in page
    await visitor.post(f"/requests/{referral}/prolong")
    assert referral not in (await visitor.get("/queue?show=late")).text


async def test_somebody_was_quicker(site: Site):
    claire = await site.member("claire")
    await put(site, claire, FAR)
    visitor, first, second = await site.enter(claire), await searching(site, claire), await searching(site, claire)
    await visitor.get(f"/requests/{first}")
    await visitor.post(f"/requests/{first}/hold", group="1", persons="2")
    page = (await visitor.post(f"/requests/{second}/hold", group="1", persons="1")).text
    assert "somebody was quicker" in page
    assert "Ruled out: 1" in page
    assert "not enough free places: 1 needed" in page


async def test_offering_without_a_hold_is_refused_in_words(site: Site):
    claire = await site.member("claire")
    visitor, referral = await site.enter(claire), await searching(site, claire)
    page = await visitor.get(f"/requests/{referral}")
    assert "No place on the board fits now." in page.text
    revision = page.field("revision")
    page = await visitor.post(f"/requests/{referral}/state", to="place_offered", revision=revision)
    assert page.status == 409
    assert "No place is held for this request. Hold one first." in page.text


@pytest.mark.parametrize(
    ("triage", "state", "told"),
    [
        ({"age_group": "minor"}, "claimed", ""),
        ({"age_group": "unknown"}, "evaluation", "The age is not known: check it first."),
        ({}, "evaluation", "A place can be held once the state is"),
        ({}, "declined", ""),
    ],
)
async def test_for_whom_no_place_can_be_held(site: Site, triage: dict[str, Any], state: str, told: str):
    claire = await site.member("claire")
    await put(site, claire, FAR)
    visitor, referral = await site.enter(claire), await searching(site, claire, **triage)
    async with site.database.begin() as tx:
        await tx.execute(update(Referral).where(Referral.id == referral).values(state=state))
    page = (await visitor.get(f"/requests/{referral}")).text
    assert ("Places that fit" in page) is bool(told)
    assert told in page
    assert "Hold for 48 h" not in page
    await visitor.post(f"/requests/{referral}/hold", group="1", persons="1")
    assert await held(site, referral) is None


async def test_an_auditor_sees_no_places(site: Site):
    claire = await site.member("claire")
    await put(site, claire, FAR)
    referral = await searching(site, claire)
    page = (await (await site.enter(await site.member("olga", "auditor"))).get(f"/requests/{referral}")).text
    assert "Places that fit" not in page
    assert "59 Nord" not in page


@pytest.mark.parametrize(("size", "language"), [("wide", "en"), ("phone", "fr")])
async def test_from_the_board_to_a_held_place_by_keyboard(site: Site, browser: Browser, size: str, language: str):
    """A coordinator brings places to the board, a partner counts, a place is held; every page without a violation."""
    claire = await site.member("claire")
    paula = await site.member("paula", "partner")
    await put(site, claire, FAR, NEAR, THERE)
    async with site.database.begin() as tx:
        await partners.let_in(tx, claire.member, 1, paula.member.id, NOW)
    referral = await searching(site, claire)
    width, height = SIZES[size]
    page = await entered(site, browser, claire, width, height)
    for name in ("places", "places/new", "places/1/change", f"requests/{referral}"):
        await page.goto(f"{site.origin}/{name}?lang={language}")
        await sound(page, f"{name.replace('/', '-')}-{language}-{size}")
    await press(page, "form[action$='/hold'] button")
    assert await held(site, referral)
    assert await page.locator("#fitting").is_visible()
    await sound(page, f"held-{language}-{size}")
    page = await entered(site, browser, paula, width, height)
    await page.goto(f"{site.origin}/my-places?lang={language}")
    await sound(page, f"own-{language}-{size}")
    await press(page, "form[action$='/2/count'] button[value=more]")
    await press(page, "form[action$='/confirm'] button")
    async with site.database.read() as tx:
        assert [(one.free, one.held) for one in await places.board(tx, site.keys)] == [(2, 1), (3, 0), (2, 0)]


async def entered(site: Site, browser: Browser, who: Opened, width: int, height: int) -> Page:
    """A browser in which somebody is signed in already."""
    async with site.database.begin() as tx:
        cookie = await console_sessions.start(tx, who, site.clock())
    context = await browser.new_context(viewport={"width": width, "height": height})
    host = site.origin.partition("//")[2].partition(":")[0]
    await context.add_cookies([{"name": SESSION, "value": cookie, "domain": host, "path": "/console"}])
    return await context.new_page()


async def press(page: Page, button: str) -> None:
    """Go to a button with the Tab key alone, see its focus, and press Enter."""
    for _ in range(200):
        await page.keyboard.press("Tab")
        if await page.evaluate("wanted => document.activeElement.matches(wanted)", button):
            break
    else:
        raise AssertionError(button)
    assert await page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


async def sound(page: Page, name: str) -> None:
    """It fits, its targets are large, and axe finds nothing wrong."""
    await look(page, name)
    found = (await Axe().run(page)).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], name
