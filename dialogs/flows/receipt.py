"""What a receipt opens: the state of a request, the coordination's messages, an answer, taking it back."""

from dataclasses import replace

from dialogs.commands import PostMessage, WithdrawReferral
from dialogs.events import Chose, Holder, ReceiptSeen, Said
from dialogs.flow import Flow, Move, Reply, Scene, Step, again, done, go, switch
from dialogs.screen import Choice, Screen
from dialogs.text import say

ENTER = (
    say("receipt", "Write your receipt here: the eight words, or the numbers."),
    say("receipt", "It opens the news about your request."),
)
WRONG = {
    "mistyped": say("receipt", "One word or number is not right. Look again, and write the whole receipt once more."),
    "unknown": say("receipt", "No request belongs to this receipt. Look again at every word."),
    "wait": say("receipt", "There were too many wrong tries. Please wait ten minutes, then try again."),
}
NOT_ONE = say("receipt", "This does not look like a receipt. It has eight words, or 27 numbers.")
STATES = {
    "received": say("receipt", "The request has arrived. Nobody has taken it yet."),
    "claimed": say("receipt", "A person of the coordination is working on it."),
    "accepted": say("receipt", "The coordination has accepted the request."),
    "declined": say(
        "receipt", "The coordination cannot take this request. Read the messages: they say what else can help."
    ),
    "closed": say("receipt", "The request is closed. You can make a new one."),
    "withdrawn": say("receipt", "The request was taken back. What was written in free words is deleted."),
}
LIAISON = say("receipt", "It concerns a person under 18: child protection comes first.")
NO_MESSAGE = say("receipt", "There is no message yet.")
ONCE = say("receipt", "Messages are shown once. Write your receipt again to see them again.")
WRITE = Choice("write", say("receipt", "Write to the coordination"))
AGAIN = Choice("again", say("receipt", "Write the receipt again"))
WITHDRAW = Choice("withdraw", say("receipt", "Take the request back"))
CLOSE = Choice("close", say("receipt", "Close"))
BEFORE = (
    say("receipt", "What do you want to tell the coordination?"),
    say("receipt", "Please write no names, no addresses and no phone numbers."),
)
SEND = Choice("send", say("receipt", "Send this"), intent="affirm")
CHANGE = Choice("change", say("receipt", "Write it again"), intent="deny")
SENT = say("receipt", "Sent. The answer will wait behind your receipt.")
SURE = (
    say("receipt", "Take the request back? The coordination can then no longer read it."),
    say("receipt", "This cannot be undone. You can make a new request later."),
)
YES = Choice("yes", say("receipt", "Yes, take it back"), intent="affirm")
NO = Choice("no", say("receipt", "No, keep it"), intent="deny")
KEPT = (
    say("receipt", "The receipt was shown once. It cannot be shown again."),
    say("receipt", "Keep it where nobody else looks, or learn it by heart."),
    say("receipt", "With it you can see the answer: here, in the browser or on Telegram."),
)
LOST = Choice("lost", say("receipt", "I have lost it"))
GONE = (
    say("receipt", "A receipt cannot be found again: nobody keeps its words."),
    say("receipt", "You can make a new request, or reach a person."),
)
ANEW = Choice("anew", say("receipt", "Make a new request"))
HUMAN = Choice("human", say("human", "Reach a person"))
FINISHED = Choice("finished", say("receipt", "I have kept it"), intent="affirm")


def _take_enter(_: Scene, reply: Reply) -> Move | None:
    if isinstance(reply, Chose):
        return go("lost")
    if reply.receipt is None:
        return again(NOT_ONE)
    if reply.receipt.outcome != "open":
        return again(WRONG[reply.receipt.outcome])
    return _opened(reply.receipt)


def _take_lost(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return switch("referral" if reply.choice == "anew" else "human")


def _opened(seen: ReceiptSeen) -> Move:
    told = tuple(say("receipt", "The coordination writes: {message}", message=m) for m in seen.messages)
    liaison = "yes" if seen.liaison else "no"
    read = (*told, ONCE) if told else () if seen.state == "withdrawn" else (NO_MESSAGE,)
    note = (Screen(read, once=True),) if read else ()
    return go("open", *note, referral=seen.referral, holder=seen.holder, state=seen.state, liaison=liaison)


def _show_open(scene: Scene) -> Screen:
    state = scene.answer("state") or "received"
    lines = (STATES[state], LIAISON) if scene.answer("liaison") == "yes" else (STATES[state],)
    over = state in ("withdrawn", "closed")
    withdraw = (WITHDRAW,) if scene.answer("holder") == "person" and not over else ()
    return Screen(lines, (*(() if state == "withdrawn" else (WRITE,)), AGAIN, *withdraw, CLOSE))


def _take_open(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "write" | "withdraw":
            return go(reply.choice)
        case "again":
            return go("enter")
        case _:
            return done()


def _take_write(_: Scene, reply: Reply) -> Move | None:
    text = reply.text.strip() if isinstance(reply, Said) else ""
    return go("approve", text=text) if text else None


def _show_approve(scene: Scene) -> Screen:
    text = scene.answer("text") or ""
    return Screen(
        (
            say("receipt", "This will be sent: {text}", text=text),
            say("receipt", "Names and numbers that I found are left out."),
        ),
        (SEND, CHANGE),
    )


def _take_approve(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == "change":
        return go("write", text="")
    holder: Holder = "professional" if scene.answer("holder") == "professional" else "person"
    sent = PostMessage(scene.answer("referral") or "", holder, scene.answer("text") or "")
    return replace(go("open", Screen((SENT,)), text=""), commands=(sent,))


def _take_withdraw(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == "no":
        return go("open")
    withdrawn = WithdrawReferral(scene.answer("referral") or "")
    return replace(go("open", state="withdrawn"), commands=(withdrawn,))


def _take_kept(_: Scene, reply: Reply) -> Move | None:
    return done() if isinstance(reply, Chose) else None


FLOW = Flow(
    "receipt",
    say("menu", "I have a receipt: news and messages"),
    (
        Step("enter", lambda _: Screen(ENTER, (LOST,), asks_text=True), _take_enter),
        Step("lost", lambda _: Screen(GONE, (ANEW, HUMAN)), _take_lost),
        Step("open", _show_open, _take_open),
        Step("write", lambda _: Screen(BEFORE, asks_text=True), _take_write),
        Step("approve", _show_approve, _take_approve),
        Step("withdraw", lambda _: Screen(SURE, (YES, NO)), _take_withdraw),
        Step("kept", lambda _: Screen(KEPT, (FINISHED,)), _take_kept),
    ),
    {"check_referral": "enter"},
    resumable=True,
)
