"""The work on a request besides its state: ready answers, notes, handing over, the call back, one person twice."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import web

from bot.console import request
from bot.console.visit import Visit
from dialogs import letters
from dialogs.letters import Letter
from nlu.redaction import clean
from services.database import Transaction
from services.referrals import acts, messages, work
from services.rights import Refused

Act: TypeAlias = Callable[[Transaction, str, str], Awaitable[None]]


async def ready_answer(visit: Visit) -> web.StreamResponse:
    """Send a ready answer, which each side reads in its own language."""
    name = visit.form.get("answer", "")
    to = request.TO.get(visit.form.get("to", ""), messages.HOLDERS)

    async def act(tx: Transaction, referral: str, revision: str) -> None:
        known = name in visit.house.edited.content.library.answers
        text = letters.stored(Letter(name, "answer")) if known else ""
        try:
            await acts.answer(tx, referral, visit.opened, text, revision, visit.at, to)
        except messages.NotTaken:
            raise Refused("silent") from None

    return await _done(visit, act, "answered")


async def note(visit: Visit) -> web.StreamResponse:
    """Add a note for the coordination alone; what was typed is shown again if it cannot be kept."""
    text = clean(visit.form.get("note", ""))

    async def act(tx: Transaction, referral: str, revision: str) -> None:
        await work.note(tx, referral, visit.opened, text, revision, visit.at)

    return await _done(visit, act, "noted")


async def hand_over(visit: Visit) -> web.StreamResponse:
    """Give a request to somebody else, or put it back for all."""
    asked, reason = visit.form.get("to", ""), visit.form.get("why", "")
    to = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None

    async def act(tx: Transaction, referral: str, revision: str) -> None:
        if to is None and asked != "all":
            raise Refused("missing")
        await work.hand_over(tx, referral, visit.member, to, reason, revision, visit.at)

    return await _done(visit, act, "handed_on" if to is not None else "released")


async def check_call(visit: Visit) -> web.StreamResponse:
    """Note that the professional was called back through their switchboard."""

    async def act(tx: Transaction, referral: str, revision: str) -> None:
        if visit.form.get("checked") != "yes":
            raise Refused("call_unchecked")
        await work.check_call(tx, referral, visit.member, revision, visit.at)

    return await _done(visit, act, "call_checked")


async def found_minor(visit: Visit) -> web.StreamResponse:
    """The person is under 18: from now on a liaison."""

    async def act(tx: Transaction, referral: str, revision: str) -> None:
        await work.found_minor(tx, referral, visit.member, revision, visit.at)

    return await _done(visit, act, "found_minor")


async def link(visit: Visit) -> web.StreamResponse:
    """Say that two requests are of one person, or take that back."""
    other = visit.form.get("other", "")

    async def act(tx: Transaction, referral: str, revision: str) -> None:
        if other:
            await work.link(tx, referral, visit.member, other, revision, visit.at)
        else:
            await work.unlink(tx, referral, visit.member, revision, visit.at)

    return await _done(visit, act, "linked" if other else "unlinked")


async def _done(visit: Visit, act: Act, word: str) -> web.StreamResponse:
    referral, revision = visit.request.match_info["id"], visit.form.get("revision", "")
    try:
        async with visit.house.database.begin() as tx:
            await act(tx, referral, revision)
    except Refused as fault:
        return await request.shown_again(visit, fault)
    return visit.see("referral", done=word, id=referral)
