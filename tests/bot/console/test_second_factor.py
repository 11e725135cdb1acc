"""The second factor and the lock at the console, as somebody at a desk meets them."""

import re

import pytest

from bot.console.visit import SESSION
from services.people import access, second_factor
from services.people.second_factor import STEP_S
from tests.bot.console.conftest import APPS, PASSWORD, Site

OTHER = "nine quiet lamps at dawn"


async def test_the_first_sign_in_sets_it_up_and_the_next_asks_for_it(site: Site):
    await site.member("claire")
    visitor = site.visitor()
    await visitor.get("/sign-in")
    page = await visitor.post("/sign-in", name="claire", password=PASSWORD)
    assert page.path == "/console/second-factor"
    assert "<svg" in page.text
    assert "style=" not in page.text
    APPS[site.origin].learn("claire", page.text)
    page = await visitor.post("/second-factor", code="000000")
    assert (page.status, "This code is not right" in page.text) == (403, True)
    page = await visitor.post("/second-factor", code=APPS[site.origin].code("claire"))
    paper = re.findall(r'<li class="code">(.*?)</li>', page.text)
    assert len(paper) == 10
    assert (await visitor.get("/")).path == "/console/queue"
    other = site.visitor()
    await other.get("/sign-in")
    page = await other.post("/sign-in", name="claire", password=PASSWORD)
    assert ("<svg" in page.text, "A code from your app" in page.text) == (False, True)
    assert paper[0] not in page.text
    assert (await other.post("/second-factor", code=paper[0])).path == "/console/queue"


async def test_a_code_seen_over_a_shoulder_is_worth_nothing(site: Site):
    await site.member("claire")
    visitor, other = site.visitor(), site.visitor()
    await visitor.sign_in("claire")
    code = APPS[site.origin].code("claire")
    for browser in (visitor, other):
        await browser.get("/sign-in")
        await browser.post("/sign-in", name="claire", password=PASSWORD)
    assert (await visitor.post("/second-factor", code=code)).path == "/console/queue"
    assert (await other.post("/second-factor", code=code)).status == 403


async def test_a_stolen_password_does_not_get_past_the_second_factor_by_the_door_of_the_lock(site: Site):
    await site.member("claire")
    await site.visitor().sign_in("claire")
    thief = site.visitor()
    await thief.get("/sign-in")
    await thief.post("/sign-in", name="claire", password=PASSWORD)
    assert (await thief.get("/locked")).path == "/console/second-factor"
    page = await thief.post("/locked", back="/console/queue", password=PASSWORD)
    assert page.path == "/console/second-factor"
    assert (await thief.get("/queue")).path == "/console/second-factor"


async def test_a_locked_session_opens_with_no_code_but_the_password(site: Site):
    claire = site.visitor()
    await site.member("claire")
    await claire.sign_in("claire")
    site.clock.now += 15 * 60
    await claire.get("/queue")
    page = await claire.post("/second-factor", code=APPS[site.origin].code("claire"))
    assert page.path == "/console/locked"
    assert (await claire.get("/queue")).path == "/console/locked"


async def test_nobody_who_knew_the_password_first_has_seen_the_secret_that_its_owner_confirms(site: Site):
    await site.member("claire")
    thief, claire = site.visitor(), site.visitor()
    for browser in (thief, claire):
        await browser.get("/sign-in")
        await browser.post("/sign-in", name="claire", password=PASSWORD)
    APPS[site.origin].learn("claire", thief.page.text)
    stolen = APPS[site.origin].code("claire")
    assert (await thief.get("/second-factor")).path == "/console/sign-in"
    assert (await claire.post("/second-factor", code=stolen)).status == 403
    assert (await claire.prove("claire", await claire.get("/second-factor"))).path == "/console/queue"


