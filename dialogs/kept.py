"""What is kept, how long, why, and who can read it: the one table of it, for the purge, the console, the docs and the chat.

Times are seconds. A person reads what concerns them, in plain words; the console shows all of it.
"""

from dataclasses import dataclass

from dialogs.purposes import STANDS_MONTHS
from dialogs.text import Text, say

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

CONVERSATION = 30 * MINUTE
UNREAD_REPLY = 5 * MINUTE
LATE_REPLY = DAY
SENT_MESSAGE = 2 * DAY
UPDATE_KEY = 2 * DAY
TOMBSTONE = 7 * DAY
WRONG_RECEIPTS = 15 * MINUTE
SEALED = 90 * DAY
ENDED_CODE = 365 * DAY
HOLD = 365 * DAY
PING = 30 * DAY

COORDINATION = say("kept", "the people of the coordination")
HOLDER_OF_IT = say("kept", "who works on the request at the coordination")
NOBODY = say("kept", "nobody: it is in cipher")
PROGRAM = say("kept", "only the program")


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of data. `long`: how long; `why`: for the console; `personal`: it is told to people in the chat."""

    id: str
    what: Text
    long: Text
    readers: Text
    why: Text
    personal: bool = True


KEPT: tuple[Kept, ...] = (
    Kept(
        "conversation",
        say("kept", "Your answers in this chat"),
        say("kept", "{count} minutes after your last message", count=CONVERSATION // MINUTE),
        NOBODY,
        say("console", "To go on where one was"),
    ),
    Kept(
        "trace",
        say("kept", "That there was a chat, and its language"),
        say("kept", "{count} days", count=TOMBSTONE // DAY),
        NOBODY,
        say("console", "To say that a conversation has ended, in its language"),
    ),
    Kept(
        "reply",
        say("kept", "An answer on its way to you"),
        say("kept", "{count} minutes; on Telegram until it is sent, at most one day", count=UNREAD_REPLY // MINUTE),
        PROGRAM,
        say("console", "To repeat an answer that was lost on its way"),
    ),
    Kept(
        "sent",
        say("kept", "On Telegram, which messages can still be deleted"),
        say("kept", "{count} hours", count=SENT_MESSAGE // HOUR),
        PROGRAM,
        say("console", "To delete them when somebody hides the chat"),
    ),
    Kept(
        "ping",
        say("kept", "On Telegram, where to write to you once, if you ask for it"),
        say("kept", "until it is sent or you cut it, at most {count} days", count=PING // DAY),
        PROGRAM,
        say("console", "To say that there is something new, and nothing else"),
    ),
    Kept(
        "wrong_receipts",
        say("kept", "How many wrong receipts came from one chat"),
        say("kept", "{count} minutes", count=WRONG_RECEIPTS // MINUTE),
        NOBODY,
        say("console", "So that nobody can guess receipts"),
    ),
    Kept(
        "triage",
        say("kept", "The answers of a request that you send"),
        say("kept", "until you take it back, at most {months} months after you agree", months=STANDS_MONTHS),
        COORDINATION,
        say("console", "To look for help and a place; the agreement is asked for again before it ends"),
    ),
    Kept(
        "sealed",
        say("kept", "Free words and messages of a request"),
        say("kept", "{count} days after its end, or until you take it back", count=SEALED // DAY),
        HOLDER_OF_IT,
        say("console", "To answer, and for questions soon after the end"),
    ),
    Kept(
        "consent",
        say("kept", "What you agreed to, and when"),
        say("kept", "as long as the record of the work"),
        COORDINATION,
        say("console", "Proof of consent (RGPD art. 7): purpose, version and digest of the text, language, days"),
    ),
    Kept(
        "receipt",
        say("kept", "How a receipt is known again, never its words"),
        say("kept", "as long as the request is known"),
        NOBODY,
        say("console", "So that its holder can look, write and take it back"),
    ),
    Kept(
        "figures",
        say("kept", "Yearly figures, if you agree to be counted"),
        say("kept", "for good: nobody can be seen in them"),
        say("kept", "everybody to whom the coordination shows them"),
        say("console", "Knowing what help is missing; numbers under 11 are hidden"),
    ),
    Kept(
        "audit",
        say("kept", "What the coordination did with a request"),
        say("kept", "for good, without names or words of yours"),
        say("kept", "those who check the work of the coordination"),
        say("console", "Proof of who opened what, chained so that nobody can change it"),
    ),
    Kept(
        "hold",
        say("kept", "A request that a judge, or you, asked to keep"),
        say("kept", "at most {count} days, or until you take it back", count=HOLD // DAY),
        HOLDER_OF_IT,
        say("console", "RGPD art. 17(3) and 18; the person's own withdrawal comes first"),
    ),
    Kept(
        "sign_up_contact",
        say("kept", "The work contact of a sign-up for a training"),
        say("kept", "14 days after the training"),
        COORDINATION,
        say("console", "To tell of changes"),
        personal=False,
    ),
    Kept(
        "sign_up",
        say("kept", "The sign-up itself, without the contact"),
        say("kept", "90 days after the training"),
        COORDINATION,
        say("console", "To see who came"),
        personal=False,
    ),
    Kept(
        "code",
        say("kept", "A professional code, its organisation sealed"),
        say("kept", "{count} days after its end", count=ENDED_CODE // DAY),
        COORDINATION,
        say("console", "To renew it"),
        personal=False,
    ),
    Kept(
        "update",
        say("kept", "That a message was handled, as a keyed digest and a day"),
        say("kept", "{count} days", count=UPDATE_KEY // DAY),
        NOBODY,
        say("console", "So that a repeated message is not answered twice"),
        personal=False,
    ),
    Kept(
        "coordinator",
        say("kept", "Accounts of the coordination"),
        say("kept", "until taken out; then a number, for the record of the work"),
        COORDINATION,
        say("console", "To know who may do what"),
        personal=False,
    ),
)
"""In the order in which they are shown; services/retention.py deletes by the times above."""


def line(kept: Kept) -> Text:
    """One kind in one plain sentence."""
    return say("kept", "{what}: {long}. Who can read it: {who}.", what=kept.what, long=kept.long, who=kept.readers)
