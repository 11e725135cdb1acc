"""The words of consent. A change of meaning needs a new version: what was agreed to is kept by its hash."""

from dialogs.commands import Consent
from dialogs.text import say

VERSION = "2026-11"
TEXT = (
    say("consent", "You can agree that your request is sent to the Ac.Sé coordination."),
    say("consent", "It reads your answers to look for a safe place and for people who can support you."),
    say("consent", "Your name is not in it. Only the coordination can open what was written in free words."),
    say("consent", "The coordination answers through your receipt. It cannot find you or call you."),
    say("consent", "You can take the request back at any time with your receipt."),
    say("consent", "You may say no. Nothing bad follows from it, and your rights stay the same."),
)


def given(language: str) -> Consent:
    """What was agreed to, in the language in which it was read."""
    return Consent(TEXT, language, VERSION)
