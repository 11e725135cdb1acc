"""The work on a request in the console: ready answers, notes, the call back, handing over, one person twice."""

import re
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from dialogs import call, letters
from dialogs.letters import Letter
from services.referrals import claims, messages, safe_words
from tests.bot.console.conftest import Site
from tests.bot.console.test_browser import SIZES, follow, look, sign_in

ALIKE: dict[str, Any] = {"department": "69", "languages": ("ro",), "forms": ("labour",)}


async def test_a_ready_answer_reaches_both_and_is_read_by_each_in_their_language(site: Site):
    visitor = await site.enter(await site.member("claire"))
    referral = await site.submit()
    page = await visitor.post(f"/requests/{referral}/claim")
    options = re.findall(r"<option value=\"(\w+)\">([^<]+)</option>", page.text.partition('id="ready"')[2])
    marked = {name for name, text in options if text.endswith(" *")}
    assert marked == set(site.edited.content.library.answers)
    assert page.text.count("A native speaker has read this answer only in") == 1
    page = await visitor.post(
        f"/requests/{referral}/ready-answer", answer="safe", to="", revision=page.field("revision")
    )
    assert "Your answer waits behind the receipts." in page.text
    person = claims.OpenReceipt(referral, "person", "claimed", False, site.receipts[1].keys)
    async with site.database.begin() as tx:
        (sealed,) = await messages.read_for_receipt(tx, person)
        await messages.post_from_holder(tx, referral, "person", letters.stored(Letter("unsafe", "reply")), site.clock())
        wrote = letters.stored(Letter("ana huna", "text", "ar"))
        await messages.post_from_holder(tx, referral, "person", wrote, site.clock())
    assert letters.read(sealed) == Letter("safe", "answer")
    page = await visitor.post(f"/requests/{referral}/open", purpose="answer")
    for told in ("Are you safe now?", "I am not safe any more", "ana huna", "written in Arabic: ask an interpreter"):
        assert told in page.text
    page = await visitor.post(f"/requests/{referral}/ready-answer", answer="nonsense", revision=page.field("revision"))
    assert page.status == 400
    assert "opened what is sealed: To read messages and answer" in page.text


async def test_who_speaks_a_language_without_screens_is_told_to_read_a_ready_answer_in_it(site: Site):
    visitor = await site.enter(await site.member("claire"))
    referral = await site.submit(languages=("fr", "vi"))
    page = await visitor.post(f"/requests/{referral}/claim")
    assert "The person also reads a ready answer in Vietnamese, and replies in it." in page.text
    assert "translated, and not yet read by a native speaker" in page.text
    other = await site.submit(languages=("fr", "wo"))
    assert "also reads a ready answer" not in (await visitor.post(f"/requests/{other}/claim")).text


async def test_the_call_back_has_its_times_and_words_and_is_ticked_before_a_place_is_looked_for(site: Site):
    claire = await site.member("claire")
    visitor = await site.enter(claire)
    referral = await site.submit(age_group="adult", call=call.stored(call.Call(("first_morning", "any"), "needed")))
    async with site.database.begin() as tx:
        words = await safe_words.agree(tx, referral, "professional", site.receipts[0].keys.public, "en")
    page = await visitor.post(f"/requests/{referral}/claim")
    page = await visitor.post(f"/requests/{referral}/open", purpose="call")
    for told in (
        words,
        "Next working day, in the morning: 18 Jan 2027",
        "Any working day",
        "Interpreter for the call: ",
    ):
        assert told in page.text
    page = await visitor.post(f"/requests/{referral}/state", to="evaluation", revision=page.field("revision"))
    page = await visitor.post(f"/requests/{referral}/state", to="searching", revision=page.field("revision"))
    assert (page.status, "First call the professional back" in page.text) == (400, True)
    page = await visitor.post(f"/requests/{referral}/call", revision=page.field("revision"))
    assert page.status == 400
    page = await visitor.post(f"/requests/{referral}/call", checked="yes", revision=page.field("revision"))
    assert "Called back through the organisation’s own switchboard" in page.text
    page = await visitor.post(f"/requests/{referral}/state", to="searching", revision=page.field("revision"))
    assert (page.status, (await site.referral(referral)).state) == (200, "searching")


