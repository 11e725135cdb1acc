"""What the content editor's pages call things: the stored words of edits and what may be wrong with them."""

from collections.abc import Mapping

from dialogs.editing import Why, Wrong
from dialogs.edits import Act, Flag
from dialogs.text import Text, say
from services.edits import State

NUMBERS = say("console", "Telephone numbers")
STATES = {
    "stale": say("console", "To be read again"),
    "hidden": say("console", "Hidden"),
    "unverified": say("console", "Not verified, so not shown"),
    "press": say("console", "Read in the press"),
    "waiting": say("console", "A change waits"),
    "edited": say("console", "Other than the file"),
    "review": say("console", "The file changed since"),
    "translation": say("console", "Translation left behind"),
}
STATUS = {
    "V1": say("console", "V1: read in the primary text"),
    "V2": say("console", "V2: read on a secondary page"),
    "SEED": say("console", "SEED: old pages of the network only"),
    "GK": say("console", "GK: general knowledge, to be verified"),
    "V1-old": say("console", "V1-old: an old primary page"),
    "V2-old": say("console", "V2-old: an old secondary page"),
}
FIELD = {
    "text": say("console", "Sentence (English)"),
    "number": say("console", "Number"),
    "name": say("console", "Name (English)"),
    "note": say("console", "Note (English)"),
    "status": say("console", "Status"),
    "source": say("console", "Source"),
    "checked_on": say("console", "Checked on"),
    "valid_from": say("console", "True from"),
    "valid_to": say("console", "True until"),
}
IN_LANGUAGE = {
    "text": say("console", "Sentence ({language})"),
    "name": say("console", "Name ({language})"),
    "note": say("console", "Note ({language})"),
}
REGISTER = {
    "plain": say("console", "Plain words, for those concerned"),
    "professional": say("console", "For professionals"),
}
ACT: dict[Act, Text] = {
    "confirm": say("console", "confirmed"),
    "correct": say("console", "corrected"),
    "hide": say("console", "hidden"),
    "show": say("console", "shown again"),
    "undo": say("console", "taken back"),
}
ENDED: dict[State, Text] = {
    "waiting": say("console", "waits for a second editor"),
    "accepted": say("console", "accepted by {name}"),
    "refused": say("console", "refused by {name}"),
    "withdrawn": say("console", "withdrawn"),
}
FLAG: dict[Flag, Text] = {
    "file_changed": say(
        "console",
        "The file says something else since this was corrected here. What was accepted here is shown. "
        "Compare the two: correct once more, or take the file’s words.",
    ),
    "lapsed": say(
        "console",
        "This was confirmed here, and the file has other words since. The file’s words are shown; nobody has confirmed "
        "them here.",
    ),
    "in_file": say("console", "What was corrected here stands in the file now."),
}
DONE = {
    "confirmed": say("console", "Confirmed. The chat says so at once."),
    "proposed": say("console", "Proposed. It is shown once a second editor has accepted it."),
    "hidden": say("console", "Hidden. The chat says it no more."),
    "undone": say("console", "Taken back."),
    "accepted": say("console", "Accepted. The chat says so at once."),
    "refused": say("console", "Refused. Nothing changed in the chat."),
    "withdrawn": say("console", "Withdrawn. Nothing changed in the chat."),
}
WRONG: dict[Why, Text] = {
    "empty": say("console", "Write something here."),
    "long": say("console", "Write less: at most {told} characters."),
    "form": say("console", "Write one line, without braces, without two spaces in a row, none at the ends."),
    "telephone": say("console", "Take the number out ({told}): numbers stand in their own list, not in a sentence."),
    "words": say("console", "This sentence has more than 20 words; make two of it: {told}"),
    "mean": say(
        "console",
        "The sentences of this page would have {told} words on average; plain pages have 12 at most. Make it shorter.",
    ),
    "day": say("console", "Write the day as year-month-day, for example 2026-11-22."),
    "ahead": say("console", "This day is still to come. Write the day on which the source was read."),
    "before": say("console", "It was checked later than that, on {told}."),
    "order": say("console", "The last day is before the first one."),
    "status": say("console", "Choose one of the statuses."),
    "source": say(
        "console", "Only what was read can be confirmed: write the source that you read, and choose V1 or V2."
    ),
    "digits": say("console", "A number has digits and spaces only, a + at the beginning if need be."),
    "lead": say("console", "The first answer of the page would have {told} sentences; it has three at most."),
    "no_lead": say(
        "console",
        "The page would have no first answer left that is true on any day. Correct another one first, or hide this.",
    ),
    "twice": say("console", "Another entry has this number already."),
    "permanent": say("console", "An emergency number stays as it is."),
    "name": say("console", "A new name needs its words in this language too: a button has no room for a remark."),
    "same": say("console", "Nothing is different. To say that it is still true, use “Still true”."),
    "rule": say("console", "A rule of the content files is broken: {told}"),
}


def wrong(one: Wrong) -> Text:
    """What is wrong, in a sentence that says what to do."""
    text = WRONG[one.why]
    return Text(text.context, text.msgid, (("told", one.told),)) if "{told}" in text.msgid else text


def ended(state: State, name: str) -> Text:
    """How an edit ended, and by whom."""
    text = ENDED[state]
    return Text(text.context, text.msgid, (("name", name),)) if "{name}" in text.msgid else text


def in_language(name: str, language: str) -> Text:
    """What a field is called that holds the words of another language, given by its own name."""
    text = IN_LANGUAGE[name]
    return Text(text.context, text.msgid, (("language", language),))


def table(words: Mapping[str, Text], ids: tuple[str, ...]) -> list[tuple[str, Text]]:
    """The words of some ids, in their order."""
    return [(name, words[name]) for name in ids]
