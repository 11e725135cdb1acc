"""A professional's short note ("secret pro", "dublin"): the pages that it names, where nothing else is under way."""

from dialogs.events import Said
from dialogs.searching import found, named_by
from dialogs.stack import top
from dialogs.topic import Topic
from dialogs.typed import bare
from dialogs.walk import Walk

LONGEST = 5  # words of a note
NUMBERS = "helplines"  # the page of telephone numbers
FREE = ("menu", "information", "guess", "human", "help")  # flows in which a note answers no question


def noted(walk: Walk, event: Said) -> tuple[Topic, ...]:
    """The pages whose very words a note is, however many; none for who is no professional, and none in the middle of questions."""
    if not _may_note(walk):
        return ()
    if _is_number(walk, event.text):
        return tuple(filter(None, [walk.library.topics.get(NUMBERS)]))
    return named_by(walk.library, event.text, "professional", walk.session.spoken, event.understanding.language)


def _is_number(walk: Walk, text: str) -> bool:
    said = "".join(bare(text).split())
    return any(said == helpline.number.replace(" ", "") for helpline in walk.library.helplines.values())


def best_named(walk: Walk, event: Said) -> Topic | None:
    """The page of which a note has most words, among others that it has."""
    if not _is_note(walk, event):
        return None
    pages = found(walk.library, event.text, "professional", walk.session.spoken, event.understanding.language)
    return next(iter(pages), None)


def _is_note(walk: Walk, event: Said) -> bool:
    return _may_note(walk) and len(event.text.split()) <= LONGEST


def _may_note(walk: Walk) -> bool:
    session = walk.session
    return session.audience == "professional" and top(session).flow in FREE and not walk.screen.asks_text
