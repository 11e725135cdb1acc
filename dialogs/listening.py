"""Which language a text is in: taken up where it is asked for, offered elsewhere; what to say of one without screens."""

from dataclasses import replace

from dialogs.events import Said
from dialogs.screen import Screen
from dialogs.stack import top
from dialogs.text import say
from dialogs.tongues import LANGUAGES
from dialogs.walk import Walk

SENTENCE = 4  # words from which a text tells its language


def listen(walk: Walk, event: Said) -> None:
    """The language of a text: at the question for it, its answer; elsewhere a whole sentence in another one offers it."""
    language = event.understanding.language or ""
    name = walk.library.languages.get(language)
    known = language == walk.session.spoken or walk.session.beside is not None
    if name is None and language and event.receipt is None:
        _listen_to_unspoken(walk, event, language)
    if name is None or known or event.receipt:
        return
    if (top(walk.session).flow, top(walk.session).step) == ("welcome", "language"):
        walk.speak(language)
    elif len(event.text.split()) >= SENTENCE and walk.session.heard != language:
        walk.session = replace(walk.session, heard=language)
        walk.notes += (Screen((say("engine", "Do you prefer {name}? Tap it below.", name=name),), language=language),)


def _listen_to_unspoken(walk: Walk, event: Said, language: str) -> None:
    """A sentence in a language without screens: said once what is read of it, and the way to what works in it."""
    said_before = walk.session.heard == language or walk.session.beside is not None
    if said_before or len(event.text.split()) < SENTENCE or language not in LANGUAGES:
        return
    walk.session = replace(walk.session, heard=language)
    told = say(
        "unspoken",
        "You write in {language}. I understand it in part, and answer in this language.",
        language=LANGUAGES[language],
    )
    walk.notes += (Screen((told,)),)
