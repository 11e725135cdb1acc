"""Editors' acts on a real database: one history, four eyes, an order of effect."""

from dataclasses import replace

import pytest

from dialogs.edits import Edit, Translation
from services import edits
from services.audit import verify
from services.rights import Refused
from tests.services.queue_stage import NOW, coordinator, refusal

KEY = "rights.plain_no_card"
FILE = {"text": "Old.", "status": "V1", "source": "a", "checked_on": "2026-11-22", "valid_from": "", "valid_to": ""}
CORRECTED = Edit(
    KEY, "correct", {**FILE, "text": "New."}, FILE, {"fr": {"text": Translation("Vieux.", "Old.", "2026-11-22")}}
)
CONFIRMED = Edit(KEY, "confirm", {**FILE, "checked_on": "2027-01-02"}, FILE)


@pytest.fixture
async def frida(database, people):
    async with database.begin() as tx:
        return (await coordinator(tx, "frida", "content_editor")).member


@pytest.fixture
def emil(people):
    return people["emil"].member


@pytest.fixture
def act(database):
    """An editor's act in a transaction of its own, with what they have seen last."""

    async def done(who, edit, at=NOW):
        async with database.begin() as tx:
            return await edits.make(tx, who, edit, edits.seen(await edits.history(tx, edit.key)), at)

    return done


@pytest.fixture
def decide(database):
    async def done(who, number, outcome="accepted", at=NOW):
        async with database.begin() as tx:
            await edits.decide(tx, who, number, outcome, at)

    return done


@pytest.fixture
def undo(database):
    async def done(who, number, base=FILE):
        async with database.begin() as tx:
            seen = edits.seen(await edits.history(tx, (await edits.one(tx, number)).edit.key))
            return await edits.undo(tx, who, number, base, seen, NOW)

    return done


async def stands(database):
    async with database.read() as tx:
        return dict(await edits.in_force(tx)), await edits.revision(tx)


async def test_what_is_in_force_is_read_as_it_was_written(database, emil, frida, act, decide):
    number = await act(emil, CORRECTED)
    assert await stands(database) == ({}, 0)
    await decide(frida, number)
    assert await stands(database) == ({KEY: [CORRECTED]}, 1)
    async with database.read() as tx:
        (made,) = await edits.history(tx, KEY)
        assert await verify(tx) is None
    assert (made.by_name, made.decided_by_name, made.state, made.alone) == ("emil", "frida", "accepted", False)


async def test_edits_are_in_the_order_of_their_effect_and_not_of_their_making(database, emil, frida, act, decide):
    number = await act(emil, CORRECTED)
    await act(frida, Edit(KEY, "hide"))
    await decide(frida, number)
    in_force, revision = await stands(database)
    assert ([edit.act for edit in in_force[KEY]], revision) == (["hide", "correct"], 2)


async def test_only_editors_act(database, people, emil, act, decide):
    number = await act(emil, CORRECTED)
    for name in ("claire", "nadia", "olga"):
        who = people[name].member
        assert await refusal(act(who, Edit(KEY, "hide"))) == "not_allowed"
        assert await refusal(decide(who, number)) == "not_allowed"


async def test_nobody_is_their_own_second_editor(emil, frida, act, decide):
    number = await act(emil, CORRECTED)
    assert await refusal(decide(emil, number)) == "own_edit"
    assert await refusal(decide(emil, number, "refused")) == "own_edit"
    assert await refusal(decide(frida, number, "withdrawn")) == "not_possible"
    await decide(frida, number)
    assert await refusal(decide(frida, number)) == "decided"


async def test_words_cannot_be_confirmed_into_being(database, emil, act):
    """Whoever forges a confirmation that says something else has made a proposal."""
    for forged in (
        Edit(KEY, "confirm", {**FILE, "text": "New."}, FILE),
        Edit(KEY, "undo", {**FILE, "text": "New."}, FILE),
        Edit(KEY, "confirm", FILE, FILE, {"fr": {"text": Translation("Faux.", "Old.", "2026-11-22")}}),
    ):
        number = await act(emil, forged)
        async with database.begin() as tx:
            assert (await edits.one(tx, number)).state == "waiting"
            await edits.decide(tx, emil, number, "withdrawn", NOW)
    assert (await stands(database))[0] == {}


