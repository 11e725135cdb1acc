"""Likely one person: the rule, case by case."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.commands import Triage
from services.referrals.duplicates import likely, shared

ONE = Triage(
    "professional", "soon", "adult", "woman", "69", ("13",), ("ro", "fr"), forms=("sexual",), needs=("treatment",)
)
CASES = [
    ("the same answers", {}, True),
    ("sent by the person herself this time", {"referrer": "self", "urgency": "immediate"}, True),
    ("less told the second time", {"needs": (), "avoid": (), "forms": ()}, True),
    ("another département", {"department": "75"}, False),
    ("another kind of place", {"gender": "man"}, False),
    ("a child", {"age_group": "minor"}, False),
    ("pregnancy said once only", {"pregnancy": "yes"}, True),
    ("French alone in common, nothing else told", {"languages": ("fr",), "department": None, "forms": (), "needs": (),
                                                   "avoid": ()}, False),
    ("no département and no language told", {"languages": (), "department": None}, False),
    ("another language, same place and age and kind", {"languages": ("bg",)}, True),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changes", "outcome"), CASES, ids=[case[0] for case in CASES])
def test_each_case(what, changes, outcome):
    other = replace(ONE, **changes)
    assert likely(shared(ONE, other)) is outcome


TRIAGES = st.builds(
    Triage,
    st.sampled_from(["professional", "self"]),
    age_group=st.sampled_from(["adult", "minor", "unknown"]),
    gender=st.sampled_from(["woman", "man", "unsaid"]),
    department=st.sampled_from([None, "06", "69"]),
    languages=st.lists(st.sampled_from(["fr", "ro", "bg"]), unique=True).map(tuple),
    forms=st.lists(st.sampled_from(["sexual", "labour"]), unique=True).map(tuple),
)


@given(TRIAGES, TRIAGES)
def test_it_is_the_same_from_both_sides(one, other):
    assert shared(one, other) == shared(other, one)


@given(TRIAGES)
def test_what_is_not_told_is_never_in_common(triage):
    assert shared(triage, Triage("self")) == ()
