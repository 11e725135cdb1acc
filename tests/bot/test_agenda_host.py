"""The agenda through the host: a seat that is promised is there, links lead somewhere, nothing is left in clear."""

import asyncio
from dataclasses import replace

import pytest
from aiohttp import ClientSession, web
from sqlalchemy import text

from bot.channels.webchat import agenda as webchat_agenda
from bot.front import Front
from bot.turns import Host
from dialogs.library import time_of
from services.database import open_database
from services.trainings import sign_ups, trainings
from tests.bot.handed import two
from tests.bot.stage import AT, Guest, coordinator, host_of
from tests.services.training_stage import PLAN, announce, now, sign_up

CONTACT = "accueil@asso.example"


async def at_review(guest: Guest, training: str, contact: str = CONTACT) -> Guest:
    await guest.at_menu(audience="professional")
    await guest.tap("training", "agenda", f"day-{training}", "sign_up", "association")
    await guest.say(contact)
    return guest


@pytest.fixture
async def claire(database, keys):
    return await coordinator(database, keys)


async def test_a_sign_up_leaves_its_contact_nowhere_in_clear_and_only_with_the_coordination(database, host, claire):
    training = await announce(database, claire, at=AT)
    guest = await at_review(Guest(host, "web"), training)
    reply = await guest.tap("ok")
    (shown,) = reply.receipts
    assert (shown.holder, len(shown.words.split())) == ("professional", 8)
    await guest.tap("finished")
    await guest.say(shown.digits)
    assert (guest.reply.flow, guest.reply.step) == ("signed_up", "open")
    assert CONTACT not in guest.words
    async with database.read() as tx:
        tables = ("trainings", "sign_ups", "sign_up_keys", "conversations", "outbox", "audit", "receipts")
        rows = [row for table in tables for row in await tx.execute(text(f"SELECT * FROM {table}"))]
    kept = b"".join(part if isinstance(part, bytes) else str(part).encode() for row in rows for part in row)
    assert CONTACT.encode() not in kept
    assert shown.words.encode() not in kept
    async with database.begin() as tx:
        assert list((await sign_ups.open_contacts(tx, training, claire, AT)).values()) == [CONTACT]


async def test_the_receipt_of_a_sign_up_is_tried_once_and_another_one_shown_to_who_did_not_write_it_down(
    database, host, claire
):
    training = await announce(database, claire, at=AT)
    guest = await at_review(Guest(host, "web"), training)
    old = (await guest.tap("ok")).receipts[0]
    new = (await guest.tap("finished", "lost")).receipts[0]
    await guest.tap("finished")
    await guest.say(two(old.digits))
    assert "another" in guest.choices
    await guest.say(two(new.words))
    assert "C’est juste" in guest.words
    assert guest.reply.flow == "agenda"
    for receipt, opens in ((old, False), (new, True)):
        await guest.say(receipt.words)
        assert (guest.reply.flow == "signed_up") == opens
    assert (await now(database, training)).signed_up == 1


async def test_who_was_taken_off_the_list_meanwhile_is_shown_no_other_receipt_and_goes_on(database, host, claire):
    training = await announce(database, claire, at=AT)
    guest = await at_review(Guest(host, "web"), training)
    await guest.tap("ok", "finished")
    async with database.begin() as tx:
        (one,) = await sign_ups.listed(tx, training)
        await sign_ups.mark(tx, claire.member, training, one.id, "removed", AT)
    assert not (await guest.tap("lost")).receipts
    await guest.tap("skip")
    assert guest.reply.flow == "agenda"


async def test_the_same_tap_sent_twice_signs_up_once(database, host, claire):
    training = await announce(database, claire, at=AT)
    guest = await at_review(Guest(host), training)
    first = await guest.send("once", text="oui")
    again = await guest.send("once", text="oui")
    assert again.repeated
    assert again.receipts == first.receipts
    assert (await now(database, training)).signed_up == 1


async def test_ten_who_confirm_at_once_on_two_hosts_are_told_what_is_true(
    database_url, database, keys, everything_said, claire
):
    """Each was shown a free seat; what the confirmation says is what the order of the commits gave."""
    training = await announce(database, claire, seats=3, at=AT)
    others = [open_database(database_url) for _ in range(2)]
    hosts: list[Host] = [host_of(each, keys, everything_said) for each in others]
    guests = [
        await at_review(Guest(hosts[n % 2], "web", f"guest-{n}"), training, f"p{n}@asso.example") for n in range(10)
    ]
    replies = await asyncio.gather(*(guest.tap("ok") for guest in guests))
    told = ["Vous avez une place." in "\n".join(reply.screens[0].text) for reply in replies]
    for guest, reply, seated in zip(guests, replies, told, strict=True):
        await guest.tap("finished")
        await guest.say(reply.receipts[0].words)
        assert ("une place vous est gardée" in guest.words) == seated
    assert sum(told) == 3
    for host, each in zip(hosts, others, strict=True):
        await host.close()
        await each.close()


