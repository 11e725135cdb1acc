"""Who comes in, who leaves, and what stays behind: the cookie, the way out, and what is never written."""

from http.cookies import Morsel, SimpleCookie

import aiohttp
import pytest
from yarl import URL

from dialogs.engine import IDLE_SECONDS
from tests.bot.channels.webchat.person import Person, fields
from tests.bot.channels.webchat.stage import Stage, stage


def cookie_in(headers: dict[str, str]) -> Morsel[str]:
    return next(iter(SimpleCookie(headers["Set-Cookie"]).values()))


async def with_cookie(on: Stage, value: str, page: str | None = None, **said: str) -> tuple[str, str]:
    """What another browser gets with this cookie: the page, and the cookie it is given, if any."""
    async with aiohttp.ClientSession(headers={"Cookie": f"s={value}", "Accept-Language": "fr"}) as session:
        if page is None:
            asked = session.get(on.url)
        else:
            asked = session.post(on.url, data={**fields(page), **said}, allow_redirects=False)
        async with asked as response:
            return await response.text(), response.cookies["s"].value if "s" in response.cookies else ""


# Coming


async def test_looking_writes_nothing(on: Stage, person: Person):
    await person.open()
    await person.open()
    assert not on.story.heard
    assert not on.story.told
    await person.send(choice="help")
    assert len(on.story.told) == 1


async def test_head_is_answered_as_get_is(on: Stage, person: Person):
    for path, status in (("/", 200), ("/nowhere", 404)):
        async with person.session.head(on.url + path) as response:
            assert response.status == status
            assert not await response.read()
    assert not on.story.heard


async def test_a_link_from_elsewhere_starts_no_second_conversation(on: Stage, person: Person):
    await person.open(**{"Sec-Fetch-Site": "cross-site"})
    assert person.headers["Refresh"] == "0; url=/"
    assert "Set-Cookie" not in person.headers


async def test_a_form_whose_answer_was_lost_begins_one_conversation(on: Stage, person: Person):
    first = await person.open()
    visitor = person.cookie
    for _ in range(2):
        await with_cookie(on, visitor, first, choice="help")
    assert len(on.story.told) == 1
    assert len(on.story.heard) == 1
    _, talking = await with_cookie(on, visitor, first, choice="help")
    await with_cookie(on, talking, first, choice="help")
    assert len(on.story.heard) == 1, "a second tap that already has the new cookie is the same tap"


# The cookie


@pytest.mark.parametrize("value", ["", "A" * 43, "A" * 43 + ".0." + "A" * 43, "../" * 14 + "A", "A" * 4000])
async def test_only_a_cookie_that_we_issued_counts(on: Stage, value: str):
    _, given = await with_cookie(on, value)
    assert given
    assert given != value


async def test_a_cookie_put_into_the_browser_before_does_not_show_what_is_said_after(on: Stage, person: Person):
    planted = (await with_cookie(on, ""))[1]
    person.session.cookie_jar.update_cookies({"s": planted}, response_url=URL(on.url))
    await person.begin("help")
    assert person.cookie != planted
    page, _ = await with_cookie(on, planted)
    assert "Que voulez-vous faire" in page
    assert "Avec vos mots" not in page


async def test_who_left_the_first_page_open_and_kept_it_reads_nothing(on: Stage, person: Person):
    left_open = await person.open()
    planted = person.cookie
    await person.send(choice="help")
    talking = person.cookie
    on.story.now += 61
    _, given = await with_cookie(on, planted, left_open, choice="help")
    assert given.split(".")[0] not in (planted.split(".")[0], talking.split(".")[0])
    assert len(on.story.told) == 1
    page, _ = await with_cookie(on, given)
    assert "Avec vos mots" not in page


async def test_who_answered_the_first_page_before_reads_nothing(on: Stage, person: Person):
    left_open = await person.open()
    _, theirs = await with_cookie(on, person.cookie, left_open, choice="help")
    _, other = await with_cookie(on, person.cookie, left_open, choice="know")
    on.story.now += 61
    page = await person.send(choice="help")
    assert "out of date" in page
    await person.send(choice="help")
    assert person.status == 200
    addresses = {cookie.split(".")[0] for cookie in (theirs, other, person.cookie)}
    assert len(addresses) == 3
    assert len(on.story.told) == 2


async def test_a_first_page_is_good_for_half_an_hour(on: Stage, person: Person):
    await person.open()
    before = person.cookie
    on.story.now += IDLE_SECONDS + 1
    assert "out of date" in await person.send(choice="help")
    assert not on.story.heard
    assert person.cookie != before
    assert "Avec vos mots" in await person.send(choice="help")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_form_that_another_site_sends_is_not_read(on: Stage, person: Person, site: str):
    await person.begin()
    form = {**fields(person.page), "choice": "help"}
    headers = {"Sec-Fetch-Site": site}
    async with person.session.post(on.url, data=form, headers=headers, allow_redirects=False) as response:
        assert response.headers["Location"] == "/"
    assert len(on.story.heard) == 1


