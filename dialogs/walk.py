"""Carries out the moves that one event leads to."""

from dataclasses import replace

from dialogs.age import OWN_AGE
from dialogs.commands import Command
from dialogs.flow import Flow, Flows, Move, Reply, Scene
from dialogs.library import Library
from dialogs.present import present, step_of
from dialogs.screen import Screen
from dialogs.session import Frame, Session
from dialogs.stack import ASKED_WHO, aged, following, home, on_path, push, put, record, returned, said_who, top, walked

MAX_MOVES = 20  # moves one event may lead to (a called flow's end, then its caller's, and so on)


class Walk:
    """Carries out the moves of one event, collecting what is to be said and done."""

    def __init__(self, session: Session, flows: Flows, library: Library) -> None:
        self.session, self.flows, self.library = session, flows, library
        self.notes: tuple[Screen, ...] = ()
        self.commands: tuple[Command, ...] = ()
        self._moves = 0
        self._shown: tuple[Session, Screen] | None = None
        self._took: tuple[Session, Reply, Move | None] | None = None

    @property
    def flow(self) -> Flow:
        """The flow the person is in."""
        return self.flows[top(self.session).flow]

    @property
    def screen(self) -> Screen:
        """The screen the person is at, made once for as long as the session stands."""
        if self._shown is None or self._shown[0] is not self.session:
            self._shown = self.session, present(self.session, self.flows, self.library)
        return self._shown[1]

    def taken(self, reply: Reply) -> Move | None:
        """What the present step makes of a reply, asked once for as long as the session stands."""
        if self._took is None or self._took[0] is not self.session or self._took[1] is not reply:
            scene = Scene(self.session, top(self.session), self.library)
            self._took = self.session, reply, step_of(self.session, self.flows).take(scene, reply)
        return self._took[2]

    def follow(self, move: Move) -> None:
        """Carry out a move, and those it leads to."""
        self._moves += 1
        self.notes += move.notes
        self.commands += move.commands
        if move.language:
            self.speak(move.language)
        if move.audience:  # somebody begins, who reads what was on the screen; nobody is beside them yet
            self.session = replace(self.session, language=self.session.spoken).with_beside(None)
        if move.beside is not None:
            self.session = self.session.with_beside(move.beside or None)
        before = self.session
        audience = move.audience or before.audience
        code = before.code if audience in (None, "professional") and before.audience in (None, audience) else None
        told = before.told and not move.audience
        self.session = replace(before, audience=audience, code=code, told=told, ended=move.ended)
        if self._moves > MAX_MOVES:
            self.session = home(self.session)
        elif not move.ended:
            self._carry_out(move)
            if self.session.audience != before.audience:
                self.session = said_who(before, self.session, self.flows, self.library)

    def speak(self, language: str) -> None:
        """Go on in another language; the one that is left stays one tap away."""
        left = self.session.spoken
        if left != language:
            self.session = replace(self.session.in_language(language), heard=left)

    def _carry_out(self, move: Move) -> None:
        match move.kind:
            case "answer":
                self._answer(move)
            case "keep":
                self._keep(move)
            case "go":
                self._go(move)
            case "enter" | "call":
                self._enter(move)
            case "switch":
                self._switch(move)
            case "done":
                self._done(move)
            case "again":
                pass

    def _answer(self, move: Move) -> None:
        step = self.flow.step(top(self.session).step).id
        self._record(step, move.value)
        step_after = following(self.session, self.flow, self.library)
        if step_after is None:
            self._done(move)
        else:
            self.session = put(self.session, walked(top(self.session), step_after))

    def _keep(self, move: Move) -> None:
        step = self.flow.step(top(self.session).step).id
        self.session = record(self.session, self.flow, f"{step}/ticks", move.value, self.library)

    def _go(self, move: Move) -> None:
        for name, value in move.answers:
            self._record(name, value)
        frame = top(self.session)
        step = move.step or following(self.session, self.flow, self.library) or frame.step
        again = self.flow.step(step).covers and step in (frame.step, *frame.trail)
        self.session = put(self.session, returned(frame, step) if again else walked(frame, step))
        if move.answers:
            self.session = on_path(self.session, self.flow, self.library)

    def _record(self, step: str, value: str) -> None:
        """Write an answer; the age that a person tells of themself is remembered for the whole conversation."""
        of_themself = self.flow.resumable or self.flow.name == OWN_AGE  # and no example's
        if step == "age" and self.session.audience == "person" and of_themself:
            self._aged(value)
        self.session = record(self.session, self.flow, step, value, self.library)

    def _aged(self, value: str) -> None:
        """One age in all that is under way; who asks for it now takes the answer themself."""
        young = value == "minor" or (self.session.minor_told and value != "adult")
        session = replace(self.session, minor_told=young)
        asking = -2 if top(session).called else -1
        under = session.stack[:asking]
        if value != "unknown":
            under = aged(session, under, value, self.flows, self.library)
        self.session = replace(session, stack=(*under, *session.stack[asking:]))

    def told_young(self) -> None:
        """A person has written that they are under 18: taken as true, and asked about where they had said otherwise."""
        session = replace(self.session, minor_told=True)
        if aged(session, session.stack, "minor", self.flows, self.library) != session.stack:
            under = session.stack[:-1] if top(session).flow == "crisis" else session.stack
            session = replace(session, stack=(*under, Frame(OWN_AGE, "age")))
        self.session = session

    def _enter(self, move: Move) -> None:
        if move.flow == "told" and self.session.audience is None:
            self.session = replace(self.session, told=True)
        self.session = push(self.session, self.flows[move.flow], move, self.flows, self.library)

    def _switch(self, move: Move) -> None:
        self.session = replace(self.session, stack=self.session.stack[:-1])
        self._enter(move)

    def _done(self, move: Move) -> None:
        left = top(self.session)
        self.session = replace(self.session, stack=self.session.stack[:-1])
        if not self.session.stack or self.session.stack == (ASKED_WHO,):
            self.session = home(self.session)
        elif left.called:
            self._returned(move.value)

    def _returned(self, value: str) -> None:
        step = self.flow.step(top(self.session).step)
        if step.result:
            self.follow(step.result(Scene(self.session, top(self.session), self.library), value))
        else:
            self.follow(Move("answer", value=value))
