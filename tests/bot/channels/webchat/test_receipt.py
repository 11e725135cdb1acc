"""Behind a receipt in the browser: one tap comes before the box, and what is typed there is shown back."""

from functools import partial

from aiohttp import ClientSession, CookieJar

from bot.channels.webchat.channel import webchat
from bot.channels.webchat.site import Site
from bot.render import emergency
from bot.turns import Content, Host
from services.database import Database
from services.keys import Keys
from tests.bot.channels.webchat.person import Person
from tests.bot.channels.webchat.stage import served
from tests.bot.stage import Guest, coordinator

BOX = '<textarea id="text"'


async def test_one_tap_is_offered_before_the_box(host: Host, database: Database, keys: Keys, everything_said: Content):
    await coordinator(database, keys)
    receipt = (await (await Guest(host, "terminal").at_menu("en")).asks_for_help()).receipts[0]
    numbers = partial(emergency, everything_said.catalog, everything_said.library)
    chat = webchat(host, Site(key=b"k" * 32), everything_said.catalog, numbers)
    async with served(chat) as url, ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        person = Person(session, url)
        await person.begin("en")
        await person.send(choice="person")
        await person.send(text=receipt.digits)
        page = await person.send(choice="write")
        assert 0 < page.index('value="unsafe"') < page.index(BOX)
        page = await person.send(text="Yes")
        assert "This will be sent: Yes" in page
        assert page.index(BOX) > page.index('value="send"')
