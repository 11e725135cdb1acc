"""Answers typed in the middle of questions: taken where they are plain, asked again where not, taken back on "wait"."""

import pytest

from dialogs.answering import answered, corrected
from dialogs.heard import CHANGED, PLAINLY, THANKS
from dialogs.typed import begins
from tests.dialogs.world import Person, as_person
from tests.dialogs.world import answered as answers_of


def at_second_question() -> Person:
    """The first question was answered with no."""
    person = as_person()
    person.tap("check", "start", "adult", "no")
    return person


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Effectivement", "yes"),
        ("he does", "yes"),
        ("es verdad", "yes"),
        ("حدث لي", "yes"),
        ("oui, mon patron garde tout mon salaire et mes papiers aussi", "yes"),
        ("yes he took all of my money and my papers too", "yes"),
        ("personne", "no"),
        ("he doesn't", "no"),
        ("Nadie.", "no"),
        ("لا أحد", "no"),
        ("je ne m'en souviens plus", None),
        ("j'en sais rien", "unknown"),
        ("I can't remember", "unknown"),
        ("no me acuerdo", "unknown"),
        ("لا أتذكر", "unknown"),
        ("有过", "yes"),
        ("我觉得是", "yes"),
        ("是的，老板拿走了我的护照和工资", "yes"),
        ("没发生过", "no"),
        ("没有，我自己来的", "no"),
        ("很难说", "unknown"),
        ("bu zhi dao", "unknown"),
        ("হয়েছে", "yes"),
        ("আমার মনে হয় হ্যাঁ", "yes"),
        ("হ্যাঁ, মালিক আমার পাসপোর্ট নিয়ে গেছে", "yes"),
        ("কেউ না", "no"),
        ("এমন কিছু হয়নি", "no"),
        ("না, আমি নিজে এসেছি", "no"),
        ("জানা নেই", "unknown"),
        ("mone nei", "unknown"),
    ],
)
def test_plain_words_are_the_answer(said: str, answer: str | None):
    person = at_second_question()
    asked = person.place[1]
    person.say(said)
    assert answers_of(person).get(asked) == answer


@pytest.mark.parametrize(
    "said",
    [
        "I don't think so", "je ne crois pas", "sí y no", "نعم ولا", "it depends", "attends",
        "我觉得不是", "应该没有", "是也不是",
        "有时是，有时不是", "不完全是", "等一下", "আমার মনে হয় না", "হ্যাঁ এবং না", "পুরোপুরি না", "একটু দাঁড়ান", "mone hoy na",
    ],
)  # fmt: skip
def test_what_only_half_answers_is_asked_again(said: str):
    person = at_second_question()
    asked = person.place
    person.say(said, "deny", 0.9)
    assert person.place == asked
    assert person.words[0] == PLAINLY.msgid
    assert asked[1] not in answers_of(person)


@pytest.mark.parametrize(
    "said",
    [
        "wait, yes", "No wait, yes!", "attendez oui", "oups je voulais dire oui", "espera, sí", "لا، انتظر، نعم",
        "等等，是的", "不对，有", "我说错了，是", "দাঁড়ান, হ্যাঁ", "ভুল হয়েছে, হ্যাঁ",
    ],
)  # fmt: skip
def test_wait_yes_after_a_no_leads_back_to_that_question(said: str):
    person = as_person()
    person.tap("check", "start", "adult")
    first = person.place[1]
    person.tap("no")
    person.say(said, "affirm")
    assert person.place == ("screening", first)
    assert person.words[0] == CHANGED.msgid
    assert answers_of(person)[first] == "no", "the tap decides, not the guess"
    person.tap("yes")
    assert answers_of(person)[first] == "yes"


def test_wait_yes_after_a_yes_is_asked_again():
    person = as_person()
    person.tap("check", "start", "adult", "yes")
    asked = person.place
    person.say("wait, yes", "affirm")
    assert person.place == asked
    assert person.words[0] == PLAINLY.msgid


def test_half_words_agree_to_nothing():
    person = as_person(audience="professional")
    person.tap("refer")
    asked = person.place
    person.say("I think so")
    assert person.place == asked


@pytest.mark.parametrize(("said", "likely"), [("等等", "suicide"), ("মাঝে মাঝে", "minor"), ("আমার সাথে হয়েছে", "threat")])
def test_in_the_very_words_of_an_answer_likeness_tells_no_danger(said: str, likely: str):
    person = at_second_question()
    person.say(said, danger=(likely,), unsure=(likely,))
    assert person.place[0] == "screening"
    person.say(said, danger=(likely,))
    assert person.place[0] == "crisis", "a rule does"


@pytest.mark.parametrize(
    "said", ["不想说", "是老板带我来的", "不知道", "嗯，不知道", "জি না", "হ্যাঁ না", "নাম বলব না", "না খেয়ে থাকি"]
)
def test_a_beginning_like_yes_or_no_is_not_always_one(said: str):
    assert begins(said) is None


@pytest.mark.parametrize("said", ["wait outside, yes", "je voulais dire que mon patron me tape", "espera"])
def test_a_sentence_takes_nothing_back(said: str):
    assert corrected(said) is None


def test_only_whole_texts_answer():
    assert answered("he does not let me sleep") is None


@pytest.mark.parametrize("audience", ["person", "professional"])
def test_a_story_told_where_yes_or_no_is_asked_leads_nobody_away(audience: str):
    person = as_person(audience=audience)
    person.tap(*(("instruments", "situation") if audience == "professional" else ("check",)), "start", "adult")
    asked = person.place
    person.say("il lui a pris son passeport", "report_exploitation")
    assert person.place == asked
    assert PLAINLY.msgid in person.words
    assert (THANKS.msgid in person.words) == (audience == "person")
    person.say("rabarbara", ranking=(("ask_rights", 0.3),))
    assert person.place == asked
    person.say("what are my rights", "ask_rights")
    assert person.place == ("information", "page/rights"), "a question is answered"
