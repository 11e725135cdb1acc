"""What editors change, in real conversations: at once in their process, a moment later in every other."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.edited import Edited
from bot.turns import Content, Host
from dialogs.edits import Edit, Translation
from dialogs.text import Text
from services import edits
from services.database import Database, open_database
from services.keys import Keys
from services.rights import Member
from tests.bot.stage import AT, Guest
from tests.services.coordination import member

NUMBER = "numbers.victims_116006"
LEAD = "rights.plain_help_first"
NEW = "Help never hangs on a testimony."


class Replica:
    """One process: a host, and what keeps it up with the editors."""

    def __init__(self, database: Database, keys: Keys, files: Content) -> None:
        self.database = database
        self.host = Host(database, keys, files)
        self.taken = asyncio.Event()
        self.edited = Edited(database, files, self.take)

    def take(self, content: Content) -> None:
        self.host.take(content)
        self.taken.set()

    async def person(self, language: str = "fr") -> Guest:
        guest = Guest(self.host, address=f"{id(self)}-{language}")
        await guest.at_menu(language)
        return guest


@pytest.fixture
async def replicas(database_url: str, keys: Keys, everything_said: Content) -> AsyncIterator[list[Replica]]:
    """Two processes on one database."""
    made = [Replica(open_database(database_url), keys, everything_said) for _ in range(2)]
    yield made
    for one in made:
        await one.host.close()
        await one.database.close()


async def editor(database: Database, name: str) -> Member:
    async with database.begin() as tx:
        return await member(tx, name, "content_editor")


async def done(replica: Replica, *people: Member, edit: Edit) -> None:
    """An act, accepted by a second editor where there is one."""
    async with replica.database.begin() as tx:
        number = await edits.make(tx, people[0], edit, edits.seen(await edits.history(tx, edit.key)), AT)
        for second in people[1:]:
            await edits.decide(tx, second, number, "accepted", AT)


def correction(replica: Replica, key: str, said=None, **changed: str) -> Edit:
    stands = replica.edited.standing(key)
    assert stands
    return Edit(key, "correct", {**stands.now, **changed}, stands.entry.values, said or {})


async def told(replica: Replica) -> None:
    """Wait for the other process, as long as it may take; one that is never told fails."""
    following = asyncio.create_task(replica.edited.follow())
    async with asyncio.timeout(60):
        await replica.taken.wait()
    following.cancel()
    await asyncio.wait((following,))


async def read(guest: Guest) -> str:
    """The page on rights, reached by the menu."""
    if "menu" in guest.choices:
        await guest.tap("menu")
    await guest.tap("rights")
    return guest.words


async def test_a_number_hidden_in_one_process_goes_from_the_other(replicas: list[Replica]):
    here, there = replicas
    guest = await there.person()
    assert "116 006" in await read(guest)
    await done(here, await editor(here.database, "emil"), edit=Edit(NUMBER, "hide"))
    await here.edited.look()
    assert "116 006" not in await read(await here.person("en"))
    await told(there)
    words = await read(guest)
    assert "116 006" not in words
    assert "15" in words


async def test_the_emergency_numbers_stay_whatever_the_database_says(replicas: list[Replica]):
    here, _ = replicas
    emil = await editor(here.database, "emil")
    for number in ("police_17", "medical_15", "emergency_112", "emergency_114"):
        await done(here, emil, edit=Edit(f"numbers.{number}", "hide"))
    await here.edited.look()
    guest = await here.person()
    await guest.tap("sos")
    assert {"call-police_17", "call-medical_15", "call-emergency_112", "call-emergency_114"} <= set(guest.choices)


async def test_a_correction_is_said_at_the_next_screen_in_each_language(replicas: list[Replica]):
    here, _ = replicas
    emil, frida = await editor(here.database, "emil"), await editor(here.database, "frida")
    people = {language: await here.person(language) for language in ("en", "fr", "es", "ar")}
    before = {language: await read(guest) for language, guest in people.items()}
    old = Text("topic.rights", here.edited.entries[LEAD].values["text"])
    catalog = here.edited.files.catalog
    left = {code: {"text": Translation(catalog.found(code, old), old.msgid, "2026-11-22")} for code in ("es", "ar")}
    french = {"fr": {"text": Translation("L’aide ne tient jamais à un témoignage.", NEW, "2026-11-22")}}
    await done(here, emil, frida, edit=correction(here, LEAD, {**left, **french}, text=NEW))
    await here.edited.look()
    after = {language: await read(guest) for language, guest in people.items()}
    assert NEW in after["en"]
    assert "L’aide ne tient jamais à un témoignage." in after["fr"]
    assert catalog.found("fr", old) not in after["fr"]
    for language in ("es", "ar"):
        assert catalog.found(language, old) in after[language]
        assert "2026-11-22" in after[language]
        assert NEW not in after[language]
        assert after[language] != before[language]


async def test_old_words_that_are_wrong_are_gone_and_who_can_tell_is_there(replicas: list[Replica]):
    here, _ = replicas
    emil, frida = await editor(here.database, "emil"), await editor(here.database, "frida")
    old = Text("topic.rights", here.edited.entries[LEAD].values["text"])
    spanish = here.edited.files.catalog.found("es", old)
    edit = correction(here, LEAD, {"es": {"text": Translation(spanish, old.msgid, "2026-11-22")}}, text=NEW)
    await done(here, emil, frida, edit=Edit(LEAD, "correct", edit.values, edit.base, edit.said, wrong=True))
    await here.edited.look()
    words = await read(await here.person("es"))
    assert spanish not in words
    assert "Todavía no está traducido" in words
    assert "abogado" in words


async def test_a_corrected_number_dials_and_stays_in_what_is_read(replicas: list[Replica]):
    here, _ = replicas
    emil, frida = await editor(here.database, "emil"), await editor(here.database, "frida")
    await done(here, emil, frida, edit=correction(here, NUMBER, number="01 23 45 67 89"))
    await here.edited.look()
    guest = await here.person()
    await read(guest)
    buttons = {choice.id: choice.url for choice in guest.reply.screens[-1].choices}
    assert buttons["call-victims_116006"] == "tel:0123456789"
    assert here.host.content.helplines == ("01 23 45 67 89",)
    heard = await here.host._read("le 01 23 45 67 89 ne répond pas, le 01 98 76 54 32 non plus", asked=False)
    assert "01 23 45 67 89" in heard.redacted.text
    assert "01 98 76 54 32" not in heard.redacted.text


async def test_what_was_confirmed_after_half_a_year_is_shown_again(replicas: list[Replica]):
    here, _ = replicas
    stands = here.edited.standing(NUMBER)
    assert stands
    later = AT + 300 * 24 * 3600
    guest = await here.person()
    guest.at = later
    await guest.send()
    await guest.tap("fr", "person") if "fr" in guest.choices else None
    assert "116 006" not in await read(guest)
    values = {**stands.now, "checked_on": "2027-09-01"}
    await done(here, await editor(here.database, "emil"), edit=Edit(NUMBER, "confirm", values, stands.entry.values))
    await here.edited.look()
    assert "116 006" in await read(guest)


async def test_nothing_new_is_nothing_to_take(replicas: list[Replica]):
    here, _ = replicas
    assert not await here.edited.look()
    await done(here, await editor(here.database, "emil"), edit=Edit(NUMBER, "hide"))
    assert await here.edited.look()
    assert not await here.edited.look()
