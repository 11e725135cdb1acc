"""Where answers lead: a page, the page by another request, a notice, another site."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from aiohttp import web

from bot.channels.webchat.cookie import Cookie, Guest, new_guest
from bot.channels.webchat.form import Form
from bot.channels.webchat.http import asked_language, by_page_of_ours, compressed
from bot.channels.webchat.look import PLAIN, TALK, Aside
from bot.channels.webchat.page import Pages, Retry, Words
from bot.channels.webchat.site import Site
from dialogs.text import Text

ASKED = "1"  # the query of the one other address: of who sent no cookie, to see whether one comes now


class Ways:
    """What every handler of the web chat answers with."""

    def __init__(self, site: Site, words: Words, pages: Pages, cookie: Cookie, clock: Callable[[], float]) -> None:
        """Nothing is kept of anybody."""
        self._site, self._words, self._pages, self._cookie, self._clock = site, words, pages, cookie, clock

    def now(self) -> int:
        """Unix seconds."""
        return int(self._clock())

    def page(self, html: str, status: int = 200) -> web.Response:
        """A page. That no cache keeps it is said for all answers at once (bot/front.py)."""
        response = compressed(web.Response(text=html, status=status, content_type="text/html"))
        response.headers["Content-Security-Policy"] = self._site.policy
        if self._site.onion:
            response.headers["Onion-Location"] = self._site.onion
        return response

    def see(self) -> web.Response:
        """On to the page by GET, at the one address that there is."""
        return web.Response(status=303, headers={"Location": f"{self._site.base}/"})

    def told(
        self, request: web.Request, guest: Guest | None, note: str = "", form: Form | None = None, page: str = ""
    ) -> web.Response:
        """On to the page, which is then `page` or says `note`: that lies in the cookie, and nothing of the form.

        Who sent none is given one, by a page of ours only: another site's form must replace no conversation's.
        """
        response = self.see()
        if guest is None:
            response.headers["Location"] += f"?{ASKED}"
            if not by_page_of_ours(request):
                return response
        given = guest or new_guest()
        language = form.language if form is not None and form.language in self._words.languages else ""
        aside = Aside(page, note, language, self.now())
        self._cookie.give(request, response, replace(given, look=replace(given.look, aside=aside)), self.now())
        return response

    def notice(
        self,
        request: web.Request,
        status: int,
        *sentences: Text,
        retry: Retry | None = None,
        guest: Guest | None = None,
    ) -> web.Response:
        """A page of ours beside the talk, in the person's language. `guest`: who is shown it until they go on."""
        owner_of = partial(self._cookie.page, guest) if guest else None
        language, look = self.language(request, guest), guest.look if guest else PLAIN
        html = self._pages.notice(language, self.now(), *sentences, retry=retry, look=look, owner_of=owner_of)
        return self.page(html, status)

    def onward(self, language: str, url: str) -> web.Response:
        """A page that leads on: a browser that keeps to `form-action 'self'` follows no form's redirect elsewhere."""
        response = self.page(self._pages.gone(language, url))
        response.headers["Refresh"] = f"0; url={url}"
        return response

    def language(self, request: web.Request, guest: Guest | None = None) -> str:
        """For pages without a reply: as the last page was, as the browser asks, or ours."""
        told = (guest.look.aside.at(self.now()) if guest else TALK).language
        if told in self._words.languages:
            return told
        return asked_language(request, self._words.languages) or self._site.default_language
