"""The terminal: a talk for people, and with --jsonl a script's door, one JSON line in and one out."""

import asyncio
import dataclasses
import io
import json
import logging
import re
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeAlias, get_args

from bot.messages import Channel, Incoming, Reply, Shown, ShownChoice, ShownReceipt, Tap, both, numbered
from dialogs.events import CommandName
from locales.catalog import bare

COMMANDS: tuple[CommandName, ...] = get_args(CommandName)
MALFORMED = 'write one JSON object a line: {"say": "…"}, {"choose": "…"} or {"command": "…"}'
FURTHEST_S = 10**9
# What a terminal obeys, and what turns a line round; the isolates of our own sentences stay.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
CLEAR = "\x1b[2J\x1b[3J\x1b[H"  # screen, what can be scrolled back to, cursor home


class Host(Protocol):
    """What the terminal needs of the host."""

    async def handle(self, incoming: Incoming) -> Reply:
        """Do one turn."""

    async def present(self, channel: Channel, address: str, at: int) -> Reply | None:
        """The present screen."""

    async def delivered(self, delivery: int) -> None:
        """The reply was printed."""


class Malformed(Exception):
    """A line that is not one of the three kinds; says what to write."""


Write: TypeAlias = Callable[[str], None]
log = logging.getLogger(__name__)


class Talk:
    """One person at one terminal. The clock can be moved forward by a script."""

    def __init__(self, host: Host, address: str, language: str | None) -> None:
        """`address` is the same for one person over several runs."""
        self.host, self.address, self.language = host, address, language
        self._ahead = 0

    def now(self) -> int:
        """Unix seconds, as moved."""
        return int(time.time()) + self._ahead

    def wait(self, seconds: int) -> None:
        """Move the clock forward. Raises Malformed past some thirty years in all."""
        if self._ahead + seconds > FURTHEST_S:
            raise Malformed("after_s: the clock cannot be moved further than that")
        self._ahead += seconds

    async def send(self, **what: Any) -> Reply:
        """One message to the host; the reply is acknowledged, since it is printed at once."""
        incoming = Incoming("terminal", self.address, secrets.token_hex(8), self.now(), language=self.language, **what)
        reply = await self.host.handle(incoming)
        if reply.delivery is not None:
            await self.host.delivered(reply.delivery)
        return reply

    async def begin(self) -> Reply:
        """The first screen, or the one where the person stood; what waited only for a first word is not asked."""
        shown = await self.host.present("terminal", self.address, self.now())
        return shown or await self.send()

    async def choose(self, wanted: str) -> Reply:
        """Tap the choice with this id, place in the list that a script was given (from 1) or label.

        Raises Malformed when there is none.
        """
        present = await self.begin()
        choices = present.screens[-1].choices
        by_id = {choice.id: choice.id for choice in choices}
        by_number = {str(number): choice.id for number, choice in enumerate(choices, 1)}
        by_label = _by_label(present)
        found = by_id.get(wanted) or by_number.get(wanted) or by_label.get(bare(wanted))
        if found is None:
            raise Malformed("no such choice here; there are: " + ", ".join(by_id))
        return await self.send(tap=Tap(present.turn, found))


def _by_label(shown: Reply) -> dict[str, str]:
    """The ids of the present screen's answers and ways, by what each says; those that call are left out."""
    labels = ((choice, label) for choice in shown.screens[-1].choices for label in (choice.beside, choice.label))
    return {bare(label): choice.id for choice, label in labels if label and choice.url is None}


async def script(talk: Talk, read: Callable[[], str], write: Write) -> None:
    """Answer each line with one line until the input ends; a malformed one with an error, and the talk goes on."""
    while line := await asyncio.to_thread(read):
        try:
            answer = as_json(await _obey(talk, line))
        except Malformed as wrong:
            answer = {"error": str(wrong)}
        except Exception as fault:
            log.error("a turn failed: %s", type(fault).__name__)
            answer = {"error": "the fault is ours, and nothing was changed; the next line is heard"}
        write(json.dumps(answer, ensure_ascii=False))


async def _obey(talk: Talk, line: str) -> Reply:
    order = _order(line)
    talk.wait(order.pop("after_s", 0))
    kind, value = order.popitem()
    match kind:
        case "say":
            return await talk.send(text=value)
        case "choose":
            return await talk.choose(str(value))
        case _:
            return await talk.send() if value == "start" else await talk.send(command=value)


def _order(line: str) -> dict[str, Any]:
    """The line as an object with exactly one of say, choose, command. Raises Malformed."""
    try:
        order = json.loads(line)
    except (ValueError, RecursionError):
        raise Malformed(f"this is not JSON; {MALFORMED}") from None
    if not isinstance(order, dict) or len({"say", "choose", "command"} & order.keys()) != 1:
        raise Malformed(MALFORMED)
    _check(order)
    return {key: order[key] for key in ("say", "choose", "command", "after_s") if key in order}


