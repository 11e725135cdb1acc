"""One event in, one turn out. Danger is decided here before any step, and nothing a person sends raises."""

from dataclasses import dataclass, replace
from typing import assert_never

from dialogs import bilingual, coding, danger, hearing, practising
from dialogs.commands import Command, Forget, Hide
from dialogs.events import Asked, Chose, CodeSeen, Edited, Event, Said, Shared, Started
from dialogs.flow import Flows, Move, done, end, enter
from dialogs.heard import Heard, answers_plainly
from dialogs.kept import CONVERSATION
from dialogs.library import Library
from dialogs.listening import listen
from dialogs.noting import noted
from dialogs.present import SPEAK, SYSTEM
from dialogs.screen import Screen
from dialogs.session import Session
from dialogs.stack import back, home, to_menu, top
from dialogs.text import say
from dialogs.walk import Walk

IDLE_SECONDS = CONVERSATION

EXPIRED = say(
    "engine",
    "Nothing came for 30 minutes, so the conversation was closed. Your answers were deleted. You can start again.",
)
NOT_READ = say("engine", "I cannot open photos, voice messages, contacts or places. I did not download it.")
NOT_CHANGED = say("engine", "I cannot use a changed message. Please write it again, as a new message.")
WRITE_INSTEAD = say("engine", "Please tap a button, or write a few words.")
GOODBYE = say("engine", "Goodbye.")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event led to. The last screen is where the person now stands; only it has choices."""

    session: Session
    screens: tuple[Screen, ...]
    commands: tuple[Command, ...] = ()


def begin(language: str, at: int, *, expired: bool = False, turn: int = 0) -> Session:
    """A new conversation; `expired`: an older one of the same person timed out, `turn` was its last."""
    return home(Session(language, at, turn=turn, expired=expired))


def advance(session: Session, event: Event, flows: Flows, library: Library) -> Turn:
    """Lead one conversation one event further. The same arguments give the same turn."""
    session, expired = _arrived(session, event)
    walk = Walk(replace(session, code_over=False), flows, library)
    if session.code_over:
        walk.notes += (Screen((coding.OVER,), alone=True),)
    if expired and not (isinstance(event, Said) and event.receipt):  # who opens a receipt reads of that, not of this
        walk.notes += (Screen((EXPIRED,)),)
    changed = _take(walk, event)
    if walk.session.beside is not None:
        opened = isinstance(event, Said) and event.receipt is not None
        _read_by_two(walk, opened=opened, handed=bilingual.handed(session))
    if walk.session.ended:
        gone = replace(walk.session, turn=session.turn + 1)
        return Turn(gone, walk.notes or (Screen((GOODBYE,)),), walk.commands)
    if changed or expired:
        walk.session = replace(walk.session, turn=session.turn + 1)
    return Turn(walk.session, (*walk.notes, walk.screen), walk.commands)


def _read_by_two(walk: Walk, *, opened: bool, handed: bool) -> None:
    """Words for both; what is for the professional alone turns the device back to them, a person's receipt to the person.

    `opened`: a receipt was typed; `handed`: the person's receipt stood there already.
    """
    session = walk.session
    if bilingual.handed(session) and (opened or not handed):
        walk.session = replace(session, turned=True)
    elif session.turned and (walk.screen.alone or any(note.alone for note in walk.notes)):
        walk.notes = (Screen((bilingual.GIVE_BACK,), language=session.beside), *walk.notes)
        walk.session = replace(session, turned=False)
    walk.notes = tuple(bilingual.note(note, walk.session) for note in walk.notes)


def _arrived(session: Session, event: Event) -> tuple[Session, bool]:
    """The session as the event finds it, and whether it had died of idleness. A clock that goes back stands still."""
    idle = session.expired or event.at - session.at > IDLE_SECONDS
    fresh = idle or session.ended
    if fresh or not session.stack:
        session = begin(session.language, event.at, turn=session.turn)
    return replace(session, at=max(session.at, event.at), sealing=event.sealing), idle


def _take(walk: Walk, event: Event) -> bool:
    """Carry out the event; False when it changed nothing and the present screen is only painted again."""
    match event:
        case Started():
            _start(walk)
        case Said():
            _said(walk, event)
        case Chose():
            return _chose(walk, event)
        case Asked():
            _asked(walk, event)
        case Shared():
            walk.notes += (Screen((NOT_READ, WRITE_INSTEAD)),)
        case Edited():
            walk.notes += (Screen((NOT_CHANGED,)),)
        case _:
            assert_never(event)
    return True


def _start(walk: Walk) -> None:
    walk.session = replace(to_menu(walk.session, walk.flows), code=None)  # who starts may be the next one at the device
    if top(walk.session).flow == "menu" and len(walk.session.stack) == 1:
        walk.session = home(replace(walk.session.with_beside(None), audience=None, told=False))


def _asked(walk: Walk, event: Asked) -> None:
    match event.command:
        case "start":
            _start(walk)
        case "menu":
            _menu(walk)
        case "language":
            walk.follow(enter("language"))
        case "help":
            walk.follow(enter("help"))
        case "erase":
            walk.follow(enter("privacy", "erase"))
        case "hide":
            leave(walk)
        case _:
            assert_never(event.command)


def _menu(walk: Walk) -> None:
    walk.session = to_menu(walk.session, walk.flows)


def leave(walk: Walk) -> None:
    """The quick way out: the conversation is forgotten and what can be hidden is."""
    walk.follow(end(GOODBYE, commands=(Hide(), Forget())))


def _chose(walk: Walk, event: Chose) -> bool:
    if event.turn != walk.session.turn:
        return False
    return choose(walk, event)


def choose(walk: Walk, event: Chose) -> bool:
    """Carry out a tap on a button of the present screen; False when there is no such button."""
    choice = next((c for c in walk.screen.choices if c.id == event.choice and c.url is None), None)
    if choice is None:
        return False
    heard, walk.session = walk.session.heard, replace(walk.session, puzzled=0, heard="")
    if choice.id.startswith(SPEAK):
        walk.speak(choice.id.removeprefix(SPEAK))
        return True
    if choice.id in SYSTEM:
        _system(walk, choice.id, heard)
        return True
    move = walk.taken(event)
    if move is not None:
        walk.follow(move)
    return move is not None


def _system(walk: Walk, choice: str, heard: str) -> None:
    match choice:
        case "sos":
            walk.follow(enter("crisis", kinds=""))
        case "back":
            walk.session = back(walk.session)
        case "menu":
            _menu(walk)
        case "leave":
            leave(walk)
        case "tongue":
            walk.follow(enter("unspoken", language=heard))
        case "pair":
            walk.follow(enter("bilingual", "settings"))
        case "hand" | "hand_back":
            walk.session = replace(walk.session, turned=choice == "hand")


def _said(walk: Walk, event: Said) -> None:
    listen(walk, event)
    if event.receipt is not None:
        _receipt(walk, event)
        return
    if event.code is not None:
        _code(walk, event.code)
        return
    if practising.passed(walk.session, event.text):
        walk.follow(walk.taken(event) or done())
        return
    kinds = _kinds(walk, event)
    if kinds and not danger.as_a_line(walk.session, kinds):
        _danger(walk, event, kinds)
    else:
        walk.notes += (Screen((danger.line(walk.library, event.at, kinds),)),) if kinds else ()
        walk.notes += (Screen((NOT_READ,)),) if event.shared else ()
        _carry_out(walk, event, hearing.hear(walk, event))


def _kinds(walk: Walk, event: Said) -> tuple[str, ...]:
    """The danger to act on: none in a plain "yes", none in what is the very answer to the present question."""
    kinds = danger.kinds(walk.session, event.understanding, event.text)
    if kinds and hearing.said_by_a_button(walk, event):
        return ()
    if kinds and (noted(walk, event) or practising.pair(walk.session, event.text) or answers_plainly(walk, event)):
        # the very words of a page, of a receipt, or of an answer: likeness tells no danger there
        kinds = tuple(
            kind for kind in kinds if kind in set(event.understanding.danger) - set(event.understanding.unsure)
        )
    answered = hearing.expected(walk, event) if kinds else frozenset()
    return tuple(kind for kind in kinds if kind not in answered)


def _receipt(walk: Walk, event: Said) -> None:
    if top(walk.session).flow != "receipt":
        walk.follow(enter("receipt", "enter"))
    elif top(walk.session).step != "enter":
        walk.follow(Move("go", step="enter"))
    walk.follow(walk.taken(event) or Move("again"))


def _code(walk: Walk, seen: CodeSeen) -> None:
    """Kept wherever it is typed, and the person stays where they are; the place that asks for it is then left."""
    walk.session = coding.shown(walk.session, seen)
    walk.notes += (Screen(coding.told(walk.session, seen), alone=True),)
    if seen.outcome == "open" and top(walk.session).flow == "code":
        walk.follow(done())


def _danger(walk: Walk, event: Said, kinds: tuple[str, ...]) -> None:
    """Show the numbers that fit; what answers the present question is kept first, so that going on loses nothing."""
    if top(walk.session).flow != "crisis":
        move = walk.taken(event)
        begun = hearing.begun_with(walk, event)
        if begun:
            choose(walk, Chose(event.at, begun, walk.session.turn))
        elif move is not None and move.kind != "again":
            walk.follow(move)
    warned = walk.session.warned or "threat" in kinds
    young = walk.session.minor_told or "minor" in kinds
    grave = walk.session.told or (walk.session.audience is None and kinds != ("minor",))
    walk.session = replace(walk.session, minor_told=young, warned=warned, told=grave, puzzled=0)
    if "minor" in kinds and walk.session.audience == "person":
        walk.told_young()
    walk.follow(enter("crisis", kinds=",".join(kinds)))


def _carry_out(walk: Walk, event: Said, heard: Heard) -> None:
    if heard.puzzled != walk.session.puzzled:
        walk.session = replace(walk.session, puzzled=heard.puzzled)
    walk.notes += heard.notes
    match heard.kind:
        case "tap":
            choose(walk, Chose(event.at, heard.choice, walk.session.turn))
        case "move":
            walk.follow(heard.move)
        case "menu":
            _menu(walk)
        case "note":
            pass