async def test_a_training_closed_meanwhile_takes_nobody_and_says_so(database, host, claire):
    training = await announce(database, claire, at=AT)
    guest = await at_review(Guest(host), training)
    async with database.begin() as tx:
        await trainings.set_state(tx, claire.member, training, "closed", 1, AT)
    reply = await guest.send(text="oui")
    assert reply.receipts == ()
    assert "Personne ne peut s’inscrire à cette formation maintenant." in guest.words
    assert (await now(database, training)).signed_up == 0


async def test_eight_a_day_from_one_conversation(database, host, claire):
    training = await announce(database, claire, seats=20, at=AT)
    guest = Guest(host)
    for _ in range(8):
        await at_review(guest, training)
        await guest.tap("ok", "finished")
        await guest.send(command="start")
    await at_review(guest, training)
    reply = await guest.tap("ok")
    assert reply.receipts == ()
    assert "Vous pourrez vous inscrire demain." in guest.words
    assert (await now(database, training)).signed_up == 8


@pytest.mark.parametrize(
    ("channel", "public", "link"),
    [
        ("web", "", "/agenda/fr/{id}.ics"),
        ("telegram", "https://aide.example", "https://aide.example/agenda/fr/{id}.ics"),
        ("telegram", "", None),
        ("terminal", "", None),
    ],
)
async def test_where_the_calendar_file_is_offered(database, keys, everything_said, claire, channel, public, link):
    training = await announce(database, claire, at=AT)
    host = Host(database, keys, everything_said, public)
    guest = await Guest(host, channel).at_menu(audience="professional")
    reply = await guest.tap("training", "agenda", f"day-{training}")
    links = [choice.url for choice in reply.screens[-1].choices if choice.id == "calendar"]
    assert links == ([link.format(id=training)] if link else [])
    again = await host.present(channel, "here", AT)
    assert again is not None
    assert again.screens[-1].text == reply.screens[-1].text
    await host.close()


async def test_the_calendar_file_beside_the_web_chat(database, everything_said, claire):
    training = await announce(database, claire, at=AT)
    clock = {"now": AT}
    application = web.Application()
    application.add_routes(webchat_agenda.routes(database, everything_said.catalog, lambda: clock["now"]))
    front = Front(application, "sorry", secure=False)
    await front.setup()
    await web.TCPSite(front, "127.0.0.1", 0).start()
    origin = f"http://127.0.0.1:{front.addresses[0][1]}/agenda"
    async with ClientSession() as session:

        async def get(path: str) -> tuple[int, str, dict[str, str]]:
            async with session.get(f"{origin}/{path}") as response:
                return response.status, await response.text(), dict(response.headers)

        status, words, headers = await get(f"fr/{training}.ics")
        assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert (headers["Content-Disposition"], headers["Cache-Control"]) == (
            'attachment; filename="agenda.ics"',
            "no-store",
        )
        assert "Set-Cookie" not in headers
        assert "SUMMARY:Formation\r\n" in words
        assert "DTSTART:20270311T080000Z" in words
        for wrong in ("fr/t0.ics", f"xx/{training}.ics", f"fr/{training}", "fr/'.ics"):
            assert (await get(wrong))[0] == 404
        clock["now"] = time_of("2027-03-12", "12:30")
        assert (await get(f"fr/{training}.ics"))[0] == 404
    await front.cleanup()


async def test_an_opened_sign_up_is_read_anew_before_each_turn(database, host, claire):
    training = await announce(database, claire, seats=1, at=AT)
    first = await sign_up(database, training, at=AT)
    guest = await at_review(Guest(host), training)
    reply = await guest.tap("ok")
    await guest.tap("finished")
    await guest.say(reply.receipts[0].words)
    assert "numéro 1" in guest.words
    async with database.begin() as tx:
        await sign_ups.cancel(tx, first)
        change = replace(PLAN, seats=1, town="Cannes")
        await trainings.change(tx, claire.member, training, change, 1, AT)
    await guest.tap("cancel", "no")
    assert "une place vous est gardée" in guest.words
    assert "Cannes" in guest.words
    assert "La formation a changé depuis votre inscription." in guest.words
