"""Whole sayings whose meaning is sure, so that likeness to something else does not count: `<language>/sayings.toml`.

Rules by kind: `erase`, `leave` (somebody comes), `flee`, `afraid` (to go away), `private`, `menace`, `captive`,
`papers` (and prison), `again` (back to who exploits, which is no journey home). They count in short texts.
What a rule of the danger layer hears always stands.
"""

from dataclasses import dataclass
from pathlib import Path

from nlu.danger import Sight
from nlu.knowledge import DATA, gather
from nlu.lexicon import NONE
from nlu.rules import Rules
from nlu.words import Reading

LONGEST = 12  # words; in a longer text more is told than one saying
HASTY = 9  # words of who must stop now
ALONE = 6  # words of who says nothing but that somebody comes
INTENTS = {
    "erase": "delete_my_data",
    "leave": "quick_exit",
    "papers": "ask_residence_permit",
    "private": "ask_privacy",
}  # the first that is met counts


@dataclass(frozen=True, slots=True)
class Saying:
    """What is sure of a text: its intent, if any; kinds of danger told, and those that likeness alone cannot tell.

    `flees`: whether somebody says that they will run away. `comes`: whether somebody is said to come, beside much else.
    `again`: whether somebody is said to go back to who exploits or threatens.
    """

    intent: str | None = None
    danger: frozenset[str] = frozenset()
    calm: frozenset[str] = frozenset()
    flees: bool = False
    comes: bool = False
    again: bool = False


NONE_SAID = Saying()


class Sayings:
    """The sayings of all languages."""

    def __init__(self, folder: Path = DATA) -> None:
        """Raises KeyError or TOMLDecodeError for a faulty file."""
        self._known = gather("sayings", folder)
        self._rules = Rules(self._known.rules)

    def of(self, reading: Reading, sight: Sight) -> Saying:
        """What is said in a text that the danger layer's rules have seen."""
        reading = reading.spelt_out(self._known.spellings)
        meanings = self._known.meanings(reading)
        named = self._known.named(meanings)
        comes = any("COMING" in names for names in named)
        if len(reading.words) > LONGEST:
            return Saying(comes=comes)
        present = NONE.union(*meanings)
        kinds = {rule.kind for rule in self._rules.candidates(present) if any(rule.found(meanings))}
        grave = any("GRAVE" in names for names in named)
        if len(reading.words) > HASTY or grave:
            kinds.discard("leave")
        elif comes and len(named) <= ALONE and all(names & {"COMING", "BESIDE"} for names in named):
            kinds.add("leave")
        return _said(kinds, sight, comes=comes, grave=grave)


def _said(kinds: set[str], sight: Sight, *, comes: bool, grave: bool) -> Saying:
    intent = next((INTENTS[kind] for kind in INTENTS if kind in kinds), None)
    told = frozenset({"threat"}) if kinds & {"menace", "captive"} else frozenset[str]()
    if intent == "quick_exit":
        return Saying(intent, calm=frozenset({"threat", "suicide", "medical"}))
    calm = frozenset({"suicide"}) - frozenset(sight.kinds) if kinds and not grave else frozenset[str]()
    if "flee" in kinds and not grave:  # to go is no threat yet
        calm |= frozenset({"threat"}) - frozenset(sight.kinds)
    if intent == "delete_my_data":  # "so that nobody sees it" sounds like a threat
        calm |= frozenset({"threat", "medical"}) - frozenset(sight.kinds)
    return Saying(intent, told, calm, "flee" in kinds and not grave, comes, "again" in kinds)
