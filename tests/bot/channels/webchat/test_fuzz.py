"""Whatever is sent to whatever form, however often, from any number of tabs: a page, no error, nothing said twice."""

import asyncio
import logging
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.webchat.form import BODY_LIMIT
from tests.bot.channels.webchat.person import Person, fields
from tests.bot.channels.webchat.stage import Stage, stage

PATHS = ("/", "/cover", "/back", "/more", "/leave")
NAMES = ("turn", "nonce", "delivery", "language", "proof", "choice", "text", "x")
ODD = st.one_of(
    st.text(max_size=60),
    st.integers().map(str),
    st.sampled_from(["", "0", "-1", "9" * 40, "\x00", "‮", "../", "<script>", "word", "large", "forget", "help", "fr"]),
    st.integers(BODY_LIMIT - 50, BODY_LIMIT + 50).map("a".__mul__),
)
CHANGED = st.dictionaries(st.sampled_from(NAMES), ODD, max_size=4)
FORM = st.tuples(
    st.sampled_from(PATHS),
    CHANGED,
    st.sets(st.sampled_from(NAMES), max_size=2),  # fields left out
    st.sampled_from(["form", "raw", "json", "nothing"]),
    st.booleans(),  # sent twice, at once
)


def body(form: dict[str, str], how: str) -> tuple[Any, dict[str, str]]:
    if how == "form":
        return urlencode(form, errors="replace").encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    if how == "raw":
        return "&".join(form.values()).encode("utf-8", "replace"), {"Content-Type": "multipart/form-data; boundary=x"}
    if how == "json":
        return repr(form).encode("utf-8", "replace"), {"Content-Type": "application/json"}
    return b"", {}


async def send(person: Person, path: str, form: dict[str, str], how: str) -> int:
    data, headers = body(form, how)
    async with person.session.post(person.url + path, data=data, headers=headers, allow_redirects=False) as answer:
        await answer.read()
        return answer.status


async def attacked(forms: list[Any], caplog: pytest.LogCaptureFixture) -> None:
    caplog.clear()
    async with stage() as on, aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        person = Person(session, on.url)
        await person.begin("help")
        for path, changed, left_out, how, twice in forms:
            form = {name: value for name, value in {**fields(person.page), **changed}.items() if name not in left_out}
            sent = [send(person, path, form, how) for _ in range(1 + twice)]
            assert set(await asyncio.gather(*sent)) <= {303, 204, 503}
            await person.open()
            assert person.status == 200
        await repeated_is_one(on)
        assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def repeated_is_one(on: Stage) -> None:
    """However often the host heard the same key, it did one turn (the story drops repeats as the host does)."""
    keys = [(said.address, said.key) for said in on.story.heard if said.command is None]
    assert len(keys) == len(set(keys))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(forms=st.lists(FORM, min_size=1, max_size=6))
def test_any_form_gets_a_page_and_never_an_error(forms: list[Any], caplog: pytest.LogCaptureFixture):
    asyncio.run(attacked(forms, caplog))


async def test_two_tabs_at_once_are_one_conversation_and_lose_no_word(on: Stage, person: Person):
    await person.begin("help")
    first = person.page
    second = await person.open()
    pages = [{**fields(first), "text": "un lit"}, {**fields(second), "text": "et un repas"}]
    answers = await asyncio.gather(*(send(person, "/", form, "form") for form in pages))
    assert answers == [303, 303]
    assert sorted(said.text for said in on.story.heard if said.text) == ["et un repas", "un lit"]
    assert len(on.story.told) == 1
    tapped = [{**fields(first), "choice": "yes"}, {**fields(second), "choice": "no"}]
    await asyncio.gather(*(send(person, "/", form, "form") for form in tapped * 3))
    assert on.story.sent == 0, "both pages are old by now: a tap on them changes nothing"
    page = await person.open()
    await asyncio.gather(*(send(person, "/", {**fields(page), "choice": "yes"}, "form") for _ in range(5)))
    assert on.story.sent == 1
