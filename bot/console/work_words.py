"""What the console says of the work on a request: what for it is opened, why it goes on, what two have in common."""

from dialogs.text import say

WHAT_FOR = {
    "evaluate": say("console", "To evaluate the request"),
    "search": say("console", "To look for a place"),
    "answer": say("console", "To read messages and answer"),
    "call": say("console", "To call the professional back"),
    "follow": say("console", "To follow up"),
    "check": say("console", "To check as supervisor"),
}
HAND_OVER = {
    "absence": say("console", "I am away"),
    "language": say("console", "Somebody else speaks the person’s language"),
    "load": say("console", "I hold too many requests"),
    "knowledge": say("console", "Somebody else knows this kind of situation better"),
    "too_close": say("console", "I am too close to it"),
    "end_of_shift": say("console", "My working time ends"),
}
IN_COMMON = {
    "age_group": say("console", "Age"),
    "gender": say("console", "Kind of place"),
    "department": say("console", "Département"),
    "pregnancy": say("console", "Pregnancy"),
    "languages": say("console", "Languages"),
    "forms": say("console", "Forms of exploitation"),
    "needs": say("console", "Needs for a place"),
    "dependants": say("console", "Who would come along"),
    "avoid": say("console", "Départements to avoid"),
}
