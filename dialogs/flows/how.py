"""How this works, in a few lines."""

from dialogs.choices import HOW
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, enter
from dialogs.screen import Choice, Screen
from dialogs.text import say

LINES = (
    say("help", "You can tap the buttons, or write in your own words."),
    say("help", "“Back” goes one step back. You can change any answer."),
    say("help", "“Menu” shows all that I can do. What you began is kept while you look."),
    say("help", "“Danger” shows the emergency numbers at once. “Hide and leave” closes everything."),
    say("help", "A program answers here. A person reads only what you send to the coordination."),
)
WHOM = Choice("whom", say("help", "Say who it is for"))


def _take(_: Scene, reply: Reply) -> Move | None:
    return enter("whom") if isinstance(reply, Chose) else None


FLOW = Flow("help", (Step("read", lambda _: Screen(LINES, (WHOM,)), _take),), {"help": "read"}, HOW)
