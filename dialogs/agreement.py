"""The words of consent. A change of meaning needs a new version: what was agreed to is kept by its hash.

In short first, and all of it behind a tap. What is hashed is what was shown: docs/decisions/0027-consent-in-short.md.
Each purpose is asked apart: messages by a button of the same screen, figures on a screen of their own.
"""

from dataclasses import dataclass

from dialogs.commands import Consent
from dialogs.purposes import STANDS_MONTHS, Purpose
from dialogs.text import Text, say

VERSION = "2026-11-23.5"
ASKED = say("consent", "You can agree that your request is sent to the Ac.Sé coordination.")
PURPOSE = {
    "place": say("consent", "It reads your answers to look for a safe place and for people who can support you."),
    "advice": say("consent", "It reads your answers to advise you. It looks for no place."),
    "child": say("consent", "It reads your answers to help those who protect children. It looks for no place."),
}
THIS = say("consent", "This is sent:")
SHORT = {
    "place": say("consent", "Do you agree? Your answers then go to the Ac.Sé coordination, to look for a safe place."),
    "advice": say("consent", "Do you agree? Your answers then go to the Ac.Sé coordination, to advise you."),
    "child": say(
        "consent", "Do you agree? Your answers then go to the Ac.Sé coordination, to help those who protect children."
    ),
}
SHORT_READ = say("consent", "People there read them and answer through your receipt. Nobody calls you.")
MESSAGES = say("consent", "You choose whether they may write to you there.")
SHORT_FREE = say("consent", "You may say no, or take it back later. Your rights stay the same.")
CHILD = say("consent", "A child in danger? A professional may tell the police or justice.")
NAMELESS = say("consent", "Your name is not in it.")
OWN_NOTE = say("consent", "What you wrote in free words is sent too. Only the coordination can open it.")
THEIR_NOTE = (
    say(
        "consent",
        "The professional wrote something in free words. It is sent too, and not translated: ask them to read it to you.",
    ),
    say("consent", "Your name should not stand there. Only the coordination can open these words."),
)
CONTACT = say("consent", "The work contact of the professional is sent too. The coordination can call them.")
TWO_RECEIPTS = say("consent", "You get a receipt, and the professional another one. Both see the answers.")
BOTH_WRITE = say("consent", "Both of you can write to the coordination. Neither reads what the other wrote.")
READ = say("consent", "People of the coordination read the request. They answer through the receipt.")
UNCALLED = say("consent", "Nobody calls you or writes to your phone. You look for the answer here, with your receipt.")
KEPT = (
    say("consent", "Messages and free words are deleted 90 days after the request has ended, at the latest."),
    say(
        "consent",
        "The other answers are deleted when you take the request back, or {months} months after you agree.",
        months=STANDS_MONTHS,
    ),
    say("consent", "Before that, you can agree again with your receipt."),
)
FREE = (
    say("consent", "You can take the request back at any time with your receipt."),
    say("consent", "You may say no. Nothing bad follows from it, and your rights stay the same."),
)

STATISTICS = (
    say("consent", "One more question, apart. Your request is sent in either case."),
    say("consent", "May your request be counted once a year, in figures about many people?"),
    say("consent", "For example: how many women, which kind of work, which part of France."),
    say("consent", "Numbers under 11 are not shown. None of your own words are used."),
    say("consent", "You can say no later with your receipt. Figures that are already made stay as they are."),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request holds, for who agrees to it: its lines, what it is for, what comes with it.

    `writes`: whether messages can be sealed to the coordination.
    """

    lines: tuple[Text, ...] = ()
    purpose: str = "place"
    professional: bool = False
    note: bool = False
    contact: bool = False
    writes: bool = False


def in_short(sent: Sent) -> tuple[Text, ...]:
    """What the person reads first. Who has just read what is sent need not read it again; beside a professional, they must."""
    lines = (THIS, *sent.lines) if sent.professional else ()
    return (SHORT[sent.purpose], *lines, *_of_child(sent), *_with(sent), SHORT_FREE)


def _of_child(sent: Sent) -> tuple[Text, ...]:
    """Who may be told about a child. Source: Code pénal, art. 226-14 and 434-3, as on the privacy page."""
    return (CHILD,) if sent.purpose == "child" else ()


def _with(sent: Sent) -> tuple[Text, ...]:
    """What comes with the answers, and how the coordination answers."""
    note = (THEIR_NOTE if sent.professional else (OWN_NOTE,)) if sent.note else ()
    contact = (CONTACT,) if sent.contact else ()
    receipts = (TWO_RECEIPTS,) if sent.professional else ()
    return (*note, *contact, *receipts, SHORT_READ, MESSAGES)


def words(sent: Sent) -> tuple[Text, ...]:
    """All that the person reads before they decide."""
    note = (THEIR_NOTE if sent.professional else (OWN_NOTE,)) if sent.note else (NAMELESS,)
    contact = (CONTACT,) if sent.contact else ()
    both = (BOTH_WRITE,) if sent.writes else ()
    reached = (TWO_RECEIPTS, *both, READ, MESSAGES) if sent.professional else (READ, MESSAGES, UNCALLED)
    return (ASKED, PURPOSE[sent.purpose], *_of_child(sent), THIS, *sent.lines, *note, *contact, *reached, *KEPT, *FREE)


def given(sent: Sent, language: str, *, whole: bool, silent: bool = False) -> Consent:
    """What was agreed to, in the language in which it was read: all of it, or in short, with what was to be sent.

    `silent`: to the request, and not to messages.
    """
    purposes: tuple[Purpose, ...] = ("search",) if silent else ("search", "contact")
    read = words(sent) if whole else (*in_short(sent), *(() if sent.professional else sent.lines))
    return Consent(read, language, VERSION, purposes)


def counted(language: str, *, later: bool = False) -> Consent:
    """What was agreed to by whoever lets the request be counted; `later`: once it was sent, behind the receipt."""
    return Consent(STATISTICS[later:], language, VERSION, ("statistics",))
