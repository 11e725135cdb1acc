"""Every kind of screen as a page, and the pages beside the talk, in any language: to be looked at and measured."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from aiohttp import web

from bot.channels.webchat.channel import NOTICES
from bot.channels.webchat.http import Asset, assets, send_asset
from bot.channels.webchat.look import Look
from bot.channels.webchat.page import Letter, Pages
from bot.channels.webchat.site import Site
from bot.messages import Reply, ShownReceipt
from bot.render import emergency, render
from bot.turns import Content
from dialogs.engine import Turn
from dialogs.screen import Screen
from dialogs.session import Session
from dialogs.stack import top
from services.referrals.messages import HOLDERS
from tests.dialogs.everywhere import a_turn_of_each_step

AT = 1_795_000_000
WORDS, DIGITS = "abeille jardin lumière panier rivière soleil tapis voyage", "482 913 007 551 264 870 339 126 748"
FORMS = {"words": WORDS, "digits": DIGITS, "safe_word": "papaye lampe"}
LATER = {f"receipt.{who}.{form}": value for who in HOLDERS for form, value in FORMS.items()}
OTHER = {"ar": "fr"}  # whom one reads together with: somebody of another language and direction; "ar" for all others
SITE = Site(key=b"k" * 32, public="https://chat.example.org")


def places() -> dict[str, Turn]:
    """One turn for each place in the flows: of those alike, the one with the most to show."""
    found: dict[str, Turn] = {}
    for turn in a_turn_of_each_step():
        if turn.session.ended or not turn.session.stack:
            continue
        name = _name(turn.session)
        if name not in found or _size(turn) > _size(found[name]):
            found[name] = turn
    return found


def _name(session: Session) -> str:
    frame = top(session)
    readers = "turned-" if session.turned else "two-" if session.beside else ""
    return f"{readers}{frame.flow}-{frame.step.partition('/')[0]}"


def _size(turn: Turn) -> tuple[bool, int]:
    once = any(screen.once for screen in turn.screens)
    return once, sum(len(str(screen.text)) + len(str(screen.choices)) for screen in turn.screens)


def pages(content: Content, turns: dict[str, Turn], language: str) -> Iterator[tuple[str, str]]:
    """The name and the HTML of each."""
    made = Pages(content.catalog, SITE, assets(), partial(emergency, content.catalog, content.library))
    owner_of = partial(str.format, "{}")
    for name, turn in turns.items():
        yield name, made.talk(_reply(content, turn, language), owner_of, Letter(answers=True), Look(), AT)
    yield "beside-more", made.more(language, owner_of, Look(), AT, None, talking=True)
    yield "beside-large", made.more(language, owner_of, Look("", True, "w" * 32), AT, None, talking=True)
    yield "beside-cover", made.cover(language, owner_of, Look(language), AT, missed=False)
    yield "beside-cover-word", made.cover(language, owner_of, Look(language, word="w" * 32), AT, missed=True)
    yield "beside-notice", made.notice(language, AT, *NOTICES["cookie"])


def _reply(content: Content, turn: Turn, language: str) -> Reply:
    """What who holds the device sees, and it is theirs that is asked for: the page is in it, as the real one is."""
    session, frame = turn.session, top(turn.session)
    screens = [_between(screen, session, language) for screen in turn.screens]
    shown = tuple(render(content.catalog, screen, language, LATER) for screen in screens)
    receipts = (ShownReceipt(WORDS, DIGITS, "person"),) if any(screen.once for screen in turn.screens) else ()
    return Reply(7, language, frame.flow, frame.step, shown, receipts=receipts, taken="…", turned=session.turned)


def _between(screen: Screen, session: Session, language: str) -> Screen:
    """The screen as it is where `language` is spoken by who holds the device, also where two read together."""
    if session.beside is None:
        return replace(screen, language=language) if screen.language == session.spoken else screen
    theirs = language if session.turned else OTHER.get(language, "ar")
    half = replace(screen.beside, language=theirs) if screen.beside else None
    return replace(screen, language=theirs if screen.language == session.beside else screen.language, beside=half)


def application(shown: dict[str, str]) -> web.Application:
    """Serves pages by name, `/NAME`, and the files that they load."""
    files = {asset.path: asset for asset in assets().values()}

    async def send(request: web.Request) -> web.StreamResponse:
        asset: Asset | None = files.get(request.path)
        if asset is not None:
            return send_asset(request, asset)
        if request.path == "/live":
            return web.Response(status=204)  # nothing to wait for
        html = shown.get(request.path[1:])
        headers = {"Content-Security-Policy": SITE.policy}
        return web.Response(text=html or "", status=200 if html else 404, content_type="text/html", headers=headers)

    app = web.Application()
    app.router.add_get("/{tail:.*}", send)
    return app
