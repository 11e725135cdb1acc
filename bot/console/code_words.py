"""What the console calls the kinds of organisations, and how their codes stand."""

from collections.abc import Mapping

from dialogs.text import Text, say
from services.tools.issued import State
from services.tools.organisations import Kind

KIND: Mapping[Kind, Text] = {
    "specialised": say("console", "Association for victims of trafficking"),
    "housing": say("console", "Housing, SIAO, reception centre"),
    "outreach": say("console", "Outreach, harm reduction"),
    "health": say("console", "Health"),
    "social_work": say("console", "Social work of a town or département"),
    "child_protection": say("console", "Child protection"),
    "asylum": say("console", "Asylum and migrants’ rights"),
    "legal": say("console", "Lawyers, legal aid, help for victims"),
    "labour": say("console", "Labour inspection, trade union"),
    "police": say("console", "Police, gendarmerie"),
    "justice": say("console", "Courts, public prosecutor"),
    "other": say("console", "Another kind"),
}
STATE: Mapping[State, Text] = {
    "valid": say("console", "valid"),
    "expired": say("console", "expired"),
    "revoked": say("console", "revoked"),
}
DONE = {
    "renewed": say("console", "Renewed: the same code is good for another year."),
    "revoked": say("console", "Revoked. It opens nothing any more, in conversations under way as well."),
}
