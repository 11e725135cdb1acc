"""Behind a receipt: one tap first, ready answers in the reader's language, and a proposal that the person answers."""

from pathlib import Path

import pytest

import nlu
from dialogs import letters
from dialogs.commands import DecideOnProposal, PostMessage
from dialogs.events import Holder, ReceiptSeen, Said, Standing
from dialogs.letters import Letter
from dialogs.plain import too_long
from tests.dialogs.world import AT, LIBRARY, Person, as_person


def opened(state: str = "claimed", holder: Holder = "person", *messages: str, safe: str = "") -> Person:
    person = as_person()
    seen = ReceiptSeen("open", "R-1", holder, Standing(state), messages=messages, safe_word=safe)
    person.send(Said(AT, "", receipt=seen))
    return person


def command(person: Person) -> object:
    (found,) = person.turn.commands
    return found


@pytest.mark.parametrize("tap", ["yes", "no", "interpreter", "call"])
def test_one_tap_is_a_message_that_each_side_reads_in_its_language(tap: str):
    person = opened()
    person.tap("write", tap)
    assert command(person) == PostMessage("R-1", "person", Letter(tap, "reply"))
    assert person.place == ("receipt", "open")


def test_who_is_not_safe_any_more_sees_the_numbers_at_once_and_the_queue_knows():
    person = opened()
    person.tap("write", "unsafe")
    assert command(person) == PostMessage("R-1", "person", Letter("unsafe", "reply"), urgent=True)
    assert person.place[0] == "crisis"


def test_free_words_carry_their_language_and_say_that_an_interpreter_reads_them():
    person = opened()
    person.tap("write")
    person.say("ana huna", language="ar")
    assert any("asks an interpreter" in line for line in person.words)
    person.tap("send")
    assert command(person) == PostMessage("R-1", "person", Letter("ana huna", "text", "ar"))


@pytest.mark.parametrize("words", ["yes, but not in Nice", "yes", "no", "Yes", "oui", "I need an interpreter"])
def test_words_that_are_typed_are_shown_back_and_no_tap(words: str):
    person = opened()
    person.tap("write")
    person.say(words, "affirm", language="en")
    assert (person.place, person.turn.commands) == (("receipt", "approve"), ())
    person.tap("send")
    assert command(person) == PostMessage("R-1", "person", Letter(words, "text", "en"))


@pytest.mark.parametrize(("words", "intent"), [("yes, but not in Nice", "affirm"), ("no, one thing more", "deny")])
def test_a_yes_with_more_in_it_approves_nothing_and_loses_nothing(words: str, intent: str):
    person = opened()
    person.tap("write")
    person.say("I want to stay near my child")
    person.say(words, intent)
    assert (person.place, person.turn.commands) == (("receipt", "approve"), ())
    assert any("Nothing was sent yet" in line for line in person.words)
    person.say("yes")
    assert command(person) == PostMessage("R-1", "person", Letter("I want to stay near my child", "text", "fr"))


@pytest.mark.parametrize("way", ["proposal", "withdraw", "renew"])
def test_what_cannot_be_undone_is_not_done_by_words_that_are_only_like_a_yes(way: str):
    person = opened("place_offered")
    person.tap(way)
    person.say("yes, but not in Nice", "affirm")
    assert (person.place, person.turn.commands) == (("receipt", way), ())
    person.say("yes", "affirm")
    assert person.turn.commands


def test_a_professional_writes_words_and_is_offered_no_taps():
    person = opened("claimed", "professional")
    person.tap("write")
    assert person.place == ("receipt", "write")


def test_a_ready_answer_comes_in_words_of_the_catalogue_and_never_as_an_id():
    answer = next(iter(LIBRARY.answers.values()))
    person = opened("claimed", "person", letters.stored(Letter(answer.id, "answer")), "and free words")
    told = [dict(text.values)["message"] for screen in person.turn.screens for text in screen.text if text.values]
    assert told == [answer.text, "and free words"]


