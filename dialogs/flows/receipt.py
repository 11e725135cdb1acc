"""What a receipt opens: the state of a request, the coordination's messages, an answer, taking it back."""

from dataclasses import replace

from dialogs import pinging
from dialogs.agreed import AGREED, NO_MESSAGES, silent
from dialogs.agreed import STEPS as AGREEMENTS
from dialogs.anew import RENEW, last_opened
from dialogs.anew import STEPS as ANEW_STEPS
from dialogs.choices import HAVE_RECEIPT, HUMAN
from dialogs.commands import WithdrawReferral
from dialogs.declining import WHY, instead
from dialogs.events import WAIT_MINUTES, Chose, ReceiptSeen
from dialogs.flow import Flow, Move, Reply, Scene, Step, again, done, go, switch
from dialogs.handing import SAFE_WORD
from dialogs.handing import STEPS as HANDING
from dialogs.letters import Letter, read
from dialogs.practising import ANOTHER, ANOTHER_TOLD, another, may_replace
from dialogs.practising import STEPS as PRACTISING
from dialogs.renewing import answers, of_sign_up
from dialogs.replying import PROPOSAL, decides, professionals, ready_for, takes
from dialogs.replying import STEPS as REPLYING
from dialogs.screen import Choice, Screen
from dialogs.standing_words import STATES, WAITS, late, waiting
from dialogs.text import Text, say

ENTER = (
    say("receipt", "Write your receipt here: the eight words, or the numbers."),
    say("receipt", "It opens the news about your request."),
)
WRONG = {
    "mistyped": say("receipt", "One word or number is not right. Look again, and write the whole receipt once more."),
    "unknown": say("receipt", "No request belongs to this receipt. Look again at every word."),
    "wait": say(
        "receipt",
        "There were too many wrong tries. Please wait {minutes} minutes, then try again.",
        minutes=WAIT_MINUTES,
    ),
    "busy": say("receipt", "Many people are here now, so I could not look. Please try again in a minute."),
}
NOT_ONE = say("receipt", "This does not look like a receipt. It has eight words, or 27 numbers.")
LIAISON = say("receipt", "It concerns a person under 18: child protection comes first.")
NO_MESSAGE = say("receipt", "There is no message yet.")
ONCE = say("receipt", "Messages are shown once. Write your receipt again to see them again.")
WRITE = Choice("write", say("receipt", "Write to the coordination"))
AGAIN = Choice("again", say("receipt", "Write the receipt again"))
WITHDRAW = Choice("withdraw", say("receipt", "Take the request back"))
CLOSE = Choice("close", say("receipt", "Close"))
THEY_DECIDE = say("receipt", "The person decides, with their own receipt.")
NEW_ONE = say("receipt", "You can make a new request, or reach a person.")
SURE = (
    say("receipt", "Take the request back? The answers and the messages are then deleted."),
    say("receipt", "The coordination only sees that there was a request, and when."),
    say("receipt", "What somebody has already read, they may remember."),
    say("receipt", "This cannot be undone. You can make a new request later."),
)
YES = Choice("yes", say("receipt", "Yes, take it back"), intent="affirm")
NO = Choice("no", say("receipt", "No, keep it"), intent="deny")
LOST = Choice("lost", say("receipt", "I have lost it"), intent="lost_it")
GONE = (
    say("receipt", "A receipt cannot be found again: nobody keeps its words."),
    say("receipt", "On the web it was shown only once. On Telegram, look above: do its words still stand there?"),
    say("receipt", "If you find them, write them down now."),
    say("receipt", "If not: your request has arrived and is read, but you cannot see the answer."),
    NEW_ONE,
)
SAY_IT = say("receipt", "In a new one, write at the end that you asked before and lost your receipt.")
ANEW = Choice("anew", say("receipt", "Make a new request"))
NOT_GIVEN = say("receipt", "The person has not seen their own receipt yet.")
HAND = Choice("hand_over", say("receipt", "Show the person their own receipt"))


def _take_enter(scene: Scene, reply: Reply) -> Move | None:
    if isinstance(reply, Chose):
        return go("lost")
    if reply.receipt is None:
        return again(NOT_ONE)
    if reply.receipt.outcome != "open":
        return again(WRONG[reply.receipt.outcome])
    return _opened(scene, reply.receipt)


def _show_lost(scene: Scene) -> Screen:
    """Without somebody to seal for, a request has no place for words of one's own.

    Where the receipt was made in this very conversation, another one can take its place.
    """
    if may_replace(scene):
        return Screen((*GONE[:3], ANOTHER_TOLD), (ANOTHER, ANEW, HUMAN), language=scene.answer("language"))
    return Screen((*GONE, *((SAY_IT,) if scene.session.sealing else ())), (ANEW, HUMAN))


