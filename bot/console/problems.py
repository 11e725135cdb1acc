"""What can go wrong at the console, in a status and a sentence."""

from dialogs.text import Text, say
from services.rights import Refusal

BAD: Text = say("console", "That did not work")
HEADINGS = {
    400: say("console", "This could not be read"),
    403: say("console", "Not allowed"),
    404: say("console", "There is nothing here"),
    405: say("console", "There is nothing here"),
    409: say("console", "Something changed meanwhile"),
    413: say("console", "Too long"),
    503: say("console", "Busy just now"),
}
SENTENCES = {
    400: say("console", "The page sent something that is not understood. Go back and try once more."),
    403: say("console", "Your role may not do this."),
    404: say("console", "The address is wrong, or what was here is gone."),
    405: say("console", "This address is not opened in this way. Begin again from the queue."),
    413: say("console", "What was sent is too long. Write less and try once more."),
    500: say("console", "The fault is ours, and nothing was changed. Try once more in a moment."),
}
SESSION_OVER = say("console", "Your session has ended. Sign in again to go on.")
STALE_FORM = say("console", "This page was too old. Nothing was done: go on and try once more.")
LINK_NEEDED = say(
    "console",
    "Your second factor was reset. Sign in behind the link that you were given, or ask for a new one.",
)
NEW_FACTOR = say("console", "Sign in here, once, to set up a new second factor.")
QR = say("console", "The key as a picture to scan")
WRONG = say("console", "The name or the password is not right.")
BUSY_S = 60
LINK_DEAD = say("console", "This link was used already, or is older than 24 hours. Ask for a new one.")
NOT_THE_SAME = say("console", "The two passwords are not the same.")

REFUSALS: dict[Refusal, tuple[int, Text]] = {
    "missing": (404, SENTENCES[404]),
    "not_allowed": (403, SENTENCES[403]),
    "taken": (409, say("console", "Somebody else has claimed this request, or it is not waiting any more.")),
    "not_yours": (409, say("console", "You do not hold this request.")),
    "changed": (409, say("console", "Something happened here since you opened the page. Read it again.")),
    "not_possible": (409, say("console", "This is not possible in the present state.")),
    "hold_reason": (400, say("console", "Choose why the deletion is stopped.")),
    "silent": (409, say("console", "The person wants no messages: nothing was sent.")),
    "no_access": (403, say("console", "You have no access to what is sealed.")),
    "reason_needed": (
        400,
        say("console", "To decline, choose a reason and what fits instead; to transfer, choose to whom."),
    ),
    "call_unchecked": (
        400,
        say("console", "First call the professional back through the organisation’s own switchboard, and tick it."),
    ),
    "purpose_needed": (400, say("console", "Choose what for you open it.")),
    "why_needed": (400, say("console", "Choose why you hand it over.")),
    "age_unchecked": (400, say("console", "The age is not known: check it before a place is looked for.")),
    "not_declined": (400, say("console", "You chose a reason to decline and another state. Choose one of the two.")),
    "unsure": (
        400,
        say(
            "console",
            "This was not sent: it seems to hold a name, a number, a place or a time ({found}). "
            "Take it out, or tick the box below the message.",
        ),
    ),
    "last_access": (
        409,
        say(
            "console",
            "Nobody else can open what is sealed. Give access to a second person before you take this one out.",
        ),
    ),
    "bad_name": (
        400,
        say(
            "console",
            "A name has 2 to 40 Latin letters (accents may be), figures, spaces, dots, apostrophes or dashes.",
        ),
    ),
    "name_taken": (409, say("console", "This name is taken, perhaps with other accents. Choose another one.")),
    "bad_role": (400, say("console", "Choose a role.")),
    "bad_password": (400, say("console", "The password needs at least 12 characters, and at most 1,024.")),
    "plain_password": (
        400,
        say("console", "This password is too easy to guess: use at least six different characters besides your name."),
    ),
    "empty": (400, say("console", "Write something first.")),
    "bad_training": (400, say("console", "Something in the form is not right. Go back and look at it again.")),
    "seats_taken": (409, say("console", "More seats are taken than that: nobody may lose a seat.")),
    "pending": (
        409,
        say("console", "Another change of this entry waits for a second editor. It must be decided first."),
    ),
    "own_edit": (403, say("console", "A second editor must decide this: it is your own proposal.")),
    "decided": (409, say("console", "This proposal was decided meanwhile.")),
    "lasting": (409, say("console", "An emergency number is never hidden.")),
    "long_name": (400, say("console", "The name is too long.")),
    "bad_scope": (400, say("console", "Choose what the program may do, and for how long.")),
    "bad_kind": (400, say("console", "Choose the kind of organisation.")),
    "nothing_waits": (409, say("console", "Nothing waits that fits.")),
    "bad_address": (400, say("console", "This is no address for mail: look at it again.")),
    "places_unsure": (409, say("console", "Say first for whom these places are: women, men, or both.")),
    "bad_places": (400, say("console", "Something in the form is not right. Go back and look at it again.")),
    "not_fitting": (409, say("console", "Something rules this place out now. Read the reasons again.")),
    "held_already": (409, say("console", "This request holds a place already. Give it back first.")),
    "bad_count": (
        400,
        say("console", "Hold a place for each person who comes: not fewer, and at most 4 more. Nothing was held."),
    ),
    "no_room": (409, say("console", "No longer enough free places there: somebody was quicker. Choose again.")),
    "no_hold": (409, say("console", "No place is held for this request. Hold one first.")),
    "wrong_code": (403, say("console", "This code is not right, or was used already. Wait for the next one.")),
    "wrong_password": (403, say("console", "The password is not right.")),
    "bad_paper": (
        400,
        say("console", "This is not the recovery key: look for a letter or figure that was read as another."),
    ),
    "wait": (429, say("console", "Many wrong codes came. Wait a quarter of an hour, or use a code from paper.")),
    "too_long": (413, say("console", "An answer has at most 4,000 characters.")),
}


class Problem(Exception):
    """A page that says what is wrong. `kept`: what had been typed, to be shown again; `wait_s`: for Retry-After."""

    def __init__(self, status: int, sentence: Text, kept: str = "", wait_s: int = 0) -> None:
        """Keep what the page needs."""
        super().__init__(status)
        self.status, self.sentence, self.kept, self.wait_s = status, sentence, kept, wait_s


def refused(why: Refusal, kept: str = "") -> Problem:
    """The page for an act that was refused."""
    status, sentence = REFUSALS[why]
    return Problem(status, sentence, kept)


def busy() -> Problem:
    """The page while too many sign-ins wait."""
    return Problem(503, say("console", "Many sign-ins are waiting. Try again in a minute."), "", BUSY_S)
