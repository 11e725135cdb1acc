"""What a move does to the flows under way. Pure: session in, session out."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile

from dialogs.flow import Flow, Flows, Move, Scene, Step
from dialogs.library import Library
from dialogs.session import Frame, Session

MAX_DEPTH = 10  # flows under way at once
MAX_TRAIL = 100  # steps that Back can retrace
WELCOME = Frame("welcome", "language")
ASKED_WHO = Frame("welcome", "who", trail=("language",))
MENU = Frame("menu", "choose")


def home(session: Session) -> Session:
    """At the menu, or at the welcome while we do not know who is there."""
    return replace(session, stack=(WELCOME if session.audience is None else MENU,))


def familiar(session: Session, flows: Flows) -> Session:
    """Without flows that this version does not know: a newer one, which runs beside it, may have stored the session."""
    kept = tuple(frame for frame in session.stack if frame.flow in flows)
    return session if kept == session.stack else replace(session, stack=kept) if kept else home(session)


def top(session: Session) -> Frame:
    """The flow the person is in."""
    return session.stack[-1]


def put(session: Session, frame: Frame) -> Session:
    """With this frame in the place of the present one."""
    return replace(session, stack=(*session.stack[:-1], frame))


def walked(frame: Frame, step: str) -> Frame:
    """At another step, with the present one to come back to."""
    trail = frame.trail if frame.step in frame.trail[-1:] else (*frame.trail, frame.step)
    return replace(frame, step=step, trail=trail[-MAX_TRAIL:])


def returned(frame: Frame, step: str) -> Frame:
    """Again at a step that approves what came before: nothing is approved, and Back leads to what came before it."""
    passed = frame.trail.index(step) if step in frame.trail else len(frame.trail)
    kept = tuple(pair for pair in frame.answers if pair[0] != step)
    return replace(frame, step=step, answers=kept, trail=frame.trail[:passed])


def _pruned(session: Session, frame: Frame, flow: Flow, library: Library) -> Frame:
    """Without the answers and steps that the present answers leave off the path."""
    scene = Scene(session, frame, library)
    used = {*(name.partition("/")[0] for name, _ in frame.answers), *frame.trail}
    off = {step.id for step in flow.steps if step.id in used and not step.when(scene)}
    kept = tuple((name, value) for name, value in frame.answers if name.partition("/")[0] not in off)
    pruned = replace(frame, answers=kept, trail=tuple(step for step in frame.trail if step not in off))
    return pruned if kept == frame.answers else _pruned(session, pruned, flow, library)


def on_path(session: Session, flow: Flow, library: Library) -> Session:
    """Without the steps that the present answers leave off the path: Back must not lead to one."""
    return put(session, _pruned(session, top(session), flow, library))


def said_who(before: Session, session: Session, flows: Flows, library: Library) -> Session:
    """The conversation once somebody has said who they are: what is asked only of others is left."""
    first = (MENU,) if session.stack[0].flow == WELCOME.flow and len(session.stack) > 1 else session.stack[:1]
    now = replace(session, stack=(*first, *session.stack[1:]))
    return replace(
        now, stack=tuple(_on_its_path(before, now, frame, flows[frame.flow], library) for frame in now.stack)
    )


def _on_its_path(before: Session, now: Session, frame: Frame, flow: Flow, library: Library) -> Frame:
    """A flow under way, at its next open step where the one it stood at is no more on the path."""
    kept = _pruned(now, frame, flow, library)
    step = flow.step(frame.step)
    left = step.when(Scene(before, frame, library)) and not step.when(Scene(now, kept, library))
    after = following(replace(now, stack=(kept,)), flow, library) if left else None
    return replace(kept, step=after) if after else kept


def aged(session: Session, frames: Sequence[Frame], value: str, flows: Flows, library: Library) -> tuple[Frame, ...]:
    """These drafts with one age where they had another: what depended on it is left, what was approved is asked again.

    What such a draft had called goes: its result would come back to another question.
    """
    kept: list[Frame] = []
    changed = False
    for frame in frames:
        if not (changed and frame.called):
            kept.append(_aged(session, frame, value, flows[frame.flow], library))
            changed = kept[-1] is not frame
    return tuple(kept)


def _aged(session: Session, frame: Frame, value: str, flow: Flow, library: Library) -> Frame:
    if not flow.resumable or frame.answer("age") in (None, value):
        return frame
    now = record(replace(session, stack=(frame,)), flow, "age", value, library)
    left = not flow.step(frame.step).when(Scene(now, top(now), library))
    step = following(now, flow, library) if left or flow.sends else None
    return replace(top(now), step=step) if step else top(now)


def _after(flow: Flow, step: str) -> Sequence[Step]:
    """The steps that come after one; all of them for an answer that is no step's."""
    places = [place for place, each in enumerate(flow.steps) if each.id == step.partition("/")[0]]
    return flow.steps[places[0] + 1 :] if places else flow.steps