async def test_one_change_waits_at_a_time_but_hiding_never_waits(emil, frida, act):
    await act(emil, CORRECTED)
    assert await refusal(act(frida, CONFIRMED)) == "pending"
    assert await refusal(act(frida, CORRECTED)) == "pending"
    await act(frida, Edit(KEY, "hide"))
    assert await refusal(act(emil, Edit(KEY, "hide"))) == "not_possible"
    assert await refusal(act(emil, Edit(KEY, "show"))) == "pending"


async def test_who_has_not_seen_the_last_act_is_told(database, emil, frida, act):
    await act(frida, CONFIRMED)
    async with database.begin() as tx:
        with pytest.raises(Refused, match="changed"):
            await edits.make(tx, emil, CORRECTED, "0-0", NOW)
        await edits.make(tx, emil, Edit(KEY, "hide"), "0-0", NOW)


async def test_a_confirmation_is_taken_back_by_one_a_correction_by_two(database, emil, frida, act, decide, undo):
    first = await act(emil, CONFIRMED)
    back = await undo(emil, first)
    async with database.read() as tx:
        assert (await edits.one(tx, back)).in_force
    second = await act(emil, CORRECTED)
    await decide(frida, second)
    assert await refusal(undo(emil, first)) == "not_possible"
    back = await undo(emil, second)
    async with database.read() as tx:
        made = await edits.one(tx, back)
    assert (made.state, made.undoes, made.edit.values) == ("waiting", second, FILE)
    await decide(frida, back)
    assert (await stands(database))[0][KEY][-1].values == FILE


async def test_hiding_is_taken_back_by_two_and_showing_by_one(database, emil, frida, act, decide, undo):
    hidden = await act(emil, Edit(KEY, "hide"))
    shown = await undo(emil, hidden)
    assert await refusal(decide(emil, shown)) == "own_edit"
    await decide(frida, shown)
    again = await undo(frida, shown)
    async with database.read() as tx:
        made = await edits.one(tx, again)
    assert (made.edit.act, made.in_force) == ("hide", True)


async def test_one_editor_cannot_confirm_the_files_words_over_an_accepted_correction(
    database, emil, frida, act, decide
):
    corrected = replace(CORRECTED, said={})
    await decide(frida, await act(emil, corrected))
    number = await act(emil, CONFIRMED)  # with what was seen last, guessed or not
    async with database.read() as tx:
        assert (await edits.one(tx, number)).state == "waiting"
    assert (await stands(database))[0][KEY] == [corrected]


async def test_what_was_seen_names_the_last_edit_in_force_and_is_not_a_count(database, emil, frida, act, decide):
    number = await act(emil, CORRECTED)
    async with database.read() as tx:
        before = edits.seen(await edits.history(tx, KEY))
    await decide(frida, number)
    async with database.read() as tx:
        after = edits.seen(await edits.history(tx, KEY))
    assert (before.startswith("0-"), after.startswith(f"{number}-")) == (True, True)
    async with database.begin() as tx:
        for guess in (before, "1-1", f"{number}", ""):
            with pytest.raises(Refused, match="changed"):
                await edits.make(tx, emil, CORRECTED, guess, NOW)


@pytest.mark.parametrize(("kind", "most"), [("numbers.n{}", 3), ("rights.f{}", 5)])
async def test_one_editor_hides_a_few_a_day_alone_and_the_next_waits(database, emil, frida, act, decide, kind, most):
    async def alone(who, number, at=NOW):
        made = await act(who, Edit(kind.format(number), "hide"), at)
        async with database.read() as tx:
            return (await edits.one(tx, made)).alone

    assert [await alone(emil, number) for number in range(most + 1)] == [True] * most + [False]
    assert await refusal(act(emil, Edit(kind.format(most), "hide"))) == "not_possible"
    assert await alone(frida, most)  # who has hidden less still can, at once
    assert not await alone(emil, most + 1, NOW + edits.DAY_S - 1)
    assert await alone(emil, most + 2, NOW + edits.DAY_S)
