"""The agenda at the console: announced, changed, called off, printed; who signed up, and their contacts."""

import re

import pytest
from sqlalchemy import text

from dialogs.library import time_of
from services import audit
from services.trainings import sign_ups
from tests.services.training_stage import CONTACT, receipt

FORM = {
    "day1": "2027-03-11", "begins1": "09:00", "ends1": "17:00",
    "day2": "2027-03-12", "begins2": "09:00", "ends2": "12:30",
    "town": "Nice", "department": "06", "seats": "2", "module-law": "yes", "own_modules": "A visit\r\nQuestions",
    "audience-police": "yes", "language": "fr", "remark": "Free of charge", "revision": "0",
}  # fmt: skip


async def announced(visitor, **changed) -> str:
    await visitor.get("/trainings/new")
    page = await visitor.post("/trainings/new", **FORM | changed)
    assert page.status == 200, page.text
    return str(page.path.rpartition("/")[2])


async def signed_up(site, training: str) -> str:
    async with site.database.begin() as tx:
        await sign_ups.add(tx, training, "social", CONTACT, receipt(), at=site.clock(), language="fr")
        return (await sign_ups.listed(tx, training))[-1].id


@pytest.fixture
async def claire(site):
    return await site.enter(await site.member("claire", "supervisor"))


async def test_from_the_announcement_to_who_came(site, claire):
    page = await claire.get("/trainings")
    assert page.text.count("Nothing here.") == 2
    training = await announced(claire)
    page = await claire.get(f"/trainings/{training}?done=planned")
    for words in (
        "The training is announced.",
        "Nice (06)",
        "A visit",
        "Questions",
        "Free of charge",
        "French",
        "Sign-up is open",
    ):
        assert words in page.text
    first, _, waiting = [await signed_up(site, training) for _ in range(3)]
    page = await claire.get(f"/trainings/{training}")
    assert "waiting list (1)" in page.text
    assert CONTACT not in page.text
    page = await claire.post(f"/trainings/{training}/contacts")
    assert page.text.count(CONTACT) == 3
    page = await claire.post(f"/trainings/{training}/mark", sign_up=first, to="confirmed")
    assert "seat, confirmed" in page.text
    assert CONTACT not in page.text
    page = await claire.post(f"/trainings/{training}/mark", sign_up=first, to="removed")
    assert "Take this sign-up off the list?" in page.text
    page = await claire.post(f"/trainings/{training}/mark", sign_up=first, to="removed", sure="yes")
    assert "taken off the list" in page.text
    assert "waiting list (" not in page.text
    site.clock.now = time_of("2027-03-11", "10:00")
    claire = await site.enter(await site.member("nadia"))
    await claire.get(f"/trainings/{training}")
    page = await claire.post(f"/trainings/{training}/mark", sign_up=waiting, to="attended")
    assert "came" in page.text
    async with site.database.read() as tx:
        acts = [record.action for record in await audit.records(tx)]
    for act in ("planned", "contacts_opened", "sign_up_confirmed", "sign_up_removed", "sign_up_attended"):
        assert act in acts


async def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(site, claire):
    await claire.get("/trainings/new")
    wrong = {
        "ends1": "08:00",
        "town": "",
        "department": "99",
        "seats": "many",
        "remark": "Ask Inès Martin, 06 12 34 56 78",
    }
    page = await claire.post("/trainings/new", **FORM | wrong)
    assert page.status == 400
    for field in ("days", "town", "department", "seats", "remark"):
        assert f'id="{field}-fault"' in page.text
    assert 'value="many"' in page.text
    assert "06 12 34 56 78" in page.text
    assert "Questions</textarea>" in page.text
    assert re.search(r'name="module-law" value="yes" checked', page.text)
    page = await claire.post("/trainings/new", **FORM | {"remark": "Ask Inès Martin", "sure": "yes"})
    assert page.status == 200


@pytest.mark.parametrize(
    "town", ["Nice 06 12 34 56 78", "nice.example", "https://nice", "@nice", "Nice (06)", "Inès Martin", "x" * 61, "-"]
)
async def test_a_town_holds_no_number_no_link_and_nobody(site, claire, town):
    await claire.get("/trainings/new")
    page = await claire.post("/trainings/new", **FORM | {"town": town})
    assert page.status == 400
    assert 'id="town-fault"' in page.text
    assert town in page.text


@pytest.mark.parametrize("town", ["L'Haÿ-les-Roses", "Villeneuve d’Ascq", "Saint-Martin", "Fort-de-France"])
async def test_towns_are_announced_as_they_are_called(site, claire, town):
    await announced(claire, town=town)


async def test_many_sign_ups_in_a_short_time_are_warned_of_until_they_are_confirmed(site, claire):
    training = await announced(claire, seats="25")
    first = await signed_up(site, training)
    site.clock.now += 600
    for _ in range(9):
        await signed_up(site, training)
    assert "Many sign-ups in a short time" not in (await claire.get(f"/trainings/{training}")).text
    await signed_up(site, training)
    assert "Many sign-ups in a short time" in (await claire.get(f"/trainings/{training}")).text
    page = await claire.post(f"/trainings/{training}/mark", sign_up=first, to="confirmed")
    assert "Many sign-ups in a short time" not in page.text


