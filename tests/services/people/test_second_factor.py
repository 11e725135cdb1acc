"""The second factor: a code counts once, near its time; wrong ones are bounded; paper replaces the app, once."""

import asyncio

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from services import audit
from services.database import Database
from services.keys import Keys
from services.people import second_factor
from services.people.second_factor import STEP_S
from services.rights import Member, Refused
from services.tables.people import RecoveryCode, SecondFactor
from tests.services.coordination import member

NOW = 1_800_000_000
WRONG = "no code"
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
async def claire(database: Database) -> Member:
    async with database.begin() as tx:
        return await member(tx, "claire", "coordinator")


async def set_up(database: Database, keys: Keys, who: Member) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    """Somebody's app, after its first code, that of half a minute ago; and their paper."""
    async with database.begin() as tx:
        app = pyotp.TOTP((await second_factor.enrol(tx, keys, who)).key)
        return app, await second_factor.confirm(tx, keys, who, app.at(NOW - STEP_S), NOW)


async def check(database: Database, keys: Keys, who: Member, code: str, at: int = NOW, device: str = "") -> str:
    async with database.begin() as tx:
        return await second_factor.check(tx, keys, who, code, at, device)


async def test_a_code_of_now_is_right_once(database, keys, claire):
    app, _ = await set_up(database, keys, claire)
    assert await check(database, keys, claire, app.at(NOW)) == "right"
    assert await check(database, keys, claire, app.at(NOW)) == "wrong"
    assert await check(database, keys, claire, app.at(NOW - STEP_S)) == "wrong"
    assert await check(database, keys, claire, f" {app.at(NOW + STEP_S)[:3]} {app.at(NOW + STEP_S)[3:]}") == "right"


async def test_clocks_may_differ_by_half_a_minute_and_not_by_more(database, keys, claire):
    app, _ = await set_up(database, keys, claire)
    assert await check(database, keys, claire, app.at(NOW + 2 * STEP_S)) == "wrong"
    assert await check(database, keys, claire, app.at(NOW + STEP_S)) == "right"
    later = NOW + 100 * STEP_S
    assert await check(database, keys, claire, app.at(later - 2 * STEP_S), later) == "wrong"
    assert await check(database, keys, claire, app.at(later - STEP_S), later) == "right"


async def test_it_counts_from_its_first_right_code_on(database, keys, claire):
    async with database.begin() as tx:
        assert await second_factor.stage(tx, claire.id, NOW) == "enrol"
        one = await second_factor.enrol(tx, keys, claire)
        assert await second_factor.enrol(tx, keys, claire) == one
        with pytest.raises(Refused, match="wrong_code"):
            await second_factor.confirm(tx, keys, claire, WRONG, NOW)
        assert await second_factor.stage(tx, claire.id, NOW) == "enrol"
    assert await check(database, keys, claire, pyotp.TOTP(one.key).at(NOW)) == "wait"
    async with database.begin() as tx:
        await second_factor.confirm(tx, keys, claire, pyotp.TOTP(one.key).at(NOW), NOW)
        assert await second_factor.stage(tx, claire.id, NOW) == "factor"
        with pytest.raises(Refused, match="not_possible"):
            await second_factor.enrol(tx, keys, claire)
    assert f"otpauth://totp/Passerelle:claire?secret={one.key}&issuer=Passerelle" == one.uri


async def test_a_code_from_paper_is_right_once_however_it_is_typed(database, keys, claire):
    _, paper = await set_up(database, keys, claire)
    assert len(set(paper)) == 10
    typed = paper[3].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert await check(database, keys, claire, typed) == "right"
    assert await check(database, keys, claire, paper[3]) == "wrong"
    async with database.begin() as tx:
        assert await second_factor.paper_left(tx, claire.id) == 9
        new = await second_factor.new_paper(tx, keys, claire, NOW)
    async with database.read() as tx:
        assert [one.action for one in await audit.records(tx)][:2] == ["paper_codes_made", "paper_code_used"]
    assert await check(database, keys, claire, paper[4]) == "wrong"
    assert await check(database, keys, claire, new[4]) == "right"


