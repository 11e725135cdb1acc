"""The engine alone, on one core: CPU seconds of this process for a set of conversations."""

import gc
import time
from collections.abc import Callable, Sequence

from bench.talk import Talk, in_words
from bot.turns import SESSION, Content
from dialogs.engine import advance
from dialogs.events import Said
from dialogs.session import Session
from nlu.redaction import redact


def bare(content: Content, talks: Sequence[Talk]) -> None:
    """Each session goes from turn to turn in memory."""
    for talk in talks:
        session = talk.first
        for move in talk.moves:
            session = advance(session, move.event, content.flows, content.library).session


def stored(content: Content, talks: Sequence[Talk]) -> None:
    """Each session is written as JSON and read again between two turns."""
    for talk in talks:
        written = SESSION.dump_json(talk.first)
        for move in talk.moves:
            turn = advance(SESSION.validate_json(written), move.event, content.flows, content.library)
            written = SESSION.dump_json(turn.session)


def in_and_out(content: Content, talks: Sequence[Talk]) -> None:
    """The same, with the texts redacted and understood, and the screens put into words."""
    for talk in talks:
        written = SESSION.dump_json(talk.first)
        for move in talk.moves:
            session = SESSION.validate_json(written)
            if isinstance(move.event, Said) and move.text is not None:
                _understand(content, session, move.text)
            turn = advance(session, move.event, content.flows, content.library)
            in_words(content, turn)
            written = SESSION.dump_json(turn.session)


def parse(content: Content, talks: Sequence[Talk]) -> int:
    """Redact and understand every text; how many there were."""
    texts = [(talk, move.text) for talk in talks for move in talk.moves if isinstance(move.event, Said) and move.text]
    for talk, text in texts:
        _understand(content, talk.first, text)
    return len(texts)


def _understand(content: Content, session: Session, text: str) -> None:
    content.understander.understand(redact(text).text, session.language)


def cpu_seconds(work: Callable[[Content, Sequence[Talk]], object], content: Content, talks: Sequence[Talk]) -> float:
    """What `work` takes."""
    gc.collect()
    start = time.process_time()
    work(content, talks)
    return time.process_time() - start
