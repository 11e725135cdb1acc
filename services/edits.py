"""Editors' acts on the content: a history that only grows, four eyes on every change, and what is in force.

What makes less be said, or only says that it was read again, acts at once; what makes something else be said waits.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import Row, Select, func, insert, select
from sqlalchemy.orm import aliased

from dialogs.edits import NUMBERS, Act, Edit, Edits, Said, Translation, Values, left, words_of
from services import audit
from services.database import Transaction, added_id
from services.people.names import folded
from services.rights import Member, Refused
from services.sealing import bound
from services.tables import ContentDecision, ContentEdit, Coordinator

DAY_S = 24 * 3600
HIDDEN_ALONE = {"numbers": 3, "facts": 5}  # by one editor within a day; what they hide further waits for another

State: TypeAlias = Literal["waiting", "accepted", "refused", "withdrawn"]
Outcome: TypeAlias = Literal["accepted", "refused", "withdrawn"]

_MAKER, _DECIDER = aliased(Coordinator), aliased(Coordinator)


@dataclass(frozen=True, slots=True)
class Made:
    """An edit in the history: who made it and when, and how it ended, once it has. `place`: its order of effect.

    `alone`: it needed nobody else. Times are Unix seconds.
    """

    id: int
    edit: Edit
    alone: bool
    undoes: int | None
    by: int
    by_name: str
    at: int
    state: State
    place: int = 0
    decided_by: int | None = None
    decided_by_name: str = ""
    decided_at: int = 0

    @property
    def in_force(self) -> bool:
        """Whether it was accepted."""
        return self.state == "accepted"


async def revision(tx: Transaction) -> int:
    """A number that grows with everything that comes into force, is refused or withdrawn; 0 at first."""
    return int(await tx.scalar(select(func.max(ContentDecision.id))) or 0)


async def in_force(tx: Transaction) -> Edits:
    """The edits that were accepted, by key, in the order of their effect."""
    found: dict[str, list[Edit]] = {}
    for one in await _made(tx, _select().where(ContentDecision.outcome == "accepted").order_by(ContentDecision.id)):
        found.setdefault(one.edit.key, []).append(one.edit)
    return found


async def history(tx: Transaction, key: str) -> Sequence[Made]:
    """Everything that was done to an entry, newest first."""
    return await _made(tx, _select().where(ContentEdit.key == key).order_by(ContentEdit.id.desc()))


async def hold(tx: Transaction) -> None:
    """Keep all editing to this transaction, so that what is read in it stands until the commit."""
    await audit.hold(tx)


def accepted(made: Sequence[Made]) -> Sequence[Edit]:
    """Of an entry's history what is in force, in the order of its effect."""
    return [one.edit for one in sorted(made, key=lambda one: one.place) if one.in_force]


async def waiting(tx: Transaction) -> Sequence[Made]:
    """What waits for a second editor, oldest first."""
    return await _made(tx, _select().where(ContentDecision.id.is_(None)).order_by(ContentEdit.id))


async def one(tx: Transaction, edit_id: int) -> Made:
    """One edit. Raises Refused: missing."""
    found = await _made(tx, _select().where(ContentEdit.id == edit_id))
    if not found:
        raise Refused("missing")
    return found[0]


def seen(made: Sequence[Made]) -> str:
    """What an editor has seen of an entry's history: the number of the last edit in force, and a check of all acts."""
    last = max((one for one in made if one.in_force), key=lambda one: one.place, default=None)
    told = sorted((one.id, one.state, one.place) for one in made)
    check = hashlib.blake2b(bound(*(part for one in told for part in one)), digest_size=8).hexdigest()
    return f"{last.id if last else 0}-{check}"