async def test_ten_minutes_after_the_password_one_begins_again(site: Site):
    await site.member("claire")
    visitor = site.visitor()
    await visitor.get("/sign-in")
    page = await visitor.post("/sign-in", name="claire", password=PASSWORD)
    APPS[site.origin].learn("claire", page.text)
    site.clock.now += 600
    assert (await visitor.post("/second-factor", code=APPS[site.origin].code("claire"))).status == 403
    assert (await visitor.get("/second-factor")).path == "/console/sign-in"


async def test_a_quarter_of_an_hour_later_the_password_opens_the_page_where_one_was(site: Site):
    claire = await site.enter(await site.member("claire"))
    referral = await site.submit(note="she likes to sing", callback="the desk")
    await claire.get(f"/requests/{referral}")
    await claire.post(f"/requests/{referral}/claim")
    old = cookie(claire)
    site.clock.now += 15 * 60
    page = await claire.get(f"/requests/{referral}?lang=en")
    assert page.path == "/console/locked"
    assert "likes to sing" not in page.text
    assert (await claire.post("/locked", back=page.field("back"), password="wrong")).status == 403
    page = await claire.post("/locked", back=page.field("back"), password=PASSWORD)
    assert page.path == f"/console/requests/{referral}"
    late = site.visitor()
    late.session.cookie_jar.update_cookies({SESSION: old})
    assert (await late.get("/queue")).path == "/console/sign-in"
    assert "likes to sing" in (await claire.post(f"/requests/{referral}/open", purpose="evaluate")).text
    site.clock.now += 8 * 3600 - 20 * 60
    await claire.get("/queue")
    assert (await claire.get("/account")).path == "/console/locked"
    site.clock.now += 10 * 60
    assert (await claire.get("/account")).path == "/console/sign-in"


async def test_what_was_written_when_the_lock_fell_is_shown_and_not_sent(site: Site):
    claire = await site.enter(await site.member("claire"))
    referral = await site.submit(note="a note", callback="the desk")
    await claire.post(f"/requests/{referral}/claim")
    site.clock.now += 15 * 60
    page = await claire.post(f"/requests/{referral}/answer", text="typed with care")
    assert (page.status, "typed with care" in page.text) == (403, True)
    assert page.field("back") == f"/console/requests/{referral}"
    assert (await site.referral(referral)).last_message == 0


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example/console/", "/elsewhere", "/console/\n", ""])
async def test_the_lock_leads_nowhere_else(site: Site, back: str):
    visitor = await site.wait(await site.member("claire"), "locked")
    await visitor.get("/locked")
    page = await visitor.post("/locked", follow=False, back=back, password=PASSWORD)
    assert (page.status, page.headers["Location"]) == (303, "/console/")


async def test_sessions_are_listed_and_ended_one_or_all(site: Site):
    opened = await site.member("claire")
    here, there, elsewhere = [await site.enter(opened) for _ in range(3)]
    page = await here.get("/account")
    ends = re.findall(r'action="/console(/account/sessions/\w{64}/end)"', page.text)
    assert len(ends) == 2
    await here.post(ends[0])
    assert [(await one.get("/account")).path for one in (here, there, elsewhere)].count("/console/sign-in") == 1
    await here.get("/account")
    await here.post("/account/sessions/end")
    assert [(await one.get("/account")).path for one in (there, elsewhere)] == ["/console/sign-in"] * 2
    assert (await here.get("/account")).path == "/console/account"


async def test_nobody_ends_a_session_of_somebody_else(site: Site):
    claire, paul = await site.enter(await site.member("claire")), await site.enter(await site.member("paul"))
    elsewhere = await site.enter(await site.member("zoe"))
    page = await claire.get("/account")
    assert "/end" not in page.text
    for name in ("ab" * 32, "x", "é" * 64):
        assert (await paul.post(f"/account/sessions/{name}/end")).status == 200
    assert [(await one.get("/account")).path for one in (claire, elsewhere)] == ["/console/account"] * 2