def _take_lost(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == ANOTHER.id:
        return another(scene) or done()
    return switch("referral" if reply.choice == "anew" else "human")


def _opened(scene: Scene, seen: ReceiptSeen) -> Move:
    if seen.sign_up is not None:
        return switch("signed_up", "open", **of_sign_up(seen.sign_up))
    told = tuple(line for sealed in seen.messages for line in _message(scene, seen, read(sealed)))
    safe = (say("receipt", "Your safe words: {words}", words=seen.safe_word), *SAFE_WORD) if seen.safe_word else ()
    liaison = "yes" if seen.liaison else "no"
    none = seen.standing.state == "withdrawn" or (seen.holder == "person" and "contact" in seen.standing.without)
    news = (*told, ONCE) if told else () if none else (NO_MESSAGE,)
    last = () if seen.standing.state == "withdrawn" else (last_opened(seen.last),)
    shown = (*news, *last, *safe)
    note = (Screen(shown, once=True, alone=seen.holder == "professional"),) if shown else ()
    known = answers(seen.standing) | {"number": str(seen.number)}
    return go("open", *note, referral=seen.referral, holder=seen.holder, liaison=liaison, **known)


def _message(scene: Scene, seen: ReceiptSeen, letter: Letter) -> tuple[Text, ...]:
    """A ready answer in the reader's language, and in one of theirs that has no screens; free words as they were written."""
    answer = scene.library.answers.get(letter.said) if letter.kind == "answer" else None
    told = say("receipt", "The coordination writes: {message}", message=answer.text if answer else letter.said)
    own = ready_for(scene.library, seen.standing.speaks) if seen.holder == "person" else None
    return (told, say("name", "{name}", name=own.answers[letter.said])) if answer and own else (told,)


def _show_open(scene: Scene) -> Screen:
    state = scene.answer("state") or "received"
    over = state in ("withdrawn", "closed")
    refused = state == "declined"
    lines = [STATES[state]]
    if refused or state == "transferred":
        lines += [line for line in (WHY.get(scene.answer("reason") or ""), instead(scene)) if line]
    if over or refused:
        lines.append(NEW_ONE)
    if silent(scene) and not over:
        lines.append(NO_MESSAGES)
    if scene.answer("liaison") == "yes":
        lines.append(LIAISON)
    lines += [line for line in waiting(scene) if line is not WAITS or not silent(scene)]
    unshown = professionals(scene) and scene.answer("unshown")
    if unshown:
        lines.append(NOT_GIVEN)
    if professionals(scene) and state == "place_offered":
        lines.append(THEY_DECIDE)
    hand = (HAND,) if unshown else ()
    proposal = (PROPOSAL,) if decides(scene) else ()
    write = (WRITE,) if takes(scene) else ()
    elsewhere = (ANEW, HUMAN) if over or refused else (HUMAN,) if late(scene) else ()
    renew = (RENEW,) if state != "withdrawn" and scene.answer("number") else ()
    own = (AGREED, WITHDRAW) if scene.answer("holder") == "person" and state != "withdrawn" else ()
    ways = (*hand, *proposal, *write, *elsewhere, *pinging.ways(scene), AGAIN, *renew, *own, CLOSE)
    return Screen(tuple(lines), ways, alone=professionals(scene))


def _take_open(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "write":
            return go("write" if professionals(scene) else "reply")
        case "withdraw" | "agreed" | "renew" | "proposal":
            return go(reply.choice)
        case "hand_over":
            return go("hand", language=scene.answer("unshown") or scene.session.language)
        case "anew" | "human":
            return switch("referral" if reply.choice == "anew" else "human")
        case pinging.OFFER.id:
            return go("ping")
        case pinging.CUT.id:
            return pinging.cut(scene)
        case "again":
            return go("enter")
        case _:
            return done()


def _take_withdraw(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == "no":
        return go("open")
    withdrawn = WithdrawReferral(scene.answer("referral") or "")
    return replace(go("open", state="withdrawn", takes="no"), commands=(withdrawn,))


FLOW = Flow(
    "receipt",
    (
        Step("enter", lambda _: Screen(ENTER, (LOST,), asks_text=True), _take_enter),
        Step("lost", _show_lost, _take_lost),
        Step("open", _show_open, _take_open),
        Step("withdraw", lambda _: Screen(SURE, (YES, NO), deliberate=True), _take_withdraw),
        *REPLYING,
        *AGREEMENTS,
        *ANEW_STEPS,
        *HANDING,
        *PRACTISING,
        *pinging.STEPS,
    ),
    {"check_referral": "enter"},
    HAVE_RECEIPT,  # not resumable: an opened request is not left to the next person at the device
)
