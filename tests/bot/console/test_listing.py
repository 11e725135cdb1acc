"""The list of the queue: filters by address alone, what is late, the next one, and what a second person sees."""

import re
from urllib.parse import urlencode

import pytest
from sqlalchemy import update

from services.tables import Referral
from tests.bot.console.conftest import NOW, Seen, Site

HOUR = 3600


def listed(page: Seen) -> list[str]:
    return re.findall(r'data-row="(R-\w+-\w+)"', page.text)


@pytest.fixture
async def queued(site: Site) -> dict[str, str]:
    """Four requests that differ in everything that can be filtered by."""
    return {
        "urgent": await site.submit(urgency="immediate", languages=("ro", "fr"), department="06", forms=("labour",)),
        "soon": await site.submit(urgency="soon", languages=("bin",), department="75", forms=("sexual",)),
        "normal": await site.submit(urgency="normal", languages=("en",), forms=("domestic", "labour")),
        "minor": await site.submit(urgency="soon", languages=("fr",), department="06", age_group="minor"),
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", "urgent soon normal minor"),
        ("urgency=immediate", "urgent"),
        ("urgency=soon", "soon minor"),
        ("language=fr", "urgent minor"),
        ("language=bin", "soon"),
        ("language=r", "urgent soon normal minor"),  # no language: nothing is asked for
        ("department=06", "urgent minor"),
        ("department=+2a+", ""),
        ("department=none", "normal"),
        ("department=%25", "urgent soon normal minor"),
        ("department=Alpes-Maritimes", "urgent minor"),
        ("department=nice", "urgent minor"),
        ("department=Paris", "soon"),
        ("department=Var", ""),
        ("form=labour", "urgent normal"),
        ("form=labour&department=06", "urgent"),
        ("group=minors", "minor"),
        ("group=adults", "urgent soon normal"),
        ("whose=free", "urgent soon normal minor"),
        ("whose=mine", ""),
        ("waits=wrote", ""),
        ("waits=late", ""),
        ("urgency=%22%3E%3Cimg%3E", "urgent soon normal minor"),
    ],
)
async def test_each_filter_shows_what_it_says(site: Site, queued, asked, found):
    claire = await site.enter(await site.member("claire"))
    page = await claire.get(f"/queue?{asked}")
    assert page.status == 200
    assert listed(page) == [queued[name] for name in found.split()]
    assert "<img" not in page.text


@pytest.mark.parametrize(
    ("name", "typed", "label"),
    [
        ("department", "zz", "Département"),
        ("department", "Var, Nice", "Département"),
        ("department", "pas le 06", "Département"),
        ("urgency", "foo", "Urgency"),
        ("language", "xx", "Language"),
        ("form", "x" * 60, "Form of exploitation"),
        ("whose", "anybody", "Held"),
        ("waits", "never", "Time"),
        ("group", "all", "Age"),
    ],
)
async def test_what_is_not_understood_is_said_and_nothing_else_is_claimed_instead(
    site: Site, queued, name, typed, label
):
    claire = await site.enter(await site.member("claire"))
    page = await claire.get(f"/queue?{urlencode({name: typed, 'group': 'adults'} | {name: typed})}")
    said = f"Not understood: {label} “{typed[:40]}”."
    assert (page.status, said in page.text, "as if that had not been asked" in page.text) == (200, True, True)
    assert f'name="{name}" value="{typed[:40]}"' in page.text  # the button beside claims no other one
    assert listed(page) == [
        queued[one] for one in ("urgent", "soon", "normal", *(["minor"] if name == "group" else []))
    ]
    refused = await claire.post("/queue/next", **{name: typed})
    assert (refused.status, f"Nothing was claimed. {said}" in refused.text) == (400, True)
    assert [(await site.referral(one)).claimed_by for one in queued.values()] == [None] * 4


