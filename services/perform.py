"""What the engine asked for, done in the turn's transaction."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

from dialogs import letters
from dialogs.commands import (
    AskForPing,
    CancelSignUp,
    Command,
    Consent,
    CutPing,
    DecideOnProposal,
    Forget,
    GiveConsent,
    Hide,
    IssueReceipt,
    PostMessage,
    ReplaceReceipt,
    ReplaceSignUpReceipt,
    SignUp,
    SubmitReferral,
    WithdrawConsent,
    WithdrawReferral,
)
from dialogs.events import Holder
from dialogs.text import Text
from services import audit, pings, store
from services.brakes import Requests
from services.database import Transaction
from services.keys import Speaker
from services.referrals import claims, messages, purposes, referrals, safe_words, steps
from services.referrals.claims import MadeReceipt, Stock
from services.referrals.referrals import Agreed, Given
from services.trainings import sign_ups

Words: TypeAlias = Callable[[tuple[Text, ...], str], str]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """In which turn a command came: who spoke, when, in which language; how a text reads in words; spare receipts.

    `requests`: how many each conversation sent today.
    """

    speaker: Speaker
    at: int
    language: str
    words: Words
    stock: Stock
    requests: Requests = field(default_factory=Requests)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command led to: receipts to show once, whose the person's is still to be, what to hide on the device."""

    receipts: tuple[MadeReceipt, ...] = ()
    referral: str | None = None
    hide: bool = False

    @property
    def later(self) -> dict[str, str]:
        """What only performing tells, by the names that screens have for it."""
        return {
            f"receipt.{receipt.holder}.{name}": value
            for receipt in self.receipts
            for name, value in (("words", receipt.words), ("digits", receipt.digits), ("safe_word", receipt.safe_word))
        }


async def perform(tx: Transaction, command: Command, turn: Circumstances) -> Outcome:
    """Do one command. A session must be saved before `Forget` is done, not after.

    Raises Empty (no receipts in stock), Given (a receipt, a proposal) and NotTaken (a message, a sign-up): undo the
    transaction.
    """
    match command:
        case SubmitReferral():
            return await _submit(tx, command, turn)
        case IssueReceipt():
            return await _issue(tx, command, turn)
        case ReplaceReceipt():
            return await _replace(tx, command, turn)
        case ReplaceSignUpReceipt():
            return await _replace_of_sign_up(tx, command, turn)
        case PostMessage():
            await _post(tx, command, turn.at)
        case DecideOnProposal():
            await _decide(tx, command, turn.at)
        case WithdrawReferral():
            if await referrals.withdraw(tx, command.referral, turn.at):
                await audit.record(tx, turn.at, "person", "withdrawn", command.referral)
        case GiveConsent():
            await purposes.give(tx, command.referral, _agreed(command.consent, turn.words), turn.at)
        case WithdrawConsent():
            await purposes.take_back(tx, command.referral, command.purpose, turn.at)
            await (pings.cut if command.purpose == "contact" else pings.seen)(tx, command.referral)
        case AskForPing():
            await pings.ask(tx, turn.speaker, command.referral, turn.language, turn.at)
        case CutPing():
            await pings.cut(tx, command.referral)
        case SignUp():
            return await _sign_up(tx, command, turn)
        case CancelSignUp():
            await sign_ups.cancel(tx, command.sign_up)
        case Forget():
            await store.erase(tx, turn.speaker)
            await pings.forget(tx, turn.speaker)
        case Hide():
            return Outcome(hide=True)
        case _:
            assert_never(command)
    return Outcome()


async def _post(tx: Transaction, command: PostMessage, at: int) -> None:
    sealed = letters.stored(command.letter)
    await messages.post_from_holder(tx, command.referral, command.holder, sealed, at, urgent=command.urgent)
    await audit.record(tx, at, command.holder, "wrote", command.referral, "danger" if command.urgent else "")
    await pings.seen(tx, command.referral)


async def _decide(tx: Transaction, command: DecideOnProposal, at: int) -> None:
    """The person's own step. Raises Given where the request is not there any more: the turn is gone anew."""
    try:
        await steps.step(tx, command.referral, "agreed" if command.agrees else "searching", at, "person")
    except steps.NotInTable:
        raise Given from None
    await audit.record(tx, at, "person", "offer_agreed" if command.agrees else "offer_refused", command.referral)
    await pings.seen(tx, command.referral)


async def _submit(tx: Transaction, command: SubmitReferral, turn: Circumstances) -> Outcome:
    prepared = turn.stock.take(1)
    submitted = await referrals.submit(
        tx,
        command.triage,
        _agreed(command.consent, turn.words),
        prepared,
        at=turn.at,
        language=turn.language,
        note=command.note,
        callback=command.callback,
        call=command.call,
        also=[_agreed(consent, turn.words) for consent in command.also],
    )
    who: Holder = "person" if command.triage.referrer == "self" else "professional"
    await audit.record(tx, turn.at, who, "submitted", submitted.referral)
    public = prepared[0].keys.public
    words = await safe_words.agree(tx, submitted.referral, who, public, turn.language)
    receipts = tuple(replace(receipt, safe_word=words, referral=submitted.referral) for receipt in submitted.receipts)
    turn.requests.sent(turn.speaker.key, turn.at)
    waiting = submitted.referral if command.triage.referrer == "professional" else None
    return Outcome(receipts, waiting)


async def _issue(tx: Transaction, command: IssueReceipt, turn: Circumstances) -> Outcome:
    (prepared,) = turn.stock.take(1)
    made = await referrals.issue(tx, command.referral, prepared)
    await audit.record(tx, turn.at, "professional", "handed_over", command.referral)
    return Outcome((replace(made, referral=command.referral),))


async def _replace(tx: Transaction, command: ReplaceReceipt, turn: Circumstances) -> Outcome:
    (prepared,) = turn.stock.take(1)
    made = await claims.replace(tx, command.referral, command.holder, command.number, prepared)
    if made is None:
        raise referrals.Given
    await audit.record(tx, turn.at, command.holder, "receipt_replaced", command.referral)
    return Outcome((replace(made, referral=command.referral, number=command.number + 1),))


async def _sign_up(tx: Transaction, command: SignUp, turn: Circumstances) -> Outcome:
    """No record of who, and when, stays in the audit: the sign-up itself is forgotten some day."""
    (prepared,) = turn.stock.take(1)
    receipt = await sign_ups.add(
        tx, command.training, command.organisation, command.contact, prepared, at=turn.at, language=turn.language
    )
    turn.requests.sent(turn.speaker.key, turn.at)
    return Outcome(receipts=(receipt,))


async def _replace_of_sign_up(tx: Transaction, command: ReplaceSignUpReceipt, turn: Circumstances) -> Outcome:
    """Raises Given where it does not stand any more: the turn is gone anew, and tells so."""
    (prepared,) = turn.stock.take(1)
    receipt = await sign_ups.replace_receipt(tx, command.sign_up, prepared, turn.language)
    if receipt is None:
        raise Given
    return Outcome(receipts=(receipt,))


def _agreed(consent: Consent, words: Words) -> Agreed:
    shown = words(consent.text, consent.language)
    digest = hashlib.sha256(shown.encode(errors="replace")).digest()
    return Agreed(digest, consent.language, consent.version, consent.purposes)
