"""The real host over a real database, and somebody who taps and writes on one of its channels."""

import secrets
from typing import Any

from bot.messages import Channel, Incoming, Reply, Tap
from bot.turns import Content, Host
from services import rights
from services.database import Database
from services.keys import Keys
from services.people import invitations, joining, signing_in

AT = 1_795_000_000  # November 2026
PASSWORD = "correct horse battery staple"


class Guest:
    """One person on one channel."""

    def __init__(self, host: Host, channel: Channel = "terminal", address: str = "here") -> None:
        self.host, self.channel, self.address = host, channel, address
        self.at = AT
        self.reply: Reply

    async def send(self, key: str | None = None, **what: Any) -> Reply:
        incoming = Incoming(self.channel, self.address, key or secrets.token_hex(4), self.at, **what)
        self.reply = await self.host.handle(incoming)
        return self.reply

    async def tap(self, *choices: str) -> Reply:
        for choice in choices:
            assert choice in self.choices, f"no {choice} among {self.choices}"
            await self.send(tap=Tap(self.reply.turn, choice))
        return self.reply

    async def say(self, text: str) -> Reply:
        return await self.send(text=text)

    @property
    def choices(self) -> list[str]:
        return [choice.id for choice in self.reply.screens[-1].choices]

    @property
    def words(self) -> str:
        halves = (half for screen in self.reply.screens for half in (screen, screen.beside) if half)
        return "\n".join(line for half in halves for line in half.text)

    async def at_menu(self, language: str = "fr", audience: str = "person") -> "Guest":
        await self.send()
        await self.tap(language, audience)
        return self

    async def asks_for_help(self, note: str = "") -> Reply:
        """The whole way of one's own request, from the menu to the receipt."""
        await self.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days")
        await self.say("06")
        await self.tap("unsaid")
        if "unsaid" in self.choices:
            await (self.say(note) if note else self.tap("unsaid"))
        return await self.tap("ok", "read", "yes", "no")


async def coordinator(database: Database, keys: Keys, name: str = "Ana") -> rights.Opened:
    """The first coordinator, signed in."""
    async with database.begin() as tx:
        token = await invitations.invite(tx, name, "supervisor", AT)
    await joining.accept(database, keys, token, PASSWORD, AT)
    opened = await signing_in.sign_in(database, keys, name, PASSWORD, AT)
    assert opened is not None
    return opened


def host_of(database: Database, keys: Keys, content: Content) -> Host:
    return Host(database, keys, content)
