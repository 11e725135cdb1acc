"""What a free text leads to, when it speaks of no danger: an answer here, a way elsewhere, or a question back."""

from dataclasses import replace

from dialogs import practising
from dialogs.age import tells_child
from dialogs.asking import CERTAIN, NO, SURE, YES
from dialogs.events import Said
from dialogs.flow import A_NUMBER, Flows, Move, enter, switch
from dialogs.heard import Heard, answered_plainly, asks_plainly, choice_of, taken_back, told_between
from dialogs.library import Library
from dialogs.noting import best_named, noted
from dialogs.present import step_of
from dialogs.screen import Screen
from dialogs.searching import found
from dialogs.stack import top
from dialogs.text import Text, say
from dialogs.topic import Register, Topic
from dialogs.typed import bare, begins, meaning
from dialogs.walk import Walk

PAGE = "topic-"  # before a topic's id: a guess that names a page instead of an intent
MAX_TEXT = 2000  # characters of one message

TOO_LONG = say("engine", "This is too long for one message. Please write at most {count} characters.", count=MAX_TEXT)
PUZZLED = (
    say("engine", "I did not understand that. You can tap an answer below, or use other words."),
    say("engine", "I still do not understand. The menu shows all that I can do."),
)
ABOUT_YOU = say("engine", "Thank you. So it is about you.")
HELLO = say("engine", "Hello.")
WELCOME = say("engine", "You are welcome.")
SEE_YOU = say("engine", "Goodbye. You can come back at any time.")
AS_PROFESSIONAL = say("engine", "This now speaks to you as a professional. You are not one? Then use “Back”.")
SMALL_TALK = {"greet": HELLO, "thank": WELCOME, "goodbye": SEE_YOU}


def said_by_a_button(walk: Walk, event: Said) -> str | None:
    """The choice that a plain short answer ("oui", "la2", "for me") means at the present screen, or None."""
    return choice_of(walk, meaning(event.text))


def begun_with(walk: Walk, event: Said) -> str | None:
    """The same for a longer answer that begins with yes or no, where those are the buttons."""
    plain = {"affirm": YES, "deny": NO}.get(begins(event.text) or "")
    return plain.id if plain is not None and plain in walk.screen.choices else None


def expected(walk: Walk, event: Said) -> frozenset[str]:
    """What the present step expects and takes as its answer: kinds of danger, intents.

    Of what it cannot read, only a number is taken to be meant for it.
    """
    step = step_of(walk.session, walk.flows)
    taken = walk.taken(event) if step.expects else None
    if taken is None:
        return frozenset()
    looks_like_age = A_NUMBER in step.expects and not tells_child(event)
    number = step.expects & {"minor"} | ({"minor"} if looks_like_age else frozenset())
    return number | step.expects if taken.kind != "again" else number


def hear(walk: Walk, event: Said) -> Heard:
    """Decide about a text. A screen that asks for a text takes it, unless it is surely a command."""
    if len(event.text) > MAX_TEXT:
        return Heard("note", notes=(Screen((TOO_LONG,)),))
    if _says_their_profession(walk, event):
        return Heard("move", move=_as_professional(walk))
    if changed := taken_back(walk, event):
        return changed
    wanted = CERTAIN if walk.screen.asks_text else SURE
    sure = event.understanding.confidence >= wanted and not practising.pair(walk.session, event.text)
    intent = event.understanding.intent if sure else None
    if meaning(event.text) == "stop" and _begun(walk):
        return Heard("move", move=enter("stopping"))
    if of_themself(walk, event):
        return Heard("move", move=replace(Move("again", notes=(Screen((ABOUT_YOU,)),)), audience="person"))
    tapped = said_by_a_button(walk, event)
    if not tapped and (plainly := answered_plainly(walk, event)):
        return plainly
    if not tapped and not _has_a_flow(walk, intent) and (pages := noted(walk, event)):
        return Heard("move", move=_to_pages(walk, pages))
    tapped = tapped or _like_a_button(walk, event, intent)
    if tapped:
        return Heard("tap", choice=tapped)
    if not (intent and _is_command(intent)) or intent in expected(walk, event):
        taken = walk.taken(event)
        if taken:
            return _again(walk) if taken.kind == "again" and _third(walk) else _taken(walk, taken)
        if walk.screen.asks_text:
            return _unsure(walk, event)
    return told_between(walk, intent) or (_routed(walk, event, intent) if intent else None) or _unsure(walk, event)


def _like_a_button(walk: Walk, event: Said, intent: str | None) -> str | None:
    """The choice that a text is like, unless the step reads it; no answer where one is to be given by a plain word only."""
    if intent == "go_back" and intent in expected(walk, event):
        return None
    found = choice_of(walk, intent) or begun_with(walk, event)
    answers = {choice.id for choice in walk.screen.choices if choice.role == "answer"}
    return None if walk.screen.deliberate and found in answers else found


def _has_a_flow(walk: Walk, intent: str | None) -> bool:
    return any(intent in flow.intents for flow in walk.flows.values())


def _to_pages(walk: Walk, pages: tuple[Topic, ...]) -> Move:
    """To the page that a note names; of several, the choice."""
    first, *others = pages
    return _offer(walk, "guess", ",".join(f"{PAGE}{page.id}" for page in pages)) if others else _open(first)


def _open(page: Topic) -> Move:
    return enter("information", f"page/{page.id}")


def of_themself(walk: Walk, event: Said) -> bool:
    """Whether somebody says that it is about them, where no button says so and it was not known."""
    said = meaning(event.text)
    known = walk.session.audience == "person" or choice_of(walk, "for_me") is not None
    return not known and (said == "about_me" or (said == "for_me" and walk.session.audience != "professional"))


