"""Two who read together, over the real host: words of every half, labels that are typed, the terminal's two blocks."""

import re

import pytest

from bot.channels.terminal import as_json, as_text
from bot.messages import Tap, both
from bot.render import render
from bot.turns import Content, Host
from dialogs.engine import Turn
from locales.catalog import bare
from tests.bot.stage import Guest
from tests.dialogs.everywhere import turns_of_two

ARABIC = re.compile("[\u0600-\u06ff]")


async def of_two(host: Host, own: str = "fr", theirs: str = "ar") -> Guest:
    guest = await Guest(host).at_menu(own, "professional")
    await guest.tap("bilingual", "alone", theirs, "understood")
    return guest


@pytest.fixture(scope="module")
def turns() -> list[Turn]:
    return list(turns_of_two())


def test_every_sentence_of_a_shared_screen_is_there_in_both_languages(turns: list[Turn], everything_said: Content):
    names = set(everything_said.library.languages.values())
    shared = {screen for turn in turns for screen in turn.screens if screen.beside and screen.beside.language == "ar"}
    assert len(shared) > 200
    for screen in shared:
        shown = render(everything_said.catalog, screen, "fr")
        half = shown.beside
        assert half
        assert (shown.language, half.language, half.direction) == ("fr", "ar", "rtl")
        assert shown.text
        assert all(ARABIC.search(line) for line in half.text), half.text
        assert not [line for line in shown.text if ARABIC.match(line)]
        for choice in shown.choices:
            assert choice.beside
            assert ARABIC.search(choice.beside) or choice.label == choice.beside or choice.label in names, choice


def test_what_is_for_one_alone_has_one_half(turns: list[Turn], everything_said: Content):
    alone = {screen for turn in turns for screen in turn.screens if screen.alone and turn.session.beside}
    assert len(alone) > 20
    for screen in alone:
        shown = render(
            everything_said.catalog,
            screen,
            "fr",
            {f"receipt.professional.{f}": "x" for f in ("words", "digits", "safe_word")},
        )
        assert shown.beside is None
        assert all(choice.beside is None for choice in shown.choices)


async def test_a_button_s_words_count_in_either_language(host: Host):
    guest = await of_two(host)
    await guest.tap("instruments", "situation", "start", "adult")
    await guest.say("لا أعرف")
    assert (guest.reply.step, bare(guest.reply.taken or "")) == ("act_hosted", "je ne sais pas · لا اعرف")
    await guest.say("Non")
    assert guest.reply.step != "act_hosted"


async def test_the_first_half_is_the_professional_s_whoever_writes(host: Host):
    guest = await of_two(host, "ar", "es")
    for words in ("hola", "no lo sé", "مرحبا", "quiero saber mis derechos"):
        await guest.say(words)
        assert (guest.reply.language, guest.reply.turned) == ("ar", False)
        half = guest.reply.screens[-1].beside
        assert half
        assert half.language == "es"


async def test_turned_it_is_the_person_s_alone_and_survives_a_stale_tap(host: Host):
    guest = await of_two(host)
    older = guest.reply.turn
    await guest.tap("hand")
    assert (guest.reply.language, guest.reply.turned) == ("ar", True)
    await guest.send(tap=Tap(older, "hand"))
    assert guest.reply.turned
    assert [screen.beside for screen in guest.reply.screens] == [None]


async def test_a_terminal_shows_two_blocks_and_one_number_for_both(host: Host):
    guest = await of_two(host)
    await guest.tap("instruments", "situation", "start", "adult")
    lines = as_text(guest.reply).splitlines()
    line = lines.index("————")
    assert any("recrutée" in text for text in lines[:line])
    assert any(text.startswith("\u2067") and ARABIC.search(text) for text in lines[line:])
    assert f"  1. {both('Oui', 'نعم')}" in lines
    screen = as_json(guest.reply)["screens"][-1]
    assert screen["beside"]["language"] == "ar"
    assert screen["choices"][0]["beside"] == "نعم"


async def test_who_reads_alone_gets_nothing_of_it(host: Host):
    guest = await Guest(host).at_menu("fr", "professional")
    (screen,) = as_json(guest.reply)["screens"]
    assert "beside" not in screen
    assert "beside" not in screen["choices"][0]
    assert not guest.reply.turned