async def test_eleven_within_more_than_an_hour_are_none_too_many(site, claire):
    training = await announced(claire, seats="25")
    for step in (0, *[3600] * 10):
        site.clock.now += step
        await signed_up(site, training)
    claire = await site.enter(await site.member("nadia"))
    assert "Many sign-ups in a short time" not in (await claire.get(f"/trainings/{training}")).text


async def test_the_past_is_not_announced(site, claire):
    await claire.get("/trainings/new")
    page = await claire.post("/trainings/new", **FORM | {"day1": "2026-03-11"})
    assert page.status == 400
    assert "The first day is over." in page.text


async def test_a_change_keeps_seats_and_a_stale_page_changes_nothing(site, claire):
    training = await announced(claire)
    for _ in range(2):
        await signed_up(site, training)
    page = await claire.get(f"/trainings/{training}/change")
    assert 'value="2027-03-12"' in page.text
    page = await claire.post(f"/trainings/{training}/change", **FORM | {"seats": "1", "revision": "1"})
    assert page.status == 400
    assert "nobody may lose a seat" in page.text
    page = await claire.post(f"/trainings/{training}/change", **FORM | {"town": "Cannes", "revision": "1"})
    assert "Nice" not in page.text
    page = await claire.post(f"/trainings/{training}/change", **FORM | {"town": "Lyon", "revision": "1"})
    assert page.status == 409


async def test_closed_opened_and_called_off_once_it_is_sure(site, claire):
    training = await announced(claire)
    page = await claire.get(f"/trainings/{training}")
    page = await claire.post(f"/trainings/{training}/state", to="closed", revision="1")
    assert "Sign-up is closed" in page.text
    page = await claire.post(f"/trainings/{training}/state", to="open", revision="1")
    assert "Sign-up is open" in page.text
    page = await claire.post(f"/trainings/{training}/state", to="cancelled", revision="1")
    assert "Cancel this training?" in page.text
    page = await claire.post(f"/trainings/{training}/state", to="cancelled", revision="1", sure="yes")
    assert "tell those who signed up" in page.text
    assert "Cancel the training" not in page.text


async def test_calendar_files_and_the_page_to_print(site, claire):
    training = await announced(claire)
    for path in (f"/trainings/{training}/agenda.ics", "/trainings/agenda.ics"):
        page = await claire.get(path)
        assert page.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert page.headers["Content-Disposition"] == 'attachment; filename="agenda.ics"'
        assert page.headers["Cache-Control"] == "no-store"
        assert "DTSTART:20270311T080000Z" in page.text
    page = await claire.get(f"/trainings/{training}/sheet")
    assert page.text.count('<th scope="row">') == 2
    assert "Signature, 12 Mar 2027" in page.text


async def test_who_may_not(site, claire):
    training = await announced(claire)
    for name, role in (("olga", "auditor"), ("emil", "content_editor")):
        visitor = await site.enter(await site.member(name, role))
        for path in ("/trainings", "/trainings/new", f"/trainings/{training}", f"/trainings/{training}/sheet"):
            assert (await visitor.get(path)).status == 403
        for path in ("/trainings/new", f"/trainings/{training}/contacts", f"/trainings/{training}/mark"):
            assert (await visitor.post(path, **FORM)).status == 403
    later = await site.enter(await site.member("paul"))
    page = await later.get(f"/trainings/{training}")
    assert "Open the contacts" not in page.text
    await signed_up(site, training)
    page = await later.get(f"/trainings/{training}")
    assert "You have no access to what is sealed yet." in page.text
    assert (await later.post(f"/trainings/{training}/contacts")).status == 403


async def test_what_is_not_there(site, claire):
    for path in ("/trainings/t0", "/trainings/t0/change", "/trainings/t0/sheet", "/trainings/t0/agenda.ics"):
        assert (await claire.get(path)).status == 404
    for path, fields in (
        ("state", {"to": "closed"}),
        ("mark", {"to": "confirmed"}),
        ("contacts", {}),
        ("change", FORM),
    ):
        assert (await claire.post(f"/trainings/t0/{path}", **fields)).status == 404


async def test_no_contact_stands_in_the_audit_or_in_a_clear_column(site, claire):
    training = await announced(claire)
    await signed_up(site, training)
    await claire.get(f"/trainings/{training}")
    await claire.post(f"/trainings/{training}/contacts")
    async with site.database.read() as tx:
        for table in ("audit", "sign_ups", "trainings", "sign_up_keys"):
            rows = str((await tx.execute(text(f"SELECT * FROM {table}"))).all())
            assert CONTACT not in rows
    page = await claire.get("/audit")
    assert f"opened the contacts of a training: {training}" in page.text