async def test_another_password_opens_the_same_key_and_ends_the_other_sessions(site: Site):
    opened = await site.member("claire")
    here, there = await site.enter(opened), await site.enter(opened)
    wrong = (
        ({"current": "not this one at all", "password": OTHER, "again": OTHER}, "The password is not right"),
        ({"current": PASSWORD, "password": OTHER, "again": OTHER + "x"}, "not the same"),
        ({"current": PASSWORD, "password": "claire1claire", "again": "claire1claire"}, "too easy to guess"),
    )
    for fields, why in wrong:
        assert why in (await here.post("/account/password", True, None, **fields)).text
    page = await here.post("/account/password", current=PASSWORD, password=OTHER, again=OTHER)
    assert "Your password is changed" in page.text
    assert (await there.get("/account")).path == "/console/sign-in"
    assert (await site.visitor().sign_in("claire")).status == 403
    assert (await site.visitor().sign_in("claire", OTHER)).path == "/console/queue"
    from services.people import signing_in

    again = await signing_in.sign_in(site.database, site.keys, "claire", OTHER, site.clock())
    assert again
    assert again.private_key == opened.private_key


async def test_a_lost_phone_gets_a_link_that_needs_the_password_too(site: Site):
    nadia = await site.enter(await site.member("nadia", "administrator"))
    claire = await site.member("claire")
    visitor = site.visitor()
    await visitor.sign_in("claire")
    page = await nadia.post(f"/people/{claire.member.id}/factor")
    assert "Make sure that it is claire" in page.text
    page = await nadia.post(f"/people/{claire.member.id}/factor", sure="yes")
    (link,) = re.findall(r'<p class="code">.*?/console(/link/[\w-]+)</p>', page.text)
    assert (await visitor.get("/queue")).path == "/console/sign-in"
    page = await visitor.sign_in("claire")
    assert (page.status, "Sign in behind the link" in page.text) == (403, True)
    token = (await visitor.get(link)).field("link")
    page = await visitor.post("/sign-in", name="claire", password=PASSWORD, link=token)
    assert "<svg" in page.text
    assert (await visitor.prove("claire", page)).path == "/console/queue"
    assert (await visitor.get(link)).status == 404


async def test_new_codes_for_paper_need_the_app(site: Site):
    await site.member("claire")
    visitor = site.visitor()
    await visitor.sign_in("claire")
    page = await visitor.get("/account")
    assert "Codes left on your paper: 10 of 10." in page.text
    assert (await visitor.post("/account/paper", code="000000")).status == 403
    page = await visitor.post("/account/paper", code=APPS[site.origin].code("claire"))
    assert len(re.findall(r'<li class="code">', page.text)) == 10


async def test_wrong_codes_are_bounded(site: Site, monkeypatch):
    monkeypatch.setattr("bot.console.proving.WRONG_S", 0)
    await site.member("claire")
    await site.visitor().sign_in("claire")
    stranger = site.visitor()
    await stranger.get("/sign-in")
    await stranger.post("/sign-in", name="claire", password=PASSWORD)
    statuses = [(await stranger.post("/second-factor", code="000000")).status for _ in range(12)]
    assert statuses == [403] * second_factor.MOST_WRONG + [429] * 2
    assert (await stranger.post("/second-factor", code=APPS[site.origin].code("claire"))).status == 429
    site.clock.now += 15 * 60 + STEP_S
    assert (await site.visitor().sign_in("claire")).path == "/console/queue"


async def test_access_is_in_place_after_the_lock(site: Site):
    boss, paul = await site.member("nadia", "supervisor"), await site.member("paul")
    visitor = await site.enter(paul)
    async with site.database.begin() as tx:
        await access.grant(tx, boss, paul.member.id, site.clock())
    site.clock.now += 15 * 60
    page = await visitor.get("/account")
    page = await visitor.post("/locked", back=page.field("back"), password=PASSWORD)
    assert re.search(r"Access to what is sealed</dt><dd>yes", page.text)


def cookie(visitor) -> str:
    return str([one.value for one in visitor.session.cookie_jar if one.key == SESSION][-1])