async def make(tx: Transaction, member: Member, edit: Edit, was_seen: str, at: int) -> int:
    """Write down an edit, and its number; one that needs no second editor is in force. `was_seen`: as by `seen`.

    Hiding asks for no more than the right, so that it cannot come too late, though after a few it waits. The console
    lets no emergency number be hidden, and such an edit would change nothing.
    Raises Refused: not_allowed, changed (something happened since), pending (another change waits), not_possible.
    """
    member.need("edit")
    await hold(tx)  # one at a time, so that numbers are in the order of their effect
    made = await history(tx, edit.key)
    if edit.act != "hide" and was_seen != seen(made):
        raise Refused("changed")
    if not edit.changes_values and edit.act == _last_sight(made):
        raise Refused("not_possible")
    return await _write(tx, member, edit, made, at)


async def undo(tx: Transaction, member: Member, edit_id: int, base: Values, was_seen: str, at: int) -> int:
    """Take back the edit of an entry that last came into force, by an edit of its own; its number.

    `base`: what the file says of the entry now.
    Raises Refused: not_allowed, missing, changed, pending, not_possible (another one came into force since).
    """
    member.need("edit")
    await hold(tx)
    undone = await one(tx, edit_id)
    made = await history(tx, undone.edit.key)
    if was_seen != seen(made):
        raise Refused("changed")
    if undone.id not in undoable(made):
        raise Refused("not_possible")
    return await _write(tx, member, _back(undone, made, base), made, at, undone.id)


def undoable(made: Sequence[Made]) -> tuple[int, ...]:
    """The edits of an entry's history that can be taken back: the last that hid or showed, the last that said what."""
    forced = sorted((one for one in made if one.in_force), key=lambda one: -one.place)
    sight = next((one.id for one in forced if not one.edit.changes_values), None)
    values = next((one.id for one in forced if one.edit.changes_values), None)
    return tuple(found for found in (sight, values) if found is not None)


async def decide(tx: Transaction, member: Member, edit_id: int, outcome: Outcome, at: int) -> None:
    """Accept or refuse what another editor proposed, or withdraw one's own proposal.

    Somebody who was taken out and invited again under the same name is still the same for this.
    Raises Refused: not_allowed, missing, decided (it does not wait any more), own_edit (that needs
    another editor), not_possible (only who made it can withdraw it).
    """
    member.need("edit")
    await hold(tx)
    proposed = await one(tx, edit_id)
    if proposed.state != "waiting":
        raise Refused("decided")
    own = _same(proposed, member)
    if own and outcome != "withdrawn":
        raise Refused("own_edit")
    if not own and outcome == "withdrawn":
        raise Refused("not_possible")
    await _decide(tx, member, edit_id, outcome, at)
    await _record(tx, member, f"content_{outcome}", proposed.edit.key, at)


async def _write(
    tx: Transaction, member: Member, edit: Edit, made: Sequence[Made], at: int, undoes: int | None = None
) -> int:
    alone = await _alone(tx, member, edit, made, at)
    waits = [one.edit.act for one in made if one.state == "waiting"]
    if edit.act != "hide" and waits:
        raise Refused("pending")
    if "hide" in waits and not alone:
        raise Refused("not_possible")
    row = {
        "key": edit.key, "act": edit.act, "edit": _stored(edit), "alone": alone, "undoes": undoes,
        "made_by": member.id, "made_at": at,
    }  # fmt: skip
    number = added_id(await tx.execute(insert(ContentEdit).values(row)))
    if alone:
        await _decide(tx, member, number, "accepted", at)
    told = {"hide": "hidden", "confirm": "confirmed"}.get(edit.act, "undone")
    await _record(tx, member, f"content_{told if alone else 'proposed'}", edit.key, at)
    return number


async def _alone(tx: Transaction, member: Member, edit: Edit, made: Sequence[Made], at: int) -> bool:
    """Whether it needs no second editor: it hides one of a few, or leaves all as it is said now but the day."""
    if edit.act == "hide":
        return await may_hide_alone(tx, member, edit.key, at)
    if edit.act not in ("confirm", "undo"):
        return False
    last = _last(made)
    now, flag = left(edit.base, last) if last else (edit.base, None)
    said, wrong = (last.said, last.wrong) if last and flag != "lapsed" else ({}, False)
    return (words_of(edit.values), edit.said, edit.wrong) == (words_of(now), said, wrong)


