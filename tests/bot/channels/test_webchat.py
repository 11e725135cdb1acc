"""The web chat over real HTTP: what a form does, what a header says, what a stranger may send."""

import logging
import re
from collections.abc import AsyncIterator, Mapping
from html import unescape
from http.cookies import SimpleCookie

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.webchat_form import BODY_LIMIT, TEXT_LIMIT, draft_of, read_form
from bot.channels.webchat_page import isolated, paragraph
from tests.bot.channels.webchat_stage import CODE, Stage, stage

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def fields(html: str) -> dict[str, str]:
    """The hidden fields of a page's first form."""
    return {name: unescape(value) for name, value in HIDDEN.findall(html)}


@pytest.fixture
async def on() -> AsyncIterator[Stage]:
    async with stage() as shown:
        yield shown


class Person:
    """A browser without scripts: keeps its cookie, sends the forms of the page it was last given."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, url
        self.page, self.status, self.headers = "", 0, dict[str, str]()

    async def open(self, path: str = "/", **headers: str) -> str:
        return await self._keep(self._session.get(self._url + path, headers=headers, allow_redirects=False))

    async def send(self, page: str | None = None, **said: str) -> str:
        return await self.post({**fields(self.page if page is None else page), **said})

    async def post(self, data: Mapping[str, str] | bytes, path: str = "/", **headers: str) -> str:
        return await self._keep(self._session.post(self._url + path, data=data, headers=headers, allow_redirects=False))

    async def _keep(self, asked) -> str:
        async with asked as response:
            self.page, self.status, self.headers = await response.text(), response.status, dict(response.headers)
        return await self.open() if (self.status, self.headers.get("Location")) == (303, "/") else self.page


@pytest.fixture
async def person(on: Stage) -> AsyncIterator[Person]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar, headers={"Accept-Language": "fr"}) as session:
        yield Person(session, on.url)


async def to_consent(person: Person) -> None:
    await person.open()
    await person.send(choice="help")
    await person.send(text="un lit, et parler avec quelqu’un")


async def test_a_whole_conversation_stays_at_one_address(on: Stage, person: Person):
    await to_consent(person)
    page = await person.send(choice="yes")
    assert person.status == 200
    assert all(f"<bdi>{part}</bdi>" in page for part in (*CODE.words.split(), *CODE.digits.split()))
    assert on.story.sent == 1
    assert CODE.words.split()[0] not in await person.open(), "a repaint never shows the code"


async def test_a_form_sent_twice_is_one_message_and_shows_the_code_again(on: Stage, person: Person):
    await to_consent(person)
    consent = person.page
    await person.send(choice="yes")
    again = await person.send(consent, choice="yes")
    assert CODE.words.split()[0] in again
    other = await person.send(consent, choice="no")
    assert CODE.words.split()[0] in other, "an impatient second tap on another button does not lose the code"
    assert on.story.sent == 1


async def test_a_code_is_kept_until_the_page_that_shows_it_answers(on: Stage, person: Person):
    await to_consent(person)
    await person.send(choice="yes")
    assert any(reply.receipts for _, reply in on.story.outbox.values())
    await person.send(choice="menu")
    assert not any(reply.receipts for _, reply in on.story.outbox.values())


async def test_nobody_acknowledges_somebody_elses_reply(on: Stage, person: Person):
    await to_consent(person)
    await person.send(choice="yes")
    row = max(on.story.outbox)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        stranger = Person(session, on.url)
        await stranger.open()
        await stranger.send(delivery=str(row), choice="menu")
        assert stranger.status == 403
    assert row in on.story.outbox


async def test_other_words_from_the_same_page_are_another_message(on: Stage, person: Person):
    await person.open()
    first = person.page
    await person.send(first, text="bonjour")
    await person.send(first, text="bonjour")
    await person.send(first, text="au secours")
    assert [said.text for said in on.story.heard if said.text] == ["bonjour", "au secours"]


async def test_an_old_page_changes_nothing_and_gets_the_present_one(on: Stage, person: Person):
    await person.open()
    old = person.page
    await person.open()
    await person.send(choice="help")
    page = await person.send(old, choice="know")
    assert "Avec vos mots" in page
    assert person.status == 200


async def test_the_language_is_the_browsers_if_it_is_ours(on: Stage, person: Person):
    page = await person.open(**{"Accept-Language": "ro, ar-MA;q=0.8, en;q=0.5, fr;q=nonsense"})
    assert '<html lang="ar" dir="rtl">' in page
    assert on.story.heard[0].language == "ar"


async def test_a_form_that_is_not_ours_gives_the_words_back(on: Stage, person: Person):
    await person.open()
    page = await person.send(proof="0" * 64, text="mes mots <&")
    assert person.status == 403
    assert "mes mots &lt;&amp;</textarea>" in page
    await person.send(page, text="mes mots")
    assert person.status == 200
    assert on.story.heard[-1].text == "mes mots"


async def test_without_a_cookie_the_page_says_what_to_do(on: Stage, person: Person):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        person = Person(session, on.url)
        await person.open()
        page = await person.send(text="mes mots")
    assert person.status == 403
    assert "cookie" in page
    assert "mes mots</textarea>" in page
    assert "Set-Cookie" not in person.headers, "another site's form must not replace a conversation's cookie"
    assert len(on.story.heard) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"turn=1",
        b"turn=-1&nonce=x&delivery=0",
        b"\xff\xfe&&==",
        b"turn=" + b"9" * 5000,
        b"a=1&" * 500,
        b"{}",
        b"%%%",
    ],
)
async def test_a_malformed_form_gets_the_present_page(on: Stage, person: Person, body: bytes):
    await person.open()
    page = await person.post(body)
    assert person.status == 400
    assert "Que voulez-vous faire" in page
    assert len(on.story.heard) == 1


async def test_an_oversized_form_is_refused_kindly(on: Stage, person: Person):
    await person.open()
    page = await person.send(text="x" * BODY_LIMIT * 4)
    assert person.status == 413
    assert "too long" in page
    assert "Que voulez-vous faire" in page


@pytest.mark.parametrize("text", ["\x00\x07\x1b", "\u202e\u2066abc", "x" * 10_000, "ব" * TEXT_LIMIT, "\ud83d"])
async def test_odd_texts_reach_the_host_whole(on: Stage, person: Person, text: str):
    await person.open()
    await person.post({**fields(person.page), "text": text.encode("utf-8", "replace").decode()})
    assert person.status == 200
    assert on.story.heard[-1].text == text.encode("utf-8", "replace").decode()


async def test_nothing_said_is_not_a_message(on: Stage, person: Person):
    await person.open()
    page = await person.send(text=" \r\n ")
    assert "Please tap a button" in page
    assert len(on.story.heard) == 1


async def test_leaving_by_link_ends_forgets_and_goes_elsewhere(on: Stage, person: Person):
    await person.open()
    await person.open("/leave")
    assert person.status == 303
    assert person.headers["Location"] == on.neutral + "/fr"
    assert person.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "Max-Age=0" in person.headers["Set-Cookie"]
    assert not on.story.told
    assert not on.story.outbox


async def test_leaving_by_form_or_by_word_needs_no_redirect(on: Stage, person: Person):
    await person.open()
    await person.post({}, "/leave")
    assert (person.status, person.headers["Refresh"]) == (200, f"0; url={on.neutral}/fr")
    await person.open()
    await person.send(choice="leave")
    assert (person.status, person.headers["Refresh"]) == (200, f"0; url={on.neutral}/fr")
    assert not on.story.told


async def test_leaving_works_when_the_host_does_not(on: Stage, person: Person):
    await person.open()
    on.story.broken = True
    await person.open("/leave")
    assert person.status == 303


async def test_another_site_throws_nobody_out(on: Stage, person: Person):
    await person.open()
    await person.open("/leave", **{"Sec-Fetch-Site": "cross-site"})
    assert "Clear-Site-Data" not in person.headers
    assert on.story.told


async def test_a_link_from_elsewhere_starts_no_second_conversation(on: Stage, person: Person):
    await person.open(**{"Sec-Fetch-Site": "cross-site"})
    assert person.headers["Refresh"] == "0; url=/"
    assert "Set-Cookie" not in person.headers
    assert not on.story.heard


async def test_erasing_says_so_and_offers_to_begin_again(on: Stage, person: Person):
    await person.open()
    page = await person.send(text="effacer")
    assert "Clear-Site-Data" in person.headers
    assert 'href="/"' in page
    assert "<textarea" not in page


async def test_our_own_fault_gives_one_apology_and_logs_no_word(on: Stage, person: Person, caplog):
    await person.open()
    first = fields(person.page)
    on.story.broken = True
    with caplog.at_level(logging.DEBUG):
        page = await person.post({**first, "text": "mon secret"})
    assert person.status == 500
    assert "tel:112" in page
    assert "mon secret" not in caplog.text
    assert "RuntimeError" in caplog.text
    on.story.broken = False
    await person.post({**fields(page), "text": "mon secret"})
    assert person.status == 200
    assert on.story.heard[-1].text == "mon secret"


async def test_every_answer_is_closed_to_the_curious(on: Stage, person: Person):
    for path in ("/", "/leave", "/nowhere/at/all"):
        await person.open(path)
        headers = person.headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Robots-Tag"].startswith("noindex")
        assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "Python" not in headers["Server"]
    assert person.status == 404


async def test_the_cookie_is_strict_and_dies_with_the_browser(on: Stage, person: Person):
    await person.open()
    cookie = next(iter(SimpleCookie(person.headers["Set-Cookie"]).values()))
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert not cookie["max-age"]
    assert not cookie["expires"]
    async with stage(secure=True) as closed, aiohttp.ClientSession() as session:
        person = Person(session, closed.url)
        await person.open()
        assert person.headers["Set-Cookie"].startswith("__Host-s=")
        assert "Secure" in person.headers["Set-Cookie"]
        assert "Strict-Transport-Security" in person.headers


async def test_the_first_page_weighs_little(on: Stage):
    total = 0
    async with aiohttp.ClientSession(auto_decompress=False, headers={"Accept-Encoding": "gzip"}) as session:
        async with session.get(on.url) as response:
            body = await response.read()
            assert response.headers["Content-Encoding"] == "gzip"
        async with aiohttp.ClientSession() as plain, plain.get(on.url) as response:
            paths = re.findall(r'"(/web/[^"]+)"', await response.text())
        assert len(paths) == 3
        total += len(body)
        for path in paths:
            async with session.get(on.url + path) as response:
                assert response.status == 200
                total += len(await response.read())
    assert total < 15 * 1024


async def test_a_page_names_nothing(person: Person):
    page = await person.open()
    assert "<title>Passerelle</title>" in page
    assert "traff" not in page.lower().replace("traffic-light", "")
    assert " style=" not in page
    assert " onclick=" not in page


def test_numbers_keep_their_order_among_words_of_the_other_direction():
    assert isolated("المادة 225-4-1 <b>") == 'المادة <bdi dir="ltr">225-4-1</bdi> &lt;b&gt;'
    assert isolated("+33 1 40 00 00 00.") == '<bdi dir="ltr">+33 1 40 00 00 00</bdi>.'
    assert 'class="code digits"' in paragraph("Code: 123 456", ["a b", "123 456"])


@given(st.binary(max_size=400))
def test_any_bytes_are_a_form_or_none(body: bytes):
    form = read_form(body)
    assert form is None or form.turn >= 0
    assert isinstance(draft_of(body), str)


async def test_bytes_that_are_no_text_get_a_page_and_not_an_error(on: Stage, person: Person):
    await person.open()
    for body in (b"text=%ff%00", b"text=\xff\xfe", b"%", b"text=%ED%A0%80&turn=1"):
        await person.post(body)
        assert person.status == 400
