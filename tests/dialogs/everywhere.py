"""Every button and some texts from the start on: each turn that a conversation can come to, met once."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from dialogs.agenda import Standing
from dialogs.engine import Turn, advance, begin
from dialogs.events import Asked, Chose, CodeSeen, ReceiptSeen, Said, Started
from dialogs.events import Standing as RequestStanding
from dialogs.practising import Fresh, keeping
from dialogs.session import Session
from dialogs.understanding import Understanding
from tests.dialogs.world import AT, CANCELLED, FLOWS, FREE, FULL, LIBRARY, OVER, as_person, of_two

RECEIPT = Fresh("R-1", "person", 1, "un deux trois quatre cinq six sept huit", "123 456 789 012 345 678 901 234 567")
QUESTIONS = {question.id for instrument in LIBRARY.instruments.values() for question in instrument.questions}


def every_turn() -> Iterator[Turn]:
    """The turns on all ways from the start, whoever it is for. A place is left once, by all its ways."""
    known = set[object]()  # from one start all others can be come to
    for audience in ("person", "other", "professional"):
        yield from _explored(as_person(audience=audience).turn, known=known)
    yield from _explored(advance(begin("fr", AT), Started(AT, True), FLOWS, LIBRARY), known=known)
    yield _few_like_them()
    yield _which_of_them()


def a_turn_of_each_step() -> Iterator[Turn]:
    """The same ways, each step left once: not every screen, but every kind of screen."""
    for audience in ("person", "professional"):
        yield from _explored(as_person(audience=audience).turn, _step)
    yield from _explored(advance(begin("fr", AT), Started(AT, True), FLOWS, LIBRARY), _step)
    yield from _explored(of_two().turn, _step)


def _few_like_them() -> Turn:
    """A request at the question that only unusual details lead to."""
    person = as_person(audience="professional")
    person.tap("refer", "adult", "together", "yes", "yes", "yes", "yes", "vi", "done", "needed", "soon", "week")
    person.say("48")
    return person.tap("unsaid", "unsaid", "none", "none", "unsaid", "none", "unknown", "unknown", "none")


def _which_of_them() -> Turn:
    """The place where a professional says which of several things a yes meant."""
    person = as_person(audience="professional")
    return person.tap("instruments", "situation", "start", "adult", "yes", "yes", "yes", "which_means_force")


def turns_of_two() -> Iterator[Turn]:
    """The turns on all ways of two who read together, in French and Arabic."""
    yield from _explored(of_two().turn)


def _knowing(turn: Turn) -> Turn:
    """What the host leaves in a conversation that shows a new receipt, so that it can be tried."""
    if not any(screen.once for screen in turn.screens):
        return turn
    own = turn.session.stack[-1].step == "own"
    receipt = replace(RECEIPT, holder="professional") if own else RECEIPT
    return replace(turn, session=keeping(turn.session, receipt))


def _explored(
    first: Turn, place_of: Callable[[Session], object] | None = None, known: set[object] | None = None
) -> Iterator[Turn]:
    """The turns on all ways from one; those from a `known` place were met before."""
    yield first
    waiting, known = [first], set[object]() if known is None else known
    while waiting:
        turn = waiting.pop()
        for event in _events(turn):
            after = _knowing(advance(turn.session, event, FLOWS, LIBRARY))
            yield after
            place = (place_of or _place)(after.session) if not after.session.ended else None
            if not after.session.ended and place not in known:
                known.add(place)
                waiting.append(after)


def _events(turn: Turn) -> list[Chose | Said | Asked]:
    at, number = turn.session.at, turn.session.turn
    taps = [Chose(at, choice.id, number, True) for choice in turn.screens[-1].choices if not choice.url]
    opened = ReceiptSeen(
        "open", "R-2345-6789", "person", RequestStanding("received", without=("statistics",), until="2026-12-01")
    )
    offered = ReceiptSeen("open", "R-2345-6789", "person", RequestStanding("place_offered"), safe_word="papaya lamp")
    standings = (
        Standing("s2345abcd", FREE.id, "seat", changed=True),
        Standing("s2345abcd", FULL.id, "waiting", 2),
        Standing("s2345abcd", CANCELLED.id, "confirmed"),
        Standing("s2345abcd", OVER.id, "attended"),
    )
    signed_up = [ReceiptSeen("open", sign_up=standing) for standing in standings]
    unsure = Understanding(ranking=(("ask_rights", 0.4), ("make_referral", 0.3)))
    texts = [
        Said(at, "poste@service.example"),
        *(Said(at, "", receipt=seen) for seen in signed_up),
        Said(at, "06"),
        Said(at, "stop"),
        Said(at, "", receipt=opened),
        *([Said(at, "", receipt=offered)] if turn.session.stack[-1].step == "enter" else []),
        Said(at, "hm", unsure),
    ]
    intents = [
        Said(at, "x", Understanding(intent, 1.0))
        for intent in ("report_exploitation", "check_referral", "talk_to_human")
    ]
    codes = [Said(at, "", code=CodeSeen("open", 1))] if _at_a_finding(turn.session) else []
    return [*taps, *(replace(said, sealing=True) for said in (*texts, *intents, *codes)), Asked(at, "help", True)]


def _at_a_finding(session: Session) -> bool:
    """Where a code opens something, or is asked for."""
    frame = session.stack[-1]
    return session.audience == "professional" and (frame.step == "finding" or frame.flow == "code")


def _place(session: Session) -> tuple[object, ...]:
    """Where a session is, coarsely: the same question asked after other answers need not be walked twice."""
    frame = session.stack[-1]
    below = tuple(f.flow for f in session.stack[:-1])
    age = frame.answer("age") if frame.flow == "referral" else None
    unsafe = frame.answer("emergency") == "unsafe"
    step = "one of many" if _alike(session) else frame.step
    if session.beside not in (None, "ar"):
        return (session.beside,)  # another pair shows the same screens
    if session.beside is not None:
        return session.turned, session.audience, frame.flow, step.partition("/")[0]
    coded = session.code is not None and _at_a_finding(session)
    offered = frame.flow == "receipt" and frame.answer("state") == "place_offered"
    return (
        offered,
        session.audience,
        frame.flow,
        step,
        len(below) < 3,
        age,
        unsafe,
        frame.answer("intro") == "all",
        coded,
    )


def _step(session: Session) -> tuple[object, ...]:
    frame = session.stack[-1]
    step = "one of many" if frame.step in QUESTIONS else frame.step.partition("/")[0]
    return session.beside is None, session.turned, frame.flow, step


def _alike(session: Session) -> bool:
    """Whether a professional is at a question that is met, too, where every question is asked."""
    frame = session.stack[-1]
    short = frame.answer("intro") != "all" or session.beside is not None
    return session.audience == "professional" and frame.step in QUESTIONS and short