async def test_a_note_is_kept_for_the_next_and_what_was_typed_is_not_lost(site: Site):
    claire, paul = await site.member("claire"), await site.member("paul")
    visitor = await site.enter(claire)
    referral = await site.submit()
    page = await visitor.post(f"/requests/{referral}/claim")
    page = await visitor.post(f"/requests/{referral}/note", note="an hour's work", revision="old")
    assert (page.status, "an hour&#39;s work</textarea>" in page.text) == (409, True)
    page = await visitor.post(f"/requests/{referral}/note", note="prefers mornings", revision=page.field("revision"))
    assert "Your note is kept" in page.text
    assert "prefers mornings" not in page.text
    to: dict[str, Any] = {"to": str(paul.member.id), "revision": page.field("revision")}
    page = await visitor.post(f"/requests/{referral}/hand-over", why="", **to)
    assert (page.status, "Choose why you hand it over." in page.text) == (400, True)
    page = await visitor.post(f"/requests/{referral}/hand-over", why="end_of_shift", **to)
    assert "The request is handed over." in page.text
    assert "handed the request over: paul, My working time ends" in page.text
    page = await visitor.post(f"/requests/{referral}/note", note="typed too late", revision=to["revision"])
    assert (page.status >= 400, "typed too late</textarea>" in page.text) == (True, True)
    page = await (await site.enter(paul)).post(f"/requests/{referral}/open", purpose="evaluate")
    assert ("prefers mornings" in page.text) is (paul.private_key is not None)


async def test_who_is_under_18_after_all_gets_a_liaison_and_one_person_is_counted_once(site: Site):
    visitor = await site.enter(await site.member("claire"))
    first, second = sorted(
        (await site.submit(**ALIKE), await site.submit(**ALIKE))
    )  # of one second: the older by its id
    page = await visitor.post(f"/requests/{second}/claim")
    assert f"The same person as {first}: count once" in page.text
    page = await visitor.post(f"/requests/{second}/link", other=first, revision=page.field("revision"))
    assert "The two requests count once." in page.text
    page = await visitor.post(f"/requests/{second}/link", revision=page.field("revision"))
    assert "count apart again" in page.text
    page = await visitor.post(f"/requests/{second}/minor", revision=page.field("revision"))
    assert "It is a liaison with child protection from now on." in page.text
    assert (await site.referral(second)).for_a_minor


@pytest.mark.parametrize("size", SIZES)
async def test_the_work_is_done_by_keyboard_on_any_screen(site: Site, browser: Browser, size: str):
    await site.member("claire", "supervisor")
    await site.member("paul")
    await site.submit(**ALIKE)
    referral = await site.submit(note="Sleeps little.", call="first_morning;needed", **ALIKE)
    width, height = SIZES[size]
    context = await browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=True)
    page = await context.new_page()
    await sign_in(page, site.origin, "claire")
    await page.goto(f"{site.origin}/requests/{referral}")
    await follow(page, page.get_by_role("button", name="Claim", exact=True))
    for label, text, button in (
        ("For the coordination alone", "Prefers mornings.", "Keep the note"),
        ("Your message", "We have read it.", "Send the answer"),
    ):
        await page.get_by_label(label).focus()
        await page.keyboard.type(text)
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.innerText") == button
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
    await page.get_by_role("checkbox", name="I called back").focus()
    await page.keyboard.press("Space")
    await follow(page, page.get_by_role("button", name="Note the call back"))
    await follow(page, page.get_by_role("button", name="Open", exact=True))
    assert await page.get_by_text("Prefers mornings.").is_visible()
    await look(page, f"work-{size}")
    found = (await Axe().run(page)).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    await context.close()
