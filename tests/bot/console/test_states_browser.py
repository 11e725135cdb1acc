"""A request through all its states by keyboard, and every page that there is: they fit, and axe finds nothing."""

import pytest
from playwright.async_api import Browser, Page

from bot.console.routes import ROUTES
from bot.turns import Content
from locales.catalog import Catalog
from services import rights
from services.people import invitations
from services.referrals import steps
from services.rights import ROLES, Role
from tests.bot.console.conftest import Site
from tests.bot.console.test_browser import SIZES, fill_the_queue
from tests.bot.console.test_editor import NUMBER
from tests.bot.console.test_fitting import FAR, NEAR, entered, press, put, sound
from tests.services.training_stage import announce, sign_up

SEEN = [("wide", "en"), ("phone", "fr")]
FILES = (".svg", ".csv", ".json", ".ics", "events")
BEFORE = ("bare", "home", "sign_in", "welcome", "factor_link", "factor", "locked")  # before somebody is in


@pytest.fixture
def catalog(everything_said: Content) -> Catalog:
    """The real words: French ones are longer."""
    return everything_said.catalog


async def decide(page: Page, state: str) -> None:
    """Choose a state by the arrow keys' group, and set it."""
    await page.locator(f"input[name=to][value={state}]").focus()
    await page.keyboard.press("Space")
    if await page.locator("input[name=adult]").count() and state == "searching":
        await page.locator("input[name=adult]").focus()
        await page.keyboard.press("Space")
    await press(page, "form[action$='/state'] button")


@pytest.mark.parametrize(("size", "language"), SEEN)
async def test_a_request_from_its_claim_to_its_end_by_keyboard(site: Site, browser: Browser, size: str, language: str):
    claire = await site.member("claire", "supervisor")
    await put(site, claire, FAR, NEAR)
    await fill_the_queue(site)
    referral = await site.submit(note="Sleeps little.", department="06", languages=("en",), gender="woman")
    width, height = SIZES[size]
    page = await entered(site, browser, claire, width, height)

    async def fine(state: str) -> None:
        await sound(page, f"state-{state}-{language}-{size}")

    await page.goto(f"{site.origin}/requests/{referral}?lang={language}")
    await fine("received")
    await press(page, "form[action$='/claim'] button")
    await fine("claimed")
    await decide(page, "evaluation")
    await page.locator("input[name=checked]").focus()
    await page.keyboard.press("Space")
    await press(page, "form[action$='/call'] button")
    await decide(page, "searching")
    await fine("searching")
    await press(page, "form[action$='/hold'] button")
    await fine("held")
    await decide(page, "place_offered")
    await fine("offered")
    async with site.database.begin() as tx:
        await steps.step(tx, referral, "agreed", site.clock(), "person")
    await page.reload()
    await fine("agreed")
    for state in ("arrived", "follow_up", "closed"):
        await decide(page, state)
        await fine(state)
    await decide(page, "reopened")
    await press(page, "form[action$='/claim'] button")
    await page.locator("#reason").select_option("no_place")
    await page.locator("#alternative").select_option("siao")
    await decide(page, "declined")
    await fine("declined")
    await page.context.close()


def addresses(role: Role, referral: str, person: int, training: str) -> list[str]:
    """Every page that the role may open, once."""
    found = []
    for route in ROUTES:
        if route.method != "GET" or route.path.endswith(FILES) or route.name in BEFORE:
            continue
        if route.need != "signed_in" and route.need not in rights.MAY[role]:
            continue
        one = {"requests": referral, "trainings": training, "people": str(person)}.get(route.path.split("/")[1], "1")
        found.append(route.path.replace("{id}", one).replace("{key}", NUMBER).replace("{year}", "2026"))
    return found


@pytest.mark.parametrize(("size", "language"), SEEN)
async def test_every_page_that_there_is_fits_and_axe_finds_nothing(
    site: Site, browser: Browser, size: str, language: str
):
    people = {role: await site.member(role.replace("_", " "), role) for role in ROLES}
    claire = people["supervisor"]
    await put(site, claire, FAR, NEAR)
    referral = await fill_the_queue(site)
    training = await announce(site.database, claire, at=site.clock())
    await sign_up(site.database, training, at=site.clock())
    async with site.database.begin() as tx:
        await invitations.invite(tx, "olga", "auditor", site.clock())
    width, height = SIZES[size]
    seen: set[str] = set()
    for role, member in people.items():
        page = await entered(site, browser, member, width, height)
        for path in addresses(role, referral, member.member.id, training):
            if path in seen and path != "/account":
                continue
            seen.add(path)
            answer = await page.goto(f"{site.origin}{path}?lang={language}")
            assert answer is not None
            assert answer.status in (200, 404), path
            await sound(page, f"page{path.replace('/', '-')}-{role}-{language}-{size}")
        await page.context.close()
    assert len(seen) > 25
