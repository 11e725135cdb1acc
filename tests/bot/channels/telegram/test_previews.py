"""What a lock screen and the list of chats show of each message: no word that tells what the chat is about."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram import Chat, Message, MessageEntity, User

from bot.channels.telegram.outgoing import outgoing
from bot.messages import Reply, Shown
from bot.render import render
from bot.turns import Content
from dialogs.engine import NOT_READ, Turn
from dialogs.screen import Screen
from dialogs.text import say
from locales.telling import FOLDER, entries, tells
from tests.dialogs.everywhere import every_turn
from tests.emulator.markup import check_entities, seen
from tests.test_catalogues import LANGUAGES

# Written here again, not read from locales/<language>/telling.txt: a line lost there must be seen.
TELLING = {
    "en": ("traffick", "exploit", "prostitut", "pimp", "slave", "victim", "police", "gendarm", "complaint"),
    "fr": (
        "la traite",
        "trafic",
        "exploit",
        "prostit",
        "proxénèt",
        "esclav",
        "victime",
        "police",
        "gendarm",
        "plainte",
    ),
    "es": ("la trata", "explot", "prostit", "proxenet", "esclav", "víctima", "policía", "gendarm", "denuncia"),
    "ar": ("اتجار", "استغلال", "دعارة", "عبودي", "ضحية", "ضحايا", "شرطة", "الدرك", "شكوى"),
    "zh": ("贩运", "贩卖", "剥削", "卖淫", "奴役", "奴隶", "受害", "警察", "宪兵", "报警", "报案"),
    "bn": ("পাচার", "শোষণ", "পতিতা", "দাসত্ব", "ভুক্তভোগী", "পুলিশ", "অভিযোগ"),
}
NAMES = ("ac.sé", "ccem", "contrelatraite")
EVERYWHERE = (*dict.fromkeys(word for words in TELLING.values() for word in words), *NAMES)
RECEIPT = {
    f"receipt.{who}.{form}": "papaya" for who in ("person", "professional") for form in ("words", "digits", "safe_word")
}


@pytest.fixture(scope="module")
def turns() -> list[Turn]:
    return list(every_turn())


def previews(reply: Reply, tapped: Message | None = None) -> Iterator[str]:
    """What each sent or edited message shows before anybody taps, as sent and as tried again when refused."""
    for call in outgoing(reply, "77", tapped):
        for each in filter(None, (call, call.otherwise)):
            text, entities = each.arguments.get("text", ""), each.arguments.get("entities", [])
            check_entities(text, entities)
            yield seen(text, entities).casefold()


def reply(*screens: Shown, taken: str | None = None) -> Reply:
    return Reply(7, "fr", "menu", "menu", screens, taken=taken, origin={"tapped": 5})


def tapped(text: str, entities: list[dict[str, object]]) -> Message:
    """The question that was tapped, as Telegram hands it back."""
    marks = [MessageEntity.de_json(dict(entity), None) for entity in entities]
    chat, bot = Chat(77, Chat.PRIVATE), User(1, "B", True)
    return Message(5, date=None, chat=chat, from_user=bot, text=text, entities=marks)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_of_any_flow_tells(language: str, turns: list[Turn], everything_said: Content):
    screens = {screen for turn in turns for screen in turn.screens}
    assert len(screens) > 200
    for screen in screens:
        shown = render(everything_said.catalog, screen, language, RECEIPT)
        for preview in previews(reply(shown)):
            assert not [word for word in EVERYWHERE if word in preview], preview
            assert not screen.once or "papaya" not in preview


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_that_was_tapped_tells(language: str, turns: list[Turn], everything_said: Content):
    for label in {choice.label for turn in turns for screen in turn.screens for choice in screen.choices}:
        words = everything_said.catalog.translate(language, label)
        question = tapped("🙂 La police\n\nOui ?", [{"type": "spoiler", "offset": 0, "length": 12}])
        for preview in previews(reply(taken=words), question):
            assert not [word for word in EVERYWHERE if word in preview], preview


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_give_it_away_are_in_the_language_s_list(language: str):
    assert not [word for word in (*TELLING[language], *NAMES) if not tells(f"… {word} …")]
    assert len(list(entries(FOLDER / language / "telling.txt"))) >= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_tells_nothing_stays_open(language: str, everything_said: Content):
    """Who is afraid must not tap through everything: numbers, the first screens, and most questions are open."""
    catalog = everything_said.catalog
    neutral = (
        NOT_READ,
        say("welcome", "Here you find information about your rights, and a way to ask for help."),
        say("telegram", "Grey text: tap it to read. It keeps words out of notifications."),
        say("crisis", "Is there danger now? These numbers are free, day and night."),
        say("receipt", "The request has arrived. Nobody has taken it yet."),
        say("referral", "Where can you sleep safely?"),
        say("screening", "How old are you?"),
    )
    assert not [words for text in neutral if tells(words := catalog.translate(language, text))]


def test_the_numbers_of_the_danger_screen_stay_open(turns: list[Turn], everything_said: Content):
    crisis = {s for turn in turns for s in turn.screens if any(choice.id == "call-police_17" for choice in s.choices)}
    assert crisis
    for screen in crisis:
        said = "\n".join(previews(reply(render(everything_said.catalog, screen, "fr"))))
        shown = said.translate(dict.fromkeys(range(0x2066, 0x206A)))  # without the marks around a number in Arabic
        assert all(f" {number}" in shown for number in ("17", "112", "114"))


def test_the_coordination_s_answer_is_covered_whole(everything_said: Content):
    answer = say("receipt", "The coordination writes: {message}", message="🙂 A room with papaya")
    shown = render(everything_said.catalog, Screen((answer,), once=True), "ar")
    assert not [preview for preview in previews(reply(shown)) if "papaya" in preview]


def test_accents_capitals_and_vowels_do_not_hide_a_word():
    assert all(tells(text) for text in ("PROXENETE", "témoignage", "Victimas", "لِلاِسْتِغْلَال", "et AC.SÉ?"))
    assert not any(tells(text) for text in ("un traitement médical", "organise", "une attraction", "Begin", "🙂"))


def test_a_list_has_one_entry_a_line():
    for path in sorted(Path(FOLDER).glob("*/telling.txt")):
        listed = list(entries(path))
        assert len(listed) == len(set(listed)), path
        shortest = 2 if path.parent.name == "zh" else 3
        assert all(len(entry.strip("*")) >= shortest for entry in listed), path
