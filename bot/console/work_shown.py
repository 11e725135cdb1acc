"""What the page of a request shows of the work on it: who could take it, who it may be, what was written, the call."""

from dataclasses import dataclass
from datetime import date

from bot.console import words, work_words
from bot.console.visit import Visit
from dialogs import call, letters
from dialogs.library import time_of
from dialogs.text import Text, say
from services.database import Transaction
from services.referrals import acts, duplicates, life, notes, work
from services.referrals.queue import Queued
from services.referrals.working import working
from services.rights import Member

TAPPED = say("console", "one tap: read in your language")
NOT_READ = say("console", "These words are translated, and not yet read by a native speaker.")
READY = say("console", "ready answer: each side reads it in their language")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of a request shows of the work on it, besides what is opened.

    `unread`: answers that no native speaker has read in some language of the screens; `also`: what is to know of the
    person's language, where it has no screens and ready answers have words in it.
    """

    receivers: tuple[Member, ...]
    alike: tuple[duplicates.Alike, ...]
    notes: int
    reasons: dict[str, str]
    purposes: dict[str, str]
    common: dict[str, str]
    answers: tuple[letters.Answer, ...]
    unread: frozenset[str]
    also: str
    callable: bool
    young: bool


async def shown(visit: Visit, tx: Transaction, referral: Queued) -> Shown:
    """All of it, for the one who visits."""
    mine = acts.releasable(referral, visit.member)
    speech = visit.house.pages
    tables = (work_words.HAND_OVER, work_words.WHAT_FOR, work_words.IN_COMMON)
    reasons, purposes, common = (
        {name: speech.translate(visit.language, text) for name, text in table.items()} for table in tables
    )
    others = [one for one in await work.receivers(tx) if one.id != referral.claimed_by] if mine else []
    content = visit.house.edited.content
    answers, every = tuple(content.library.answers.values()), set(content.catalog.names)
    open_still = referral.state not in life.ENDED
    return Shown(
        tuple(others),
        tuple(await duplicates.alike(tx, referral)) if open_still else (),
        await notes.count(tx, referral.id),
        reasons,
        purposes,
        common,
        answers,
        frozenset(one.id for one in answers if not every.issubset(one.reviewed)),
        _also(visit, referral),
        callable=mine and referral.referrer == "professional" and referral.call_checked_at is None,
        young=mine and not referral.for_a_minor and referral.state not in ("arrived", "follow_up"),
    )


def _also(visit: Visit, referral: Queued) -> str:
    ready = visit.house.edited.content.library.ready
    code = next((code for code in referral.languages if code in ready), None)
    if code is None:
        return ""
    tongue = words.tongues(visit.language, (code,))
    told = say("console", "The person also reads a ready answer in {language}, and replies in it.", language=tongue)
    return " ".join(map(visit.in_words, (told, *(() if ready[code].reviewed else (NOT_READ,)))))


def said(visit: Visit, sealed: str) -> tuple[str, str]:
    """A message in the words of the one who reads it, and what is to know of it: its language, or that it was a tap."""
    letter = letters.read(sealed)
    library = visit.house.edited.content.library
    match letter.kind:
        case "reply":
            reply = letters.REPLIES.get(letter.said)
            return visit.in_words(reply) if reply else letter.said, visit.in_words(TAPPED)
        case "answer":
            answer = library.answers.get(letter.said)
            return visit.in_words(answer.text) if answer else letter.said, visit.in_words(READY)
    if not letter.language:
        return letter.said, ""
    tongue = words.tongues(visit.language, (letter.language,))
    written = say("console", "written in {language}", language=tongue)
    foreign = say("console", "written in {language}: ask an interpreter to read it", language=tongue)
    return letter.said, visit.in_words(written if letter.language in words.NAMES else foreign)


def times(visit: Visit, referral: Queued, sealed: str) -> tuple[str, list[str]]:
    """Whether an interpreter is needed for the call back (an id), and its times with their days."""
    asked = call.read(sealed)
    first = working().next_day(referral.created_at)
    days = {"first": first, "second": working().next_day(time_of(first.isoformat(), "12:00"))}
    told = (_with_day(visit, slot, days.get(slot.partition("_")[0])) for slot in asked.slots)
    return asked.interpreter, [visit.in_words(text) for text in told]


def _with_day(visit: Visit, slot: str, day: date | None) -> Text:
    shown = words.day(visit.language, day.isoformat()) if day else ""
    return say("console", "{label}: {day}", label=call.SLOTS[slot], day=shown) if shown else call.SLOTS[slot]
