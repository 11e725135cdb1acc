"""Addresses and fields that nobody types: every door answers them with a page, on both databases, and nothing fails."""

import logging
import re

import pytest

from bot.console.routes import ROUTES
from tests.bot.console.conftest import Site
from tests.bot.console.test_two_consoles import sites as sites

ODD = ("%00", "a%00b", "%ED%A0%80", "%FF%FE", "9" * 19, "9" * 400, "-1", "%D9%A3", "%2e%2e%2f", "%0d%0aSet-Cookie:x=1")
FIELDS = (
    "id",
    "group",
    "persons",
    "other",
    "to",
    "revision",
    "who",
    "sign_up",
    "partner",
    "seen",
    "paper",
    "code",
    "day",
)
ENDS = ("sign_out", "end_others")


@pytest.mark.parametrize("role", ["supervisor", "content_editor", "partner"])
async def test_an_odd_address_is_answered_and_never_a_fault_of_ours(
    sites: list[Site], role: str, caplog: pytest.LogCaptureFixture
):
    here, _ = sites
    visitor = await here.enter(await here.member("nadia", role))
    for route in ROUTES:
        if "{" not in route.path or route.name in ENDS:
            continue
        for odd in ODD:
            path = re.sub(r"\{\w+\}", odd, route.path)
            page = await (visitor.get(path, follow=False) if route.method == "GET" else visitor.post(path))
            assert page.status < 500, (route.path, odd)
            assert "x=1" not in page.headers.get("Set-Cookie", "")
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("odd", ["9" * 18, "9" * 60, "-1", "\u0663", "\u202e7", "x" * 2000, "\U0010ffff"])
async def test_odd_fields_are_answered_too(sites: list[Site], odd: str, caplog: pytest.LogCaptureFixture):
    here, _ = sites
    nadia = await here.enter(await here.member("nadia", "supervisor"))
    referral = await here.submit()
    await nadia.post(f"/requests/{referral}/claim")
    for route in ROUTES:
        if route.method == "GET" or route.need in ("anyone", "waiting") or route.name in ENDS:
            continue
        path = re.sub(r"\{\w+\}", "1", route.path.replace("/requests/{id}", f"/requests/{referral}"))
        if route.path in ("/people/{id}/remove", "/account/sessions/{session}/end"):
            continue
        page = await nadia.post(path, True, None, **dict.fromkeys(FIELDS, odd))
        assert page.status < 500, route.path
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
