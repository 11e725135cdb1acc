"""The work itself: a request's page, and what the one who claims it may do."""

from dataclasses import replace

from aiohttp import web

from bot.console import fitting, problems, words
from bot.console.visit import Visit
from dialogs.events import Holder
from dialogs.text import Text, say
from nlu.redaction import clean, redact
from services import acts, audit, consents, legal_holds, life, messages, queue, referrals, suggesting
from services.acts import Decision, Unsealed
from services.database import Transaction
from services.messages import NotTaken
from services.queue import Queued
from services.rights import Refused

DONE = {
    "claimed": say("console", "The request is yours."),
    "released": say("console", "The request is back in the queue."),
    "answered": say("console", "Your answer waits behind the receipts."),
    "set": say("console", "The state is set."),
    "held": say("console", "The deletion is stopped."),
    "let_go": say("console", "It will be deleted when it is due."),
}
TO: dict[str, tuple[Holder, ...]] = {"person": ("person",), "professional": ("professional",)}


async def show(visit: Visit) -> web.StreamResponse:
    """A request's page, with nothing opened."""
    return await request_page(visit, notice=visit.notice(DONE))


async def claim(visit: Visit) -> web.StreamResponse:
    """Take a request."""
    try:
        async with visit.house.database.begin() as tx:
            await acts.claim(tx, _id(visit), visit.member, visit.at)
    except Refused as fault:
        return await _shown_again(visit, fault)
    return visit.see("referral", done="claimed", id=_id(visit))


async def release(visit: Visit) -> web.StreamResponse:
    """Put a request back in the queue."""
    try:
        async with visit.house.database.begin() as tx:
            await acts.release(tx, _id(visit), visit.member, _revision(visit), visit.at)
    except Refused as fault:
        return await _shown_again(visit, fault)
    return web.Response(status=303, headers={"Location": f"{visit.path('queue')}?done=released"})


async def open_sealed(visit: Visit) -> web.StreamResponse:
    """Show what is sealed, on this one page."""
    async with visit.house.database.begin() as tx:
        unsealed = await acts.open_sealed(tx, _id(visit), visit.opened, visit.at)
    return await request_page(visit, unsealed=unsealed)


async def answer(visit: Visit) -> web.StreamResponse:
    """Write to the holders of the receipts; what was typed is shown again if it cannot be sent."""
    text, to = clean(visit.form.get("text", "")), TO.get(visit.form.get("to", ""), messages.HOLDERS)
    found = (
        ()
        if visit.form.get("sure") == "yes"
        else redact(text, helplines_too=visit.house.edited.content.helplines).found
    )
    try:
        async with visit.house.database.begin() as tx:
            if found:
                raise Refused("unsure")
            await _answered(tx, visit, text, to)
    except Refused as fault:
        return await _shown_again(visit, fault, kept=text, found=", ".join(text[f.start : f.end] for f in found))
    return visit.see("referral", done="answered", id=_id(visit))


async def _answered(tx: Transaction, visit: Visit, text: str, to: tuple[Holder, ...]) -> None:
    try:
        await acts.answer(tx, _id(visit), visit.opened, text, _revision(visit), visit.at, to)
    except NotTaken:
        raise Refused("silent") from None


async def set_state(visit: Visit) -> web.StreamResponse:
    """Bring a request to another state."""
    form = visit.form
    decision = Decision(
        form.get("to", ""), form.get("reason"), form.get("alternative"), adult_checked=form.get("adult") == "yes"
    )
    try:
        async with visit.house.database.begin() as tx:
            await acts.set_state(tx, _id(visit), visit.member, decision, _revision(visit), visit.at)
    except Refused as fault:
        return await _shown_again(visit, fault)
    return visit.see("referral", done="set", id=_id(visit))


async def request_page(
    visit: Visit,
    status: int = 200,
    *,
    notice: str = "",
    tone: str = "",
    unsealed: Unsealed | None = None,
    kept: str = "",
    unsure: bool = False,
) -> web.Response:
    """A request's page. `kept`: an answer that could not be sent; `unsure`: because of what seems to be in it."""
    async with visit.house.database.read() as tx:
        referral = await queue.one(tx, _id(visit))
        history = await audit.of_referral(tx, referral.id)
        kept_as = await _kept_as(tx, visit, referral.id)
        shown = await referrals.languages(tx, referral.id)
        fit = await fitting.of(tx, visit, referral)
        suggested = [] if referral.claimed_by else await suggesting.whom(tx, referral.languages)
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
        settable=_settable(visit, referral),
        reasons=_each(visit, words.REASON),
        alternatives=_each(visit, words.ALTERNATIVE),
        typed={name: visit.form.get(name, "") for name in ("to", "reason", "alternative")},
        releasable=acts.releasable(referral, visit.member),
        suggested=suggested,
        reading=reading,
        unshown="person" not in shown,
        unsure=unsure,
        unsealed=unsealed,
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


async def _shown_again(visit: Visit, fault: Refused, kept: str = "", found: str = "") -> web.StreamResponse:
    """The page as it now is, with what went wrong and what had been typed."""
    if fault.why in ("missing", "not_allowed"):
        raise problems.refused(fault.why, kept)
    problem = problems.refused(fault.why)
    told = replace(problem.sentence, values=(("found", found),)) if found else problem.sentence
    sentence = visit.in_words(told)
    return await request_page(visit, problem.status, notice=sentence, tone="alert", kept=kept, unsure=bool(found))


def _settable(visit: Visit, referral: Queued) -> list[tuple[str, str]]:
    return [(state, visit.in_words(words.SET_STATE[state])) for state in acts.settable(referral, visit.member)]


def _each(visit: Visit, table: dict[str, Text]) -> list[tuple[str, str]]:
    return [(name, visit.in_words(text)) for name, text in table.items()]


def _id(visit: Visit) -> str:
    return visit.request.match_info["id"]


def _revision(visit: Visit) -> str:
    return visit.form.get("revision", "")
