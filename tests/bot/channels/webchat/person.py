"""Somebody with a browser without scripts, over real HTTP."""

import re
from collections.abc import Mapping
from html import unescape

import aiohttp

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def fields(html: str) -> dict[str, str]:
    """The hidden fields of a page's first form."""
    return {name: unescape(value) for name, value in HIDDEN.findall(html.partition("</form>")[0])}


class Person:
    """Keeps its cookie, sends the forms of the page it was last given, goes where a form's answer leads."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url
        self.page, self.status, self.headers = "", 0, dict[str, str]()
        self.led_to = ""

    async def open(self, path: str = "/", **headers: str) -> str:
        return await self._keep(self.session.get(self.url + path, headers=headers, allow_redirects=False))

    async def send(self, page: str | None = None, **said: str) -> str:
        return await self.post({**fields(self.page if page is None else page), **said})

    async def post(self, data: Mapping[str, str] | bytes, path: str = "/", **headers: str) -> str:
        """Every form is answered by a way on, and by nothing else."""
        await self._keep(self.session.post(self.url + path, data=data, headers=headers, allow_redirects=False))
        assert (self.status, self.page) == (303, "")
        self.led_to = self.headers["Location"]
        return await self.open(self.led_to)

    async def more(self) -> str:
        """Safety and settings, from where they are."""
        return await self.post({**fields(await self.open()), "choice": "open"}, "/more")

    async def begin(self, choice: str = "menu") -> str:
        """The first page, and an answer to it: now there is a conversation."""
        await self.open()
        return await self.send(choice=choice)

    async def _keep(self, asked) -> str:
        async with asked as response:
            self.page, self.status, self.headers = await response.text(), response.status, dict(response.headers)
        return self.page

    @property
    def cookie(self) -> str:
        return next((cookie.value for cookie in self.session.cookie_jar if cookie.key == "s"), "")
