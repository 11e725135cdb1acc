"""The console's door: cookies, tokens, headers, bad input."""

import asyncio
import hashlib
import logging
import re

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.console.routes import ROUTES, console
from locales.languages import listed, of_console
from services.people import invitations, passwords, tries
from tests.bot.console.conftest import APPS, PASSWORD, Clock, Site
from tests.bot.console.test_doors import address


async def test_every_form_needs_its_token(site: Site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    referral = await site.submit()
    stranger = site.visitor()
    await stranger.get("/sign-in")
    for route in ROUTES:
        if route.method == "GET" or route.need == "waiting":
            continue
        path = address(route.path, referral, 1)
        for token in ("", "x" * 43, "é", stranger.page.csrf):
            page = await nadia.post(path, csrf=token, text="typed with care")
            assert page.status == 403, (route, token)
            assert "This page was too old" in page.text
            assert "typed with care" in page.text
    assert (await nadia.get("/account")).status == 200
    assert (await site.referral(referral)).state == "acknowledged"


async def test_a_form_from_another_site_is_refused_even_with_its_token(site: Site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    referral = await site.submit()
    body = f"csrf={nadia.page.csrf}".encode()
    form = "application/x-www-form-urlencoded"
    headers = {"Sec-Fetch-Site": "cross-site"}
    page = await nadia.raw(f"/requests/{referral}/claim", body, form, **headers)
    assert page.status == 403
    assert (await site.referral(referral)).state == "acknowledged"


async def test_every_answer_carries_the_headers(site: Site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    for path in ("/queue", "/people", "/audit", "/nothing", "/requests/nothing", "/sign-in", "/queue?show=x"):
        headers = (await nadia.get(path, follow=False)).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"
        assert "payment=()" in headers["Permissions-Policy"]
        assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    for file, word in (("/desk.js", "EventSource"), ("/style.css", "--accent")):
        assert word in (await nadia.get(file)).text
        assert "immutable" in (await nadia.get(file)).headers["Cache-Control"]
    style = await nadia.get("/style.css")
    assert style.status == 200
    assert "--accent" in style.text
    assert "immutable" in style.headers["Cache-Control"]


async def test_it_is_read_in_every_language_that_the_list_gives_to_the_console(site: Site):
    offered = of_console()
    assert set(offered) < set(listed())
    for code in offered:
        page = await site.visitor().get(f"/sign-in?lang={code}")
        assert f'<html lang="{code}">' in page.text
        others = [f'hreflang="{other}">{its_name}</a>' for other, its_name in offered.items() if other != code]
        assert [link for link in others if link not in page.text] == []
        assert page.text.count("hreflang=") == len(others)
    for code in listed().keys() - offered.keys():
        page = await site.visitor().get(f"/sign-in?lang={code}")
        assert '<html lang="en">' in page.text


async def test_a_page_is_read_while_somebody_else_writes(site: Site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    async with site.database.begin(), asyncio.timeout(5):
        assert (await nadia.get("/queue")).status == 200
    site.clock.now += 14 * 60
    assert (await nadia.get("/queue")).status == 200
    site.clock.now += 14 * 60
    assert (await nadia.get("/queue")).path == "/console/queue"


OUR_SCRIPT = re.compile(r'<script src="/console/desk\.js\?v=[0-9a-f]{12}" defer></script>')


async def test_no_page_holds_a_script_of_its_own_or_an_inline_style(site: Site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    referral = await site.submit()
    await nadia.post(f"/requests/{referral}/claim")
    for path in ("/queue", f"/requests/{referral}", "/people", "/audit", "/account", "/nothing"):
        text = OUR_SCRIPT.sub("", (await nadia.get(path)).text)
        for banned in ("<script", "style=", "<style", "javascript:", "onclick", "http://", "https://"):
            assert banned not in text, (path, banned)
        assert '<html lang="' in text


async def test_the_cookies_are_out_of_reach(site: Site):
    await site.member("claire")
    visitor = site.visitor()
    await visitor.get("/sign-in")
    page = await visitor.post("/sign-in", follow=False, name="claire", password=PASSWORD)
    assert page.headers["Set-Cookie"].startswith("passerelle-desk=")
    APPS[site.origin].learn("claire", (await visitor.get("/second-factor")).text)
    page = await visitor.post("/second-factor", follow=False, code=APPS[site.origin].code("claire"))
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("passerelle-desk=")
    for attribute in ("HttpOnly", "SameSite=Strict", "Path=/console"):
        assert attribute in cookie
    assert "Max-Age" not in cookie.partition("passerelle-browser=")[0]
    page = await visitor.get("/account")
    page = await visitor.post("/sign-out", follow=False)
    assert page.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Max-Age=0" in page.headers["Set-Cookie"]
    assert "passerelle-browser" not in page.headers["Set-Cookie"]


async def test_over_https_the_cookies_belong_to_the_host(site: Site, keys, catalog):
    await site.member("claire")
    application = web.Application()
    application.add_subapp("/console", console(site.database, keys, catalog, Clock(), site.edited, https=True))
    server = TestServer(application, host="127.0.0.1")
    await server.start_server()
    async with ClientSession() as client, client.get(server.make_url("/console/sign-in")) as response:
        cookie = response.headers["Set-Cookie"]
    await server.close()
    assert cookie.startswith("__Host-passerelle-form=")
    assert "Secure" in cookie
    assert "Path=/;" in cookie + ";"


async def test_signing_in_gives_a_new_session_and_ends_the_old_one(site: Site):
    await site.member("claire")
    visitor = site.visitor()
    await visitor.sign_in("claire")
    old = next(cookie.value for cookie in visitor.session.cookie_jar if cookie.key == "passerelle-desk")
    await visitor.post("/sign-in", name="claire", password=PASSWORD)
    new = next(cookie.value for cookie in visitor.session.cookie_jar if cookie.key == "passerelle-desk")
    assert old != new
    other = site.visitor()
    other.session.cookie_jar.update_cookies({"passerelle-desk": old})
    assert (await other.get("/queue")).path == "/console/sign-in"


async def test_a_wrong_password_says_no_more_than_an_unknown_name(site: Site):
    await site.member("claire")
    visitor = site.visitor()
    pages = [await visitor.sign_in(name, "wrong but long enough") for name in ("claire", "colette")]
    assert [page.status for page in pages] == [403, 403]
    unlike = [page.text.replace(page.csrf, "").replace("claire", "").replace("colette", "") for page in pages]
    assert hashlib.sha256(unlike[0].encode()).digest() == hashlib.sha256(unlike[1].encode()).digest()
    assert "wrong but long enough" not in pages[0].text


async def test_a_stranger_who_fails_under_a_name_locks_nobody_out(site: Site, monkeypatch):
    monkeypatch.setattr(tries, "LONGEST_S", 0)
    await site.member("claire")
    known = site.visitor()
    await known.sign_in("claire")
    await known.post("/sign-out")
    stranger = site.visitor()
    for _ in range(tries.FREE + 3):
        assert (await stranger.sign_in("claire", "wrong")).status == 403
    assert (await site.visitor().sign_in("claire")).path == "/console/queue"
    for _ in range(tries.FREE + 3):
        assert (await stranger.sign_in("claire", "wrong")).status == 403
    monkeypatch.setattr(tries, "pause", never_for_strangers)
    assert (await known.sign_in("claire")).path == "/console/queue"


def never_for_strangers(before: int) -> float:
    assert before == 0, "the browser that signed in before is counted with strangers"
    return 0


async def test_a_line_of_strangers_is_told_to_come_back_and_a_known_browser_is_not(site: Site, monkeypatch):
    await site.member("claire")
    known = site.visitor()
    await known.sign_in("claire")
    await known.post("/sign-out")
    monkeypatch.setattr(passwords.STRANGERS, "_most", 0)
    page = await site.visitor().sign_in("claire")
    assert page.status == 503
    assert page.headers["Retry-After"] == "60"
    assert "Try again in a minute" in page.text
    assert (await known.sign_in("claire")).path == "/console/queue"


async def test_the_first_coordinator_chooses_their_name(site: Site):
    async with site.database.begin() as tx:
        token = await invitations.invite_first(tx, site.clock())
    visitor = site.visitor()
    page = await visitor.get(f"/welcome/{token}")
    assert "readonly" not in page.text
    page = await visitor.post(f"/welcome/{token}", name="x", password=PASSWORD, again=PASSWORD)
    assert (page.status, "A name has 2 to 40" in page.text) == (400, True)
    page = await visitor.post(f"/welcome/{token}", name="Marie-Ève D.", password="aaaaaaaaaaaa", again="aaaaaaaaaaaa")
    assert (page.status, "too easy to guess" in page.text) == (400, True)
    assert 'value="Marie-Ève D."' in page.text
    page = await visitor.post(f"/welcome/{token}", name="Marie-Ève D.", password=PASSWORD, again=PASSWORD)
    assert page.path == "/console/second-factor"
    assert (await visitor.prove("marie-ève d.", page)).path == "/console/queue"


async def test_a_link_begins_with_the_address_that_was_set(site: Site, keys, catalog):
    nadia = await site.member("nadia", "supervisor")
    application = web.Application()
    public = "https://chat.example.org"
    application.add_subapp("/console", console(site.database, keys, catalog, site.clock, site.edited, public=public))
    server = TestServer(application, host="127.0.0.1")
    await server.start_server()
    site.origin = f"http://127.0.0.1:{server.port}/console"
    visitor = await site.enter(nadia)
    await visitor.get("/people")
    page = await visitor.post("/people/invite", name="zoe", role="coordinator")
    await server.close()
    assert f"{public}/console/welcome/" in page.text


async def test_a_link_used_or_wrong_is_said_kindly(site: Site):
    async with site.database.begin() as tx:
        token = await invitations.invite(tx, "claire", "supervisor", site.clock())
    visitor = site.visitor()
    await visitor.get(f"/welcome/{token}")
    for password, again, why in ((PASSWORD, PASSWORD + "x", "not the same"), ("short", "short", "at least 12")):
        page = await visitor.post(f"/welcome/{token}", password=password, again=again)
        assert page.status == 400
        assert why in page.text
        assert password not in page.text or password == "short"
    await visitor.post(f"/welcome/{token}", password=PASSWORD, again=PASSWORD)
    page = await visitor.get(f"/welcome/{token}")
    assert page.status == 404
    assert "used already" in page.text


FORM = "application/x-www-form-urlencoded"
BAD_FORMS = [
    (b"csrf=x&text=%FF%FE", FORM, 400),
    (b"\xff\xfe=1", FORM, 400),
    (b"csrf=x&text=%00", FORM, 400),
    (b"&".join(b"a=1" for _ in range(100)), FORM, 400),
    (b"{}", "application/json", 400),
    (b"", "", 400),
    (b"csrf=x", FORM + "; charset=no-such-thing", 403),
    (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 400),
    (b"text=" + b"x" * 70_000, FORM, 413),
]


@pytest.mark.parametrize(("body", "content_type", "status"), BAD_FORMS, ids=range(len(BAD_FORMS)))
async def test_a_bad_form_gets_a_page(site: Site, body, content_type, status):
    claire = await site.enter(await site.member("claire"))
    page = await claire.raw("/requests/R-AAAA-AAAA/answer", body, content_type)
    assert page.status == status
    assert "<h1>" in page.text
    assert "Traceback" not in page.text


async def test_bad_addresses_get_a_page(site: Site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    for path, status in (
        ("/nothing", 404),
        ("/requests/nothing", 404),
        ("/requests/%00", 404),
        ("/requests/%ED%A0%80", 404),
        ("/requests/" + "x" * 2000, 404),
        ("/welcome/%F0%9F%98%80", 404),
        ("/audit?before=1e9", 400),
        ("/audit?before=-1", 400),
        ("/audit?before=" + "9" * 30, 400),
        ("/audit?before=0", 200),
        ("/audit?before=2", 200),
        ("/queue?show=", 404),
        ("/requests/R-AAAA-AAAA/claim", 405),
    ):
        page = await nadia.get(path)
        assert page.status == status, path
        assert "<h1>" in page.text
    for path in ("/people/x/grant", "/people/99/grant", "/people/" + "9" * 30 + "/remove", "/people/²/remove"):
        assert (await nadia.post(path)).status == 404, path


async def test_the_mount_without_a_slash_leads_in(site: Site):
    visitor = site.visitor()
    assert (await visitor.get("")).path == "/console/sign-in"
    assert (await visitor.get("/")).path == "/console/sign-in"


async def test_a_fault_of_ours_is_a_calm_page_and_a_quiet_log(site: Site, caplog, monkeypatch):
    claire = await site.enter(await site.member("claire"))

    async def fails(*_, **__):
        raise RuntimeError("she likes to sing")

    monkeypatch.setattr("services.referrals.queue.page", fails)
    with caplog.at_level(logging.DEBUG):
        page = await claire.get("/queue")
    assert page.status == 500
    assert "The fault is ours" in page.text
    assert "sing" not in page.text
    assert "she likes" not in caplog.text
    assert "RuntimeError" in caplog.text


async def test_nothing_secret_is_logged(site: Site, caplog):
    with caplog.at_level(logging.DEBUG, logger="bot"):
        async with site.database.begin() as tx:
            token = await invitations.invite(tx, "claire", "supervisor", site.clock())
        visitor = site.visitor()
        await visitor.get(f"/welcome/{token}")
        await visitor.post(f"/welcome/{token}", password=PASSWORD, again=PASSWORD)
        await visitor.sign_in("claire")
        await visitor.sign_in("nobody", "another long password")
    for secret in (token, PASSWORD, "claire", "nobody"):
        assert secret not in caplog.text


async def test_the_language_is_the_browsers_then_the_chosen_one(site: Site):
    visitor = site.visitor()
    for sent, shown in (("en-GB,fr;q=0.5", "en"), ("fr-FR", "fr"), ("de", "fr"), ("", "fr"), ('"<x>', "fr")):
        page = await visitor.get("/sign-in", accept_language=sent)
        assert f'<html lang="{shown}">' in page.text
    assert '<html lang="en">' in (await visitor.get("/sign-in?lang=en")).text
    assert '<html lang="en">' in (await visitor.get("/sign-in", accept_language="fr")).text
    assert '<html lang="en">' in (await visitor.get("/sign-in?lang=xx")).text
    assert '<html lang="en">' in (await visitor.get("/nothing")).text
