"""Whole talks, as people hold them, in every language: tests/bot/conversations/<language>/<story>.yaml.

A story is a list of turns. `say`: what is written; `press`: a button's words; `tap`: a button's id, where its words do
not matter; `wait`: seconds gone by before it; `sees`: parts of what is then read; `never`: what must not be there;
`at`: the flow and step; `sends`: the commands; `opens`: the receipt shown last is written (`words` or `digits`), or
that of a holder (`professional words`); `tries`: its second and fifth word or group of numbers are.
Coordination answers with `coordination: "…"`; it announces a training in Nice on 11 and 12 March 2027 with as many
seats (`announces: 1`), moves it (`moves: Lyon`), calls it off (`calls_off: true`). `another`: somebody else has signed
up (`signs_up`) or gives the first place back (`cancels`).
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.messages import Tap, both
from bot.turns import Host
from locales.catalog import bare
from locales.languages import listed
from services.database import Database
from services.keys import Keys
from services.referrals import acts, queue
from services.rights import Opened
from services.trainings import sign_ups, trainings
from tests.bot.stage import Guest, coordinator
from tests.services.training_stage import PLAN, announce, sign_up

FOLDER = Path(__file__).parent / "conversations"
STORIES = sorted(FOLDER.glob("*/*.yaml"))
AGENDA = {"announces", "moves", "calls_off", "another"}
EVERY_LANGUAGE = set(listed())


class Talk:
    """One story being played."""

    def __init__(self, guest: Guest, database: Database, opened: Opened) -> None:
        self.guest, self.database, self.opened = guest, database, opened
        self.receipt: dict[str, str] = {}
        self.training = ""

    async def play(self, turn: dict[str, Any]) -> None:
        self.guest.at += turn.get("wait", 0)
        if "coordination" in turn:
            await self.answer(turn["coordination"])
        elif AGENDA & turn.keys():
            await self.fill(turn)
        elif "press" in turn:
            await self.press(str(turn["press"]))
        elif "tap" in turn:
            await self.tap(str(turn["tap"]))
        elif "opens" in turn:
            await self.guest.say(self.receipt[turn["opens"]])
        elif "tries" in turn:
            parts = self.receipt[turn["tries"]].split()
            await self.guest.say(f"{parts[1]} {parts[4]}")
        elif "say" in turn:
            await self.guest.say(str(turn["say"]))
        if self.guest.reply.receipts:
            shown = self.guest.reply.receipts[-1]
            self.receipt |= {"words": shown.words, "digits": shown.digits}
            self.receipt |= {f"{shown.holder} words": shown.words, f"{shown.holder} digits": shown.digits}

    async def press(self, label: str) -> None:
        choices = self.guest.reply.screens[-1].choices
        found = [choice.id for choice in choices if bare(label) in (bare(choice.label), bare(choice.beside or ""))]
        assert found, f"no button {label!r} among {[choice.label for choice in choices]}"
        await self.tap(found[0])

    async def tap(self, choice: str) -> None:
        assert choice in [shown.id for shown in self.guest.reply.screens[-1].choices], f"no button {choice}"
        await self.guest.send(tap=Tap(self.guest.reply.turn, choice))

    async def answer(self, text: str) -> None:
        at = self.guest.at
        async with self.database.begin() as tx:
            referral = str((await queue.triage_rows(tx))[0]["id"])
            if (await queue.one(tx, referral)).state == "acknowledged":
                await acts.claim(tx, referral, self.opened.member, at)
        async with self.database.begin() as tx:
            revision = (await queue.one(tx, referral)).revision
            await acts.answer(tx, referral, self.opened, text, revision, at)

    async def fill(self, turn: dict[str, Any]) -> None:
        """What the coordination, and somebody else, do with a training."""
        member, at = self.opened.member, self.guest.at
        if "announces" in turn:
            self.training = await announce(self.database, self.opened, turn["announces"], at)
        elif turn.get("another") == "signs_up":
            await sign_up(self.database, self.training, at=at)
        async with self.database.begin() as tx:
            if "moves" in turn:
                await trainings.change(tx, member, self.training, replace(PLAN, town=turn["moves"], seats=1), 1, at)
            elif "calls_off" in turn:
                now = await trainings.one(tx, self.training)
                await trainings.set_state(tx, member, self.training, "cancelled", now.revision, at)
            elif turn.get("another") == "cancels":
                await sign_ups.cancel(tx, (await sign_ups.listed(tx, self.training))[0].id)

    def read(self) -> str:
        reply = self.guest.reply
        buttons = [both(choice.label, choice.beside) for choice in reply.screens[-1].choices]
        return bare("\n".join([self.guest.words, *buttons]))


@pytest.mark.parametrize("story", STORIES, ids=lambda path: f"{path.parent.name}-{path.stem}")
async def test_story(story: Path, host: Host, database: Database, keys: Keys):
    talk = Talk(Guest(host, "web"), database, await coordinator(database, keys))
    await talk.guest.send(language=story.parent.name)
    for number, turn in enumerate(turns_of(story), 1):
        await talk.play(turn)
        check(talk, turn, f"{story.parent.name}/{story.name}, turn {number}")


def turns_of(story: Path) -> list[dict[str, Any]]:
    turns: list[dict[str, Any]] = yaml.safe_load(story.read_text("utf-8"))
    return turns


def check(talk: Talk, turn: dict[str, Any], where: str) -> None:
    reply, read = talk.guest.reply, talk.read()
    for part in turn.get("sees", []):
        assert bare(str(part)) in read, f"{where}: {part!r} is not in:\n{read}"
    for part in turn.get("never", []):
        assert bare(str(part)) not in read, f"{where}: {part!r} is in:\n{read}"
    if "at" in turn:
        assert f"{reply.flow}/{reply.step}".startswith(turn["at"]), where
    if "sends" in turn:
        assert list(reply.commands) == turn["sends"], where


def test_every_language_has_its_stories():
    assert {story.parent.name for story in STORIES} == EVERY_LANGUAGE
