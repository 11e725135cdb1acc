"""What the one who claims a request does: open what is sealed, answer, set the state."""

from aiohttp import web

from bot.console import request, whereabouts
from bot.console.as_written import AsWritten
from bot.console.visit import Visit
from dialogs.events import Holder
from nlu.redaction import clean, redact
from services.database import Transaction
from services.referrals import acts, life, messages, queue
from services.referrals.acts import Decision
from services.referrals.messages import NotTaken
from services.rights import Refused


async def show(visit: Visit) -> web.StreamResponse:
    """A request's page, with nothing opened."""
    return await request.request_page(visit, notice=visit.notice(request.DONE))


async def claim(visit: Visit) -> web.StreamResponse:
    """Take a request."""
    try:
        async with visit.house.database.begin() as tx:
            await acts.claim(tx, _id(visit), visit.member, visit.at)
    except Refused as fault:
        return await request.shown_again(visit, fault)
    return visit.see("referral", done="claimed", id=_id(visit))


async def open_sealed(visit: Visit) -> web.StreamResponse:
    """Show what is sealed, on this one page."""
    try:
        async with visit.house.database.begin() as tx:
            purpose = visit.form.get("purpose", "")
            unsealed = await acts.open_sealed(tx, _id(visit), visit.opened, visit.at, purpose)
    except Refused as fault:
        return await request.shown_again(visit, fault)
    return await request.request_page(visit, unsealed=unsealed)


async def answer(visit: Visit) -> web.StreamResponse:
    """Write to the holders of the receipts; what was typed is shown again if it cannot be sent."""
    text, to = clean(visit.form.get("text", "")), request.TO.get(visit.form.get("to", ""), messages.HOLDERS)
    found = _telling(visit, text)
    known = visit.form.get("sure") == "yes" and {*found} <= {*visit.form.get("seen", "").split("\n")}
    try:
        async with visit.house.database.begin() as tx:
            if found and not known:
                raise Refused("unsure")
            await _answered(tx, visit, text, to)
    except Refused as fault:
        return await request.shown_again(visit, fault, kept=text, found=found)
    return visit.see("referral", done="answered", id=_id(visit))


def _telling(visit: Visit, text: str) -> tuple[str, ...]:
    """What must not pass through a receipt, as it stands in a text: who, where, by what, when."""
    content = visit.house.edited.content
    written = AsWritten(text)
    private = (
        *(text[one.start : one.end] for one in redact(text, helplines_too=content.helplines).found),
        *(written.piece(one.start, one.end) for one in redact(written.seen, helplines_too=content.helplines).found),
    )
    found = (*private, *whereabouts.told(content.library, text))
    return tuple(dict.fromkeys(" ".join(piece.split()) for piece in found))


async def _answered(tx: Transaction, visit: Visit, text: str, to: tuple[Holder, ...]) -> None:
    try:
        await acts.answer(tx, _id(visit), visit.opened, text, _revision(visit), visit.at, to)
    except NotTaken:
        raise Refused("silent") from None


async def writing(visit: Visit) -> web.StreamResponse:
    """Who answers is typing: the readers' pages say so for some seconds. Nothing is kept of it."""
    async with visit.house.database.read() as tx:
        referral = await queue.one(tx, _id(visit))
    readers = {"both": messages.HOLDERS, **request.TO}.get(visit.form.get("to", ""), ())
    if referral.claimed_by == visit.member.id and referral.state in life.READABLE:
        for holder in readers:
            await visit.house.streams.writing.tell(referral.id, holder)
    return web.Response(status=204)


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
        return await request.shown_again(visit, fault)
    return visit.see("referral", done="set", id=_id(visit))


def _id(visit: Visit) -> str:
    return visit.request.match_info["id"]


def _revision(visit: Visit) -> str:
    return visit.form.get("revision", "")
