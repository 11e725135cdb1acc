"""One neutral message on Telegram when there is something new: only for who asks for it, once, and cut at any time.

Nothing else is ever sent unasked (docs/decisions/0038). A channel that cannot write first does not offer it.
"""

from dataclasses import replace

from dialogs.commands import AskForPing, CutPing
from dialogs.events import Chose
from dialogs.flow import Move, Reply, Scene, Step, go
from dialogs.kept import DAY, PING
from dialogs.screen import Choice, Screen
from dialogs.text import say

FROM, UNTIL = "10:00", "17:00"  # by clocks in France: when a message on a telephone is least noticed by others
WORDS = say("receipt", "There is something new.")
OFFER = Choice("ping_me", say("receipt", "Write to me here once, when there is something new"))
CUT = Choice("ping_cut", say("receipt", "Do not write to me: forget where I am"))
ASK = (
    say("receipt", "I never write first. If you want, I write here once, when there is something new."),
    say("receipt", "The message says only: “{words}” It comes by day, between 10 and 5 o'clock.", words=WORDS),
    say("receipt", "For this I keep where to write, in cipher: {count} days at most.", count=PING // DAY),
    say("receipt", "You can cut it with your receipt. To hide or erase this chat cuts it, too."),
    say("receipt", "The phone then shows that this chat wrote. Does somebody else look at this phone?"),
)
NOBODY = Choice("nobody", say("receipt", "Nobody else looks: write to me once"))
SOMEBODY = Choice("somebody", say("receipt", "Somebody may look"))
NO = Choice("no", say("receipt", "No message"), intent="deny")
NOTED = say("receipt", "It is noted. One message comes, and then no other.")
WATCHED = say("receipt", "Then nothing is written here. Look with your receipt, when nobody watches.")
IS_CUT = say("receipt", "It is cut. Where to write is deleted. Your receipt works as before.")


def ways(scene: Scene) -> tuple[Choice, ...]:
    """What is offered to the holder of the person's receipt, on a device that is theirs alone."""
    if scene.answer("holder") != "person":
        return ()
    if scene.answer("ping") == "waiting":
        return (CUT,)
    alone = not scene.professional and scene.session.beside is None and scene.answer("watched") != "yes"
    return (OFFER,) if alone and scene.answer("number") and scene.answer("takes") != "no" else ()


def cut(scene: Scene) -> Move:
    """Forget where to write, and stay."""
    forgotten = CutPing(scene.answer("referral") or "")
    return replace(go("open", Screen((IS_CUT,)), ping=""), commands=(forgotten,))


def _take(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == SOMEBODY.id:
        return go("open", Screen((WATCHED,)), watched="yes")
    if reply.choice != NOBODY.id:
        return go("open")
    asked = AskForPing(scene.answer("referral") or "")
    return replace(go("open", Screen((NOTED,)), ping="waiting"), commands=(asked,))


STEPS: tuple[Step, ...] = (Step("ping", lambda _: Screen(ASK, (NOBODY, SOMEBODY, NO), deliberate=True), _take),)
