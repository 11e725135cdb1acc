"""Writing behind a receipt: one tap first, free words with their language, and the answer to a proposal."""

from collections.abc import Iterable
from dataclasses import replace

from dialogs.agreed import NO_MESSAGES, silent
from dialogs.asking import asks
from dialogs.commands import DecideOnProposal, PostMessage
from dialogs.events import Chose, Holder, Said
from dialogs.flow import Move, Reply, Scene, Step, again, enter, go
from dialogs.letters import REPLIES, URGENT, Letter, Ready
from dialogs.library import Library
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say
from dialogs.typed import begins

TAPS = (
    say("receipt", "What do you want to tell the coordination?"),
    say("receipt", "One tap is enough: it reads it in its own language."),
    say("receipt", "Or write it. Please write no names, no addresses and no phone numbers."),
)
BEFORE = (
    say("receipt", "What do you want to tell the coordination?"),
    say("receipt", "Please write no names, no addresses and no phone numbers."),
)
FOUND = say("receipt", "Names and numbers that I found are left out. Look again: I may have missed some.")
LOOK = say("receipt", "Look again: no names, no addresses and no numbers should stand there.")
READ_IN = ("fr", "en")  # languages of the console
FOREIGN = say("receipt", "The coordination reads French and English. For other languages it asks an interpreter.")
SEND = Choice("send", say("receipt", "Send this"), intent="affirm")
CHANGE = Choice("change", say("receipt", "Write it again"), intent="deny")
NOT_YET_SENT = say("receipt", "Nothing was sent yet. Tap “Send this”, or write the whole message again.")
SENT = say("receipt", "Sent. The answer will wait behind your receipt.")
NOT_SENT = {
    "withdrawn": say("receipt", "The request was taken back. Your message was not sent."),
    "closed": say("receipt", "The request is closed. Your message was not sent."),
}
NO_READER = say("receipt", "Nobody can read messages now. Your message was not sent.")
PROPOSAL = Choice("proposal", say("receipt", "Answer the proposal"))
DECIDE = (
    say("receipt", "The coordination makes a proposal. It is explained by voice only, never here."),
    say("receipt", "You decide freely. If you say no, nothing bad follows, and it goes on looking."),
)
AGREED = (
    say("receipt", "You agreed to the proposal. You can still change your mind."),
    say("receipt", "If you say no now, nothing bad follows, and the coordination goes on looking."),
)
AGREE = Choice("agree", say("receipt", "I agree"), intent="affirm")
DISAGREE = Choice("disagree", say("receipt", "I do not agree"), intent="deny")
NOT_YET = Choice("not_yet", say("receipt", "Not yet: I want to ask something"))
NOTED = {
    "agreed": say("receipt", "It is noted: you agree. You can change your mind here."),
    "searching": say("receipt", "It is noted: you do not agree. The coordination goes on looking."),
}
DECIDABLE = ("place_offered", "agreed")
EXPECTS = frozenset(("change_language",))  # "please write in Spanish" is a message to the coordination


def professionals(scene: Scene) -> bool:
    """Whether the receipt that opened is the professional's: the person beside them has one of their own."""
    return scene.answer("holder") == "professional"


def takes(scene: Scene) -> bool:
    """Whether who holds the receipt can write."""
    return scene.answer("takes") != "no" and not silent(scene)


def decides(scene: Scene) -> bool:
    """Whether there is a proposal that the holder of this receipt can answer, or take their yes back."""
    return not professionals(scene) and scene.answer("state") in DECIDABLE


def _show_reply(scene: Scene) -> Screen:
    theirs = ready_for(scene.library, scene.chosen("speaks"))
    taps = tuple(
        Choice(name, _in_both(label, theirs.replies[name] if theirs else "")) for name, label in REPLIES.items()
    )
    return Screen(TAPS, taps, asks_text=True, verbatim=True)


def ready_for(library: Library, speaks: Iterable[str]) -> Ready | None:
    """What can be said in the first of somebody's languages (ISO codes) that has no screens, and is known here; or None."""
    return next((library.ready[code] for code in speaks if code in library.ready), None)


