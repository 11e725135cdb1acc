"""Handing over a new receipt: its words are known to the host alone, and are shown once."""

from dialogs.screen import Screen
from dialogs.text import Later, Text, say

SENT = say("receipt", "The request is sent.")
LATER = (
    say("receipt", "Look for the answer from tomorrow on. It can take several days."),
    say("receipt", "If it gets worse, do not wait: call an emergency number."),
)
KEPT = (
    say("receipt", "The receipt was shown once. It cannot be shown again."),
    say("receipt", "Keep it where nobody else looks, or learn it by heart."),
    say("receipt", "With it you can see the answer, here or on another device."),
    *LATER,
)
GIVE = say("receipt", "Write down your own receipt first. Then give the device to the person: their receipt follows.")
NEXT = say("receipt", "This part is for you alone.")


def handed(reader: str, *, professional: bool) -> tuple[Screen, ...]:
    """The screens that show the receipts: the professional's first, then the person's, in the language they read."""
    if not professional:
        return (Screen((SENT, *shown_once("person")), once=True),)
    own = Screen((SENT, *shown_once("professional"), GIVE), once=True, alone=True)
    return own, Screen((NEXT, SENT, *shown_once("person")), once=True, language=reader)


def shown_once(holder: str) -> tuple[Text, ...]:
    """The words of a new receipt, which only the host knows, for the person or the professional."""
    heads = {
        "person": say("receipt", "This is your receipt. Write it down now: it is shown only this once."),
        "professional": say(
            "receipt", "This is your own receipt, for you as a professional. It is shown only this once."
        ),
    }
    return (
        heads[holder],
        say("receipt", "Words: {words}", words=Later(f"receipt.{holder}.words")),
        say("receipt", "Or numbers: {digits}", digits=Later(f"receipt.{holder}.digits")),
    )
