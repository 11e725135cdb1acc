"""The content editor: what is confirmed, corrected and hidden in the console, and what it takes."""

import re
from html import escape
from typing import Any

import pytest
from playwright.async_api import Browser

from bot.console.routes import ROUTES
from dialogs.edits import entries
from dialogs.text import Text
from services import edits, leaving, rights
from services.audit import records
from services.people import members
from tests.bot.console.conftest import NOW, PASSWORD, Site, Visitor
from tests.bot.console.test_browser import SIZES, follow, look

FACT = "rights.plain_no_card"
LEAD = "rights.plain_help_first"
NUMBER = "numbers.victims_116006"
TODAY = "2027-01-15"
SENTENCE = "There is no official victim card. The police identify victims officially."


async def editors(site: Site, *names: str) -> list[Visitor]:
    return [await site.enter(await site.member(name, "content_editor")) for name in names or ("emil", "frida")]


def form(site: Site, key: str, **changed: str) -> dict[str, Any]:
    """The form of a correction as a browser sends it, with some fields changed."""
    stands = site.edited.standing(key)
    assert stands
    catalog = site.edited.content.catalog
    spoken = {
        f"{name}_{language}": catalog.found(language, text)
        for language in ("fr", "es", "ar")
        for name in ("text", "name", "note")
        if (text := getattr(entries(site.edited.content.library)[key].source, name, None))
    }
    return {**stands.now, **spoken, **changed}


async def correct(site: Site, who: Visitor, key: str, **changed: str):
    page = await who.get(f"/facts/{key}")
    return await who.post(f"/facts/{key}/correct", seen=page.field("seen"), **form(site, key, **changed))


async def number_of(site: Site, key: str) -> int:
    async with site.database.read() as tx:
        return (await edits.history(tx, key))[0].id


async def press(site: Site, who: Visitor, key: str, act: str):
    page = await who.get(f"/facts/{key}")
    path = (
        f"/facts/{key}/{act}" if act in ("hide", "show", "confirm") else f"/changes/{await number_of(site, key)}/{act}"
    )
    return await who.post(path, seen=page.field("seen"), checked_on=TODAY)


def now(site: Site, key: str):
    return entries(site.edited.content.library)[key].source


async def test_a_correction_reads_as_it_stands_for_the_second_editor_too(site: Site):
    """Marks that turn the direction would show other words, or another number, than those that are kept."""
    emil, frida = await editors(site)
    await correct(site, emil, FACT, text=f"{SENTENCE[:20]}\u202e{SENTENCE[20:]}\u2066\u200b\x07 Ask.")
    await press(site, frida, FACT, "accept")
    assert now(site, FACT).text.msgid == f"{SENTENCE} Ask."


async def test_an_editor_looks_through_everything_and_sees_no_request(site: Site):
    (emil,) = await editors(site, "emil")
    assert (await emil.get("/")).path == "/console/facts"
    page = await emil.get("/facts?topic=rights")
    assert FACT in page.text
    assert "Checked" in page.text
    assert 'href="https://' in page.text
    every = await emil.get("/facts")
    assert "Those after" in every.text
    assert FACT in (await emil.get("/facts?words=victim+CARD&status=V1")).text
    assert FACT not in (await emil.get("/facts?state=hidden")).text
    hidden = await emil.get("/facts?state=unverified&status=GK")
    assert re.search(r"Found: [1-9]", hidden.text)
    assert (await emil.get("/queue")).status == 403


async def test_an_editor_reads_the_list_and_looks_in_it_in_their_own_language(site: Site):
    (emil,) = await editors(site, "emil")
    stands = site.edited.standing(FACT)
    assert stands
    french = site.edited.content.catalog.found("fr", Text(stands.entry.context, stands.now["text"]))
    page = await emil.get("/facts?words=carte+officielle", accept_language="fr")
    assert escape(french) in page.text
    assert FACT in page.text
    assert FACT in (await emil.get("/facts?words=victim+card", accept_language="fr")).text
    assert FACT not in (await emil.get("/facts?words=carte+officielle")).text


