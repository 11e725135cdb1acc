"""A fact or a number as the chat shows it, in one language, with the content that is or that would be."""

from bot.messages import Shown
from bot.render import render
from bot.turns import Content
from dialogs.edits import Entry
from dialogs.helpline import Helpline
from dialogs.library import Library, day_of
from dialogs.numbers import dial, lines
from dialogs.present import present
from dialogs.screen import Screen
from dialogs.session import Audience, Frame, Session
from dialogs.stack import MENU
from dialogs.topic import Fact


def shown(content: Content, entry: Entry, language: str, at: int) -> Shown:
    """The screen on which an entry stands: its page or a part of it; of a number without page, its line and button."""
    screen = _screen(content, entry, language, at)
    return render(content.catalog, screen, language)


def _screen(content: Content, entry: Entry, language: str, at: int) -> Screen:
    if isinstance(entry.source, Helpline):
        return _of_number(content, entry.source, language, at)
    assert entry.topic is not None  # noqa: S101 - a fact stands on a page
    professional = entry.source.register == "professional"
    return _page(content, language, at, _step(entry.source, entry.topic.id), professional=professional)


def _step(fact: Fact, topic: str) -> str:
    if fact.lead:
        return f"page/{topic}"
    return f"case/{topic}.{fact.case}" if fact.case else f"more/{topic}"


def _page(content: Content, language: str, at: int, step: str, *, professional: bool = False) -> Screen:
    audience: Audience = "professional" if professional else "person"
    session = Session(language, at, audience=audience, stack=(MENU, Frame("information", step)))
    return present(session, content.flows, content.library)


def _of_number(content: Content, helpline: Helpline, language: str, at: int) -> Screen:
    if topic := _first_page(content.library, helpline.id):
        return _page(content, language, at, f"page/{topic}")
    now = content.library.helplines[helpline.id]
    found = [now] if now.shown_on(day_of(at)) else []
    return Screen(lines(found), dial(found))


def _first_page(library: Library, helpline: str) -> str:
    return next((topic.id for topic in library.topics.values() if helpline in topic.helplines), "")
