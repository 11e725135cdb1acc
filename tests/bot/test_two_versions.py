"""Two versions beside each other, while one process after the other is exchanged: neither is stopped by the other."""

from dataclasses import replace

import pytest

from bot.console import pages
from bot.turns import SESSION, Host
from dialogs.session import Frame
from locales.catalog import Catalog
from services import store
from services.database import Database
from services.keys import Keys
from tests.bot.stage import Guest


@pytest.mark.parametrize("below", [(), (Frame("menu", "choose"), Frame("receipt", "a step to come"))])
async def test_a_conversation_that_a_newer_version_led_on_goes_on_where_this_one_knows_its_way(
    host: Host, database: Database, keys: Keys, below: tuple[Frame, ...]
):
    guest = await Guest(host, "web").at_menu("en")
    speaker = keys.speaker("web", guest.address)
    async with database.begin() as tx:
        stored = await store.find(tx, speaker, guest.at)
        assert stored is not None
        assert stored.payload is not None
        session = SESSION.validate_json(stored.payload)
        led_on = replace(session, stack=(*below, Frame("a flow to come", "its step")))
        await store.save(tx, speaker, SESSION.dump_json(led_on), session.turn, guest.at + 1000)
    await guest.say("hello")
    assert guest.reply.flow == (below[-1].flow if below else "menu")
    if below:
        await guest.tap("menu")
    assert "help_me" in guest.choices


def test_a_process_shows_the_pages_of_its_own_version_until_it_ends(tmp_path, monkeypatch: pytest.MonkeyPatch):
    """The files of the next version are laid over those of this one while it runs."""
    here = tmp_path / "console"
    (here / "templates").mkdir(parents=True)
    (tmp_path / "style").mkdir()
    for file in ("templates/a.html", "console.css", "desk.js"):
        (here / file).write_text("of this version")
    monkeypatch.setattr(pages, "HERE", here)
    shown = pages.Pages(Catalog(), 900)
    (here / "templates" / "a.html").write_text("{{ a_name_to_come }}")
    assert shown.write("a.html", "en", 0, {}) == "of this version"
