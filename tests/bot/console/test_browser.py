"""The console in a real browser: with scripts off, in the dark, on a phone; and the contrast of every colour."""

import os
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page

from services.people import invitations
from tests.bot.console.conftest import APPS, PASSWORD, Site
from tests.services.training_stage import announce, sign_up

SIZES = {"wide": (1280, 900), "phone": (390, 844)}
SHORTEST_TARGET = 44
CONTRAST = 7.0
TOKENS = Path(__file__).parents[3] / "bot" / "style" / "tokens.css"


async def sign_in(page: Page, origin: str, name: str) -> None:
    await page.goto(f"{origin}/sign-in?lang=en")
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("Password").fill(PASSWORD)
    await follow(page, page.get_by_role("button", name="Sign in"))
    await prove(page, origin, name)


async def prove(page: Page, origin: str, name: str) -> None:
    """The second factor, set up where it is not yet."""
    APPS[origin].learn(name, await page.content())
    await page.locator("#code").fill(APPS[origin].code(name))
    await follow(page, page.locator("form[action$='/second-factor'] button"))
    if await page.locator(".codes").count():
        await follow(page, page.locator("main a.button"))
    if page.url.endswith("/keys"):  # who may make the recovery key is led there while there is none
        await page.goto(f"{origin}/queue")


async def follow(page: Page, button: Locator) -> None:
    """Press, and wait for the page it leads to."""
    async with page.expect_navigation():
        await button.click()


async def fill_the_queue(site: Site) -> str:
    await site.submit(
        urgency="soon", safe_until="2027-01-18", languages=("ro", "fr"), department="06", avoid=("13", "83")
    )
    await site.submit(urgency="normal", referrer="self", age_group="unknown", languages=("ar",))
    await site.submit(urgency="immediate", age_group="minor", languages=("fr",), department="75")
    return await site.submit(
        note="Afraid of being found in the south.\nSleeps little.",
        callback="Ask for the duty social worker of the evening team.",
        urgency="immediate",
        safe_until="2027-01-16",
        languages=("bin", "en"),
        interpreter="needed",
        department="974",
        avoid=("13", "2A"),
        gender="woman",
        forms=("sexual", "domestic"),
        needs=("treatment", "mobility"),
        pregnancy="yes",
        dependants=("child_0_2",),
        status="asylum",
        complaint="considering",
        wishes=("distance", "care", "french"),
    )


async def test_a_coordinators_day_without_scripts(site: Site, browser: Browser):
    await site.member("claire", "supervisor")
    referral = await fill_the_queue(site)
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await sign_in(page, site.origin, "claire")
    await follow(page, page.get_by_role("button", name=f"Claim request {referral}"))
    await follow(page, page.get_by_role("button", name="Open"))
    assert await page.get_by_text("Sleeps little.").is_visible()
    await page.get_by_label("Your message").fill("We are here.")
    await follow(page, page.get_by_role("button", name="Send the answer"))
    assert await page.get_by_text("Your answer waits behind the receipts.").is_visible()
    await follow(page, page.get_by_role("button", name="Open"))
    assert await page.get_by_text("We are here.").is_visible()
    await page.get_by_label("Declined, with something").check()
    await page.get_by_label("If declined: why").select_option("no_place")
    await page.get_by_label("what fits instead").select_option("local_partner")
    await follow(page, page.get_by_role("button", name="Set the state"))
    assert await page.get_by_text("The state is set.").is_visible()
    await follow(page, page.get_by_role("button", name="Sign out"))
    await page.wait_for_url("**/sign-in")
    await page.goto(f"{site.origin}/queue")
    assert page.url.endswith("/sign-in")
    await context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
