"""Whoever answers a request and types is announced to its readers, and only they; nothing of it is noted anywhere."""

import pytest
from playwright.async_api import Browser

from services import audit
from tests.bot.console.conftest import Site
from tests.bot.console.test_browser import SIZES
from tests.bot.console.test_fitting import entered


async def test_only_who_holds_a_request_is_announced_and_to_whom_they_write(site: Site):
    claire, paul = await site.member("claire"), await site.member("paul")
    holding, other, referral = await site.enter(claire), await site.enter(paul), await site.submit()
    await holding.post(f"/requests/{referral}/writing", to="both")
    assert not site.writing.to(referral, "person"), "nobody holds it"
    await holding.post(f"/requests/{referral}/claim")
    async with site.database.read() as tx:
        noted = len(await audit.of_referral(tx, referral))
    assert (await other.post(f"/requests/{referral}/writing", to="both")).status == 204
    assert not site.writing.to(referral, "person")
    assert (await holding.post(f"/requests/{referral}/writing", to="professional")).status == 204
    assert site.writing.to(referral, "professional")
    assert not site.writing.to(referral, "person")
    await holding.post(f"/requests/{referral}/writing", to="both")
    assert site.writing.to(referral, "person")
    async with site.database.read() as tx:
        assert len(await audit.of_referral(tx, referral)) == noted


@pytest.mark.parametrize("referrer", ["self", "professional"])
async def test_a_key_in_the_answer_is_enough_and_a_look_at_the_page_is_not(site: Site, browser: Browser, referrer: str):
    claire = await site.member("claire")
    referral = await site.submit(referrer=referrer)
    await (await site.enter(claire)).post(f"/requests/{referral}/claim")
    page = await entered(site, browser, claire, *SIZES["wide"])
    await page.goto(f"{site.origin}/requests/{referral}")
    await page.locator("#text").focus()
    assert not site.writing.to(referral, "person")
    async with page.expect_response("**/writing") as answered:
        await page.keyboard.type("W")
    assert (await answered.value).status == 204
    assert site.writing.to(referral, "person")
    assert site.writing.to(referral, "professional") is (referrer == "professional")
    await page.context.close()