async def test_what_was_read_again_is_confirmed_by_one_editor(site: Site):
    (emil,) = await editors(site, "emil")
    page = await press(site, emil, NUMBER, "confirm")
    assert "Confirmed. The chat says so at once." in page.text
    assert now(site, NUMBER).checked_on == TODAY
    page = await emil.post(f"/facts/{NUMBER}/confirm", seen=page.field("seen"), checked_on="2027-01-16")
    assert (page.status, "This day is still to come" in page.text) == (400, True)
    page = await emil.post(f"/facts/{NUMBER}/confirm", seen=page.field("seen"), checked_on="2026-12-01")
    assert "It was checked later than that" in page.text


async def test_what_nobody_has_read_cannot_be_confirmed(site: Site):
    (emil,) = await editors(site, "emil")
    key = next(key for key, entry in entries(site.edited.files.library).items() if entry.source.status == "GK")
    page = await press(site, emil, key, "confirm")
    assert page.status == 400
    assert "Only what was read can be confirmed" in page.text


async def test_a_correction_waits_for_a_second_editor(site: Site):
    emil, frida = await editors(site)
    before = now(site, FACT)
    page = await correct(site, emil, FACT, text=SENTENCE, text_fr="Il n’existe pas de carte de victime.")
    assert "Proposed. It is shown once a second editor has accepted it." in page.text
    assert now(site, FACT) == before
    assert FACT in (await frida.get("/changes")).text
    page = await frida.get(f"/facts/{FACT}")
    assert "I read the source: accept" in page.text
    page = await press(site, frida, FACT, "accept")
    assert "Accepted. The chat says so at once." in page.text
    assert now(site, FACT).text.msgid == SENTENCE
    catalog, text = site.edited.content.catalog, now(site, FACT).text
    assert catalog.translate("fr", text) == "Il n’existe pas de carte de victime."
    assert catalog.translate("es", before.text) in catalog.translate("es", text)
    assert "2026" in catalog.translate("es", text)
    assert "accepted by frida" in page.text


async def test_the_same_person_is_never_the_second_editor(site: Site):
    emil, frida = await editors(site)
    await correct(site, emil, FACT, text=SENTENCE)
    number = await number_of(site, FACT)
    page = await emil.get(f"/facts/{FACT}")
    assert "accept" not in page.text.partition("Withdraw my proposal")[0].rpartition("<section")[2]
    for act in ("accept", "refuse"):
        page = await emil.post(f"/changes/{number}/{act}")
        assert (page.status, "it is your own proposal" in page.text) == (403, True)
    nadia = await site.member("nadia", "supervisor")
    async with site.database.begin() as tx:
        mine = next(one for one in await members.members(tx) if one.name == "emil")
        await leaving.remove(tx, nadia.member, mine.id, site.clock())
    (again,) = await editors(site, "Emil")
    page = await again.post(f"/changes/{number}/accept")
    assert (page.status, "it is your own proposal" in page.text) == (403, True)
    assert now(site, FACT).text.msgid != SENTENCE
    assert (await press(site, frida, FACT, "accept")).status == 200
    assert now(site, FACT).text.msgid == SENTENCE


@pytest.mark.parametrize("role", [role for role in rights.ROLES if role != "content_editor"])
async def test_nobody_else_reaches_the_editors_pages(site: Site, role: str):
    (emil,) = await editors(site, "emil")
    await correct(site, emil, FACT, text=SENTENCE)
    other = await site.enter(await site.member("other", role))
    for route in (route for route in ROUTES if route.need == "edit"):
        path = route.path.replace("{key}", FACT).replace("{edit}", "1")
        page = await (other.get(path) if route.method == "GET" else other.post(path, checked_on=TODAY, seen="1-0"))
        assert page.status == 403, route
        assert "Your role may not do this." in page.text
    async with site.database.read() as tx:
        assert (await edits.one(tx, 1)).state == "waiting"


async def test_a_number_is_hidden_at_once_and_shown_again_by_two(site: Site):
    emil, frida = await editors(site)
    assert "Hidden. The chat says it no more." in (await press(site, emil, NUMBER, "hide")).text
    assert now(site, NUMBER).hidden
    await press(site, emil, NUMBER, "show")
    assert now(site, NUMBER).hidden
    assert (await press(site, emil, NUMBER, "accept")).status == 403
    await press(site, frida, NUMBER, "accept")
    assert not now(site, NUMBER).hidden


