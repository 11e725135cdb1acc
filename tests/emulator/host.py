"""A host in memory that keeps the real one's promises: repeats dropped, an outbox, message ids."""

import asyncio
from dataclasses import dataclass, field, replace

from bot.messages import Channel, Incoming, Reply, Shown, ShownChoice

WAYS_OUT = (ShownChoice("sos", "Danger", None, "danger"), ShownChoice("menu", "Menu", None, "menu"))
LABELS = {choice.id: choice.label for choice in WAYS_OUT}


def says(*text: str, choices: tuple[ShownChoice, ...] = WAYS_OUT) -> Shown:
    return Shown(text, choices, True, "fr", "ltr")


@dataclass
class MemoryHost:
    """Answers with an echo. `store` is what would survive a restart; `fail` raises for so many turns."""

    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    outbox: dict[int, tuple[str, Reply]] = field(default_factory=dict)
    ids: dict[str, list[int]] = field(default_factory=dict)
    taken: list[Incoming] = field(default_factory=list)
    turns: dict[str, int] = field(default_factory=dict)
    poison: str | None = None
    fail: int = 0
    slow: float = 0
    deliveries: int = 0

    async def handle(self, incoming: Incoming) -> Reply:
        await asyncio.sleep(self.slow)
        if self.fail > 0 or (self.poison is not None and incoming.text == self.poison):
            self.fail -= 1
            raise RuntimeError(f"the store is down while reading {incoming.text}")
        turn = self.turns.get(incoming.address, 0)
        if (incoming.address, incoming.key) in self.seen:
            return self._again(incoming, turn)
        self.seen[incoming.address, incoming.key] = self.deliveries + 1
        self.taken.append(incoming)
        self.turns[incoming.address] = turn + 1
        self.deliveries += 1
        reply = replace(self.answer(incoming, turn + 1), delivery=self.deliveries, origin=incoming.origin)
        self.outbox[self.deliveries] = (incoming.address, reply)
        return reply

    def _again(self, incoming: Incoming, turn: int) -> Reply:
        kept = self.outbox.get(self.seen[incoming.address, incoming.key])
        return replace(kept[1] if kept else self._reply(turn, says("écran présent")), repeated=True)

    def answer(self, incoming: Incoming, turn: int) -> Reply:
        if incoming.command == "hide":
            return self._reply(turn, says("Voilà"), hide=True, ended=True, commands=("Hide",))
        if incoming.command == "erase":
            return self._reply(
                turn, says("Ce qui reste"), clear=tuple(self.ids[incoming.address]), commands=("Forget",)
            )
        if incoming.tap is not None:
            taken = LABELS.get(incoming.tap.choice) if incoming.tap.turn == turn - 1 else None
            return self._reply(turn, says(f"choisi {taken}"), taken=taken, taken_discreet=taken == "Danger")
        echo = f"« {incoming.text or incoming.command} »"
        return self._reply(turn, says("pas ouvert" if incoming.shared and not incoming.text else echo))

    @staticmethod
    def _reply(turn: int, *screens: Shown, **more) -> Reply:
        return Reply(turn, "fr", "menu", "menu", screens, **more)

    async def delivered(self, delivery: int) -> None:
        self.outbox.pop(delivery, None)

    async def undelivered(self, channel: Channel) -> list[tuple[str, Reply]]:
        return [self.outbox[number] for number in sorted(self.outbox)]

    async def remember(self, channel: Channel, address: str, message_id: int, at: int) -> None:
        self.ids.setdefault(address, []).append(message_id)

    async def remembered(self, channel: Channel, address: str) -> list[int]:
        return list(self.ids.get(address, ()))

    async def forget_remembered(self, channel: Channel, address: str) -> None:
        self.ids.pop(address, None)
