"""Whole sayings whose meaning is sure, so that likeness to something else does not count: `<language>/sayings.toml`.

Rules by kind: `erase`, `leave` (somebody comes), `flee`, `afraid` (to go away), `private`, `menace`, `beaten`,
`captive`, `rescue` (a cry), `die` (who wants to), `faint`, `unhurt` (nobody beats or threatens them, they do not want
to die: whole texts), `harmless` (children one has, a break), `papers` (and prison), `again` (back to who exploits,
which is no journey home). They count in short texts. What a rule of the danger layer hears stands, save before
`unhurt`.
"""

from dataclasses import dataclass
from pathlib import Path

from nlu.danger import KINDS, Sight
from nlu.knowledge import DATA, gather
from nlu.lexicon import NONE
from nlu.rules import Rules
from nlu.words import Reading, Words, is_han

LONGEST = 12  # words; in a longer text more is told than one saying
HASTY = 9  # words of who must stop now
ALONE = 6  # words of who says nothing but that somebody comes
TOLD = {"threat": {"menace", "beaten", "captive", "rescue"}, "suicide": {"die"}, "medical": {"faint"}}
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
    `unhurt`: whether nothing is said but that somebody beats nobody, or what surely tells no danger.
    """

    intent: str | None = None
    danger: frozenset[str] = frozenset()
    calm: frozenset[str] = frozenset()
    flees: bool = False
    comes: bool = False
    again: bool = False
    unhurt: bool = False


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
        length = _length(reading.words)
        if length > LONGEST:
            return Saying(comes=comes)
        present = NONE.union(*meanings)
        kinds = {rule.kind for rule in self._rules.candidates(present) if any(rule.found(meanings))}
        grave = any("GRAVE" in names for names in named)
        if length > HASTY or grave:
            kinds.discard("leave")
        elif comes and length <= ALONE and all(names & {"COMING", "BESIDE"} for names in named):
            kinds.add("leave")
        return _said(kinds, sight, comes=comes, grave=grave)


def _length(words: Words) -> float:
    """How many words a text has; two Chinese characters, of which each is read as a word, are one."""
    return len(words) - sum(map(is_han, words)) / 2


def _said(kinds: set[str], sight: Sight, *, comes: bool, grave: bool) -> Saying:
    intent = next((INTENTS[kind] for kind in INTENTS if kind in kinds), None)
    heard, likeness = frozenset(sight.kinds), frozenset(KINDS)
    told = frozenset(kind for kind, signs in TOLD.items() if kinds & signs)
    if intent == "quick_exit":
        return Saying(intent, calm=frozenset({"threat", "suicide", "medical"}))
    if kinds == {"harmless"}:
        return Saying(calm=likeness - heard, unhurt=True)
    if "unhurt" in kinds:  # a whole text: what else is met lies in it
        return Saying(calm=likeness - {"minor"}, unhurt=True)
    calm = frozenset({"suicide"}) - heard - told if kinds and not grave else frozenset[str]()
    if "die" in kinds:  # a child is told by an age, not by likeness
        calm |= frozenset({"minor"}) - heard
    if "menace" in kinds and "beaten" not in kinds and not grave:  # nobody is hurt yet
        calm |= frozenset({"medical"}) - heard
    if "flee" in kinds and not grave:  # to go is no threat yet
        calm |= frozenset({"threat"}) - heard
    if intent == "delete_my_data":  # "so that nobody sees it" sounds like a threat
        calm |= frozenset({"threat", "medical"}) - heard
    return Saying(intent, told, calm, "flee" in kinds and not grave, comes, "again" in kinds)
