"""The cover that hides the chat, the word that brings it back, large letters: without scripts, over real HTTP."""

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.webchat.beside import TRIES
from bot.channels.webchat.look import Look, fits, hashed
from dialogs.engine import IDLE_SECONDS
from tests.bot.channels.webchat.person import Person, fields
from tests.bot.channels.webchat.stage import Stage

KEY = b"k" * 32
COVERED = "<title>Lentil soup</title>"


async def choose_word(person: Person, word: str) -> str:
    page = await person.more()
    return await person.post({**fields(page), "choice": "word", "text": word}, "/more")


async def cover(person: Person) -> str:
    return await person.post(fields(person.page), "/cover")


async def test_the_cover_takes_the_place_of_the_chat_until_it_is_asked_for_more(on: Stage, person: Person):
    await person.begin("help")
    page = await cover(person)
    assert person.led_to == "/"
    assert COVERED in page
    assert "Avec vos mots" not in page
    assert "Passerelle" not in page
    assert on.neutral in person.headers["Refresh"], "a cover that nobody lifts leaves when the conversation is over"
    assert COVERED in await person.open(), "nor does another look show the chat"
    assert "Avec vos mots" in await person.post(fields(page), "/back")


async def test_a_visitor_who_said_nothing_yet_can_hide_the_first_page(on: Stage, person: Person):
    await person.open()
    assert COVERED in await cover(person)
    assert "Que voulez-vous faire" in await person.post(fields(person.page), "/back")
    assert not on.story.told


@pytest.mark.parametrize("path", ["/sheet", "/more", "/?1", "/nothing"])
async def test_behind_the_cover_no_address_shows_the_chat(on: Stage, person: Person, path: str):
    await person.begin("help")
    before = person.page
    await cover(person)
    await person.open(path)
    assert person.status == 303 or COVERED in person.page
    assert COVERED in await person.send(before, text="un lit"), "a page that was left open says nothing"
    assert not [said for said in on.story.heard if said.text]


async def test_only_the_chosen_word_brings_the_chat_back_however_it_is_typed(on: Stage, person: Person):
    await person.begin("help")
    assert "Done." in await choose_word(person, "  Cerise Noire ")
    await person.open()
    page = await cover(person)
    assert '<button class="choice">More' not in page
    for wrong in ("", "cerise", "cerise noire!"):
        page = await person.post({**fields(page), "text": wrong}, "/back")
        assert "Nothing was found." in page
        assert "data-missed>" in page
        assert "hidden data-missed" not in page
    assert "Avec vos mots" in await person.post({**fields(page), "text": "CERISE  noire"}, "/back")
    assert all("erise" not in str(said) for said in on.story.heard), "the word reaches nobody"
    assert "cerise" not in person.cookie.casefold()


async def test_who_guesses_words_soon_guesses_in_vain(on: Stage, person: Person):
    await person.begin("help")
    await choose_word(person, "cerise")
    await person.open()
    page = await cover(person)
    for _ in range(TRIES):
        page = await person.post({**fields(page), "text": "pomme"}, "/back")
    assert "Nothing was found." in await person.post({**fields(page), "text": "cerise"}, "/back")


async def test_a_word_is_for_a_conversation_and_not_put_into_the_browser_before(on: Stage, person: Person):
    await person.more()
    assert 'id="word"' not in person.page
    assert "Please choose a word" in await choose_word(person, "cerise")
    await person.begin("help")
    assert "Please choose a word" in await choose_word(person, "ab")
    await choose_word(person, "cerise")
    assert 'value="forget"' in person.page
    assert "Done." in await person.post({**fields(person.page), "choice": "forget"}, "/more")
    await person.open()
    page = await cover(person)
    assert "Avec vos mots" in await person.post(fields(page), "/back")


async def test_a_cover_outlives_no_conversation(on: Stage, person: Person):
    await person.begin("help")
    await cover(person)
    on.story.now += IDLE_SECONDS + 1
    page = await person.open()
    assert "Que voulez-vous faire" in page
    assert "Avec vos mots" not in page


async def test_the_other_recipes_end_the_chat(on: Stage, person: Person):
    await person.begin("help")
    page = await cover(person)
    assert 'class="choice leave" href="/leave"' in page
    await person.open("/leave")
    assert person.headers["Location"].startswith(on.neutral)
    assert not on.story.told


async def test_large_letters_stay_from_the_first_page_on(on: Stage, person: Person):
    page = await person.more()
    await person.post({**fields(page), "choice": "large"}, "/more")
    await person.begin("help")
    assert 'class="large"' in person.page
    page = await person.more()
    await person.post({**fields(page), "choice": "normal"}, "/more")
    assert 'class="large"' not in await person.open()


@pytest.mark.parametrize("path", ["/cover", "/back", "/more"])
async def test_a_form_of_somebody_else_changes_nothing(on: Stage, person: Person, path: str):
    await person.begin("help")
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        stranger = Person(session, on.url)
        await stranger.begin()
        forged = {**fields(stranger.page), "choice": "large"}
    await person.post(forged, path)
    assert COVERED not in await person.open()
    assert 'class="large"' not in person.page
    form = {**fields(person.page), "choice": "large"}
    await person.post(form, path, **{"Sec-Fetch-Site": "cross-site"})
    assert 'class="large"' not in await person.open()


async def test_a_beacon_ends_the_conversation_and_clears_the_browser(on: Stage, person: Person):
    await person.begin("help")
    async with person.session.post(on.url + "/leave", headers={"Sec-Fetch-Site": "cross-site"}) as response:
        assert response.status == 200
    assert on.story.told
    async with person.session.post(on.url + "/leave") as response:
        assert (response.status, await response.read()) == (204, b"")
        assert '"cache", "cookies", "storage"' in response.headers["Clear-Site-Data"]
    assert not person.cookie
    assert not on.story.told


@given(
    st.builds(
        Look, st.sampled_from(["", "fr", "ar"]), st.booleans(), st.just("") | st.text().map(lambda w: hashed(KEY, w))
    )
)
def test_a_look_is_read_as_it_was_written(look: Look):
    assert Look.read(str(look)) == look


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_word_is_hashed_and_fits_itself_alone(word: str, other: str):
    kept = hashed(KEY, word)
    assert fits(KEY, f" {word.casefold()} ", kept) or len(word) > 50
    assert not fits(b"x" * 32, word, kept)
    if other.strip() and other[:1].casefold() not in word[:60].casefold():
        assert not fits(KEY, other, kept)
    assert hashed(KEY, word) != kept, "salted: two who choose the same do not look the same"


@given(st.text(max_size=60))
def test_whatever_stands_in_a_look_is_no_error(coded: str):
    assert isinstance(Look.read(coded), Look)