def of_vietnam(*messages: str, holder: Holder = "person") -> Person:
    """Who reads the screens in French, and speaks Vietnamese."""
    person = as_person()
    standing = Standing("claimed", speaks=("vi", "fr"))
    person.send(Said(AT, "", receipt=ReceiptSeen("open", "R-1", holder, standing, messages=messages)))
    return person


def test_a_ready_answer_is_also_read_in_a_language_that_has_no_screens():
    answer = LIBRARY.answers["safe"]
    person = of_vietnam(letters.stored(Letter("safe", "answer")), "free words")
    told = [value for screen in person.turn.screens for text in screen.text for _, value in text.values]
    assert told[:3] == [answer.text, LIBRARY.ready["vi"].answers["safe"], "free words"]
    theirs = of_vietnam(letters.stored(Letter("safe", "answer")), holder="professional")
    assert LIBRARY.ready["vi"].answers["safe"] not in str(theirs.turn.screens)


def test_a_reply_is_offered_in_both_and_sent_as_ever():
    person = of_vietnam()
    person.tap("write")
    labels = {choice.id: dict(choice.label.values) for choice in person.turn.screens[-1].choices}
    assert labels["unsafe"] == {"reply": letters.REPLIES["unsafe"], "own": LIBRARY.ready["vi"].replies["unsafe"]}
    person.tap("interpreter")
    assert command(person) == PostMessage("R-1", "person", Letter("interpreter", "reply"))


def test_ready_answers_are_in_every_language_that_is_understood():
    understood = {folder.name for folder in (Path(nlu.__file__).parent / "data").iterdir() if folder.is_dir()}
    assert set(LIBRARY.ready) | set(LIBRARY.languages) == understood
    assert not set(LIBRARY.ready) & set(LIBRARY.languages), "who reads the screens would read it twice"
    assert len(understood) == 20


@pytest.mark.parametrize("code", LIBRARY.ready)
def test_ready_words_are_plain_and_each_has_its_own(code: str):
    ready = LIBRARY.ready[code]
    said = (*ready.answers.values(), *ready.replies.values())
    assert (set(ready.answers), set(ready.replies)) == (set(LIBRARY.answers), set(letters.REPLIES))
    assert len(set(said)) == len(said)
    syllables = code == "vi"  # each is written as a word
    assert not (too_long(said, 30, 18) if syllables else too_long(said))
    assert not [words for words in said if any(sign.isdecimal() for sign in words)]


def test_safe_words_are_told_with_how_to_use_them():
    person = opened(safe="papaya lamp")
    values = [value for screen in person.turn.screens for text in screen.text for _, value in text.values]
    assert "papaya lamp" in values
    assert any("hang up" in line for line in person.words)
    assert not any("safe words" in line for line in opened().words)


def test_the_person_agrees_and_may_change_their_mind():
    person = opened("place_offered")
    person.tap("proposal", "agree")
    assert command(person) == DecideOnProposal("R-1", agrees=True)
    person.tap("proposal", "disagree")
    assert command(person) == DecideOnProposal("R-1", agrees=False)
    assert "proposal" not in person.choices


def test_a_question_comes_before_an_answer():
    person = opened("place_offered")
    person.tap("proposal", "not_yet")
    assert person.turn.commands == ()
    assert person.place == ("receipt", "reply")


@pytest.mark.parametrize(
    ("state", "holder"), [("place_offered", "professional"), ("searching", "person"), ("arrived", "person")]
)
def test_nobody_else_and_nowhere_else_is_a_proposal_answered(state: str, holder: Holder):
    assert "proposal" not in opened(state, holder).choices


@pytest.mark.parametrize("letter", [Letter("hello", "text", "ar"), Letter("yes", "reply"), Letter("a\x01b")])
def test_a_letter_is_read_as_it_was_stored(letter: Letter):
    assert letters.read(letters.stored(letter)) == letter


def test_words_of_before_are_read_as_they_are():
    assert letters.read("We are here.") == Letter("We are here.")
    assert letters.read("\x01nonsense\x01\x01x") == Letter("\x01nonsense\x01\x01x")