async def may_hide_alone(tx: Transaction, member: Member, key: str, at: int) -> bool:
    """Whether somebody may hide one more of this kind by themselves: not many at once, whoever they say they are."""
    kind = _kind(key)
    hid = (ContentEdit.act == "hide") & ContentEdit.alone & (ContentEdit.made_at > at - DAY_S)
    late = await _made(tx, _select().where(hid))
    return sum(_kind(one.edit.key) == kind and _same(one, member) for one in late) < HIDDEN_ALONE[kind]


def _kind(key: str) -> str:
    return "numbers" if key.startswith(f"{NUMBERS}.") else "facts"


def _same(made: Made, member: Member) -> bool:
    """Whether somebody made it, also under an account that was taken out since."""
    return made.by == member.id or folded(made.by_name.partition(" #")[0]) == folded(member.name)


def _back(undone: Made, made: Sequence[Made], base: Values) -> Edit:
    """What takes an edit back: the other of hiding and showing, or the values that stood before it."""
    edit = undone.edit
    if not edit.changes_values:
        return Edit(edit.key, "show" if edit.act == "hide" else "hide")
    before = _last([one for one in made if one.id != undone.id and (not one.place or one.place < undone.place)])
    if before is None:  # a confirmation changed no word, so that the file's, whatever they are, stay
        return Edit(edit.key, "undo", base if edit.act == "confirm" else edit.base, base)
    return Edit(edit.key, "undo", before.values, base, before.said, before.wrong)


def _last(made: Sequence[Made]) -> Edit | None:
    """What an entry's values come from: the last edit in force that says what they are."""
    forced = [one for one in made if one.in_force and one.edit.changes_values]
    return max(forced, key=lambda one: one.place).edit if forced else None


def _last_sight(made: Sequence[Made]) -> Act | None:
    """Whether it was hidden or shown last; None when neither."""
    forced = [one for one in made if one.in_force and not one.edit.changes_values]
    return max(forced, key=lambda one: one.place).edit.act if forced else None


async def _decide(tx: Transaction, member: Member, edit_id: int, outcome: Outcome, at: int) -> None:
    row = {"edit_id": edit_id, "outcome": outcome, "decided_by": member.id, "decided_at": at}
    await tx.execute(insert(ContentDecision).values(row))


async def _record(tx: Transaction, member: Member, action: str, key: str, at: int) -> None:
    await audit.record(tx, at, str(member.id), action, detail=key.replace(".", ":"))


def _select() -> Select[Any]:
    return (
        select(ContentEdit.__table__, ContentDecision.__table__, _MAKER.name, _DECIDER.name)
        .outerjoin(ContentDecision, ContentDecision.edit_id == ContentEdit.id)
        .join(_MAKER, _MAKER.id == ContentEdit.made_by)
        .outerjoin(_DECIDER, _DECIDER.id == ContentDecision.decided_by)
    )


async def _made(tx: Transaction, query: Select[Any]) -> list[Made]:
    return [_read(row) for row in await tx.execute(query)]


def _read(row: Row[Any]) -> Made:
    """The columns stand in the order of the tables, then the two names."""
    number, key, act, edit, alone, undoes, by, at, place, _, outcome, decided_by, decided_at, name, decider = tuple[
        Any, ...
    ](row)
    return Made(
        number, _told(key, act, edit), alone, undoes, by, name, at, outcome or "waiting", place or 0, decided_by,
        decider or "", decided_at or 0,
    )  # fmt: skip


def _stored(edit: Edit) -> dict[str, Any]:
    said = {language: {name: asdict(one) for name, one in told.items()} for language, told in edit.said.items()}
    return {"values": dict(edit.values), "base": dict(edit.base), "said": said, "wrong": edit.wrong}


def _told(key: str, act: Act, stored: dict[str, Any]) -> Edit:
    values: Values = stored["values"]
    said: Said = {
        language: {name: Translation(**one) for name, one in told.items()} for language, told in stored["said"].items()
    }
    return Edit(key, act, values, stored["base"], said, stored["wrong"])
