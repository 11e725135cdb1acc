"""The web chat over real HTTP: what a form does, what a header says, what a stranger may send."""

import logging
import re

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.webchat.form import BODY_LIMIT, TEXT_LIMIT, read_form
from bot.channels.webchat.page import isolated, paragraph
from locales.catalog import ISOLATE, POP
from tests.bot.channels.webchat.person import Person, fields
from tests.bot.channels.webchat.stage import CODE, Stage


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
    assert CODE.words.split()[0] in await person.open(), "a page lost on its way comes once more"
    await person.send(choice="menu")
    assert CODE.words.split()[0] not in await person.open(), "once it was answered, nothing shows the code"


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
        await stranger.begin()
        await stranger.send(delivery=str(row), choice="menu")
        assert "out of date" in stranger.page
    assert row in on.story.outbox


async def test_other_words_from_the_same_page_are_another_message(on: Stage, person: Person):
    await person.begin()
    first = person.page
    await person.send(first, text="bonjour")
    await person.send(first, text="bonjour")
    await person.send(first, text="au secours")
    assert [said.text for said in on.story.heard if said.text] == ["bonjour", "au secours"]


async def test_an_old_page_changes_nothing_and_gets_the_present_one(on: Stage, person: Person):
    await person.begin()
    old = person.page
    await person.send(choice="help")
    page = await person.send(old, choice="know")
    assert "Avec vos mots" in page
    assert person.status == 200


async def test_the_language_is_the_browsers_if_it_is_ours(on: Stage, person: Person):
    page = await person.open(**{"Accept-Language": "ro, ar-MA;q=0.8, en;q=0.5, fr;q=nonsense"})
    assert '<html lang="ar" dir="rtl"' in page
    await person.send(choice="help")
    assert on.story.heard[0].language == "ar"


async def test_a_form_that_is_not_ours_is_not_read_and_gives_nothing_back(on: Stage, person: Person):
    await person.begin()
    page = await person.send(proof="0" * 64, text="mes mots <&")
    assert "out of date" in page
    assert "mes mots" not in page
    await person.send(page, text="mes mots")
    assert on.story.heard[-1].text == "mes mots"


async def test_without_a_cookie_the_page_says_what_to_do_and_gives_nothing_back(on: Stage):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        person = Person(session, on.url)
        await person.open()
        page = await person.send(text="mes mots")
    assert "cookie" in page
    assert "tel:112" in page
    assert "mes mots" not in page
    assert "Set-Cookie" not in person.headers, "another site's form must not replace a conversation's cookie"
    assert not on.story.heard


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
    await person.begin()
    page = await person.post(body)
    assert "could not be read" in page
    assert "Que voulez-vous faire" in page
    assert len(on.story.heard) == 1


async def test_an_oversized_form_is_refused_kindly(on: Stage, person: Person):
    await person.begin()
    page = await person.send(text="mes mots " * BODY_LIMIT)
    assert "too long" in page
    assert "Que voulez-vous faire" in page
    assert "mes mots mes mots" in page, "the words come back"
    assert "mes mots" not in await person.open(person.led_to), "once"
    assert len(on.story.heard) == 1


async def test_what_may_be_a_receipt_never_comes_back(on: Stage, person: Person):
    await person.begin()
    for code in (CODE.digits, "abandon ability able about above absent absorb abstract"):
        page = await person.send(text=f"my code: {code} " + "x" * BODY_LIMIT)
        assert "too long" in page
        assert code not in page


@pytest.mark.parametrize("text", ["\x00\x07\x1b", "\u202e\u2066abc", "x" * 10_000, "ব" * TEXT_LIMIT, "\ud83d"])
async def test_odd_texts_reach_the_host_whole(on: Stage, person: Person, text: str):
    await person.open()
    await person.post({**fields(person.page), "text": text.encode("utf-8", "replace").decode()})
    assert person.status == 200
    assert on.story.heard[-1].text == text.encode("utf-8", "replace").decode()


async def test_nothing_said_is_not_a_message(on: Stage, person: Person):
    await person.begin()
    page = await person.send(text=" \r\n ")
    assert "Please tap a button" in page
    assert len(on.story.heard) == 1


async def test_erasing_says_so_and_offers_to_begin_again(on: Stage, person: Person):
    await person.begin()
    page = await person.send(text="effacer")
    assert "Revenez" in page
    assert "Clear-Site-Data" in person.headers
    assert 'href="/"' in page
    assert "<textarea" not in page
    assert "Revenez" not in await person.open()


async def test_our_own_fault_gives_one_apology_and_logs_no_word(on: Stage, person: Person, caplog):
    await person.begin()
    on.story.broken = True
    with caplog.at_level(logging.DEBUG):
        page = await person.send(text="mon secret")
    assert "Something went wrong" in page
    assert "tel:112" in page
    assert "mon secret" not in caplog.text
    assert "RuntimeError" in caplog.text
    on.story.broken = False
    await person.send(page, text="mon secret")
    assert on.story.heard[-1].text == "mon secret"


async def test_a_fault_at_the_first_answer_loses_nothing_and_begins_one_conversation(on: Stage, person: Person):
    await person.open()
    on.story.broken = True
    page = await person.send(text="au secours")
    on.story.broken = False
    assert "au secours" in page
    await person.send(page, text="au secours")
    await person.send(page, text="au secours")
    assert [said.text for said in on.story.heard] == ["au secours"]
    assert len(on.story.told) == 1


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
    assert 'class="code digits" dir="ltr"' in paragraph("Code: 123 456", ["a b", "123 456"])


def test_words_of_a_receipt_stand_in_the_direction_they_are_read_in():
    assert '<span class="code" dir="rtl" translate="no"><bdi>نسخة</bdi>' in paragraph("نسخة أمثال", ["نسخة أمثال"])
    assert '<span class="code" dir="ltr" translate="no"><bdi>copie</bdi>' in paragraph("copie moto", ["copie moto"])


def test_below_a_receipts_words_there_is_no_line_of_invisible_marks():
    assert paragraph(f"الكلمات: {ISOLATE}copie moto{POP}", ["copie moto"]).endswith("<bdi>moto</bdi></span>")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_form_or_none(body: bytes):
    form = read_form(body)
    assert form is None or form.turn >= 0


async def test_bytes_that_are_no_text_get_a_page_and_not_an_error(on: Stage, person: Person):
    await person.begin()
    for body in (b"text=%ff%00", b"text=\xff\xfe", b"%", b"text=%ED%A0%80&turn=1"):
        assert "could not be read" in await person.post(body)


async def test_a_body_that_cannot_be_unpacked_is_no_error(on: Stage, person: Person, caplog):
    await person.begin()
    assert "could not be read" in await person.post(b"text=secret", **{"Content-Encoding": "gzip"})
    assert "secret" not in caplog.text