async def test_a_filter_is_kept_on_the_way_even_where_it_was_not_understood(site: Site, queued):
    claire = await site.enter(await site.member("claire"))
    page = await claire.get("/queue?department=zz&urgency=soon")
    assert "urgency=soon&amp;department=zz&amp;show=held" in page.text
    assert 'maxlength="40" value="zz"' in page.text


async def test_filters_stay_on_the_way_to_another_part_and_are_said_to_be_on(site: Site, queued):
    claire = await site.enter(await site.member("claire"))
    page = await claire.get("/queue?language=ro&department=06")
    assert "language=ro&amp;department=06&amp;show=held" in page.text
    assert '<option value="ro" selected>' in page.text
    assert '<details class="card filters" open>' in page.text
    await claire.post(f"/requests/{queued['urgent']}/claim")
    page = await claire.get("/queue?show=held&language=ro&whose=mine")
    assert listed(page) == [queued["urgent"]]
    assert listed(await claire.get("/queue?show=held&whose=others")) == []


async def test_what_is_late_is_shown_wherever_it_is(site: Site, queued):
    opened = await site.member("claire")
    claire = await site.enter(opened)
    assert "Late</a>" in (await claire.get("/queue")).text
    assert listed(await claire.get("/queue?show=late")) == []
    site.clock.now = NOW + HOUR
    claire = await site.enter(opened)
    page = await claire.get("/queue")
    assert "<strong>1</strong> late" in page.text
    assert '<span class="chip late">Late</span> <span class="soft small">nobody has taken it</span>' in page.text
    await claire.post(f"/requests/{queued['urgent']}/claim")
    assert listed(await claire.get("/queue?show=late")) == []
    site.clock.now = NOW + 3 * HOUR
    claire = await site.enter(opened)
    page = await claire.get("/queue?show=late")
    assert listed(page) == [queued["urgent"]]
    assert "nobody has answered" in page.text


async def test_the_next_one_is_in_a_language_that_one_speaks_and_within_the_filters(site: Site, queued):
    claire = await site.enter(await site.member("claire"))
    await claire.get("/account/desk")
    await claire.post("/account/desk", language_fr="yes")
    await claire.get("/queue")
    assert (await claire.post("/queue/next")).path.endswith(queued["urgent"])
    page = await claire.get("/queue?group=adults")
    assert 'name="group" value="adults"' in page.text
    assert (await claire.post("/queue/next", group="adults")).path.endswith(queued["soon"])
    page = await claire.post("/queue/next", department="13")
    assert (page.status, "Nothing waits that fits." in page.text) == (409, True)


async def test_whom_to_ask_is_told_with_its_reason_and_nobody_is_assigned(site: Site, queued):
    paul = await site.member("paul")
    claire = await site.enter(paul)
    await claire.get("/account/desk")
    await claire.post("/account/desk", language_ro="yes")
    page = await claire.get(f"/requests/{queued['urgent']}")
    assert "speaks Romanian; holds 0" in page.text
    assert "Nothing is assigned by itself." in page.text
    assert (await site.referral(queued["urgent"])).claimed_by is None
    assert "speaks none of the languages; holds 0" in (await claire.get(f"/requests/{queued['normal']}")).text


async def test_a_long_list_is_turned_with_its_filters(site: Site, monkeypatch):
    monkeypatch.setattr("services.referrals.queue.PAGE", 1)
    sent = [await site.submit(department="06") for _ in range(2)]
    async with site.database.begin() as tx:
        await tx.execute(update(Referral).where(Referral.id == sent[1]).values(created_at=NOW + 1))
    claire = await site.enter(await site.member("claire"))
    page = await claire.get("/queue?department=06")
    assert listed(page) == [sent[0]]
    assert "department=06&amp;show=waiting&amp;page=1" in page.text
    assert listed(await claire.get("/queue?department=06&page=1")) == [sent[1]]


async def test_the_keys_are_explained(site: Site):
    claire = await site.enter(await site.member("claire"))
    assert "/console/queue/keyboard" in (await claire.get("/queue")).text
    assert "claim it" in (await claire.get("/queue/keyboard")).text