async def test_somebody_elses_paper_and_app_open_nothing(database, keys, claire):
    async with database.begin() as tx:
        paul = await member(tx, "paul", "coordinator")
    app, paper = await set_up(database, keys, claire)
    await set_up(database, keys, paul)
    assert await check(database, keys, paul, paper[0]) == "wrong"
    assert await check(database, keys, paul, app.at(NOW)) == "wrong"


async def test_after_ten_wrong_codes_even_a_right_one_waits_but_not_in_a_browser_that_was_here(database, keys, claire):
    from services.people.tries import WINDOW_S, new_device

    app, _ = await set_up(database, keys, claire)
    tries = [await check(database, keys, claire, WRONG) for _ in range(11)]
    assert tries == ["wrong"] * 10 + ["wait"]
    assert await check(database, keys, claire, app.at(NOW)) == "wait"
    assert await check(database, keys, claire, app.at(NOW), NOW, new_device(keys, "claire")) == "right"
    later = NOW + WINDOW_S + STEP_S
    assert await check(database, keys, claire, app.at(later), later) == "right"
    async with database.read() as tx:
        assert [one.detail for one in await audit.records(tx) if one.action == "slowed"] == [f"coordinator:{claire.id}"]


async def test_while_somebody_with_the_password_tries_codes_the_paper_lets_its_owner_in(database, keys, claire):
    _, paper = await set_up(database, keys, claire)
    for _ in range(2 * second_factor.MOST_WRONG):
        await check(database, keys, claire, WRONG)
    assert await check(database, keys, claire, paper[0]) == "right"
    for _ in range(second_factor.MOST_WRONG):
        await check(database, keys, claire, WRONG)
    assert await check(database, keys, claire, paper[0]) == "wait", "each once"


async def test_of_many_who_show_one_code_at_once_one_comes_in(database, keys, claire):
    app, paper = await set_up(database, keys, claire)
    for code in (app.at(NOW), paper[0]):
        outcomes = await asyncio.gather(*(check(database, keys, claire, code) for _ in range(5)))
        assert sorted(outcomes) == ["right", *["wrong"] * 4]


async def test_a_reset_ends_the_factor_and_the_password_alone_sets_up_no_new_one(database, keys, claire):
    async with database.begin() as tx:
        boss = await member(tx, "nadia", "administrator")
    app, paper = await set_up(database, keys, claire)
    async with database.begin() as tx:
        token = await second_factor.reset(tx, claire.id, NOW, boss)
        assert await second_factor.stage(tx, claire.id, NOW) == "link"
        assert await second_factor.fits_link(tx, token, NOW, claire.id)
        assert not await second_factor.fits_link(tx, token, NOW, boss.id)
        assert not await second_factor.fits_link(tx, token, NOW + second_factor.RESET_S, claire.id)
    for code in (app.at(NOW), paper[0]):
        assert await check(database, keys, claire, code) == "wait"
    await set_up(database, keys, claire)
    async with database.begin() as tx:
        assert not await second_factor.fits_link(tx, token, NOW)
        assert await second_factor.stage(tx, claire.id, NOW) == "factor"


async def test_only_who_may_and_for_others_only(database, keys, claire):
    async with database.begin() as tx:
        boss = await member(tx, "nadia", "supervisor")
        for by, whom, why in (
            (claire, boss.id, "not_allowed"),
            (boss, boss.id, "not_possible"),
            (boss, 10_000, "missing"),
        ):
            with pytest.raises(Refused, match=why):
                await second_factor.reset(tx, whom, NOW, by)


async def test_a_stolen_database_tells_no_secret_and_a_secret_fits_nobody_else(database, keys, claire):
    app, paper = await set_up(database, keys, claire)
    async with database.begin() as tx:
        rows = [*await tx.execute(select(SecondFactor.__table__)), *await tx.execute(select(RecoveryCode.__table__))]
        told = repr(rows)
        assert app.secret not in told
        assert not any(code in told for code in paper)
        paul = await member(tx, "paul", "coordinator")
        moved = {"coordinator_id": paul.id, "secret_box": rows[0].secret_box, "last_step": 0, "confirmed_at": NOW}
        await tx.execute(insert(SecondFactor), moved)
    with pytest.raises(Exception, match="does not open"):
        await check(database, keys, paul, app.at(NOW))


@given(st.text(max_size=40))
def test_no_odd_text_is_a_code(text):
    assert second_factor._step(KEY, text + "x", NOW, 0) is None
