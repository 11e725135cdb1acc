"""Where answers lead: a page, the page by another request, a notice, another site."""

from collections.abc import Callable

from aiohttp import web

from bot.channels.webchat.form import Form
from bot.channels.webchat.http import asked_language, compressed
from bot.channels.webchat.look import Look
from bot.channels.webchat.page import Pages, Retry, Words
from bot.channels.webchat.site import Site
from dialogs.text import Text


class Ways:
    """What every handler of the web chat answers with."""

    def __init__(self, site: Site, words: Words, pages: Pages, clock: Callable[[], float]) -> None:
        """Nothing is kept of anybody."""
        self._site, self._words, self._pages, self._clock = site, words, pages, clock

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

    def see(self, note: str = "", form: Form | None = None, path: str = "/") -> web.Response:
        """On to the page by GET: its address holds a fixed word and a language, nothing of the form."""
        language = form.language if form is not None and form.language in self._words.languages else ""
        named = {"note": note, "in": language if note or path != "/" else ""}
        query = "&".join(f"{name}={value}" for name, value in named.items() if value)
        return web.Response(
            status=303, headers={"Location": f"{self._site.base}{path}" + (f"?{query}" if query else "")}
        )

    def notice(
        self, request: web.Request, status: int, *sentences: Text, retry: Retry | None = None, look: Look | None = None
    ) -> web.Response:
        """A page of ours beside the talk, in the person's language."""
        html = self._pages.notice(self.language(request), self.now(), *sentences, retry=retry, look=look or Look())
        return self.page(html, status)

    def onward(self, language: str, url: str) -> web.Response:
        """A page that leads on: a browser that keeps to `form-action 'self'` follows no form's redirect elsewhere."""
        response = self.page(self._pages.gone(language, url))
        response.headers["Refresh"] = f"0; url={url}"
        return response

    def language(self, request: web.Request) -> str:
        """For pages without a reply: as the last page was, as the browser asks, or ours."""
        told = request.query.get("in", "")
        if told in self._words.languages:
            return told
        return asked_language(request, self._words.languages) or self._site.default_language
