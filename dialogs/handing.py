"""Handing over a new receipt: its words are known to the host alone, and are shown once."""

from dialogs.text import Later, Text, say


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
