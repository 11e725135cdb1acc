"""Which language a text is in: taken up where it is asked for, offered elsewhere; what to say of one without screens."""

from dataclasses import replace

from dialogs.events import Said
from dialogs.screen import Screen
from dialogs.stack import top
from dialogs.text import say
from dialogs.tongues import LANGUAGES
from dialogs.typed import CHINESE, bare
from dialogs.walk import Walk

SENTENCE = 4  # words from which a text tells its language; signs, where one writes without spaces
ASKED = ("welcome", "language")


def listen(walk: Walk, event: Said) -> None:
    """The language of a text: at the question for it, its answer; elsewhere a whole sentence in another one offers it."""
    named = _named_alone(walk, event)
    language = named or event.understanding.language or ""
    name = walk.library.languages.get(language)
    known = language == walk.session.spoken or walk.session.beside is not None
    if name is None and language and event.receipt is None:
        _listen_to_unspoken(walk, event, language)
    if name is None or known or event.receipt:
        return
    if _is_asked(walk):
        walk.speak(language)
    elif (named or _is_sentence(event.text)) and walk.session.heard != language:
        walk.session = replace(walk.session, heard=language)
        walk.notes += (Screen((say("engine", "Do you prefer {name}? Tap it below.", name=name),), language=language),)


def _listen_to_unspoken(walk: Walk, event: Said, language: str) -> None:
    """A sentence in a language without screens: said once what is read of it, and the way to what works in it."""
    said_before = walk.session.heard == language or walk.session.beside is not None
    if said_before or language not in LANGUAGES or not (_is_asked(walk) or _is_sentence(event.text)):
        return
    walk.session = replace(walk.session, heard=language)
    told = say(
        "unspoken",
        "You write in {language}. I understand it in part, and answer in this language.",
        language=LANGUAGES[language],
    )
    walk.notes += (Screen((told,)),)


def _named_alone(walk: Walk, event: Said) -> str | None:
    """The language whose own name is all that is typed where a text is asked for: it is kept, and the change offered."""
    if not walk.screen.asks_text:
        return None
    return next((code for code, name in walk.library.languages.items() if bare(name) == bare(event.text)), None)


def _is_asked(walk: Walk) -> bool:
    return (top(walk.session).flow, top(walk.session).step) == ASKED


def _is_sentence(text: str) -> bool:
    return max(len(text.split()), len(CHINESE.findall(text))) >= SENTENCE
