"""The keys at the console: the recovery key on paper, sealing anew, and who may."""

import re

from playwright.async_api import Browser

from services.people import access, recovery
from tests.bot.console.conftest import PASSWORD, Site
from tests.bot.console.test_browser import follow, look, sign_in


async def test_a_recovery_key_counts_once_it_was_typed_from_the_paper(site: Site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    assert "There is no recovery key." in (await nadia.get("/keys")).text
    page = await nadia.post("/keys/paper")
    (paper,) = re.findall(r'id="paper">([\w-]+)<', page.text)
    page = await nadia.get("/keys")
    assert ("There is no recovery key." in page.text, paper in page.text) == (True, False)
    page = await nadia.post("/keys/try", paper=paper.replace(paper[0], "Z" if paper[0] != "Z" else "Y"))
    assert (page.status, "This is not the recovery key" in page.text) == (400, True)
    page = await nadia.post("/keys/try", paper=paper.lower())
    assert "The recovery key counts from now on." in page.text
    assert "There is no recovery key." not in page.text


async def test_the_paper_gives_a_new_supervisor_access(site: Site):
    nadia = await site.member("nadia", "supervisor")
    async with site.database.begin() as tx:
        paper = await recovery.make(tx, nadia, site.clock())
        await recovery.try_out(tx, nadia.member, paper, site.clock())
    await site.member("zoe", "supervisor")
    zoe = site.visitor()
    await zoe.sign_in("zoe")
    assert "You have no access" in (await zoe.get("/keys")).text
    assert (await zoe.post("/keys/paper")).status == 403
    page = await zoe.post("/keys/recover", paper=paper)
    assert "Access is given." in page.text
    await zoe.post("/sign-out")
    await zoe.sign_in("zoe")
    assert re.search(r"Access to what is sealed</dt><dd>yes", (await zoe.get("/account")).text)


async def test_who_leaves_takes_a_key_that_opens_nothing_any_more(site: Site):
    opened = await site.member("nadia", "supervisor")
    paul = await site.member("paul")
    async with site.database.begin() as tx:
        await access.grant(tx, opened, paul.member.id, site.clock())
    referral = await site.submit(note="she likes to sing", callback="the desk")
    nadia = await site.enter(opened)
    await nadia.post(f"/requests/{referral}/claim")
    page = await nadia.post(f"/people/{paul.member.id}/remove", sure="yes")
    assert "seal everything anew" in page.text
    assert "They may have kept it" in (await nadia.get("/keys")).text
    assert "Yes, seal anew" in (await nadia.post("/keys/reseal")).text
    page = await nadia.post("/keys/reseal", sure="yes")
    assert page.path == "/console/locked"
    page = await nadia.post("/locked", back=page.field("back"), password=PASSWORD)
    assert (page.path, "They may have kept it" in page.text) == ("/console/keys", False)
    assert "she likes to sing" in (await nadia.post(f"/requests/{referral}/open", purpose="evaluate")).text


async def test_the_pages_by_keyboard_and_without_a_fault_for_who_hears_them(site: Site, browser: Browser):
    from axe_playwright_python.async_playwright import Axe

    await site.member("claire", "supervisor")
    await site.member("paul", "coordinator")
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    page = await context.new_page()
    axe = Axe()

    async def fine(name: str) -> None:
        await look(page, name)
        found = await axe.run(page)
        assert found.violations_count == 0, found.generate_report()

    await page.goto(f"{site.origin}/sign-in?lang=en")
    await fine("sign-in")
    await page.get_by_label("Name").fill("claire")
    await page.get_by_label("Password").fill(PASSWORD)
    await follow(page, page.get_by_role("button", name="Sign in"))
    await fine("enrol")
    await sign_in(page, site.origin, "claire")
    for name in ("account", "people", "keys"):
        await page.goto(f"{site.origin}/{name}")
        await fine(name)
    await page.get_by_role("button", name="Make the recovery key").focus()
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await fine("recovery")
    paper = await page.locator("#paper").inner_text()
    await page.get_by_role("link", name="I have it on paper").focus()
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await page.get_by_label("The key, as it stands on the paper").focus()
    await page.keyboard.type(paper)
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    assert await page.get_by_text("The recovery key counts from now on.").is_visible()
    await follow(page, page.get_by_role("button", name="Seal everything anew"))
    await fine("reseal")
    await follow(page, page.get_by_role("button", name="Yes, seal anew"))
    await fine("locked")
    await page.keyboard.type(PASSWORD)  # the field has the focus already
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await fine("keys-after")
    await context.close()
