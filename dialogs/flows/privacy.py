"""What is kept, and erasing it."""

from dialogs import kept
from dialogs.choices import WHAT_IS_KEPT
from dialogs.commands import Forget
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, done, end, enter, go
from dialogs.purposes import STANDS_MONTHS
from dialogs.screen import Choice, Screen
from dialogs.text import say

KEPT = say("privacy", "Your answers are kept in cipher, and deleted 30 minutes after your last message.")
STAYS = say(
    "privacy",
    "A request that you send stays with the coordination. Its messages and free words are deleted 90 days after its end.",
)
OTHERS_STAY = say(
    "privacy", "Its other answers are kept until you take it back, at most {months} months.", months=STANDS_MONTHS
)
ALL_STAYS = say(
    "privacy",
    "A request that you send stays with the coordination until you take it back, at most {months} months.",
    months=STANDS_MONTHS,
)
NOT_ASKED = (
    say("privacy", "You are not asked for your name, your phone number or your address."),
    say("privacy", "This device may keep traces. Somebody who holds it may see them."),
)
REMAINS = (
    say("privacy", "Erase this conversation? All its answers are deleted at once."),
    say("privacy", "A request that was already sent remains. You can take it back with your receipt."),
    say("privacy", "Messages may stay visible in your app or on this device. Delete them there too."),
)
ERASED = (
    say("privacy", "Erased. Nothing of this conversation is kept."),
    say("privacy", "If you sent a request, it remains. Your receipt opens it, and can take it back."),
)
ALL = Choice("kept", say("privacy", "All that is kept, how long, and who can read it"))
MORE = Choice("more", say("privacy", "More about privacy"))
ERASE = Choice("erase", say("privacy", "Erase this conversation"))
YES = Choice("yes", say("privacy", "Yes, erase now"), intent="affirm")
NO = Choice("no", say("privacy", "No, keep it"), intent="deny")


def _show_about(scene: Scene) -> Screen:
    """Messages and free words are spoken of only where the coordination can be written to."""
    stays = (STAYS, OTHERS_STAY) if scene.session.sealing else (ALL_STAYS,)
    return Screen((KEPT, *stays, *NOT_ASKED), (ERASE, ALL, MORE))


def _show_kept(scene: Scene) -> Screen:
    """The table of what is kept, as far as it concerns people; free words only where there can be some."""
    told = (one for one in kept.KEPT if one.personal and (scene.session.sealing or one.id != "sealed"))
    return Screen(tuple(kept.line(one) for one in told), (ERASE, MORE))


def _take_about(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return go(reply.choice) if reply.choice in ("erase", "kept") else enter("information", "page/privacy")


def _take_erase(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return end(*ERASED, commands=(Forget(),)) if reply.choice == "yes" else done()


FLOW = Flow(
    "privacy",
    (
        Step("about", _show_about, _take_about),
        Step("kept", _show_kept, _take_about),
        Step("erase", lambda _: Screen(REMAINS, (YES, NO)), _take_erase),
    ),
    {"delete_my_data": "erase"},
    WHAT_IS_KEPT,
)
