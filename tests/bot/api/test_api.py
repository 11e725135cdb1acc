"""A tool of the network hands in a referral that the server cannot read, and asks how it stands."""

import asyncio
import base64
import hashlib
import json
import os
import re
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from sqlalchemy import func, insert, select

from bot.api.buckets import RATES, Buckets
from bot.api.routes import ROUTES
from dialogs.library import day_of
from docs.examples import hand_in as example
from services import retention, rights
from services.places import partners, places
from services.places.capacity import Details
from services.receipts import new_code
from services.referrals import acts, consents, queue
from services.sealing import new_key_pair, pad
from services.tables import CoordinationKey, CoordinatorGrant, Referral
from services.tools import api_tokens
from tests.bot.api.conftest import Answer, Site, Tool
from tests.bot.stage import AT, Guest

TRIAGE = {"referrer": "professional", "age_group": "adult", "urgency": "soon", "avoid": ["13"], "languages": ["fr"]}
NOTE = {"note": "She can travel from Friday.", "callback": "Office hours, 01 99 00 00 00"}


async def body(tool: Tool, triage: dict[str, Any], parts: dict[str, str] | None = None, name: str = "") -> Any:
    """What a tool that does everything right hands in."""
    asked = {
        "triage": triage,
        "language": "fr",
        "note": "note" in (parts or {}),
        "callback": "callback" in (parts or {}),
    }
    consent = (await tool.ask("POST", "/consent", asked)).told
    del consent["text"], consent["statistics"]
    told: dict[str, Any] = {"triage": triage, "consent": consent, "language": "en"}
    if parts:
        key = (await tool.ask("GET", "/key")).told
        public = base64.b64decode(key["public_key"])
        told["sealed"] = example.sealed(public, key["key"], example.referral_of(key["token"], name), parts)
    return told


async def handed_in(tool: Tool, told: Any, name: str) -> Answer:
    return await tool.ask("POST", "/referrals", told, **{"Idempotency-Key": name})


async def referrals_in(site: Site) -> int:
    async with site.database.read() as tx:
        return int(await tx.scalar(select(func.count()).select_from(Referral)) or 0)


async def test_the_example_of_the_docs_hands_in_what_only_the_coordination_reads(
    site: Site, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    token = (await site.tool()).token
    done = await asyncio.to_thread(example.hand_in, site.url, token, TRIAGE, NOTE, "fr")
    shown = capsys.readouterr().out
    assert "Vous pouvez accepter" in shown or "coordination Ac.Sé" in shown
    async with site.database.begin() as tx:
        await acts.claim(tx, done["referral"], site.opened.member, AT)
        opened = await acts.open_sealed(tx, done["referral"], site.opened, AT)
        one = await queue.one(tx, done["referral"])
    assert dict(opened.parts) == NOTE
    assert (one.avoid, one.urgency, one.consent_language) == (("13",), "soon", "fr")
    assert one.consent_hash == hashlib.sha256(shown.removesuffix("\n").encode()).digest()
    assert not any(word in kept_in(tmp_path) for word in (b"Friday", b"01 99"))
    standing = await (await site.tool("referral:state")).ask(
        "POST", "/receipts/state", {"receipt": done["receipt"]["digits"]}
    )
    assert standing.told | {"state": "claimed", "holder": "professional", "answers": 0} == standing.told


async def test_the_receipt_opens_in_the_chat_as_any_other(site: Site):
    tool, name = await site.tool(), secrets.token_urlsafe(24)
    done = await handed_in(tool, await body(tool, TRIAGE), name)
    assert done.status == 201
    guest = await Guest(site.host).at_menu("en", "professional")
    reply = await guest.say(done.told["receipt"]["words"])
    assert reply.flow == "receipt"


async def test_the_same_request_again_is_one_referral_with_one_receipt(site: Site):
    tool, name = await site.tool(), secrets.token_urlsafe(24)
    told = await body(tool, TRIAGE, NOTE, name)
    answers = await asyncio.gather(*(handed_in(tool, told, name) for _ in range(4)))
    assert sorted(answer.status for answer in answers) == [200, 200, 200, 201]
    assert len({str(answer.told) for answer in answers}) == 1
    assert await referrals_in(site) == 1
    other = await handed_in(tool, told | {"language": "es"}, name)
    assert (other.status, other.kind) == (409, "key_reused")
    async with site.database.begin() as tx:
        assert (await retention.purge(tx, AT + 2 * api_tokens.REPEATED_S))["api_requests"] == 1
    assert (await handed_in(tool, told, name)).kind == "key_reused"
    assert await referrals_in(site) == 1


async def test_two_tools_that_chose_one_key_are_not_in_each_others_way(site: Site):
    tools, name = [await site.tool(), await site.tool()], secrets.token_urlsafe(24)
    sent = [await body(tool, TRIAGE, NOTE, name) for tool in tools]
    done = [await handed_in(tool, told, name) for tool, told in zip(tools, sent, strict=True)]
    assert [answer.status for answer in done] == [201, 201]
    assert len({str(answer.told[part]) for answer in done for part in ("referral", "receipt")}) == 4
    again = [await handed_in(tool, told, name) for tool, told in zip(tools, sent, strict=True)]
    assert [(answer.status, answer.told) for answer in again] == [(200, answer.told) for answer in done]
    stolen = await handed_in(tools[0], sent[1], secrets.token_urlsafe(24))
    assert (stolen.status, stolen.kind) == (422, "not_well_formed"), "sealed for another id, nobody could open it"
    assert await referrals_in(site) == 2


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.operation)
async def test_a_token_opens_what_its_scopes_say_and_nothing_else(site: Site, route):
    others = [scope for scope in api_tokens.SCOPES if scope != route.scope]
    assert (await (await site.tool(*others)).ask(route.method, route.path, {})).kind == "wrong_scope"
    for token in ("", "passerelle_wrong", "x" * 5000, "é"):
        answer = await Tool(site.url, token).ask(route.method, route.path, {})
        assert (answer.status, answer.kind, answer.headers["WWW-Authenticate"]) == (401, "no_token", "Bearer")
    allowed = await (await site.tool(route.scope)).ask(route.method, route.path, b"no json")
    assert allowed.status == 200 or allowed.kind in ("not_well_formed", "no_idempotency_key", "not_found")


