"""Tokens of the network's programs in the console: issued and shown once, with what they may do, revoked at once."""

import re
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from services.tools import api_tokens
from tests.bot.console.conftest import Site, Visitor
from tests.bot.console.test_browser import SIZES, look, sign_in

NAME = "Accueil du Quokka, Valence"
SHOWN = re.compile(r"passerelle_[\w-]{43}")
WANTED = {"name": NAME, "referral:create": "yes", "days": "90"}


async def issued(visitor: Visitor, **changed: str) -> str:
    await visitor.get("/tokens")
    form: dict[str, Any] = WANTED | changed
    return (await visitor.post("/tokens/issue", **form)).text


async def test_a_token_is_shown_once_lets_in_and_is_revoked_once_it_is_sure(site: Site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    shown = SHOWN.search(await issued(nadia))
    assert shown
    async with site.database.read() as tx:
        bearer = await api_tokens.find(tx, site.keys, shown[0], site.clock())
    assert bearer is not None
    assert bearer.scopes == {"referral:create"}
    listed = (await nadia.get("/tokens")).text
    assert not SHOWN.search(listed)
    assert NAME in listed
    assert "Hand in requests, sealed by the program" in listed
    assert "Revoke token 1?" in (await nadia.post("/tokens/1/revoke")).text
    assert "It lets nobody in any more." in (await nadia.post("/tokens/1/revoke", sure="yes")).text
    async with site.database.read() as tx:
        assert await api_tokens.find(tx, site.keys, shown[0], site.clock()) is None
    assert (await nadia.post("/tokens/1/revoke", sure="yes")).status == 409


async def test_who_administers_sees_that_there_are_tokens_and_not_whose(site: Site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    await issued(nadia)
    other = await site.enter(await site.member("alma", "administrator"))
    listed = (await other.get("/tokens")).text
    assert NAME not in listed
    assert "sealed" in listed
    assert "It lets nobody in any more." in (await other.post("/tokens/1/revoke", sure="yes")).text


async def test_what_was_typed_stays_when_it_is_refused(site: Site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    page = await issued(nadia, **{"referral:create": "", "days": "7000"})
    assert "Choose what the program may do, and for how long." in page
    assert f'value="{NAME}"' in page


@pytest.mark.parametrize("size", SIZES)
async def test_a_token_is_issued_by_keyboard_on_any_screen(site: Site, browser: Browser, size: str):
    await site.member("nadia", "supervisor")
    width, height = SIZES[size]
    context = await browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=True)
    page = await context.new_page()
    await sign_in(page, site.origin, "nadia")
    await page.goto(f"{site.origin}/tokens")
    await look(page, f"tokens-empty-{size}")
    await page.get_by_label("Program", exact=True).focus()
    for key in (*NAME, "Tab", "Space", "Tab", "Space"):
        await page.keyboard.press(key)
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    assert await page.get_by_text(SHOWN).count() == 1
    await look(page, f"tokens-{size}")
    found = (await Axe().run(page)).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    await context.close()
