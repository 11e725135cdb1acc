"""Handing in a referral, and how one stands: what a tool asks of the queue."""

import base64
import re

from aiohttp import web

from bot.api import consent
from bot.api.asked import Asked
from bot.api.bodies import (
    Agreement,
    Asking,
    ConsentAsked,
    ConsentWords,
    Declined,
    HandedInBody,
    KeyBody,
    ReceiptBody,
    ReferralBody,
    SealedBody,
    StateAsked,
    StateBody,
)
from bot.api.problems import Problem
from bot.api.replying import answer
from dialogs.agreement import VERSION
from dialogs.commands import Triage
from dialogs.library import day_of
from dialogs.purposes import NEEDED, Purpose
from services import receipts
from services.lines import Busy
from services.receipts import Mistyped
from services.referrals import claims, referrals
from services.referrals.claims import OpenReceipt
from services.referrals.referrals import Agreed
from services.tools import handing_in
from services.tools.handing_in import Handed, KeyChanged, Reused, Sealed

BUSY_S, WAIT_S = 60, 900
KEY_FORM = r"[A-Za-z0-9_-]{22,64}"


async def key(asked: Asked) -> web.Response:
    """The coordination's public key. Raises Problem while there is none."""
    async with asked.office.database.read() as tx:
        found = await referrals.coordination(tx)
    if found is None:
        raise Problem("nobody_reads")
    return answer(KeyBody(token=asked.bearer.id, key=found.id, public_key=base64.b64encode(found.public_key).decode()))


async def consent_words(asked: Asked) -> web.Response:
    """What the person must read before this request is handed in."""
    told = asked.read(ConsentAsked)
    triage = _known(asked, told.triage.triage())
    lines = _shown(asked, triage, told.language, note=told.note, callback=told.callback)
    counted = consent.counted(asked.office.said().catalog, told.language)
    return answer(
        ConsentWords(
            version=VERSION,
            language=told.language,
            text=tuple(lines),
            sha256=consent.digest(lines).hex(),
            statistics=Asking(text=tuple(counted), sha256=consent.digest(counted).hex()),
        )
    )


async def hand_in(asked: Asked) -> web.Response:
    """Put a referral in the queue: 201, or 200 where the same request had come before."""
    named = asked.request.headers.get("Idempotency-Key", "")
    if not re.fullmatch(KEY_FORM, named):
        raise Problem("no_idempotency_key")
    told = asked.read(ReferralBody)
    triage = _known(asked, told.triage.triage())
    _pointing(asked, triage, accepted=told.details_accepted)
    sealed = _sealed(triage, told.sealed, handing_in.referral_of(asked.bearer.id, named))
    agreed, counted = _agreed(asked, triage, told.consent, sealed), _counted(asked, told.consent)
    handed = Handed(named, asked.body, triage, agreed, _language(asked, told.language), sealed, counted)
    try:
        done = await handing_in.hand_in(asked.office.database, asked.office.keys, asked.bearer, handed, asked.at)
    except Reused:
        raise Problem("key_reused") from None
    except KeyChanged:
        raise Problem("key_changed") from None
    except Busy:
        raise Problem("busy", wait=BUSY_S) from None
    receipt = ReceiptBody(holder=done.receipt.holder, words=done.receipt.words, digits=done.receipt.digits)
    return answer(HandedInBody(referral=done.referral, receipt=receipt), 201 if done.new else 200)