async def test_a_token_ends_at_once_when_it_is_revoked_and_by_itself_on_its_day(site: Site):
    tool = await site.tool(days=1)
    assert (await tool.ask("GET", "/key")).status == 200
    async with site.database.begin() as tx:
        await api_tokens.revoke(tx, site.opened.member, 1, AT)
    assert (await tool.ask("GET", "/key")).kind == "no_token"
    later = await site.tool(days=1)
    site.clock[0] += api_tokens.DAY_S
    assert (await later.ask("GET", "/key")).kind == "no_token"


async def test_consent_is_to_the_words_for_exactly_this_request(site: Site):
    tool = await site.tool()
    told = await body(tool, TRIAGE)
    told["triage"] = TRIAGE | {"department": "06"}
    assert (await handed_in(tool, told, secrets.token_urlsafe(24))).kind == "consent_differs"
    told = await body(tool, TRIAGE)
    told["consent"]["version"] = "2020-01-01.1"
    assert (await handed_in(tool, told, secrets.token_urlsafe(24))).kind == "consent_differs"
    words = await tool.ask("POST", "/consent", {"triage": TRIAGE | {"department": "06"}, "language": "ar"})
    assert any("06" in line for line in words.told["text"])
    assert words.told["sha256"] == hashlib.sha256("\n".join(words.told["text"]).encode()).hexdigest()


async def test_each_purpose_is_agreed_to_apart(site: Site):
    tool, told = await site.tool(), []
    words = (await tool.ask("POST", "/consent", {"triage": TRIAGE, "language": "fr"})).told
    agreed = {name: words[name] for name in ("version", "language", "sha256")}
    counted = {"statistics": words["statistics"]["sha256"]}
    for more in ({}, {"contact": True}, counted | {"contact": True}):
        sent = {"triage": TRIAGE, "consent": agreed | more}
        done = await handed_in(tool, sent, secrets.token_urlsafe(24))
        async with site.database.read() as tx:
            told.append({one.purpose for one in await consents.records(tx, done.told["referral"])})
    assert told == [{"search"}, {"search", "contact"}, {"search", "contact", "statistics"}]
    wrong = {"triage": TRIAGE, "consent": agreed | {"statistics": "0" * 64}}
    assert (await handed_in(tool, wrong, secrets.token_urlsafe(24))).kind == "consent_differs"