def record(session: Session, flow: Flow, step: str, value: str, library: Library) -> Session:
    """Write an answer; a changed one takes with it what covered it and what depended on it."""
    frame = top(session)
    if frame.answer(step) not in (None, value):
        covering = {s.id for s in _after(flow, step) if s.covers}
        frame = replace(frame, answers=tuple(pair for pair in frame.answers if pair[0] not in covering))
    return put(session, _pruned(session, frame.with_answer(step, value), flow, library))


def following(session: Session, flow: Flow, library: Library) -> str | None:
    """The next unanswered step of the path, or None at its end."""
    scene = Scene(session, top(session), library)
    return next((s.id for s in flow.steps if scene.answer(s.id) is None and s.when(scene)), None)


def push(session: Session, flow: Flow, move: Move, flows: Flows, library: Library) -> Session:
    """Into a flow. One that is already under way comes up with what was answered there, above the drafts begun since.

    A page that a draft has covered opens anew instead, so that Back leads to the draft. Nothing invented lies under what
    may be sent.
    """
    if flow.sends:
        session = replace(session, stack=tuple(frame for frame in session.stack if not flows[frame.flow].invented))
    place = None if move.kind == "call" else _under_way(session.stack, flow.name)
    below = session.stack if place is None else _rest(session.stack, place, flows)
    if place is None or (len(below) > place and not flow.resumable):
        frame = Frame(flow.name, move.step, move.answers, called=move.kind == "call")
        session = replace(session, stack=_fitting((*below, frame), flows))
        return put(session, replace(frame, step=move.step or following(session, flow, library) or flow.steps[0].id))
    frame = session.stack[place]
    session = replace(session, stack=(*below, walked(frame, move.step) if move.step else frame))
    return _told_anew(session, flow, move, library)


def _told_anew(session: Session, flow: Flow, move: Move, library: Library) -> Session:
    """A draft that came up with answers brought along; where they change it, what was approved is asked for again."""
    before = top(session)
    for name, value in move.answers:
        session = record(session, flow, name, value, library)
    changed = any(before.answer(name) not in (None, value) for name, value in move.answers)
    step = following(session, flow, library) if changed and not move.step else None
    return put(session, walked(top(session), step)) if step else session


def _under_way(stack: tuple[Frame, ...], flow: str) -> int | None:
    """Where a flow lies in the stack; each menu is one of its own."""
    return next((place for place, frame in enumerate(stack) if frame.flow == flow and flow != "menu"), None)


def _rest(stack: tuple[Frame, ...], place: int, flows: Flows) -> tuple[Frame, ...]:
    """What stays below a frame that comes up: of what covered it the drafts, and the menus between them.

    What the frame itself had called goes: its result would come back to another one.
    """
    below, above = list(stack[:place]), stack[place + 1 :]
    for frame in dropwhile(lambda frame: frame.called, above):
        another_menu = frame.flow == "menu" and (not below or below[-1].flow != "menu")
        if flows[frame.flow].resumable or another_menu:
            below.append(frame)
    return tuple(below)


def _fitting(stack: tuple[Frame, ...], flows: Flows) -> tuple[Frame, ...]:
    """No deeper than the limit: the oldest digressions go first, and no draft."""
    digressions = [place for place, frame in enumerate(stack[:-1]) if place and not flows[frame.flow].resumable]
    away = digressions[: max(len(stack) - MAX_DEPTH, 0)]
    return tuple(frame for place, frame in enumerate(stack) if place not in away)


def back(session: Session) -> Session:
    """One step back in this flow, or out of it; from the menu to the question who is there."""
    frame = top(session)
    if frame.trail:
        return put(session, replace(frame, step=frame.trail[-1], trail=frame.trail[:-1]))
    if len(session.stack) > 1:
        return replace(session, stack=session.stack[:-1])
    if frame.flow == "menu":
        return replace(session, stack=(ASKED_WHO,), code=None)  # somebody else may say who they are
    return session if frame.flow == WELCOME.flow else home(session)


def to_menu(session: Session, flows: Flows) -> Session:
    """To the menu, keeping a draft under it so that it can be gone on with."""
    kept = session.stack
    while kept and not flows[kept[-1].flow].resumable:
        kept = kept[:-1]
    return replace(session, stack=_fitting((*kept, MENU), flows))