def _says_their_profession(walk: Walk, event: Said) -> bool:
    """Where nobody has said that it is for themself, and nothing is begun: there a profession is no part of a story."""
    session = walk.session
    begun = len(session.stack) > 1 or top(session).flow not in ("welcome", "menu")
    return not begun and session.audience in (None, "other") and bare(event.text) in walk.library.professions


def _as_professional(walk: Walk) -> Move:
    move = switch("menu") if top(walk.session).flow == "welcome" else Move("again")
    return replace(move, audience="professional", notes=(Screen((AS_PROFESSIONAL,)),))


def _third(walk: Walk) -> bool:
    return (walk.session.puzzled + 1) % 3 == 0


def _again(walk: Walk) -> Heard:
    """The third text that cannot be read here: a human way, and the way on."""
    if top(walk.session).flow == "human":
        return Heard("note", notes=(Screen((PUZZLED[1],)),), puzzled=walk.session.puzzled + 1)
    return Heard("move", move=_offer(walk, "human"), puzzled=walk.session.puzzled + 1)


def _taken(walk: Walk, move: Move) -> Heard:
    return Heard("move", move=move, puzzled=walk.session.puzzled + 1 if move.kind == "again" else 0)


def _begun(walk: Walk) -> bool:
    """Whether there is something to lose."""
    return any(walk.flows[frame.flow].resumable and frame.answers for frame in walk.session.stack)


def _is_command(intent: str) -> bool:
    return intent in ("open_menu", "change_language", "delete_my_data", "help", "talk_to_human")


def _routed(walk: Walk, event: Said, intent: str) -> Heard | None:
    if intent == "open_menu":
        return Heard("menu")
    if intent in SMALL_TALK:
        return Heard("note", notes=(Screen((SMALL_TALK[intent],)),))
    if intent == "change_language" and walk.session.beside is not None:  # whose language, must be asked
        return Heard("move", move=enter("bilingual", "settings"))
    language = next((e.value for e in event.understanding.entities if e.kind == "language"), None)
    if intent == "change_language" and language in walk.library.languages and language != walk.session.spoken:
        return Heard("move", move=Move("again", language=language))
    if intent == "change_language" and language and language not in walk.library.languages:
        way = switch if top(walk.session).flow == "language" else enter
        return Heard("move", move=way("unspoken", language=language))
    move = _narrower(walk, event, intent) or route(intent, walk.flows, walk.library)
    if move and _names_another(walk, event, move):
        return _unsure(walk, event)
    return Heard("move", move=move) if move else None


def _names_another(walk: Walk, event: Said, move: Move) -> bool:
    """Whether a professional's short note has most words of another page than the one that was understood."""
    page = best_named(walk, event)
    return page is not None and move.flow == "information" and move.step != f"page/{page.id}"


def _narrower(walk: Walk, event: Said, intent: str) -> Move | None:
    """The way to a page of its own within what was understood, where its words are said."""
    page = next((page for page in _named(walk, event) if intent in page.narrows), None)
    return _open(page) if page else None


def _named(walk: Walk, event: Said) -> tuple[Topic, ...]:
    register: Register = "professional" if walk.session.audience == "professional" else "plain"
    return found(walk.library, event.text, register, walk.session.spoken, event.understanding.language)


def route(intent: str, flows: Flows, library: Library) -> Move | None:
    """The way to the flow or the page that answers an intent, or that `topic-ID` names."""
    for flow in flows.values():
        if intent in flow.intents:
            return enter(flow.name, flow.intents[intent])
    topic = _page(intent, library)
    return _open(topic) if topic else None


def label(intent: str, flows: Flows, library: Library, *, professional: bool = False) -> Text | None:
    """What an intent, or a page, is called where it is offered as a guess."""
    for flow in flows.values():
        if intent in flow.intents:
            return (flow.to_professionals if professional else None) or flow.title
    topic = _page(intent, library)
    return topic.title_for(professional=professional) if topic else None


def _page(name: str, library: Library) -> Topic | None:
    return library.topics.get(name.removeprefix(PAGE)) if name.startswith(PAGE) else library.topic_of(name)


def _unsure(walk: Walk, event: Said) -> Heard:
    """Pages whose words were said and two guesses, or a sentence that is never the same three times: the third time a human way.

    A first word that says nothing (people write anything to begin) only opens the first screen.
    """
    if walk.session.turn == 0 and not event.understanding.guesses:
        return Heard("note")
    times = walk.session.puzzled + 1
    if _third(walk):
        return _again(walk)
    led_away = asks_plainly(walk) and not _named(walk, event)  # a guess would lead away from a question
    offered = [] if led_away else _guesses(walk, event)
    if offered:
        return Heard("move", move=_offer(walk, "guess", ",".join(offered)), puzzled=times)
    return Heard("note", notes=(Screen((PUZZLED[times % 3 - 1],)),), puzzled=times)


def _guesses(walk: Walk, event: Said) -> list[str]:
    """What a text may mean: the pages that its words name, then up to two of the ranking; three at most, none twice."""
    professional = walk.session.audience == "professional"
    pages = _named(walk, event)
    named: dict[Text, str] = {}
    for name in (*(f"{PAGE}{page.id}" for page in pages), *event.understanding.guesses):
        text = label(name, walk.flows, walk.library, professional=professional)
        if text is not None:
            named.setdefault(text, name)
    return list(named.values())[: 3 if pages else 2]


def _offer(walk: Walk, flow: str, intents: str = "") -> Move:
    if top(walk.session).flow == "guess":
        return switch(flow, "", intents=intents)
    return enter(flow, "", intents=intents)
