"""What somebody writes under a picture or changes afterwards, with the real host behind the channel."""

import pytest

from bot.turns import Host
from dialogs.engine import NOT_CHANGED, NOT_READ
from services.database import Database
from services.keys import Keys
from tests.bot.channels.telegram.stage import running
from tests.bot.stage import Guest, coordinator
from tests.emulator.bot_api import BotApi, Person

PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
KNIFE = "he is going to kill me with a knife, help"
GREY = "Grey text: tap it to read. It keeps words out of notifications."


async def begins(api: BotApi, number: int = 77) -> Person:
    """Somebody at the menu, in English."""
    person: Person = api.person(number, "en")
    await person.says("/start")
    await shown(api, person, "English")
    await person.taps("English")
    await shown(api, person, "It is for me")
    await person.taps("It is for me")
    await shown(api, person, "My rights")
    return person


async def shown(api: BotApi, person: Person, button: str) -> None:
    await api.until(lambda: button in person.buttons())


async def said(api: BotApi, person: Person, words: str) -> None:
    await api.until(lambda: any(words in text for text in person.sees()))


def last_own(person: Person) -> int:
    return max(number for number, message in person.chat.messages.items() if not message["from"]["is_bot"])


async def test_danger_under_a_photo_is_heard(host: Host):
    async with BotApi() as api, running(api, host):
        ana = await begins(api)
        await ana.shares(photo=PHOTO, caption=KNIFE)
        await said(api, ana, "☎ Call 17")
        assert not any(NOT_READ.msgid in text for text in ana.sees())
        assert not api.called("getFile")


async def test_words_under_a_photo_are_answered_and_the_photo_is_told_of(host: Host):
    async with BotApi() as api, running(api, host):
        ana = await begins(api)
        await ana.shares(photo=PHOTO, caption="what are my rights?")
        await said(api, ana, "Help must not depend")
        assert any(NOT_READ.msgid in text for text in ana.sees())
        assert not api.called("getFile")


async def test_a_message_changed_into_danger_is_heard(host: Host):
    async with BotApi() as api, running(api, host):
        ana = await begins(api)
        await ana.edits(last_own(ana), text=KNIFE)
        await said(api, ana, "☎ Call 17")


async def test_danger_at_once_says_how_grey_text_is_read(host: Host):
    async with BotApi() as api, running(api, host):
        ana = api.person(77, "en")
        await ana.says(KNIFE)
        await said(api, ana, "☎ Call 17")
        assert any(GREY in text for text in ana.previews())
        assert any("☎ Call 17" in text for text in ana.previews())


async def test_the_first_screens_say_once_how_grey_text_is_read(host: Host):
    async with BotApi() as api, running(api, host):
        ana = await begins(api)
        assert sum(GREY in text for text in ana.sees()) == 1


@pytest.mark.parametrize("words", ["yes", "1", "no, I meant something else"])
async def test_another_change_answers_no_question(host: Host, words: str):
    guest = await Guest(host, "telegram", "77").at_menu("en")
    await guest.tap("help_me")
    before = guest.reply.step
    await guest.send(text=words, edited=True)
    assert guest.reply.step == before
    assert guest.words.startswith(NOT_CHANGED.msgid)
    assert NOT_READ.msgid not in guest.words


async def test_a_mistyped_receipt_may_be_mended_in_place(host: Host, database: Database, keys: Keys):
    await coordinator(database, keys)
    guest = await Guest(host, "telegram", "77").at_menu("en")
    receipt = (await guest.asks_for_help()).receipts[0].digits
    await guest.say(receipt[:-1] + str(9 - int(receipt[-1])))
    assert guest.reply.step == "enter"
    await guest.send(text=receipt, edited=True)
    assert (guest.reply.flow, guest.reply.step) == ("receipt", "open")
