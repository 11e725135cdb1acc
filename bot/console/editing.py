"""What an editor does: confirm, correct, hide, show again, take back; accept, refuse or withdraw a proposal."""

from collections.abc import Callable
from dataclasses import replace

from aiohttp import web

from bot.console import fact, problems
from bot.console.problems import Problem
from bot.console.visit import Visit
from dialogs.editing import Correction, Wrong, confirmed, corrected, faults, not_confirmable
from dialogs.edits import WORDED, Edit, Standing, Values, keys_of
from dialogs.library import day_of
from nlu.redaction import clean
from services import edits
from services.database import Transaction
from services.edits import Made, Outcome
from services.rights import Refused

SHOWN_AGAIN = ("changed", "pending", "not_possible", "own_edit", "decided")


class Faulty(Exception):
    """What was asked for is against the rules."""

    def __init__(self, wrong: list[Wrong]) -> None:
        """Keep what is wrong."""
        super().__init__()
        self.wrong = wrong


async def confirm(visit: Visit) -> web.StreamResponse:
    """It was read again, and is still true."""
    day = visit.form.get("checked_on", "").strip()

    def asked(stands: Standing) -> Edit:
        if wrong := not_confirmable(stands, day, day_of(visit.at)):
            raise Faulty(wrong)
        return confirmed(stands, day)

    return await _make(visit, asked, "confirmed")


async def correct(visit: Visit) -> web.StreamResponse:
    """Other words, another source, status or number: proposed to a second editor."""

    def asked(stands: Standing) -> Edit:
        edit = _correction(visit, stands)
        if wrong := _faults(visit, stands, edit):
            raise Faulty(wrong)
        return edit

    return await _make(visit, asked, "proposed")


async def hide(visit: Visit) -> web.StreamResponse:
    """Out of sight, at once if it is one of a few; never an emergency number."""

    def asked(stands: Standing) -> Edit:
        if stands.entry.permanent:
            raise Refused("lasting")
        return Edit(stands.entry.key, "hide")

    return await _make(visit, asked, "hidden")


async def show_again(visit: Visit) -> web.StreamResponse:
    """Back into sight, once a second editor agrees."""
    return await _make(visit, lambda stands: Edit(stands.entry.key, "show"), "proposed")


async def undo(visit: Visit) -> web.StreamResponse:
    """Take back what last came into force."""
    stands = await _of_edit(visit)
    try:
        async with visit.house.database.begin() as tx:
            base, seen = stands.entry.values, visit.form.get("seen", "")
            number = await edits.undo(tx, visit.member, fact.number(visit), base, seen, visit.at)
            alone = (await edits.one(tx, number)).alone
    except Refused as refusal:
        return await _refused(visit, stands, refusal)
    return await _back(visit, stands, "undone" if alone else "proposed")


async def accept(visit: Visit) -> web.StreamResponse:
    """A second editor agrees; the rules are looked at once more: what stands beside it may have changed."""
    return await _decide(visit, "accepted")


async def refuse(visit: Visit) -> web.StreamResponse:
    """A second editor does not agree."""
    return await _decide(visit, "refused")


async def withdraw(visit: Visit) -> web.StreamResponse:
    """Who proposed it takes the proposal away."""
    return await _decide(visit, "withdrawn")


async def _make(visit: Visit, asked: Callable[[Standing], Edit], done: str) -> web.StreamResponse:
    """Make what is `asked` of the entry as it stands while nobody else can change it."""
    stands = fact.standing(visit)
    try:
        async with visit.house.database.begin() as tx:
            stands = await _held(visit, tx, stands)
            number = await edits.make(tx, visit.member, asked(stands), visit.form.get("seen", ""), visit.at)
            alone = (await edits.one(tx, number)).alone
    except Refused as refusal:
        return await _refused(visit, stands, refusal)
    except Faulty as fault:
        return await _told_wrong(visit, stands, fault.wrong)
    return await _back(visit, stands, done if alone else "proposed")


