"""What a button shows is what it does: every button of every screen, as each channel sends it back."""

from collections.abc import Iterator

import pytest
from telegram import Update

from bot import agenda
from bot.channels.telegram.incoming import incoming
from bot.channels.telegram.outgoing import INERT, outgoing
from bot.channels.terminal import as_text
from bot.hearing import Hearing, Read, redacted_of
from bot.messages import Channel, Incoming, Reply, Shown, both
from bot.render import render
from bot.turns import Content, Host
from dialogs.engine import Turn
from dialogs.events import Chose
from dialogs.screen import Screen
from dialogs.session import Session
from tests.bot.stage import AT, Guest, coordinator
from tests.dialogs.everywhere import every_turn, turns_of_two
from tests.services.training_stage import announce


@pytest.fixture(scope="module")
def last() -> dict[Screen, Session]:
    """Every screen at which somebody stands, and a conversation that stands there."""
    turns: list[Turn] = [*every_turn(), *turns_of_two()]
    return {turn.screens[-1]: turn.session for turn in turns}


def heard(content: Content, session: Session, screen: Screen, message: Incoming) -> str | None:
    """The choice that a message taps at a screen."""
    read = Read(message.text, redacted_of(message.text)) if message.text else None
    hearing = Hearing(content.catalog, content.understander, session, screen, True, read)
    event, tapped = hearing.event(message, None)
    return tapped if isinstance(event, Chose) else None


def tapped(data: str) -> Incoming:
    """A tap on Telegram."""
    chat, person = {"id": 77, "type": "private"}, {"id": 77, "is_bot": False, "first_name": "A"}
    message = {"message_id": 5, "date": AT, "chat": chat}
    query = {"id": "4", "from": person, "chat_instance": "1", "data": data, "message": message}
    read = incoming(Update.de_json({"update_id": 1, "callback_query": query}, None), AT)
    assert read is not None, data
    return read


def buttons(reply: Reply) -> Iterator[dict[str, str]]:
    for call in outgoing(reply, "77"):
        for row in (call.arguments.get("reply_markup") or {"inline_keyboard": []})["inline_keyboard"]:
            yield from (button for button in row if button.get("callback_data", INERT) != INERT)


def shown(content: Content, session: Session, screen: Screen, channel: Channel) -> tuple[Screen, Shown, Reply]:
    """A screen as a channel without an address of its own shows it."""
    kept = agenda.reachable(screen, channel, "")
    words = render(content.catalog, kept, session.spoken)
    return kept, words, Reply(session.turn, session.spoken, "f", "s", (words,))


def test_on_telegram_each_button_does_what_it_says(last: dict[Screen, Session], everything_said: Content):
    assert len(last) > 200
    for screen, session in last.items():
        kept, words, reply = shown(everything_said, session, screen, "telegram")
        labels = {
            choice.id: {choice.label, choice.beside, both(choice.label, choice.beside)} for choice in words.choices
        }
        sent = list(buttons(reply))
        for button in sent:
            assert len(button["callback_data"].encode()) <= 64
            for now in (kept, screen):  # also where the screen has more or fewer buttons by the time of the tap
                found = heard(everything_said, session, now, tapped(button["callback_data"]))
                assert found is not None
                assert button["text"] in labels[found]
        done = {heard(everything_said, session, kept, tapped(button["callback_data"])) for button in sent}
        assert done == {choice.id for choice in screen.choices if choice.url is None}


def test_in_the_terminal_each_number_does_what_stands_beside_it(last: dict[Screen, Session], everything_said: Content):
    numbered = 0
    for screen, session in last.items():
        kept, words, reply = shown(everything_said, session, screen, "terminal")
        says = {choice.id: both(choice.label, choice.beside) for choice in words.choices}
        for line in as_text(reply).splitlines():
            number, point, label = line.strip().partition(". ")
            if line.startswith("  ") and point and number.isdecimal() and label in says.values():
                numbered += 1
                message = Incoming("terminal", "here", "k", AT, text=number)
                assert says[heard(everything_said, session, kept, message) or ""] == label
    assert numbered > 1000


@pytest.mark.parametrize("channel", ["telegram", "web", "terminal"])
@pytest.mark.parametrize(("way", "place"), [("sos", "crisis"), ("list", "agenda"), ("menu", "menu")])
async def test_below_the_calendar_file_a_button_means_itself(
    database, keys, everything_said, channel: Channel, way: str, place: str
):
    training = await announce(database, await coordinator(database, keys), at=AT)
    host = Host(database, keys, everything_said)
    guest = await Guest(host, channel, "77").at_menu(audience="professional")
    reply = await guest.tap("training", "agenda", f"day-{training}")
    label = next(choice.label for choice in reply.screens[-1].choices if choice.id == way)
    (data,) = {button["callback_data"] for button in buttons(reply) if button["text"] == label}
    reply = await guest.send(tap=tapped(data).tap)
    assert (reply.flow, reply.taken) == (place, label)
    await host.close()
