"""Places in the console: the board, a partner's own page, what a source says, and what nobody else sees."""

from typing import Any

import pytest

from services.places import partners, places
from services.places.capacity import Capacity
from tests.bot.console.conftest import NOW, Site, Visitor

LABEL = "Maison du Quokka"
DAY = 24 * 3600
WOMEN: dict[str, Any] = {"departments": "Var", "kind-woman": "yes", "languages": "français, edo", "total": "4"}


async def board(site: Site) -> list[Capacity]:
    async with site.database.read() as tx:
        return await places.board(tx, site.keys)


async def with_places(visitor: Visitor, label: str = LABEL, partner: int = 1, **told: str) -> str:
    """A partner with places, as its coordinator types them."""
    await visitor.get("/places")
    await visitor.post("/partners/add", label=label)
    page = await visitor.post("/places/new", partner=str(partner), **(WOMEN | told))
    assert page.status == 200
    return page.text


async def test_a_coordinator_puts_places_on_the_board_and_counts(site: Site):
    claire = await site.enter(await site.member("claire"))
    page = await with_places(claire)
    assert "On the board. Nobody has confirmed it yet" in page
    for words in (LABEL, "P1", "83 Var", "women only", "Edo (Bini)", "to be confirmed: not proposed"):
        assert words in page
    (one,) = await board(site)
    page = (await claire.post(f"/places/{one.id}/count", step="more")).text
    assert "Noted. It is confirmed for today." in page
    (one,) = await board(site)
    assert (one.free, one.details.departments, one.details.languages) == (1, ("83",), ("fr", "bin"))
    assert (await claire.post(f"/places/{one.id}/count", step="much")).status == 409


async def test_what_is_typed_wrong_is_told_and_stays(site: Site):
    claire = await site.enter(await site.member("claire"))
    await with_places(claire)
    await claire.get("/places/new")
    wrong: dict[str, Any] = {"departments": "Atlantis", "languages": "klingon", "total": "0", "free_from": "2027-02-31"}
    page = await claire.post("/places/new", partner="1", **wrong)
    assert page.status == 400
    for words in ("Write at least one département", "no language that is known here: klingon", "from 1 to 200"):
        assert words in page.text
    assert 'value="Atlantis"' in page.text
    assert len(await board(site)) == 1


@pytest.mark.parametrize(
    ("typed", "spoken"),
    [
        ("fr", ("fr",)),
        ("FR, en;bin", ("fr", "en", "bin")),
        ("de la roumain", ("ro",)),
        ("en français", ("fr",)),
        ("", ()),
    ],
)
async def test_languages_are_typed_by_name_or_by_code(site: Site, typed: str, spoken: tuple[str, ...]):
    claire = await site.enter(await site.member("claire"))
    await with_places(claire, languages=typed)
    assert (await board(site))[0].details.languages == spoken


async def test_a_whole_region_is_shown_by_its_name(site: Site):
    claire = await site.enter(await site.member("claire"))
    assert "Bretagne" in await with_places(claire, departments="", region="Bretagne")
    assert (await board(site))[0].details.departments == ("22", "29", "35", "56")


async def test_two_who_change_the_same_places(site: Site):
    claire = await site.enter(await site.member("claire"))
    await with_places(claire)
    (one,) = await board(site)
    form = await claire.get(f"/places/{one.id}/change")
    assert 'value="83"' in form.text
    revision = form.field("revision")
    await claire.post(f"/places/{one.id}/count", step="more")
    stale = await claire.post(f"/places/{one.id}/change", revision=revision, **WOMEN)
    assert stale.status == 409
    revision = (await claire.get(f"/places/{one.id}/change")).field("revision")
    done = await claire.post(f"/places/{one.id}/change", revision=revision, **(WOMEN | {"suited-mobility": "yes"}))
    assert "How many are free stayed as it was." in done.text
    assert "access without stairs" in done.text


async def test_taking_places_off_the_board_asks_first(site: Site):
    claire = await site.enter(await site.member("claire"))
    await with_places(claire)
    (one,) = await board(site)
    asked = await claire.post(f"/places/{one.id}/retire")
    assert "Take these places off the board?" in asked.text
    assert await board(site)
    done = await claire.post(f"/places/{one.id}/retire", sure="yes", revision=asked.field("revision"))
    assert "Taken off the board." in done.text
    assert await board(site) == []


async def test_what_a_source_says_is_brought_to_the_board_with_its_status(site: Site):
    claire = await site.enter(await site.member("claire"))
    page = (await claire.get("/places")).text
    assert "What public sources speak of" in page
    assert "Destiny (ALC)" in page
    assert "as said on Oct 18, 2020" in page or "18 Oct 2020" in page
    done = (await claire.post("/sources/destiny/take-in")).text
    assert "On the board, to be confirmed." in done
    assert "What public sources speak of" not in done
    (one,) = await board(site)
    refused = await claire.post(f"/places/{one.id}/confirm")
    assert refused.status == 409
    assert "Say first for whom these places are" in refused.text
    assert (await claire.post("/sources/destiny/take-in")).status == 409