async def _decide(visit: Visit, outcome: Outcome) -> web.StreamResponse:
    stands = await _of_edit(visit)
    try:
        async with visit.house.database.begin() as tx:
            stands = await _held(visit, tx, stands)
            if outcome == "accepted":
                _still_fits(visit, stands, await edits.one(tx, fact.number(visit)))
            await edits.decide(tx, visit.member, fact.number(visit), outcome, visit.at)
    except Refused as refusal:
        return await _refused(visit, stands, refusal)
    except Faulty as fault:
        return await _told_wrong(visit, stands, fault.wrong)
    return await _back(visit, stands, outcome)


async def _held(visit: Visit, tx: Transaction, stands: Standing) -> Standing:
    """The entry as it stands now, and until the commit: another process may have changed it a moment ago."""
    await edits.hold(tx)
    made = edits.accepted(await edits.history(tx, stands.entry.key))
    return visit.house.edited.standing_after(stands.entry.key, made) or stands


def _still_fits(visit: Visit, stands: Standing, proposed: Made) -> None:
    if proposed.state == "waiting" and proposed.edit.changes_values:
        if proposed.edit.base != stands.entry.values:
            raise Refused("changed")
        if wrong := _faults(visit, stands, proposed.edit):
            raise Faulty(wrong)


async def _back(visit: Visit, stands: Standing, done: str) -> web.StreamResponse:
    """To the entry's page, the chat of this process saying already what came into force."""
    await visit.house.edited.look()
    return visit.see("fact", done=done, key=stands.entry.key)


async def _refused(visit: Visit, stands: Standing, refusal: Refused) -> web.StreamResponse:
    """The page as it now is, with why it was not done, and what had been typed."""
    if refusal.why not in (*SHOWN_AGAIN, "lasting"):
        raise refusal
    await visit.house.edited.look()
    problem = problems.refused(refusal.why)
    sentence = visit.in_words(problem.sentence)
    now = visit.house.edited.standing(stands.entry.key) or stands
    return await fact.page(visit, now, problem.status, notice=sentence, tone="alert", typed=_typed(visit))


async def _told_wrong(visit: Visit, stands: Standing, wrong: list[Wrong]) -> web.StreamResponse:
    return await fact.page(visit, stands, 400, wrong=wrong, typed=_typed(visit))


async def _of_edit(visit: Visit) -> Standing:
    """The entry that an edit is about. Raises Refused: missing; Problem (404) where the files have it no more."""
    async with visit.house.database.read() as tx:
        made = await edits.one(tx, fact.number(visit))
    stands = visit.house.edited.standing(made.edit.key)
    if stands is None:
        raise Problem(404, problems.SENTENCES[404])
    return stands


def _faults(visit: Visit, stands: Standing, edit: Edit) -> list[Wrong]:
    edited = visit.house.edited
    found = edited.content.catalog.found
    return faults(edited.files.library, edited.in_force, stands, edit, day_of(visit.at), found)


def _correction(visit: Visit, stands: Standing) -> Edit:
    found = visit.house.edited.content.catalog.found
    if visit.form.get("from") == "file":
        return replace(corrected(stands, _files_words(stands), found), said={}, wrong=False)
    return corrected(stands, _asked(visit, stands), found)


def _asked(visit: Visit, stands: Standing) -> Correction:
    form = {name: " ".join(clean(value).split("\n")).strip() for name, value in visit.form.items()}
    values: Values = {name: form.get(name, "") for name in keys_of(stands.entry)}
    languages = visit.house.edited.content.catalog.names
    given = {
        language: {name: text for name in WORDED if (text := form.get(f"{name}_{language}", ""))}
        for language in languages
    }
    fits = frozenset(language for language in languages if form.get(f"fits_{language}") == "yes")
    return Correction(values, given, fits, wrong=form.get("wrong") == "yes")


def _files_words(stands: Standing) -> Correction:
    return Correction(stands.entry.values, {})


def _typed(visit: Visit) -> dict[str, str] | None:
    """What was typed into the form of a correction; None from another form."""
    return dict(visit.form) if "status" in visit.form else None
