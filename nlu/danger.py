"""The danger layer: who is in danger now, wants to die, needs a doctor at once, or is under age. Recall comes first."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nlu.ages import ADULT, Age, Ages
from nlu.knowledge import DATA, gather
from nlu.lexicon import NONE, Ids
from nlu.rules import Rule, Rules
from nlu.words import Reading, Words, read

KINDS = ("threat", "suicide", "medical", "minor")
_BLANKED = ("figures", "double")  # figures of speech; negations that negate nothing ("n'arrête pas de")
OLDEST = 100  # years since a birth that is told
_ANSWERED = 2  # words; after "no, thanks" nothing is left to understand
_BEFORE, _AFTER = 5, 1  # words that a negation reaches, forwards and backwards


@dataclass(frozen=True, slots=True)
class Sight:
    """A text as the rules see it: its words, the names of each word's concepts, the kinds of danger found.

    `denied`: whether a negation reaches each word. `negates`: whether any word negates. `ages`: the present ages told
    and those of grown people by their year of birth, each once, in years. `child`: whether one under 18 is told, or a
    late year of birth. `grew`: whether somebody is said to have been a child once, and to be grown up now.
    """

    words: Words
    about: list[frozenset[str]]
    denied: tuple[bool, ...]
    kinds: tuple[str, ...]
    negates: bool
    ages: tuple[int, ...]
    child: bool
    grew: bool


class DangerLayer:
    """Finds kinds of danger in a text of any of the languages under `folder`, mixed or not.

    `year`: the present year, for birth years. Reading the folder takes some tens of milliseconds: do it once.
    """

    def __init__(self, year: int, folder: Path = DATA, *, remembers: bool = False) -> None:
        """`remembers`: what words mean is kept, for those who train; never of what people write."""
        self._year = year
        self._known = known = gather("danger", folder, remembers=remembers)
        self._ages = Ages(folder)
        self._blanks = Rules([rule for rule in known.rules if rule.kind in _BLANKED])
        self._phrases = Rules([rule for rule in known.rules if rule.kind.isupper()])
        self._rules = Rules([rule for rule in known.rules if rule.kind.islower() and rule.kind not in _BLANKED])
        self._not, self._after = known.every("NOT"), known.every("PAS")
        self._stop, self._verb, self._clitic = (known.every(name) for name in ("STOP", "STOPVERB", "CLITIC"))
        self._born = known.every("BORN")
        self._phrase_ids = {name: known.every(name) for name in {rule.kind for rule in known.rules}}

    def find(self, text: str) -> tuple[str, ...]:
        """The kinds of danger told in the text, in the order of `KINDS`."""
        return self.look(read(text)).kinds

    def answered(self, reading: Reading) -> Reading:
        """Without a "no" that stands alone before two words or more: it answers, and negates nothing that follows."""
        alone = reading.clauses[:1] != reading.clauses[1:2] and len(reading.words) > _ANSWERED
        if not alone or self._known.meanings(reading)[0].isdisjoint(self._not):
            return reading
        return replace(reading, words=reading.words[1:], clauses=reading.clauses[1:])

    def look(self, reading: Reading, languages: Collection[str] = ()) -> Sight:
        """The words, what they are about, and the kinds of danger that the rules find.

        `languages`: those that the text may be in, none where that is unknown; ages are told in the words of these.
        """
        typed, reading = reading, reading.spelt_out(self._known.spellings)
        meanings = self._known.meanings(reading)
        about = self._known.named(meanings)
        negates = any(not ids.isdisjoint(self._not) for ids in meanings)
        self._blank(meanings)
        self._rephrase(meanings)
        reached = self._negations(reading, meanings)
        found = self._matched(meanings, reached)
        kinds = _believed(found, reading.asks)
        ages = self._ages.find(typed, reading, languages)
        births = [self._year - year for year in self._births(reading, meanings)]
        child = _tells_child(ages) or any(years <= ADULT for years in births)
        if child:
            kinds.add("minor")
        denied = tuple(bool(negations) for negations in reached)
        grown = (years for years in births if years > ADULT)
        told = tuple(dict.fromkeys((*(age.value for age in ages if not age.past), *grown)))
        grew = not child and any(age.value < ADULT for age in ages)
        met = tuple(kind for kind in KINDS if kind in kinds)
        return Sight(reading.words, about, denied, met, negates, told, child, grew)

    def _blank(self, meanings: list[Ids]) -> None:
        for rule in self._blanks.candidates(_all(meanings)):
            for places in list(rule.found(meanings)):
                for place in places:
                    meanings[place] = meanings[place] - self._not if rule.kind == "double" else NONE

    def _rephrase(self, meanings: list[Ids]) -> None:
        for rule in self._phrases.candidates(_all(meanings)):
            for places in list(rule.found(meanings)):
                meanings[places[0]] |= self._phrase_ids[rule.kind]

    def _negations(self, reading: Reading, meanings: list[Ids]) -> list[set[int]]:
        """For each word, the places of the negations that reach it."""
        reached: list[set[int]] = [set() for _ in meanings]
        for place, ids in enumerate(meanings):
            if not ids.isdisjoint(self._not):
                self._reach(place, reading, meanings, reached)
        return reached

    def _reach(self, place: int, reading: Reading, meanings: list[Ids], reached: list[set[int]]) -> None:
        clause, ends = reading.clauses[place], self._stop
        for after in range(place + 1, min(place + 1 + _BEFORE, len(meanings))):
            if reading.clauses[after] != clause or not meanings[after].isdisjoint(ends):
                break
            reached[after].add(place)
            if meanings[after].isdisjoint(self._clitic):
                ends = self._stop | self._verb
        if place and not meanings[place].isdisjoint(self._after) and reading.clauses[place - 1] == clause:
            reached[place - 1].add(place)

    def _matched(self, meanings: list[Ids], reached: list[set[int]]) -> dict[str, bool]:
        """Kinds met, and whether a rule that is not weak met them."""
        found: dict[str, bool] = {}
        for rule in self._rules.candidates(_all(meanings)):
            if found.get(rule.kind) or (rule.weak and rule.kind in found):
                continue
            if any(rule.firm or _affirmed(rule, places, reached) for places in rule.found(meanings)):
                found[rule.kind] = not rule.weak
        return found

    def _births(self, reading: Reading, meanings: list[Ids]) -> Iterator[int]:
        """Years of birth within a hundred years."""
        for place, word in enumerate(reading.words):
            if len(word) != 4 or not word.isdecimal() or not self._year - OLDEST <= int(word) <= self._year:
                continue
            if any(not ids.isdisjoint(self._born) for ids in meanings[max(0, place - 5) : place]):
                yield int(word)


def _tells_child(ages: Sequence[Age]) -> bool:
    """Whether an age under 18 is told, other than a past one of somebody grown up."""
    adult_now = any(age.value >= ADULT and not age.past for age in ages)
    return any(age.value < ADULT and not (age.past and adult_now) for age in ages)


def _affirmed(rule: Rule, places: tuple[int, ...], reached: list[set[int]]) -> bool:
    """Whether no negation reaches into the match, save one that is a part of a rule in order."""
    own = set(places) if rule.ordered else set()
    return all(reached[place] <= own for place in places)


def _believed(found: dict[str, bool], asks: bool) -> set[str]:
    """What stands when the contexts are weighed: weak signs yield to questions, all yield to fiction and the past."""
    kinds = {kind for kind in KINDS if kind in found}
    if "fiction" in found:
        return set()
    if "past" in found and "now" not in found:
        kinds &= {"minor"}
    if asks or "calm" in found or "topic" in found:
        kinds = {kind for kind in kinds if found[kind]}
    return kinds


def _all(meanings: list[Ids]) -> Ids:
    return NONE.union(*meanings)