def _in_both(label: Text, own: str) -> Text:
    return say("receipt", "{own} · {reply}", reply=label, own=own) if own else label


def _take_reply(scene: Scene, reply: Reply) -> Move | None:
    """One tap is sent as it is; words that are typed here are the message, be they "yes" alone."""
    if isinstance(reply, Said):
        return _take_write(scene, reply)
    if reply.choice not in REPLIES:
        return None
    if refused := _not_sent(scene):
        return refused
    urgent = reply.choice == URGENT
    sent = _post(scene, Letter(reply.choice, "reply"), urgent=urgent)
    told = enter("crisis") if urgent else go("open", Screen((SENT,)))
    return replace(told, commands=(sent,))


def _post(scene: Scene, letter: Letter, *, urgent: bool) -> PostMessage:
    holder: Holder = "professional" if professionals(scene) else "person"
    return PostMessage(scene.answer("referral") or "", holder, letter, urgent)


def _take_write(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Said) or not (text := reply.text.strip()):
        return None
    urgent = "yes" if reply.understanding.danger else "no"
    tongue = reply.understanding.language or scene.session.language
    return _not_sent(scene) or go("approve", text=text, urgent=urgent, tongue=tongue)


def _not_sent(scene: Scene) -> Move | None:
    """Back to the request, where it takes no messages any more."""
    if takes(scene):
        return None
    told = NOT_SENT.get(scene.answer("state") or "", NO_MESSAGES if silent(scene) else NO_READER)
    return go("open", Screen((told,), alone=professionals(scene)), text="")


def _show_approve(scene: Scene) -> Screen:
    text = scene.answer("text") or ""
    shown = say("receipt", "This will be sent: {text}", text=text)
    foreign = () if scene.answer("tongue") in READ_IN else (FOREIGN,)
    lines = (shown, FOUND if "[" in text else LOOK, *foreign)
    return Screen(lines, (SEND, CHANGE), deliberate=True, alone=professionals(scene))


def _take_approve(scene: Scene, reply: Reply) -> Move | None:
    """Send, or write anew; words typed here are the new message, and what only begins like a yes or a no is neither."""
    if isinstance(reply, Said) and (begins(reply.text) or asks(reply, "affirm", "deny")):
        return None if asks(reply) else again(NOT_YET_SENT, alone=professionals(scene))
    if isinstance(reply, Said):
        return _take_write(scene, reply)
    if reply.choice == "change":
        return go("write", text="")
    if refused := _not_sent(scene):
        return refused
    letter = Letter(scene.answer("text") or "", "text", scene.answer("tongue") or "")
    sent = _post(scene, letter, urgent=scene.answer("urgent") == "yes")
    return replace(go("open", Screen((SENT,), alone=professionals(scene)), text=""), commands=(sent,))


def _show_proposal(scene: Scene) -> Screen:
    if scene.answer("state") == "agreed":
        return Screen(AGREED, (DISAGREE,), deliberate=True)
    return Screen(DECIDE, (AGREE, DISAGREE, *((NOT_YET,) if takes(scene) else ())), deliberate=True)


def _take_proposal(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == NOT_YET.id or not decides(scene):
        return go("reply" if decides(scene) and takes(scene) else "open")
    state = "agreed" if reply.choice == "agree" else "searching"
    decided = DecideOnProposal(scene.answer("referral") or "", agrees=state == "agreed")
    return replace(go("open", Screen((NOTED[state],)), state=state), commands=(decided,))


STEPS: tuple[Step, ...] = (
    Step("reply", _show_reply, _take_reply, expects=EXPECTS),
    Step(
        "write",
        lambda scene: Screen(BEFORE, asks_text=True, alone=professionals(scene)),
        _take_write,
        expects=EXPECTS,
    ),
    Step("approve", _show_approve, _take_approve, expects=EXPECTS),
    Step("proposal", _show_proposal, _take_proposal),
)
