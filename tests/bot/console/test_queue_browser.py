"""Two people at the queue in two real browsers: a race, a list that refreshes, all by keyboard; axe finds nothing."""

from collections.abc import AsyncIterator

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from bot.console import live
from bot.turns import Content
from locales.catalog import Catalog
from services import audit
from tests.bot.console.conftest import NOW, Site
from tests.bot.console.test_browser import SIZES, fill_the_queue, look
from tests.bot.console.test_fitting import entered

HOUR = 3600


@pytest.fixture
def catalog(everything_said: Content) -> Catalog:
    """The real words: French ones are longer."""
    return everything_said.catalog


@pytest.fixture
async def pair(site: Site, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Page, Page]]:
    """Claire, a supervisor, and paul, each with a browser of their own."""
    monkeypatch.setattr(live, "LOOK_S", 0.2)
    people = [await site.member("claire", "supervisor"), await site.member("paul")]
    heard: list[str] = []
    pages = [await entered(site, browser, who, *SIZES["wide"]) for who in people]
    for page in pages:
        page.on("console", lambda message: heard.append(message.text))
    yield pages[0], pages[1]
    assert [line for line in heard if "409" not in line] == []  # who comes second to a claim is told with that status
    for page in pages:
        await page.context.close()


async def focus(page: Page) -> str:
    """The row that has the focus."""
    return str(await page.evaluate("document.activeElement.closest('[data-row]')?.dataset.row ?? ''"))


async def test_of_two_one_claims_and_the_others_list_refreshes(site: Site, pair: tuple[Page, Page]):
    claire, paul = pair
    first, second = await site.submit(urgency="immediate"), await site.submit(urgency="soon")
    for page in pair:
        await page.goto(f"{site.origin}/queue?lang=en")
        await expect(page.locator("[data-row]")).to_have_count(2)
    # by keyboard: past the filters, into the list, down, up, and claimed with one key
    await claire.locator(f"[data-row='{first}'] a").focus()
    await claire.keyboard.press("j")
    assert await focus(claire) == second
    await claire.keyboard.press("ArrowUp")
    assert await focus(claire) == first
    await claire.keyboard.press("c")
    await expect(claire.get_by_text("The request is yours.")).to_be_visible()
    # paul's list, untouched, has lost it, and says so
    await expect(paul.locator("[data-row]")).to_have_count(1)
    await expect(paul.locator("#said")).to_have_text("The list has changed: 0 new, 1 gone.")
    # with the focus in it, the list stays as it is until he asks
    await paul.locator(f"[data-row='{second}'] a").focus()
    third = await site.submit(urgency="immediate")
    async with site.database.begin() as tx:
        await audit.record(tx, NOW, "person", "submitted", third)
    await expect(paul.get_by_text("The list has changed.", exact=True)).to_be_visible()
    assert await paul.locator("[data-row]").count() == 1
    await paul.get_by_role("button", name="Show the new list").press("Enter")
    await expect(paul.locator("[data-row]")).to_have_count(2)
    # a race: both look at the same request, the second is told
    await claire.goto(f"{site.origin}/requests/{third}")
    await paul.goto(f"{site.origin}/requests/{third}")
    await claire.get_by_role("button", name="Claim").press("Enter")
    await expect(claire.get_by_text("The request is yours.")).to_be_visible()
    await expect(paul.get_by_text("Something happened here since you opened the page.")).to_be_visible()
    await paul.get_by_role("button", name="Claim").press("Enter")
    await expect(paul.get_by_text("Somebody else has claimed this request")).to_be_visible()
    assert (await site.referral(third)).claimant == "claire"


async def test_the_board_changes_by_itself(site: Site, pair: tuple[Page, Page]):
    claire, paul = pair
    referral = await site.submit(urgency="immediate")
    await claire.goto(f"{site.origin}/board?lang=en")
    number = claire.locator(".first strong")
    await expect(number).to_have_text("0")
    site.clock.now = NOW + 10 * 60
    await expect(claire.locator(".counts li").nth(1)).to_have_text("0 being worked on")
    await paul.goto(f"{site.origin}/requests/{referral}?lang=en")
    await paul.get_by_role("button", name="Claim").press("Enter")
    await expect(claire.locator(".counts li").nth(1)).to_have_text("1 being worked on")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", SIZES)
async def test_every_page_of_the_desk_fits_and_axe_finds_nothing(
    site: Site, browser: Browser, size: str, language: str
):
    claire = await site.member("claire", "supervisor")
    await fill_the_queue(site)
    site.clock.now = NOW + 3 * HOUR
    page = await entered(site, browser, claire, *SIZES[size])
    for name in ("queue", "queue?urgency=immediate", "queue?show=late", "board", "queue/keyboard", "account/desk"):
        mark = "&" if "?" in name else "?"
        await page.goto(f"{site.origin}/{name}{mark}lang={language}")
        await look(page, f"{name.replace('/', '-').replace('?', '-')}-{language}-{size}")
        found = (await Axe().run(page)).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], name
    await page.context.close()