async def test_capacity_is_told_by_region_and_of_nobody_in_particular(site: Site):
    async with site.database.begin() as tx:
        ours = await partners.add(tx, site.opened.member, "A house in Nice", AT)
        details = Details(("06",), ("woman",), total=4)
        group = await places.add(tx, site.keys, site.opened.member, ours, details, AT)
        await places.count(tx, site.keys, site.opened.member, group, 1, AT)
    tool = await site.tool("places:read")
    (one,) = (await tool.ask("GET", "/places")).told["places"]
    assert (one["zone"], one["who"], one["free"], one["held"], one["unsure"]) == (
        "Provence-Alpes-Côte d’Azur", "woman", 1, 0, 0
    )  # fmt: skip
    site.clock[0] += 60 * api_tokens.DAY_S
    later = await site.tool("places:read")
    (one,) = (await later.ask("GET", "/places")).told["places"]
    assert (one["free"], one["unsure"]) == (0, 1)


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"name": "Somebody"}, "name"),
        ({"triage": TRIAGE | {"gender": "Somebody"}}, "triage.gender"),
        ({"triage": TRIAGE | {"department": "6"}}, "triage.department"),
        ({"triage": TRIAGE | {"department": "96"}}, "triage.department or avoid"),
        ({"triage": TRIAGE | {"safe_until": "Somebody"}}, "triage.safe_until"),
        ({"sealed": {"key": 1, "referral": "R-2222-2222", "data_key": "AAAA", "note": "AAAA"}}, "sealed.referral"),
        ({"sealed": {"key": 1, "referral": "R", "data_key": "Somebody!", "note": "AAAA"}}, "sealed"),
        ({"sealed": {"key": 1, "data_key": "AAAA", "note": "AAAA"}}, "sealed.referral"),
        ({"language": "xx"}, "language"),
    ],
)
async def test_what_does_not_fit_is_told_by_its_place_and_never_repeated(site: Site, change, at):
    tool = await site.tool()
    answer = await handed_in(tool, await body(tool, TRIAGE) | change, secrets.token_urlsafe(24))
    assert (answer.status, answer.kind) == (422, "not_well_formed")
    assert any(error["at"].startswith(at) for error in answer.told["errors"]), answer.told
    assert "Somebody" not in str(answer.told)
    assert await referrals_in(site) == 0


async def test_free_words_are_refused_unpadded_for_nobody_or_for_an_old_key(site: Site):
    tool, name = await site.tool(), secrets.token_urlsafe(24)
    told = await body(tool, TRIAGE, NOTE, name)
    short = told | {"sealed": told["sealed"] | {"note": example.encoded(os.urandom(24 + 16 + 100))}}
    assert (await handed_in(tool, short, name)).kind == "not_well_formed"
    alone = {"referrer": "self", "age_group": "adult"}
    own = await body(tool, alone, NOTE, name)
    assert (await handed_in(tool, own, name)).kind == "not_well_formed"
    async with site.database.begin() as tx:
        row = {"public_key": new_key_pair().public, "created_at": AT}
        key = (await tx.execute(insert(CoordinationKey).values(row).returning(CoordinationKey.id))).scalar_one()
        grant = {"coordinator_id": site.opened.member.id, "coordination_key_id": key, "box": b"", "granted_at": AT}
        await tx.execute(insert(CoordinatorGrant).values(grant))
    assert (await handed_in(tool, told, name)).kind == "key_changed"
    assert await referrals_in(site) == 0


async def test_details_that_together_point_to_somebody_are_not_taken_unasked(site: Site):
    tool = await site.tool()
    triage = {"referrer": "self", "age_group": "adult", "department": "48", "languages": ["ka"]}
    told = await body(tool, triage)
    refused = await handed_in(tool, told, secrets.token_urlsafe(24))
    assert (refused.status, refused.kind) == (422, "details_point")
    done = await handed_in(tool, told | {"details_accepted": True}, secrets.token_urlsafe(24))
    assert (done.status, done.told["receipt"]["holder"]) == (201, "person")


async def test_an_exact_day_in_a_small_place_is_told_as_a_length_or_accepted(site: Site):
    tool, today = await site.tool(), day_of(AT)
    small = {"referrer": "self", "age_group": "adult", "department": "48", "languages": ["fr"]}
    told = await body(tool, small | {"safe_until": str(today + timedelta(days=5))})
    refused = await handed_in(tool, told, secrets.token_urlsafe(24))
    assert refused.kind == "details_point"
    assert "safe_until" in refused.told["errors"][0]["why"]
    told = await body(tool, small | {"safe_until": str(today + timedelta(days=3))})
    assert (await handed_in(tool, told, secrets.token_urlsafe(24))).status == 201


