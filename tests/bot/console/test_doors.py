"""Every door against every role and against nobody: doors.txt beside this file is the table, and the table is whole."""

from pathlib import Path
from typing import get_args

import pytest

from bot.console.auth import Route
from bot.console.routes import ROUTES
from services import rights
from services.people.console_sessions import Stage
from services.rights import ROLES, Right, Role
from tests.bot.console.conftest import Site, Visitor

TABLE = Path(__file__).with_name("doors.txt")
ENDS_THE_SESSION = ("sign_out", "do_sign_in")


def doors() -> dict[str, dict[str, str]]:
    """By door ("GET /queue"), by role or `nobody`: its mark."""
    head, *lines = [line for line in TABLE.read_text().splitlines() if not line.startswith("#")]
    who = head.split()[1:]
    split = [line.rsplit(maxsplit=len(who)) for line in lines]
    return {" ".join(door.split()): dict(zip(who, marks, strict=True)) for door, *marks in split}


def door(route: Route) -> str:
    return f"{route.method} {route.path or '(the mount)'}"


def address(path: str, referral: str, person: int) -> str:
    path = path.replace("{key}", "rights.plain_no_card").replace("{edit}", "1").replace("{token}", "x" * 43)
    path = path.replace("{session}", "ab" * 32).replace("{year}", "2026").replace("{of}", "age")
    return path.replace("{id}", str(person) if path.startswith("/people") else referral)


def test_every_route_has_its_line_and_every_line_its_route():
    assert set(doors()) == {door(route) for route in ROUTES}
    assert all({"nobody", *ROLES} == set(marks) for marks in doors().values())
    assert {route.need for route in ROUTES} <= {*get_args(Right), "anyone", "waiting", "signed_in"}


def test_who_administers_cannot_open_and_who_opens_does_not_only_administer():
    of_requests = {"queue", "work", "supervise", "open", "grant", "keys", "places", "board", "statistics", "audit"}
    for role in ("administrator", "partner", "trainer", "content_editor"):
        assert not rights.MAY[role] & of_requests, role
    assert {role for role, may in rights.MAY.items() if "open" in may} == {"coordinator", "supervisor"}
    assert rights.MAY["partner"] == {"own_places"}


async def test_who_sees_no_request_lets_nobody_in_who_does(site: Site):
    adam = await site.enter(await site.member("adam", "administrator"))
    page = await adam.get("/people")
    offered = {role for role in ROLES if f'value="{role}"' in page.text}
    assert offered == {role for role in ROLES if "queue" not in rights.MAY[role]}
    page = await adam.post("/people/invite", name="mole", role="supervisor")
    assert (page.status, "/welcome/" in page.text) == (403, False)
    assert "/welcome/" in (await adam.post("/people/invite", name="paul", role="trainer")).text


@pytest.mark.parametrize("role", ROLES)
async def test_every_door_against_every_role(site: Site, role: Role):
    person = (await site.member("somebody")).member.id
    opened = await site.member(role.replace("_", " "), role)
    visitor, referral = await site.enter(opened), await site.submit(note="she likes to sing")
    for route in ROUTES:
        if route.name in ENDS_THE_SESSION or route.need == "waiting":
            continue
        page = await knock(visitor, route, address(route.path, referral, person))
        opens = doors()[door(route)][role] == "x"
        assert ("Your role may not do this." in page.text) is not opens, route
        assert page.status < 500, route
        assert opens or page.status == 403
        assert "likes to sing" not in page.text
        if opens and route.method == "POST":
            visitor, referral = await site.enter(opened), await site.submit(note="she likes to sing")


async def knock(visitor: Visitor, route: Route, path: str):
    return await (visitor.get(path) if route.method == "GET" else visitor.post(path))


async def test_every_door_without_a_session(site: Site):
    await site.member("claire")
    referral = await site.submit(note="she likes to sing")
    for route in ROUTES:
        visitor = site.visitor()
        path, opens = address(route.path, referral, 1), doors()[door(route)]["nobody"] == "x"
        if route.method == "GET":
            page = await visitor.get(path, follow=False)
            assert opens or (page.status, page.headers["Location"]) == (303, "/console/sign-in"), route
            assert page.headers.get("Location", "/console/sign-in") == "/console/sign-in"
        else:
            await visitor.get("/sign-in")
            page = await visitor.post(path)
            assert page.status in (403, 404), route
        assert referral not in page.text
        assert (await site.referral(referral)).state == "acknowledged"


@pytest.mark.parametrize("stage", ["factor", "enrol", "locked"])
async def test_a_password_without_the_second_factor_and_a_locked_session_open_nothing(site: Site, stage: Stage):
    opened = await site.member("nadia", "supervisor")
    referral = await site.submit(note="she likes to sing")
    marks = {door(route): doors()[door(route)]["nobody"] for route in ROUTES}
    leads_to = "/console/locked" if stage == "locked" else "/console/second-factor"
    for route in ROUTES:
        visitor, path = await site.wait(opened, stage), address(route.path, referral, opened.member.id)
        if route.method == "GET":
            page = await visitor.get(path, follow=False)
            closed = page.status == 303 and page.headers["Location"].startswith(leads_to)
            assert closed or marks[door(route)] in "xw", route
        elif marks[door(route)] not in "xw":
            assert (await visitor.post(path)).status == 403, route
        assert "likes to sing" not in visitor.page.text
    assert (await site.referral(referral)).state == "acknowledged"


async def test_who_is_signed_in_has_nothing_to_prove(site: Site):
    visitor = await site.enter(await site.member("nadia", "supervisor"))
    for path in ("/second-factor", "/locked"):
        assert (await visitor.get(path)).path == "/console/queue"
        assert (await visitor.post(path)).status == 403