def _check(order: dict[str, Any]) -> None:
    unknown = order.keys() - {"say", "choose", "command", "after_s"}
    after = order.get("after_s", 0)
    if unknown:
        raise Malformed(f"unknown key {sorted(unknown)[0]!r}; {MALFORMED}")
    if isinstance(after, bool) or not isinstance(after, int) or after < 0:
        raise Malformed("after_s is a whole number of seconds, 0 or more")
    if "say" in order and not isinstance(order["say"], str):
        raise Malformed("say takes a text")
    if "choose" in order and (isinstance(order["choose"], bool) or not isinstance(order["choose"], str | int)):
        raise Malformed("choose takes a choice's id, its number from 1, or its label")
    if "command" in order and order["command"] not in COMMANDS:
        raise Malformed("command is one of: " + ", ".join(COMMANDS))


def as_json(reply: Reply) -> dict[str, Any]:
    """A turn as a script sees it."""
    return {
        "turn": reply.turn,
        "language": reply.language,
        "flow": reply.flow,
        "step": reply.step,
        "screens": [_screen(screen) for screen in reply.screens],
        "commands": list(reply.commands),
        "receipt": _receipt(reply.receipts),
        "ended": reply.ended,
    }


def _receipt(shown: Sequence[ShownReceipt]) -> dict[str, str] | list[dict[str, str]] | None:
    """`holder` where it is not plainly the person's own: a professional's two come on two lines (decision 16)."""
    whole = [dataclasses.asdict(receipt) for receipt in shown]
    match whole:
        case []:
            return None
        case [{"holder": "person"} as own]:
            return {name: own[name] for name in ("words", "digits")}
        case [one]:
            return one
        case _:
            return whole


def _screen(screen: Shown) -> dict[str, Any]:
    half = screen.beside
    beside = {} if half is None else {"beside": {"language": half.language, "text": "\n\n".join(half.text)}}
    return {
        "text": "\n\n".join(screen.text),
        "choices": [_choice(choice) for choice in screen.choices],
        "asks_text": screen.asks_text,
        **beside,
    }


def _choice(choice: ShownChoice) -> dict[str, str | None]:
    beside = {} if choice.beside is None else {"beside": choice.beside}
    return {"id": choice.id, "label": choice.label, "url": choice.url, **beside}


async def person(talk: Talk, read: Callable[[], str], write: Write) -> None:
    """Talk with a person until the conversation or the input ends."""
    reply = await talk.begin()
    while True:
        write(CLEAR if reply.hide else as_text(reply))
        if reply.ended:
            return
        write("> ")
        line = await asyncio.to_thread(read)
        if not line:
            return
        reply = await _typed(talk, reply, line.strip())


async def _typed(talk: Talk, shown: Reply, line: str) -> Reply:
    """A button has no other tap here than its words."""
    command = line.removeprefix("/")
    if line.startswith("/") and command in COMMANDS:
        return await talk.send(command=command)
    if found := _by_label(shown).get(bare(line)):
        return await talk.send(tap=Tap(shown.turn, found))
    return await talk.send(text=line) if line else await talk.begin()


def as_text(reply: Reply) -> str:
    """The screens as lines; what can be chosen by a number has it, the rest by its words."""
    lines = [""]
    for screen in reply.screens:
        lines += [*_spaced(screen.text), *_beside(screen), *_choices(screen)]
    return UNPRINTABLE.sub("", "\n".join(lines)) + "\n"


def _spaced(paragraphs: tuple[str, ...]) -> list[str]:
    return [line for paragraph in paragraphs for line in (paragraph, "")]


def _beside(screen: Shown) -> list[str]:
    """The half of the person who reads together with a professional, each line from its own side."""
    if screen.beside is None:
        return []
    isolate = "\u2067" if screen.beside.direction == "rtl" else "\u2066"
    theirs = ("\n".join(f"{isolate}{line}\u2069" for line in text.splitlines()) for text in screen.beside.text)
    return ["————", "", *_spaced(tuple(theirs))]


def _choices(screen: Shown) -> list[str]:
    numbers = {} if screen.asks_text else {c.id: f"{number}." for number, c in enumerate(numbered(screen.choices), 1)}
    return [f"  {numbers.get(choice.id, '- ')} {both(choice.label, choice.beside)}" for choice in screen.choices]


def prepare() -> None:
    """Read and write UTF-8 whatever the terminal says; what is not text never stops the talk."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def write_line(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


def read_line() -> str:
    """A line of standard input, "" at its end; what is not text is read as far as it can be."""
    return sys.stdin.readline()
