"""The calendar file of an announced training: public, the same for everybody, and nothing of a conversation in it."""

import time
from collections.abc import Callable

from aiohttp import web

from bot import calendar
from bot.channels.webchat.page import Words
from services.database import Database
from services.rights import Refused
from services.trainings import trainings


def routes(database: Database, words: Words, clock: Callable[[], float] = time.time) -> list[web.RouteDef]:
    """The one address, by language and training."""

    async def send(request: web.Request) -> web.Response:
        language, name = request.match_info["language"], request.match_info["name"]
        if language not in words.languages:
            raise web.HTTPNotFound
        try:
            async with database.read() as tx:
                training = await trainings.one(tx, name)
        except Refused:
            raise web.HTTPNotFound from None
        if training.ends_at <= clock():
            raise web.HTTPNotFound
        return calendar.response([training], words.translate(language, calendar.SUMMARY))

    return [web.get("/agenda/{language}/{name}.ics", send)]
