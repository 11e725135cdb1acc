"""Codes in the console: issued and shown once, listed with the names for who holds the key, renewed, revoked."""

import re

import pytest
from playwright.async_api import Browser

from bot.console.visit import SESSION
from services.people import console_sessions
from services.tools import organisations
from services.tools.codes import parse
from services.tools.organisations import VALID_S
from tests.bot.console.conftest import Site, Visitor

NAME = "Maison du Quokka, Valence"
SHOWN = re.compile(r"P(?: \d{3}){7}")


async def issued(visitor: Visitor, name: str = NAME, kind: str = "housing") -> str:
    await visitor.get("/codes")
    return (await visitor.post("/codes/issue", name=name, kind=kind)).text


async def test_a_code_is_shown_once_and_opens(site: Site):
    claire = await site.enter(await site.member("claire"))
    page = await issued(claire)
    shown = SHOWN.search(page)
    assert shown
    assert f"Code for {NAME}" in page
    code = parse(shown[0])
    async with site.database.read() as tx:
        assert await organisations.find(tx, site.keys, code, site.clock())  # type: ignore[arg-type]
    again = (await claire.get("/codes")).text
    assert not SHOWN.search(again)
    assert NAME in again
    assert "valid" in again
    assert "no-store" in (await claire.get("/codes")).headers["Cache-Control"]


async def test_revoking_asks_first_and_then_holds(site: Site):
    claire = await site.enter(await site.member("claire"))
    code = parse(SHOWN.search(await issued(claire))[0])  # type: ignore[index]
    await claire.get("/codes")
    asked = await claire.post("/codes/1/revoke")
    assert "Revoke code 1?" in asked.text
    done = await claire.post("/codes/1/revoke", sure="yes")
    assert "Revoked. It opens nothing any more" in done.text
    async with site.database.read() as tx:
        assert await organisations.find(tx, site.keys, code, site.clock()) is None  # type: ignore[arg-type]
    refused = await claire.post("/codes/1/renew")
    assert refused.status == 409


async def test_an_expired_code_is_renewed_from_the_list(site: Site):
    claire = await site.member("claire")
    visitor = await site.enter(claire)
    await issued(visitor)
    site.clock.now += VALID_S + 1
    visitor = await site.enter(claire)
    assert "expired" in (await visitor.get("/codes")).text
    done = await visitor.post("/codes/1/renew")
    assert "good for another year" in done.text
    assert "expired" not in done.text


async def test_what_was_typed_stays_when_it_is_refused(site: Site):
    claire = await site.enter(await site.member("claire"))
    await claire.get("/codes")
    page = await claire.post("/codes/issue", name=NAME, kind="")
    assert page.status == 400
    assert "Choose the kind of organisation." in page.text
    assert f'value="{NAME}"' in page.text
    assert not SHOWN.search(page.text)


@pytest.mark.parametrize("number", ["0", "99", "x", "9" * 30])
async def test_a_code_that_is_not_there(site: Site, number: str):
    claire = await site.enter(await site.member("claire"))
    await claire.get("/codes")
    assert (await claire.post(f"/codes/{number}/revoke", sure="yes")).status == 404


async def test_who_holds_no_key_manages_codes_without_reading_names(site: Site):
    await issued(await site.enter(await site.member("claire")))
    paul = await site.enter(await site.member("paul"))
    page = (await paul.get("/codes")).text
    assert NAME not in page
    assert "sealed" in page
    assert "Revoked" in (await paul.post("/codes/1/revoke", sure="yes")).text


async def test_who_did_what_names_the_code_by_its_number(site: Site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    await issued(nadia)
    await nadia.post("/codes/1/renew")
    await nadia.post("/codes/1/revoke", sure="yes")
    acts = (await nadia.get("/audit")).text
    for act in ("issued a professional code: n° 1", "renewed a professional code", "revoked a professional code"):
        assert act in acts
    assert "Quokka" not in acts


async def test_the_slip_is_printed_alone(site: Site, browser: Browser):
    claire = await site.member("claire")
    await issued(await site.enter(claire), "Les Ornithorynques")
    async with site.database.begin() as tx:
        cookie = await console_sessions.start(tx, claire, site.clock())
    context = await browser.new_context(viewport={"width": 360, "height": 740})
    host = site.origin.partition("//")[2].partition(":")[0]
    await context.add_cookies([{"name": SESSION, "value": cookie, "domain": host, "path": "/console"}])
    page = await context.new_page()
    await page.goto(f"{site.origin}/codes")
    await page.fill("#name", NAME)
    await page.select_option("#kind", "housing")
    await page.click("section button:has-text('Issue a code')")
    await page.wait_for_selector(".slip")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    await page.emulate_media(media="print")
    seen = await page.evaluate("document.body.innerText")
    assert SHOWN.search(seen)
    assert "Ornithorynques" not in seen
    assert "Issue a code" not in seen
    assert "Sign out" not in seen
    await context.close()