async def test_guessed_receipts_make_a_token_wait(site: Site):
    tool = await site.tool("referral:state")
    assert (await tool.ask("POST", "/receipts/state", {"receipt": "hello"})).kind == "mistyped_receipt"
    guesses = [api_guess() for _ in range(6)]
    kinds = [(await tool.ask("POST", "/receipts/state", {"receipt": guess})).kind for guess in guesses]
    assert kinds == ["unknown_receipt"] * 5 + ["wait"]


def api_guess() -> str:
    return new_code().digits


def kept_in(folder: Path) -> bytes:
    """All that SQLite wrote; nothing where PostgreSQL does."""
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_what_is_no_request_of_ours_is_a_problem_too(site: Site):
    tool = await site.tool()
    assert (await tool.ask("GET", "/nothing")).kind == "not_found"
    wrong = await tool.ask("GET", "/referrals")
    assert (wrong.status, wrong.kind, wrong.headers["Allow"]) == (405, "no_such_method", "POST")
    assert (await tool.ask("OPTIONS", "/referrals", Origin="https://evil.example")).status == 405
    assert (await tool.ask("POST", "/consent", b"x" * 70_000)).kind == "too_large"
    assert (await tool.ask("POST", "/consent", b"{}", **{"Content-Type": "text/plain"})).kind == "no_json"
    assert (await tool.ask("POST", "/referrals", {})).kind == "no_idempotency_key"


async def test_a_token_that_asks_too_often_waits_and_holds_up_no_other(site: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(RATES, "referral:create", RATES["referral:create"].__class__(2, 30))
    tool, other = await site.tool(), await site.tool()
    kinds = [(await tool.ask("GET", "/key")).status for _ in range(3)]
    assert kinds == [200, 200, 429]
    assert int((await tool.ask("GET", "/key")).headers["Retry-After"]) in range(1, 31)
    assert (await other.ask("GET", "/key")).status == 200


def test_a_bucket_fills_again_as_time_goes_on():
    buckets, rate = Buckets(), RATES["referral:state"]
    assert [buckets.take(1, "referral:state", 1000.0) for _ in range(rate.burst)] == [0] * rate.burst
    wait = buckets.take(1, "referral:state", 1000.0)
    assert wait == rate.each
    assert buckets.take(1, "referral:state", 1000.0 + wait) == 0
    assert buckets.take(1, "referral:state", 1000.0 + wait) > 0
    assert buckets.take(2, "referral:state", 1000.0) == 0


async def test_the_description_is_valid_and_tells_every_door(site: Site):
    told = (await Tool(site.url, "").ask("GET", "/openapi.json")).told
    OpenAPIV31SpecValidator(told).validate()
    assert told["openapi"].startswith("3.1")
    listed = {(method.upper(), path) for path, methods in told["paths"].items() for method in methods}
    assert listed == {(route.method, route.path) for route in ROUTES}


async def test_who_may_not_cannot_issue_a_token(site: Site):
    auditor = rights.Member(9, "somebody", "auditor")
    async with site.database.begin() as tx:
        with pytest.raises(rights.Refused, match="not_allowed"):
            await api_tokens.issue(tx, site.keys, auditor, "x", ("places:read",), 1, AT)
        for name, scopes, days, why in (
            ("", ("places:read",), 1, "empty"),
            ("x" * 121, ("places:read",), 1, "long_name"),
            ("x", (), 1, "bad_scope"),
            ("x", ("everything",), 1, "bad_scope"),
            ("x", ("places:read",), 400, "bad_scope"),
        ):
            with pytest.raises(rights.Refused, match=why):
                await api_tokens.issue(tx, site.keys, site.opened.member, name, scopes, days, AT)


def test_the_example_pads_and_labels_as_we_do():
    for size in (0, 200, 255, 256, 1023, 2047, 4095, 4096, 9000):
        assert example.padded(b"x" * size) == pad(b"x" * size)


DOCS = Path(__file__).parents[3] / "docs" / "api.md"
EXAMPLES = re.findall(r"```json (\w+) (\S+)\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize(("method", "path", "sent"), EXAMPLES)
async def test_what_the_docs_send_is_taken(site: Site, method: str, path: str, sent: str):
    answer = await (await site.tool()).ask(method, path, json.loads(sent))
    assert answer.status == 200, answer.told


def test_the_docs_have_examples():
    assert EXAMPLES
