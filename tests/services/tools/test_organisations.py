"""Codes of organisations: issued, found, renewed, revoked at once; names sealed; nothing of who uses them."""

import pytest
from sqlalchemy import inspect, select, text

from services import audit, retention
from services.database import Database
from services.keys import Keys
from services.rights import Opened
from services.tables import IssuedCode
from services.tools import organisations
from services.tools.codes import ProfessionalCode, new_code
from services.tools.organisations import VALID_S, Organisation
from tests.services.queue_stage import NOW, refusal

NAME = "Maison du Quokka, Valence"
People = dict[str, Opened]


async def issued(
    database: Database, keys: Keys, people: People, name: str = NAME
) -> tuple[ProfessionalCode, Organisation]:
    async with database.begin() as tx:
        return await organisations.issue(tx, keys, people["claire"].member, f"  {name} ", "housing", NOW)


async def found(database: Database, keys: Keys, code: ProfessionalCode, at: int = NOW) -> int | None:
    async with database.read() as tx:
        return await organisations.find(tx, keys, code, at)


async def listed(database: Database, who: Opened) -> list[Organisation]:
    async with database.read() as tx:
        return [*await organisations.organisations(tx, who)]


async def test_a_code_opens_for_a_year(database: Database, keys: Keys, people: People):
    code, made = await issued(database, keys, people)
    assert await found(database, keys, code) == made.id
    assert await found(database, keys, code, NOW + VALID_S - 1) == made.id
    assert await found(database, keys, code, NOW + VALID_S) is None
    assert await found(database, keys, new_code()) is None
    assert await found(database, Keys.new(), code) is None
    async with database.read() as tx:
        assert await organisations.in_force(tx, made.id, NOW + 1)
        assert not await organisations.in_force(tx, made.id, NOW + VALID_S)


async def test_a_revoked_one_opens_nothing_from_that_moment_and_cannot_be_renewed(
    database: Database, keys: Keys, people: People
):
    code, made = await issued(database, keys, people)
    async with database.begin() as tx:
        await organisations.revoke(tx, people["nadia"].member, made.id, NOW + 5)
    assert await found(database, keys, code, NOW + 5) is None
    async with database.begin() as tx:
        assert await refusal(organisations.renew(tx, people["claire"].member, made.id, NOW + 6)) == "not_possible"
    (one,) = await listed(database, people["claire"])
    assert one.state(NOW + 6) == "revoked"


async def test_an_expired_one_is_renewed_for_a_year(database: Database, keys: Keys, people: People):
    code, made = await issued(database, keys, people)
    late = NOW + VALID_S + 10
    assert (await listed(database, people["claire"]))[0].state(late) == "expired"
    async with database.begin() as tx:
        await organisations.renew(tx, people["claire"].member, made.id, late)
    assert await found(database, keys, code, late + VALID_S - 1) == made.id


async def test_only_who_holds_the_key_reads_the_name(database: Database, keys: Keys, people: People):
    await issued(database, keys, people)
    assert [one.name for one in await listed(database, people["claire"])] == [NAME]
    without_key = Opened(people["paul"].member)
    assert [one.name for one in await listed(database, without_key)] == [None]
    async with database.read() as tx:
        assert await refusal(organisations.organisations(tx, people["olga"])) == "not_allowed"


async def test_a_name_sealed_for_one_code_does_not_open_for_another(database: Database, keys: Keys, people: People):
    await issued(database, keys, people, "first")
    await issued(database, keys, people, "second")
    async with database.begin() as tx:
        boxes = list(await tx.scalars(select(IssuedCode.name_box).order_by(IssuedCode.id)))
        for number, box in zip((2, 1), boxes, strict=True):
            await tx.execute(
                text("UPDATE professional_codes SET name_box = :box WHERE id = :id"), {"box": box, "id": number}
            )
    assert [one.name for one in await listed(database, people["claire"])] == [None, None]


@pytest.mark.parametrize(
    ("name", "kind", "why"),
    [(" ", "housing", "empty"), ("x" * 121, "housing", "long_name"), ("x", "bakery", "bad_kind")],
)
async def test_what_is_not_right_is_refused(
    database: Database, keys: Keys, people: People, name: str, kind: str, why: str
):
    async with database.begin() as tx:
        assert await refusal(organisations.issue(tx, keys, people["claire"].member, name, kind, NOW)) == why


async def test_nobody_else_issues_revokes_or_renews(database: Database, keys: Keys, people: People):
    _, made = await issued(database, keys, people)
    for name in ("olga", "emil"):
        async with database.begin() as tx:
            member = people[name].member
            assert await refusal(organisations.issue(tx, keys, member, "x", "other", NOW)) == "not_allowed"
            assert await refusal(organisations.revoke(tx, member, made.id, NOW)) == "not_allowed"
            assert await refusal(organisations.renew(tx, member, made.id, NOW)) == "not_allowed"
    async with database.begin() as tx:
        assert await refusal(organisations.revoke(tx, people["claire"].member, 99, NOW)) == "missing"


async def test_without_a_coordination_s_key_no_name_could_be_sealed(database: Database, keys: Keys, people: People):
    async with database.begin() as tx:
        await tx.execute(text("DELETE FROM coordinator_grants"))
        assert await refusal(organisations.issue(tx, keys, people["claire"].member, "x", "other", NOW)) == "no_access"


async def test_the_database_holds_neither_code_nor_name_nor_use(database: Database, keys: Keys, people: People):
    code, made = await issued(database, keys, people)
    async with database.begin() as tx:
        await organisations.find(tx, keys, code, NOW)
        rows = [tuple(row) for row in await tx.execute(select(IssuedCode.__table__))]
        columns = await tx.run_sync(lambda sync: {c["name"] for c in inspect(sync).get_columns("professional_codes")})
        acts = [(r.action, r.detail) for r in await audit.records(tx)]
    held = repr(rows)
    assert "Quokka" not in held
    assert code.digits not in held
    assert columns == {
        "id", "code_hash", "kind", "name_box", "coordination_key_id", "created_at", "expires_at", "revoked_at",
    }  # fmt: skip
    assert acts == [("code_issued", f"code:{made.id}")]
    assert code.digits not in repr(code)
    assert NAME not in repr(made)


async def test_what_ended_a_year_ago_leaves_the_list_and_its_number_is_not_given_again(
    database: Database, keys: Keys, people: People
):
    _, made = await issued(database, keys, people)
    async with database.begin() as tx:
        assert (await retention.purge(tx, NOW + VALID_S + retention.ENDED_CODE - 1))["codes"] == 0
        assert (await retention.purge(tx, NOW + VALID_S + retention.ENDED_CODE))["codes"] == 1
    _, other = await issued(database, keys, people)
    assert other.id > made.id
