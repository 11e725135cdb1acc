"""Whatever arrives, in whatever order: no exception, a screen with a way out, the same after storing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import agenda
from dialogs.engine import Turn, advance
from dialogs.events import Asked, Chose, CodeSeen, Edited, ReceiptSeen, Said, Shared, Standing, Started
from dialogs.standing_words import STATES
from dialogs.understanding import Entity, Understanding
from tests.dialogs.everywhere import every_turn
from tests.dialogs.world import AGENDA, AT, FLOWS, LIBRARY, as_person, of_two, stored

INTENTS = [
    "affirm", "deny", "not_sure", "skip_question", "go_back", "open_menu", "change_language", "talk_to_human",
    "quick_exit", "start_screening", "make_referral", "check_referral", "delete_my_data", "report_exploitation",
    "report_danger", "report_suicidal", "report_minor", "ask_rights", "ask_shelter", "help", "greet", "nonsense",
]  # fmt: skip
COMMANDS = ["start", "menu", "language", "help", "hide", "erase"]
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", " ", "06", "06, 13", "x" * 10_000, "\x00\x1b[2J", "\u202eabc\u2066", "9" * 27, "{name}"]),
)
UNDERSTANDINGS = st.builds(
    Understanding,
    intent=st.none() | st.sampled_from(INTENTS),
    confidence=st.floats(0, 1),
    ranking=st.lists(st.tuples(st.sampled_from(INTENTS), st.floats(0, 1)), max_size=3).map(tuple),
    entities=st.lists(st.builds(Entity, st.just("language"), st.sampled_from(["ar", "xx"])), max_size=1).map(tuple),
    language=st.none() | st.sampled_from(["fr", "ar", "xx"]),
    danger=st.lists(st.sampled_from(["threat", "medical", "suicide", "minor"]), max_size=2).map(tuple),
)
SEEN = st.builds(
    ReceiptSeen,
    outcome=st.sampled_from(["open", "mistyped", "unknown", "wait", "busy"]),
    referral=st.just("R-2345-6789"),
    holder=st.sampled_from(["person", "professional"]),
    standing=st.builds(
        Standing,
        st.sampled_from([*STATES]),
        takes=st.booleans(),
        look_on=st.sampled_from(["", "2026-11-24", "2031-01-02"]),
    ),
    liaison=st.booleans(),
    messages=st.lists(st.text(max_size=20), max_size=2).map(tuple),
    sign_up=st.none()
    | st.builds(
        agenda.Standing,
        st.just("s2345abcd"),
        st.sampled_from(["", *(training.id for training in AGENDA)]),
        st.sampled_from(["seat", "confirmed", "waiting", "cancelled", "removed", "attended", "absent"]),
        st.integers(0, 50),
        st.booleans(),
    ),
)
CODES = st.builds(CodeSeen, outcome=st.sampled_from(["open", "mistyped", "unknown", "wait"]), number=st.integers(1, 9))
TIMES = st.integers(-10_000, 10_000).map(lambda drift: AT + drift)
EVENTS = st.one_of(
    st.builds(Started, TIMES, st.booleans()),
    st.builds(Said, TIMES, TEXTS, UNDERSTANDINGS, st.none() | SEEN, st.booleans(), st.booleans(), st.none() | CODES),
    st.builds(Asked, TIMES, st.sampled_from(COMMANDS), st.booleans()),
    st.builds(Shared, TIMES, st.booleans()),
    st.builds(Edited, TIMES, st.booleans()),
    st.builds(Chose, TIMES, st.text(max_size=8), st.integers(-1, 30), st.booleans()),
)
TAPS = st.integers(0, 40)  # a place among the present choices
MOVES = st.lists(st.one_of(TAPS, TAPS, TAPS, EVENTS), min_size=1, max_size=40)


def tapped(turn: Turn, place: int) -> Chose:
    choices = turn.screens[-1].choices or ()
    choice = choices[place % len(choices)].id if choices else "nothing"
    return Chose(turn.session.at, choice, turn.session.turn, True)


def whole(turn: Turn) -> None:
    """What must hold of every turn."""
    assert turn.screens
    assert all(not screen.choices for screen in turn.screens[:-1])
    if turn.session.ended:
        return
    offered = [choice.id for choice in turn.screens[-1].choices]
    assert len(offered) == len(set(offered)), offered
    assert "leave" in offered
    assert "sos" in offered or turn.session.stack[-1].flow == "crisis"
    assert len(turn.session.stack) <= 10
    read_by_whom(turn)


def read_by_whom(turn: Turn) -> None:
    """Both halves where two read together, the person's alone where the device is turned to them, else one."""
    session, (*notes, screen) = turn.session, turn.screens
    for each in turn.screens:
        assert each.beside is None or [c.id for c in each.beside.choices] == [c.id for c in each.choices]
    if session.beside is None:
        assert not session.turned
        assert all(each.beside is None for each in turn.screens)
    elif session.turned:
        assert all(each.language is not None for each in turn.screens)
        assert not any(each.alone or each.asks_contact for each in turn.screens)
        assert "hand_back" in [choice.id for choice in screen.choices]
    else:
        halves = [each.beside for each in turn.screens if not (each.alone or (each in notes and each.language))]
        assert all(half is not None and half.text and half.language == session.beside for half in halves)


def begun(by: str) -> Turn:
    return of_two().turn if by == "two" else as_person(audience=by).turn


@settings(max_examples=200, deadline=None)
@given(MOVES, st.sampled_from(["person", "professional", "other", "two"]))
def test_nothing_that_arrives_breaks_a_conversation(moves, by):
    turn = begun(by)
    for move in moves:
        event = tapped(turn, move) if isinstance(move, int) else move
        assert advance(turn.session, event, FLOWS, LIBRARY) == advance(turn.session, event, FLOWS, LIBRARY)
        session = stored(turn.session)
        assert session == turn.session
        turn = advance(session, event, FLOWS, LIBRARY)
        whole(turn)


@settings(max_examples=60, deadline=None)
@given(MOVES, st.sampled_from(["person", "two"]))
def test_a_stale_tap_changes_nothing(moves, by):
    turn = begun(by)
    for move in moves:
        turn = advance(turn.session, tapped(turn, move) if isinstance(move, int) else move, FLOWS, LIBRARY)
    if turn.session.ended or not turn.session.stack:
        return
    for choice in turn.screens[-1].choices:
        again = advance(
            turn.session, Chose(turn.session.at, choice.id, turn.session.turn - 1, turn.session.sealing), FLOWS, LIBRARY
        )
        assert again.session == turn.session
        assert again.commands == ()
        assert again.screens[-1] == turn.screens[-1]


def test_every_step_of_every_flow_can_be_reached():
    seen = set()
    for turn in every_turn():
        whole(turn)
        if not turn.session.ended:
            frame = turn.session.stack[-1]
            seen.add((frame.flow, frame.step.partition("/")[0]))
    assert {(flow.name, step.id) for flow in FLOWS.values() for step in flow.steps} - seen == set()
