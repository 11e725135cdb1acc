"""Published tables against a reckoner: linear reasoning over everything that is shown finds no small count."""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from services.figures.suppression import SMALLEST, Cell, hidden_cells, hidden_of

FORMS = ("begging", "crime", "labour", "sexual")
OTHERS = {"age": ("adult", "minor", "unknown"), "zone": ("east", "north", "south", "west")}
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from((*FORMS, *["sexual"] * 6)),
        st.sampled_from((*OTHERS["age"], *["adult"] * 4)),
        st.sampled_from(OTHERS["zone"]),
    ),
    min_size=SMALLEST,
    max_size=160,
)


def counted(values: list[str], categories: tuple[str, ...]) -> dict[str, int]:
    return {name: values.count(name) for name in categories}


Name: TypeAlias = tuple[str, ...]


class Figures:
    """The tables of some people, and what is hidden of them; each count is a variable of the reckoner."""

    def __init__(self, people: list[tuple[str, str, str]]) -> None:
        forms = [one[0] for one in people]
        self.people = people
        self.counts: dict[Name, int] = {}
        self.hidden: set[Name] = set()
        self.sums: list[tuple[list[Name], int | Name]] = []
        hidden_forms = self._one_way("form", forms, FORMS)
        for place, (name, categories) in enumerate(OTHERS.items(), 1):
            values = [one[place] for one in people]
            hidden = self._one_way(name, values, categories)
            self._two_way(name, list(zip(forms, values, strict=True)), categories, hidden_forms, hidden)

    def _one_way(self, name: str, values: list[str], categories: tuple[str, ...]) -> frozenset[str]:
        counts = counted(values, categories)
        hidden = hidden_of(counts)
        self.counts |= {(name, category): count for category, count in counts.items()}
        self.hidden |= {(name, category) for category in hidden}
        self.sums.append(([(name, category) for category in categories], len(values)))
        return hidden

    def _two_way(
        self, name: str, pairs: list[Cell], categories: tuple[str, ...], rows: frozenset[str], columns: frozenset[str]
    ) -> None:
        cells = {(form, other): pairs.count((form, other)) for form in FORMS for other in categories}
        self.counts |= {(name, *cell): count for cell, count in cells.items()}
        self.hidden |= {(name, *cell) for cell in hidden_cells(cells, rows, columns)}
        for form in FORMS:
            self.sums.append(([(name, form, other) for other in categories], ("form", form)))
        for other in categories:
            self.sums.append(([(name, form, other) for form in FORMS], (name, other)))

    def reckon(self) -> Mapping[Name, int]:
        """The most that each hidden small count can be, as far as the reckoner can tell."""
        names = list(self.counts)
        place = {name: number for number, name in enumerate(names)}
        equal, right = [], []
        for parts, total in self.sums:
            line = np.zeros(len(names))
            line[[place[part] for part in parts]] = 1
            if not isinstance(total, int):
                line[place[total]] -= 1
            equal.append(line)
            right.append(total if isinstance(total, int) else 0)
        bounds = [(0, None) if name in self.hidden else (count, count) for name, count in self.counts.items()]
        found = {}
        for name in self.small():
            aim = np.zeros(len(names))
            aim[place[name]] = -1
            found[name] = round(-linprog(aim, A_eq=np.array(equal), b_eq=right, bounds=bounds).fun)
        return found

    def small(self) -> list[Name]:
        return [name for name, count in self.counts.items() if count < SMALLEST]


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_no_small_count_is_shown_and_none_can_be_told_to_be_small(people: list[tuple[str, str, str]]):
    figures = Figures(people)
    assert set(figures.small()) <= figures.hidden
    assert {name: most for name, most in figures.reckon().items() if most < SMALLEST} == {}


@settings(max_examples=30, deadline=None)
@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_same_people_in_any_order_give_the_same_figures(people: list[tuple[str, str, str]], random):
    other = [*people]
    random.shuffle(other)
    assert Figures(people).hidden == Figures(other).hidden


def test_a_reckoner_is_strong_enough_to_find_what_is_not_protected():
    """The proof that the test above can fail: only the small counts hidden, and the rest is arithmetic."""
    people = (
        [("sexual", "adult", "north")] * 30 + [("labour", "adult", "south")] * 30 + [("labour", "minor", "south")] * 3
    )
    figures = Figures(people)
    figures.hidden = set(figures.small())
    assert figures.reckon()[("age", "labour", "minor")] == 3


def test_one_small_category_takes_the_next_one_with_it():
    assert hidden_of({"a": 3, "b": 20, "c": 14}) == {"a", "c"}
    assert hidden_of({"a": 3, "b": 9, "c": 14}) == {"a", "b"}
    assert hidden_of({"a": 0, "b": 0, "c": 14, "d": 50}) == {"a", "b", "c"}
    assert hidden_of({"a": 11, "b": 12}) == frozenset()


def test_a_small_cell_takes_a_rectangle_with_it():
    cells = {("a", "x"): 3, ("a", "y"): 30, ("b", "x"): 40, ("b", "y"): 50, ("c", "x"): 60, ("c", "y"): 70}
    assert hidden_cells(cells, (), ()) == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
