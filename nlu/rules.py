"""Rules over concepts: `A B` in order, `A .. B` with words between, `A + B` in any order, `^` and `$` the text's ends.

A leading `~` marks a weak rule (it yields to a calm context); a leading `!` one that negation does not undo. A word
that ends in `?` may be missing: a line is as many rules as there are ways to read it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from nlu.lexicon import Ids, same

_GAPS = {"..": 3, "...": 7}
_CLOSE = ("double", "figures")  # kinds of rules that let no stray word in
_WINDOW = 12  # words within which `A + B` must lie


@dataclass(frozen=True, slots=True)
class Step:
    """One word of a rule: what it may mean, and how many other words may stand before it."""

    ids: Ids
    gap: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What must be read for `kind` to be told."""

    kind: str
    steps: tuple[Step, ...]
    ordered: bool
    weak: bool
    firm: bool
    starts: bool
    ends: bool

    def found(self, meanings: Sequence[Ids]) -> Iterator[tuple[int, ...]]:
        """Every way the rule is met: the places of its steps."""
        ways = _in_order(self.steps, meanings) if self.ordered else _together(self.steps, meanings)
        for places in ways:
            if (self.starts and places[0] > 0) or (self.ends and places[-1] < len(meanings) - 1):
                continue
            yield places


def parse(line: str, kind: str, concept: Callable[[str], int]) -> Rule:
    """One rule from its line. `concept` gives the number of a form or of a CONCEPT."""
    flags = line[: len(line) - len(line.lstrip("~!^"))]
    words = line.lstrip("~!^ ").removesuffix("$").split()
    steps: list[Step] = []
    usual = gap = 0 if "^" in flags or kind in _CLOSE else 1
    for word in words:
        if word in _GAPS or word == "+":
            gap = _GAPS.get(word, usual)
            continue
        steps.append(Step(same(frozenset(concept(form) for form in word.split("|"))), gap))
        gap = usual
    if not steps:
        raise ValueError(f"a rule without words: {kind}: {line}")
    return Rule(kind, tuple(steps), "+" not in words, "~" in flags, "!" in flags, "^" in flags, line.endswith("$"))


def ways(line: str) -> Iterator[str]:
    """A line with and without each of the words that may be missing."""
    before, mark, after = line.partition("?")
    if not mark:
        yield line
        return
    kept, _, word = before.rpartition(" ")
    flags = word[: len(word) - len(word.lstrip("~!^"))]
    yield from ways(before + after)
    yield from ways(kept + flags + after if kept else flags + after.lstrip())


class Rules:
    """Many rules, found by the rarest of their concepts."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        uses: dict[int, int] = {}
        for rule in rules:
            for step in rule.steps:
                for one in step.ids:
                    uses[one] = uses.get(one, 0) + 1
        self._by_concept: dict[int, list[Rule]] = {}
        for rule in rules:
            rarest = min(rule.steps, key=lambda step: sum(uses[one] for one in step.ids))
            for one in rarest.ids:
                self._by_concept.setdefault(one, []).append(rule)

    def candidates(self, present: Ids) -> Iterator[Rule]:
        """The rules whose every step has a word among the concepts present."""
        seen: set[int] = set()
        for one in self._by_concept.keys() & present:
            for rule in self._by_concept[one]:
                if id(rule) not in seen and not any(step.ids.isdisjoint(present) for step in rule.steps):
                    seen.add(id(rule))
                    yield rule


def _in_order(steps: tuple[Step, ...], meanings: Sequence[Ids]) -> Iterator[tuple[int, ...]]:
    for start, ids in enumerate(meanings):
        if not ids.isdisjoint(steps[0].ids):
            yield from _onward(steps, meanings, (start,))


def _onward(steps: tuple[Step, ...], meanings: Sequence[Ids], places: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if len(places) == len(steps):
        yield places
        return
    step = steps[len(places)]
    first = places[-1] + 1
    for place in range(first, min(first + step.gap + 1, len(meanings))):
        if not meanings[place].isdisjoint(step.ids):
            yield from _onward(steps, meanings, (*places, place))


def _together(steps: tuple[Step, ...], meanings: Sequence[Ids]) -> Iterator[tuple[int, ...]]:
    options = [[i for i, ids in enumerate(meanings) if not ids.isdisjoint(step.ids)] for step in steps]
    for anchor in options[0]:
        near = [min(places, key=lambda place: (place == anchor, abs(place - anchor))) for places in options[1:]]
        if all(abs(place - anchor) <= _WINDOW for place in near) and anchor not in near:
            yield (anchor, *near)
