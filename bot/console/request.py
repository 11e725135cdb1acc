"""The page of a request, and the same page again with what went wrong."""

from dataclasses import replace

from aiohttp import web

from bot.console import fitting, problems, words, work_shown
from bot.console.visit import Visit
from dialogs.events import Holder
from dialogs.text import Text, say
from services import audit
from services.database import Transaction
from services.referrals import acts, consents, legal_holds, life, queue, referrals, suggesting
from services.referrals.acts import Unsealed
from services.referrals.queue import Queued
from services.rights import Refused

DONE = {
    "claimed": say("console", "The request is yours."),
    "released": say("console", "The request is back in the queue."),
    "answered": say("console", "Your answer waits behind the receipts."),
    "set": say("console", "The state is set."),
    "held": say("console", "The deletion is stopped."),
    "let_go": say("console", "It will be deleted when it is due."),
    "noted": say("console", "Your note is kept, sealed to the coordination."),
    "handed_on": say("console", "The request is handed over."),
    "call_checked": say("console", "The call back is noted."),
    "found_minor": say("console", "It is a liaison with child protection from now on."),
    "linked": say("console", "The two requests count once."),
    "unlinked": say("console", "The two requests count apart again."),
}
TO: dict[str, tuple[Holder, ...]] = {"person": ("person",), "professional": ("professional",)}


async def request_page(
    visit: Visit,
    status: int = 200,
    *,
    notice: str = "",
    tone: str = "",
    unsealed: Unsealed | None = None,
    kept: str = "",
    seen: tuple[str, ...] = (),
) -> web.Response:
    """A request's page. `kept`: an answer that could not be sent; `seen`: because of these words in it."""
    async with visit.house.database.read() as tx:
        referral = await queue.one(tx, _id(visit))
        history = await audit.of_referral(tx, referral.id)
        kept_as = await _kept_as(tx, visit, referral.id)
        shown = await referrals.languages(tx, referral.id)
        fit = await fitting.of(tx, visit, referral)
        suggested = [] if referral.claimed_by else await suggesting.whom(tx, referral.languages)
        work = await work_shown.shown(visit, tx, referral)
    reading = {"person": referral.consent_language} | shown
    if kept_as["silent"]:
        reading.pop("person")
    held = referral.claimed_by == visit.member.id
    return await visit.page(
        "referral.html",
        status,
        here=visit.path("referral", id=referral.id),
        current="queue",
        told=True,
        referral=referral,
        history=history,
        **kept_as,
        held=held,
        workable=referral.state in life.READABLE,
        claimable=referral.claimed_by is None and referral.state not in life.ENDED,
        **_deciding(visit, referral),
        releasable=acts.releasable(referral, visit.member),
        suggested=suggested,
        reading=reading,
        unshown="person" not in shown,
        departments=visit.house.edited.content.library.departments,
        seen=seen,
        unsealed=unsealed,
        work=work,
        **_opened(visit, referral, unsealed),
        kept=kept,
        fit=fit,
        notice=notice,
        tone=tone,
    )


async def _kept_as(tx: Transaction, visit: Visit, referral: str) -> dict[str, object]:
    """What the person agreed to, whether they want no messages, and whether the deletion is stopped."""
    agreed = await consents.records(tx, referral)
    return {
        "agreed": agreed,
        "silent": not any(one.stands and one.purpose == "contact" for one in agreed),
        "hold": await legal_holds.of(tx, referral),
        "hold_reasons": dict(_each(visit, words.HOLD_REASON)),
    }


def _deciding(visit: Visit, referral: Queued) -> dict[str, object]:
    """What can be decided, and what had been typed."""
    return {
        "settable": _settable(visit, referral),
        "reasons": _each(visit, words.REASON),
        "alternatives": _each(visit, words.ALTERNATIVE),
        "typed": {name: visit.form.get(name, "") for name in ("to", "reason", "alternative")},
        "kept_note": visit.form.get("note", ""),
    }


def _opened(visit: Visit, referral: Queued, unsealed: Unsealed | None) -> dict[str, object]:
    """The exchange and the times of a call, once what is sealed was opened."""
    if unsealed is None:
        return {"letters": [], "call": None}
    told = [(letter, *work_shown.said(visit, letter.text)) for letter in unsealed.letters]
    return {"letters": told, "call": work_shown.times(visit, referral, unsealed.parts.get("call", ""))}


async def shown_again(visit: Visit, fault: Refused, kept: str = "", found: tuple[str, ...] = ()) -> web.StreamResponse:
    """The page as it now is, with what went wrong and what had been typed."""
    if fault.why in ("missing", "not_allowed"):
        raise problems.refused(fault.why, kept)
    problem = problems.refused(fault.why)
    unsure = fault.why == "unsure"
    told = replace(problem.sentence, values=(("found", ", ".join(found)),)) if unsure else problem.sentence
    sentence = visit.in_words(told)
    return await request_page(visit, problem.status, notice=sentence, tone="alert", kept=kept, seen=found)


def _settable(visit: Visit, referral: Queued) -> list[tuple[str, str]]:
    return [(state, visit.in_words(words.SET_STATE[state])) for state in acts.settable(referral, visit.member)]


def _each(visit: Visit, table: dict[str, Text]) -> list[tuple[str, str]]:
    return [(name, visit.in_words(text)) for name, text in table.items()]


def _id(visit: Visit) -> str:
    return visit.request.match_info["id"]