async def test_who_hid_much_is_told_and_the_next_waits_for_a_second_editor(site: Site):
    emil, frida = await editors(site)
    keys = [key for key, one in site.edited.entries.items() if key.startswith("numbers.") and not one.permanent][:4]
    for key in keys[:3]:
        assert "Hidden. The chat says it no more." in (await press(site, emil, key, "hide")).text
    page = await emil.get(f"/facts/{keys[3]}")
    assert "You have hidden as much as one editor may" in page.text
    assert "Propose to hide it" in page.text
    page = await press(site, emil, keys[3], "hide")
    assert "Proposed." in page.text
    assert "It would be hidden." in page.text
    assert not now(site, keys[3]).hidden
    await press(site, frida, keys[3], "accept")
    assert now(site, keys[3]).hidden


@pytest.mark.parametrize("number", ["police_17", "medical_15", "emergency_112", "emergency_114", "fire_18"])
async def test_an_emergency_number_is_never_hidden_and_never_another_one(site: Site, number: str):
    key = f"numbers.{number}"
    (emil,) = await editors(site, "emil")
    page = await press(site, emil, key, "hide")
    assert (page.status, "An emergency number is never hidden." in page.text) == (409, True)
    page = await correct(site, emil, key, number="0899 00 00 00")
    assert "An emergency number stays as it is." in page.text
    assert now(site, key).number == number.rpartition("_")[2]


WRONG = {
    "empty": ({"text": ""}, "Write something here."),
    "number": ({"text": "Call 116 006 for help."}, "Take the number out (116 006)"),
    "other number": ({"text_fr": "Appelez le 06 12 34 56 78."}, "Take the number out (06 12 34 56 78)"),
    "braces": ({"text": "There is no {card}."}, "without braces"),
    "long sentence": ({"text": " ".join(["word"] * 21) + "."}, "more than 20 words"),
    "long translation": ({"text": SENTENCE, "text_es": " ".join(["palabra"] * 21)}, "more than 20 words"),
    "day": ({"checked_on": "yesterday"}, "Write the day as year-month-day"),
    "future": ({"checked_on": "2027-02-01"}, "This day is still to come"),
    "order": ({"valid_from": "2027-01-02", "valid_to": "2027-01-01"}, "before the first one"),
    "status": ({"status": "V9"}, "Choose one of the statuses"),
    "unread": ({"source": "to be verified"}, "write the source that you read"),
    "nothing": ({}, "Nothing is different"),
    "too long": ({"source": "x" * 301}, "at most 300 characters"),
}


@pytest.mark.parametrize("case", WRONG)
async def test_what_is_wrong_is_said_and_what_was_typed_stays(site: Site, case: str):
    (emil,) = await editors(site, "emil")
    changed, sentence = WRONG[case]
    page = await correct(site, emil, FACT, **changed)
    assert page.status == 400
    assert sentence in page.text
    for typed in (value for name, value in changed.items() if name != "status"):
        assert typed.replace("<", "&lt;") in page.text
    async with site.database.read() as tx:
        assert not await edits.history(tx, FACT)


async def test_a_first_answer_has_three_sentences_and_a_page_has_one(site: Site):
    (emil,) = await editors(site, "emil")
    page = await correct(site, emil, LEAD, text="One. Two. Three. Four.")
    assert re.search("would have [4-9] sentences", page.text)
    page = await correct(site, emil, LEAD, status="GK")
    assert "Proposed." in page.text  # another first answer is left


async def test_one_change_at_a_time(site: Site):
    emil, frida = await editors(site)
    page = await emil.get(f"/facts/{FACT}")
    old = page.field("seen")
    await correct(site, emil, FACT, text=SENTENCE)
    page = await frida.post(f"/facts/{FACT}/correct", seen=old, **form(site, FACT, text="Something else."))
    assert (page.status, "Something happened here" in page.text) == (409, True)
    page = await frida.post(f"/facts/{FACT}/confirm", seen=page.field("seen"), checked_on=TODAY)
    assert (page.status, "waits for a second editor" in page.text) == (409, True)
    assert (await press(site, frida, FACT, "hide")).status == 200  # never too late
    assert now(site, FACT).hidden