async def test_every_page_fits_and_every_target_is_large_enough(site: Site, browser: Browser, scheme, size):
    await site.member("claire", "supervisor")
    paul = await site.member("paul", "coordinator")
    referral = await fill_the_queue(site)
    async with site.database.begin() as tx:
        token = await invitations.invite(tx, "olga", "auditor", site.clock())
    width, height = SIZES[size]
    context = await browser.new_context(color_scheme=scheme, viewport={"width": width, "height": height})
    page = await context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    await page.goto(f"{site.origin}/welcome/{token}?lang=en")
    await look(page, f"welcome-{scheme}-{size}")
    await page.goto(f"{site.origin}/sign-in")
    await look(page, f"sign-in-{scheme}-{size}")
    await page.get_by_label("Name").fill("claire")
    await page.get_by_label("Password").fill(PASSWORD)
    await follow(page, page.get_by_role("button", name="Sign in"))
    await look(page, f"second-factor-{scheme}-{size}")
    await prove(page, site.origin, "claire")
    await look(page, f"queue-{scheme}-{size}")
    await follow(page, page.get_by_role("button", name=f"Claim request {referral}"))
    await look(page, f"claimed-{scheme}-{size}")
    await follow(page, page.get_by_role("button", name="Open"))
    await look(page, f"opened-{scheme}-{size}")
    training = await announce(site.database, paul, at=site.clock())
    await sign_up(site.database, training, at=site.clock())
    await page.goto(f"{site.origin}/trainings/{training}")
    await follow(page, page.get_by_role("button", name="Open the contacts"))
    await look(page, f"contacts-{scheme}-{size}")
    for name in ("people", "audit", "account", "trainings", "trainings/new", f"trainings/{training}/sheet"):
        await page.goto(f"{site.origin}/{name}")
        await look(page, f"{name.replace('/', '-')}-{scheme}-{size}")
    await page.goto(f"{site.origin}/queue?show=held")
    await look(page, f"held-{scheme}-{size}")
    assert faults == []
    await page.goto(f"{site.origin}/nothing")
    await look(page, f"problem-{scheme}-{size}")
    await context.close()


async def look(page: Page, name: str) -> None:
    """No sideways scrolling, no small target, no field without a name; a picture when a folder is given for it."""
    if folder := os.environ.get("PASSERELLE_SCREENS"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, name
    small = await page.evaluate(SMALL_TARGETS, SHORTEST_TARGET)
    assert small == [], name
    assert await page.evaluate(UNNAMED_FIELDS) == [], name


FIELDS = "input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, textarea"
TARGETS = f"button, nav a, .languages a, .option, .button, {FIELDS}"
SMALL_TARGETS = f"""least => [...document.querySelectorAll("{TARGETS}")]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < least - 0.5)
    .map(one => one.outerHTML)"""
UNNAMED_FIELDS = """[...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
    .filter(one => !one.labels.length).map(one => one.outerHTML)"""


async def test_the_keyboard_is_enough_and_its_focus_is_seen(site: Site, browser: Browser):
    page = await browser.new_page()
    await site.member("claire")
    await page.goto(f"{site.origin}/sign-in?lang=en")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.className") == "skip"
    outlines = []
    while await page.evaluate("document.activeElement.id") != "name":
        await page.keyboard.press("Tab")
        outlines.append(await page.evaluate("getComputedStyle(document.activeElement).outlineWidth"))
    assert set(outlines) == {"3px"}
    await page.keyboard.type("claire")
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/second-factor")
    APPS[site.origin].learn("claire", await page.content())
    while await page.evaluate("document.activeElement.id") != "code":
        await page.keyboard.press("Tab")
    await page.keyboard.type(APPS[site.origin].code("claire"))
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".codes")


GROUNDS = {
    "paper": ("ink", "ink-soft", "accent", "accent-strong"),
    "surface": ("ink", "ink-soft", "accent", "accent-strong", "alert"),
    "sunken": ("ink", "ink-soft"),
    "accent-soft": ("ink", "ink-soft", "accent-strong"),
    "alert-soft": ("alert",),
    "caution-soft": ("caution",),
    "accent": ("on-accent",),
    "accent-strong": ("on-accent",),
}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(scheme):
    blocks = re.findall(r":root \{(.*?)\}", TOKENS.read_text(), re.S)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[scheme]))
    for ground, inks in GROUNDS.items():
        for ink in inks:
            assert contrast(colours[ground], colours[ink]) >= CONTRAST, (ground, ink)
    assert contrast(colours["surface"], colours["line-strong"]) >= 3


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
