"""Telegram's own JSON in, `Incoming` out; a reply in, the Bot API's arguments out."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message, TelegramObject, Update

from bot.channels.telegram.incoming import COMMANDS, group_of, incoming
from bot.channels.telegram.outgoing import Call, deletions, outgoing
from bot.channels.telegram.profile import NAME
from bot.channels.telegram.text import messages
from bot.messages import Reply, Shown, ShownChoice, ShownReceipt
from locales.languages import listed
from locales.telling import tells
from tests.bot.channels.telegram.stage import PROFILES
from tests.emulator.markup import check_entities, check_keyboard, units

CASES = Path(__file__).parent


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['why']}")
        for path in sorted((CASES / kind).glob("*.json"))
        for case in json.loads(path.read_text())
    ]


@pytest.mark.parametrize("case", cases("incoming"))
def test_an_update_is_read(case):
    update = Update.de_json(case["update"], None)
    read = None if group_of(update) else incoming(update, 1795000100)
    assert (None if read is None else asdict(read)) == case["incoming"]
    assert group_of(update) == case["leave"]


@pytest.mark.parametrize("case", cases("outgoing"))
def test_a_reply_is_said(case):
    tapped = Message.de_json(case["tapped"], None) if case["tapped"] else None
    assert [[c.method, wire(c.arguments)] for c in outgoing(reply_of(case["reply"]), "77", tapped)] == case["calls"]


def reply_of(data: dict[str, Any]) -> Reply:
    """A reply as a case writes it."""
    screens = tuple(
        Shown(**{**s, "text": tuple(s["text"]), "choices": tuple(ShownChoice(**c) for c in s["choices"])})
        for s in data["screens"]
    )
    receipts = tuple(ShownReceipt(**r) for r in data.get("receipts", ()))
    return Reply(
        **{
            **data,
            "screens": screens,
            "commands": tuple(data.get("commands", ())),
            "receipts": receipts,
            "clear": tuple(data.get("clear", ())),
        }
    )


def wire(value: Any) -> Any:
    """Arguments as JSON would carry them."""
    if isinstance(value, TelegramObject):
        return wire(value.to_dict())
    if isinstance(value, dict):
        return {name: wire(each) for name, each in value.items()}
    return [wire(each) for each in value] if isinstance(value, list | tuple) else value


def test_a_refused_message_is_tried_without_links_and_never_without_its_cover():
    choices = (
        ShownChoice("p", "Appeler le 17", "tel:17", "link"),
        ShownChoice("s", "Site", "https://x.fr/", "link"),
        ShownChoice("m", "Menu", None, "menu"),
    )
    [call] = outgoing(Reply(1, "fr", "f", "s", (Shown(("La police",), choices, False, "fr", "ltr"),)), "77")
    assert call.otherwise is not None
    assert call.otherwise.arguments["text"] == "La police\n\n☎ Appeler le 17"
    assert call.otherwise.arguments["entities"] == [{"type": "spoiler", "offset": 0, "length": 9}]
    assert [b["text"] for row in call.otherwise.arguments["reply_markup"]["inline_keyboard"] for b in row] == ["Menu"]


def test_a_question_that_cannot_be_deleted_is_blanked():
    reply = Reply(1, "fr", "f", "s", (), taken="Oui", taken_discreet=True, origin={"tapped": 5})
    [call] = outgoing(reply, "77")
    assert call.otherwise == Call("edit_message_text", {"chat_id": 77, "message_id": 5, "text": "…"})


def test_deletions_go_by_the_hundred_each_id_once():
    calls = deletions("77", [*range(1, 251), 7])
    assert [len(call.arguments["message_ids"]) for call in calls] == [100, 100, 50]


paragraphs = st.lists(
    st.text(max_size=200) | st.just("la police 🙂 ") | st.text(alphabet="ab. 🙂\n", min_size=4000, max_size=9000),
    max_size=3,
)
urls = st.sampled_from([None, "tel:+33800800800", "tel:17", "sms:114?body=x", "https://a.fr/"])
labels = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30)
ids = st.from_regex(r"[A-Za-z0-9_-]{1,50}", fullmatch=True)
roles = st.sampled_from(["answer", "link", "danger", "back", "menu", "leave"])
choices = st.lists(st.builds(ShownChoice, ids, labels, urls, roles), max_size=20)


@given(paragraphs, choices, st.integers(0, 10**9 - 1))
def test_any_words_make_messages_that_telegram_takes(text, shown, turn):
    screen = Shown(tuple(text), tuple(shown), False, "fr", "ltr")
    for call in outgoing(Reply(turn, "fr", "f", "s", (screen,)), "77"):
        words = call.arguments["text"]
        assert words == words.strip() != ""
        assert units(words) <= 4096
        check_entities(words, call.arguments["entities"])
        check_keyboard(call.arguments["reply_markup"])


@given(paragraphs)
def test_no_word_is_lost_when_a_screen_is_split(text):
    said = "".join(piece.text for piece in messages(Shown(tuple(text), (), False, "fr", "ltr")))
    assert "".join(said.split()) == "".join("".join(text).encode(errors="ignore").decode().split())


def test_every_language_has_its_profile():
    described = {profile.language: profile.description for profile in PROFILES}
    assert set(described) == {None, *listed()} - {"en"}
    assert "Telegram keeps this chat: /hide removes" in described[None]
    assert "Telegram garde ce chat : /cacher retire" in described["fr"]


def test_the_profile_is_neutral_and_its_commands_are_understood():
    for profile in PROFILES:
        words = " ".join([NAME, profile.description, profile.short, *(w for pair in profile.commands for w in pair)])
        assert not tells(words)
        assert {COMMANDS[command] for command, _ in profile.commands} == {"menu", "language", "help", "hide", "erase"}
        assert len(profile.description) <= 512
        assert len(profile.short) <= 120
