"""Sentences that must be true where they stand: a lost receipt, a child's agreement; ways that must be there."""

import pytest

from dialogs.agreement import CHILD, Sent, in_short, words
from dialogs.flows.receipt import SAY_IT
from dialogs.typed import meaning
from tests.dialogs.world import as_person


@pytest.mark.parametrize("sealing", [True, False])
def test_a_note_is_proposed_only_where_one_can_be_written(sealing: bool):
    person = as_person(sealing=sealing)
    person.tap("receipt", "lost")
    assert (SAY_IT.msgid in person.words) == sealing


@pytest.mark.parametrize("purpose", ["child", "place", "advice"])
def test_a_child_reads_who_may_be_told_before_agreeing(purpose: str):
    sent = Sent(purpose=purpose)
    assert (CHILD in in_short(sent), CHILD in words(sent)) == (purpose == "child",) * 2


def test_who_has_told_can_erase_at_once():
    person = as_person()
    person.say("x", "report_exploitation")
    person.tap("erase", "yes")
    assert person.commands == ["Forget"]


@pytest.mark.parametrize("asked", ["por q preguntas eso", "why do you ask?", "Pourquoi cette question ?", "علاش"])
def test_why_may_be_asked_in_words(asked: str):
    person = as_person()
    person.tap("check", "start", "adult")
    before = person.place
    person.tap("why")
    tapped = person.words
    person.say(asked)
    assert (person.place, person.words, meaning(asked)) == (before, tapped, "why_asked")