async def test_a_proposal_is_refused_or_withdrawn_once(site: Site):
    emil, frida = await editors(site)
    await correct(site, emil, FACT, text=SENTENCE)
    assert (await press(site, frida, FACT, "withdraw")).status == 409
    assert "Refused. Nothing changed" in (await press(site, frida, FACT, "refuse")).text
    assert (await press(site, frida, FACT, "accept")).status == 409
    await correct(site, emil, FACT, text=SENTENCE)
    assert "Withdrawn." in (await press(site, emil, FACT, "withdraw")).text
    assert now(site, FACT).text.msgid != SENTENCE


async def test_what_was_accepted_is_taken_back_by_two_and_stays_in_the_history(site: Site):
    emil, frida = await editors(site)
    before = now(site, FACT)
    await correct(site, emil, FACT, text=SENTENCE)
    await press(site, frida, FACT, "accept")
    page = await press(site, frida, FACT, "undo")
    assert "Proposed." in page.text
    assert now(site, FACT).text.msgid == SENTENCE
    page = await press(site, emil, FACT, "accept")
    assert now(site, FACT) == before
    assert "takes back n° 1" in page.text
    assert "corrected: accepted by frida" in page.text


async def test_the_page_is_seen_as_the_chat_shows_it_before_it_is_accepted(site: Site):
    emil, frida = await editors(site)
    await correct(site, emil, LEAD, text="Help never depends on a testimony.", text_ar="المساعدة لا ترتبط بالشهادة.")
    page = await frida.get(f"/facts/{LEAD}/preview?in=ar")
    assert "المساعدة لا ترتبط بالشهادة." in page.text
    assert 'lang="ar" dir="rtl"' in page.text
    assert page.text.count('class="letter"') == 2
    page = await frida.get(f"/facts/{NUMBER}/preview?in=en")
    assert "116 006" in page.text


async def test_the_record_holds_ids_and_no_words(site: Site):
    emil, frida = await editors(site)
    await correct(site, emil, FACT, text=SENTENCE)
    await press(site, frida, FACT, "accept")
    await press(site, emil, NUMBER, "hide")
    async with site.database.read() as tx:
        told = [(one.action, one.detail) for one in await records(tx) if one.action.startswith("content_")]
    assert told == [
        ("content_hidden", "numbers:victims_116006"),
        ("content_accepted", "rights:plain_no_card"),
        ("content_proposed", "rights:plain_no_card"),
    ]
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    page = await nadia.get("/audit")
    assert "hid a fact or a number: numbers.victims_116006" in page.text
    assert SENTENCE not in page.text


async def test_every_key_fits_into_a_record(site: Site):
    assert max(map(len, site.edited.entries)) <= 60
    assert site.clock() == NOW


@pytest.mark.parametrize("size", SIZES)
async def test_the_editors_pages_fit(site: Site, browser: Browser, size: str):
    (emil,) = await editors(site, "emil")
    await correct(site, emil, LEAD, text="Help never depends on a testimony.")
    await press(site, emil, NUMBER, "hide")
    await site.member("frida", "content_editor")
    width, height = SIZES[size]
    page = await browser.new_page(viewport={"width": width, "height": height})
    await page.goto(f"{site.origin}/sign-in?lang=en")
    await page.get_by_label("Name").fill("frida")
    await page.get_by_label("Password").fill(PASSWORD)
    await follow(page, page.get_by_role("button", name="Sign in"))
    for path in (
        f"facts/{LEAD}",
        f"facts/{NUMBER}",
        f"facts/{FACT}",
        f"facts/{LEAD}/preview?in=ar",
        "changes",
        "facts",
    ):
        await page.goto(f"{site.origin}/{path}")
        await look(page, f"editor-{re.sub('[^a-z]', '-', path)}-{size}")