async def test_a_visitor_is_no_conversation_and_a_conversation_lives_by_its_answers(on: Stage, person: Person):
    await person.open()
    assert (cookie_in(person.headers)["max-age"], cookie_in(person.headers)["expires"]) == ("", "")
    async with person.session.post(on.url, data={**fields(person.page), "choice": "help"}, allow_redirects=False) as r:
        assert cookie_in(dict(r.headers))["max-age"] == str(IDLE_SECONDS)
    on.story.now += IDLE_SECONDS
    await person.open()
    assert "Set-Cookie" not in person.headers, "looking is no answer"
    await person.send(text="un lit")
    on.story.now += IDLE_SECONDS
    assert "Voici ce qui sera" in await person.open()


async def test_after_half_an_hour_the_site_tells_nobody_that_somebody_was_there(on: Stage, person: Person):
    await person.open(**{"Accept-Language": "ar"})
    await person.send(choice="help")
    kept, before = person.cookie, person.page
    on.story.now += IDLE_SECONDS + 1
    page, given = await with_cookie(on, kept)
    assert '<html lang="fr"' in page
    assert "Bonjour" in page
    assert given.split(".")[0] != kept.split(".")[0]
    await with_cookie(on, kept, before, text="toujours là ?")
    assert on.story.heard[-1].text is None, "what comes too late is not read, and this is said"


async def test_the_cookie_is_strict_and_tied_to_the_host(on: Stage, person: Person):
    await person.open()
    cookie = cookie_in(person.headers)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    async with stage(secure=True) as closed, aiohttp.ClientSession() as session:
        person = Person(session, closed.url)
        await person.open()
        assert person.headers["Set-Cookie"].startswith("__Host-s=")
        assert "Secure" in person.headers["Set-Cookie"]
        assert "Strict-Transport-Security" in person.headers


# Leaving


async def test_leaving_by_link_ends_forgets_and_goes_elsewhere(on: Stage, person: Person):
    await person.begin()
    await person.open("/leave")
    assert person.status == 303
    assert person.headers["Location"] == on.neutral + "/fr"
    assert person.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "Max-Age=0" in person.headers["Set-Cookie"]
    assert not on.story.told
    assert not on.story.outbox


async def test_a_visitor_leaves_without_a_trace(on: Stage, person: Person):
    await person.open()
    await person.open("/leave")
    assert person.status == 303
    assert not on.story.heard


async def test_leaving_by_word_leads_elsewhere_by_a_page(on: Stage, person: Person):
    await person.begin()
    await person.send(choice="leave")
    assert (person.status, person.headers["Refresh"]) == (200, f"0; url={on.neutral}/fr")
    assert "Clear-Site-Data" in person.headers
    assert "Max-Age=0" in person.headers["Set-Cookie"]
    assert not on.story.told
    assert not on.story.outbox


async def test_leaving_works_when_the_host_does_not(on: Stage, person: Person):
    await person.begin()
    on.story.broken = True
    await person.open("/leave")
    assert person.status == 303


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_site_throws_nobody_out(on: Stage, person: Person, site: str):
    await person.begin()
    await person.open("/leave", **{"Sec-Fetch-Site": site})
    assert person.headers["Location"] == "/"
    assert "Clear-Site-Data" not in person.headers
    assert on.story.told


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose", "X-Moz"])
async def test_a_guess_of_the_browser_throws_nobody_out(on: Stage, person: Person, header: str):
    await person.begin()
    await person.open("/leave", **{header: "prefetch"})
    assert person.status == 503
    assert on.story.told
    async with person.session.head(on.url + "/leave") as response:
        assert response.status == 503
    assert on.story.told


# Every answer


async def test_every_answer_is_closed_to_the_curious(on: Stage, person: Person):
    asked = [("GET", "/"), ("GET", "/leave"), ("GET", "/nowhere/at/all"), ("POST", "/"), ("POST", "/nowhere")]
    for method, path in [*asked, ("PUT", "/"), ("HEAD", "/"), ("OPTIONS", "/"), ("GET", "//x")]:
        async with person.session.request(method, on.url + path, allow_redirects=False) as response:
            headers = response.headers
        assert headers["Cache-Control"] == "no-store", (method, path)
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Robots-Tag"].startswith("noindex")
        assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Server"] == "web"


async def test_what_is_not_there_gets_a_page_of_ours_with_the_emergency_numbers(on: Stage, person: Person):
    for method, path, status in (("GET", "/nowhere", 404), ("POST", "/nowhere", 405), ("PUT", "/", 405)):
        async with person.session.request(method, on.url + path) as response:
            assert response.status == status
            page = await response.text()
        assert all(f'href="{url}"' in page for url in ("tel:112", "tel:17", "tel:15", "sms:114"))


async def test_a_page_names_nothing(person: Person):
    page = await person.open()
    assert "<title>Passerelle</title>" in page
    assert "traff" not in page.lower().replace("traffic-light", "")
    assert " style=" not in page
    assert " onclick=" not in page
