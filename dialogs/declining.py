"""Why the coordination declines a request, and what fits instead: its choices, in words for who reads a receipt."""

from dialogs.flow import Scene
from dialogs.text import Text, say

WHY = {
    "minor": say("receipt", "It is about a person under 18. Child protection is in charge."),
    "no_agreement": say("receipt", "It needs the agreement of the person."),
    "conditions": say("receipt", "It does not meet the conditions for a place of this network."),
    "no_place": say("receipt", "There is no place that fits now."),
    "emergency_first": say("receipt", "First the emergency must be handled near you."),
    "other_support": say("receipt", "Another service is already helping."),
    "double": say("receipt", "The same request was sent twice. The other one goes on."),
    "no_news": say("receipt", "There was no more news."),
}
INSTEAD = {
    "emergency_shelter": say("receipt", "What can help: the emergency shelter line, for tonight."),
    "siao": say("receipt", "What can help: the SIAO. It finds a bed for the night."),
    "local_partner": say("receipt", "What can help: an association near you."),
    "child_protection": say("receipt", "What can help: child protection."),
    "ccem": say("receipt", "What can help: the CCEM. It supports people in forced work."),
    "emergency": say("receipt", "What can help: the police or the emergency services."),
    "other_department": say("receipt", "What can help: an association in another département."),
}


def instead(scene: Scene) -> Text | None:
    """What fits instead, as the coordination chose it."""
    return INSTEAD.get(scene.answer("alternative") or "")