async def state(asked: Asked) -> web.Response:
    """How the referral of a receipt stands. Wrong receipts are counted for the token, and slow the next wrong ones."""
    code = receipts.parse(asked.read(StateAsked).receipt)
    if code is None or isinstance(code, Mistyped):
        raise Problem("mistyped_receipt")
    office, speaker = asked.office, asked.office.keys.speaker("api", str(asked.bearer.id))
    async with office.database.read() as tx:
        waits, known = await claims.must_wait(tx, speaker, asked.at), await claims.known(tx, office.keys, code)
    if waits and not known:
        raise Problem("wait", wait=WAIT_S)
    try:
        tried = await office.door.derive(code, asked.at, speaker, known=known)
    except Busy:
        raise Problem("busy", wait=BUSY_S) from None
    async with office.database.begin() as tx:
        opened = await office.door.open(tx, speaker, tried, asked.at)
        if isinstance(opened, OpenReceipt):
            standing = await referrals.standing(tx, opened.referral)
            answers = await handing_in.answers(tx, opened.referral, opened.holder)
    if not isinstance(opened, OpenReceipt):
        raise Problem("wait", wait=WAIT_S) if opened == "wait" else Problem("unknown_receipt")
    why = Declined(reason=standing.reason, alternative=standing.alternative) if standing.reason else None
    told = {"state": standing.state, "holder": opened.holder, "takes_messages": standing.takes}
    return answer(StateBody.model_validate(told | {"declined": why, "answers": answers}))


def _known(asked: Asked, triage: Triage) -> Triage:
    """The triage, once its départements are known to be there."""
    departments = asked.office.said().library.departments
    wrong = [code for code in (triage.department, *triage.avoid) if code is not None and code not in departments]
    if wrong:
        raise Problem("not_well_formed", [{"at": "triage.department or avoid", "why": "no département"}])
    return triage


def _pointing(asked: Asked, triage: Triage, *, accepted: bool) -> None:
    """Raise Problem for details that together may point to one person, unless they know."""
    broken = () if accepted else asked.office.said().library.anonymity.broken(triage, day_of(asked.at))
    if broken:
        raise Problem(
            "details_point", [{"at": "triage", "why": f"{rule.id}: {', '.join(rule.coarsen)}"} for rule in broken]
        )


def _language(asked: Asked, language: str) -> str:
    if language not in asked.office.said().catalog.names:
        raise Problem("not_well_formed", [{"at": "language", "why": "not a language of the assistant"}])
    return language


def _shown(asked: Asked, triage: Triage, language: str, *, note: bool, callback: bool) -> list[str]:
    said = asked.office.said()
    known = _language(asked, language)
    return consent.shown(said.catalog, said.library, triage, known, note=note, callback=callback)


def _agreed(asked: Asked, triage: Triage, told: Agreement, sealed: Sealed | None) -> Agreed:
    """The proof of consent, once its hash is that of the words for exactly this request."""
    parts = sealed.parts if sealed else {}
    lines = _shown(asked, triage, told.language, note="note" in parts, callback="callback" in parts)
    if told.version != VERSION or told.sha256 != consent.digest(lines).hex():
        raise Problem("consent_differs")
    purposes: tuple[Purpose, ...] = (NEEDED, "contact") if told.contact else (NEEDED,)
    return Agreed(consent.digest(lines), told.language, told.version, purposes)


def _counted(asked: Asked, told: Agreement) -> tuple[Agreed, ...]:
    """The proof of consent to being counted, where it was given."""
    if told.statistics is None:
        return ()
    digest = consent.digest(consent.counted(asked.office.said().catalog, told.language))
    if told.statistics != digest.hex():
        raise Problem("consent_differs")
    return (Agreed(digest, told.language, told.version, ("statistics",)),)


def _sealed(triage: Triage, told: SealedBody | None, referral: str) -> Sealed | None:
    """What the tool sealed. Raises Problem where nobody could open it, as far as that can be told from outside."""
    if told is None:
        return None
    if told.referral != referral:
        raise Problem("not_well_formed", [{"at": "sealed.referral", "why": "not made as docs/api.md says"}])
    parts = {name: part for name, part in (("note", told.note), ("callback", told.callback)) if part is not None}
    sealed = Sealed(told.key, told.data_key, parts)
    if not parts or not sealed.well_sized:
        raise Problem("not_well_formed", [{"at": "sealed", "why": "not padded and sealed as docs/api.md says"}])
    if "callback" in parts and triage.referrer == "self":
        raise Problem("not_well_formed", [{"at": "sealed.callback", "why": "nobody calls a person"}])
    return sealed