async def test_a_partner_sees_and_counts_its_own_and_nothing_else(site: Site):
    claire = await site.enter(await site.member("claire"))
    await with_places(claire)
    await with_places(claire, "Les Ornithorynques", 2, departments="59")
    mine, other = await board(site)
    paula = await site.member("paula", "partner")
    alone = await site.enter(paula)
    assert "has not said yet for which partner you sign in" in (await alone.get("/my-places")).text
    await claire.get("/places")
    assert "From now on this person" in (await claire.post("/partners/1/let-in", who=str(paula.member.id))).text
    page = (await alone.get("/my-places")).text
    assert "83 Var" in page
    for hidden in ("Nord", "Ornithorynques", LABEL, "P2"):
        assert hidden not in page
    page = (await alone.post(f"/my-places/{mine.id}/count", step="more")).text
    assert "Noted. It is confirmed for today." in page
    assert (await alone.post(f"/my-places/{other.id}/count", step="more")).status == 404
    for path in ("/places", "/queue", "/people", "/audit"):
        assert (await alone.get(path)).status == 403
    assert [one.free for one in await board(site)] == [1, 0]


async def test_nothing_changed_is_one_tap(site: Site):
    claire = await site.enter(await site.member("claire"))
    await with_places(claire)
    paula, nadia = await site.member("paula", "partner"), await site.member("nadia", "supervisor")
    async with site.database.begin() as tx:
        await partners.let_in(tx, nadia.member, 1, paula.member.id, NOW)
    site.clock.now += 9 * DAY
    visitor = await site.enter(paula)
    page = await visitor.get("/my-places")
    assert "Nothing changed: all is right today" in page.text
    page = await visitor.post("/my-places/confirm")
    assert "Thank you: confirmed for today." in page.text
    (one,) = await board(site)
    page = await visitor.post(f"/my-places/{one.id}/free-from", day="2027-03-01")
    assert (await board(site))[0].details.free_from == "2027-03-01"
    assert (await visitor.post(f"/my-places/{one.id}/free-from", day="soon")).status == 400


@pytest.mark.parametrize("days", [7, 21])
async def test_stale_capacity_says_so_on_the_board(site: Site, days: int):
    nadia = await site.member("nadia", "supervisor")
    visitor = await site.enter(nadia)
    await with_places(visitor)
    (one,) = await board(site)
    await visitor.post(f"/places/{one.id}/count", step="more")
    site.clock.now += days * DAY
    page = (await (await site.enter(nadia)).get("/places")).text
    assert ("fading: confirm it" in page) is (days == 7)
    assert ("too old: not proposed" in page) is (days == 21)


async def test_who_did_what_names_places_by_their_number(site: Site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    await with_places(nadia)
    await nadia.post("/places/1/count", step="more")
    acts = (await nadia.get("/audit")).text
    for act in ("put a partner on the list: n° 1", "put places on the board: n° 1", "counted free places: n° 1"):
        assert act in acts
    for hidden in (LABEL, "Var", "83"):
        assert hidden not in acts.partition("<main")[2]


async def test_what_nobody_can_confirm_yet_does_not_keep_a_partner_from_confirming_the_rest(site: Site):
    claire = await site.enter(await site.member("claire"))
    paula = await site.member("paula", "partner")
    await claire.get("/places")
    await claire.post("/sources/destiny/take-in")
    await claire.post("/places/new", partner="1", **WOMEN)
    await claire.post("/partners/1/let-in", who=str(paula.member.id))
    visitor = await site.enter(paula)
    page = await visitor.get("/my-places")
    assert "The coordination must say first for whom these places are." in page.text
    assert page.text.count("/count") == 1
    assert "Thank you: confirmed for today." in (await visitor.post("/my-places/confirm")).text
    assert [bool(one.confirmed_on) for one in await board(site)] == [False, True]


async def test_a_partner_without_places_is_taken_off_the_list(site: Site):
    claire = await site.enter(await site.member("claire"))
    await claire.get("/places")
    page = (await claire.post("/partners/add", label=LABEL)).text
    assert "Take P1 off the list" in page
    assert "nobody signs in for it" in (await claire.post("/partners/1/remove")).text
    page = await with_places(claire, partner=2)
    assert "Take P2 off the list" not in page
    assert (await claire.post("/partners/2/remove")).status == 409


@pytest.mark.parametrize("told", ["12 rue des Lilas", "0612345678", "foyer@service.example"])
async def test_an_address_or_a_number_does_not_get_into_a_label(site: Site, told: str):
    claire = await site.enter(await site.member("claire"))
    await claire.get("/places")
    page = await claire.post("/partners/add", label=f"{LABEL}, {told}")
    assert page.status == 400
    assert f"({told})" in page.text
    assert f'value="{LABEL}, {told}"' in page.text
    assert "No partner is on the list yet." in page.text
