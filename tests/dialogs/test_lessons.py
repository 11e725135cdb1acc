"""The self-study path: seven modules, each answer explained, resumed by a place's number, and never sent."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import content
from bot.channels.telegram.text import units
from bot.render import render
from bot.turns import Content
from dialogs.commands import SubmitReferral
from dialogs.events import Started
from dialogs.lesson import Module, Question, rests, shaken
from dialogs.library import day_of
from dialogs.plain import sentences, words
from dialogs.reading_lessons import MOST_WORDS
from dialogs.screen import Screen
from tests.dialogs.world import AT, LIBRARY, Person, as_person
from tests.test_catalogues import LANGUAGES

MODULES = list(LIBRARY.lessons.values())
QUESTIONS = [(module, question) for module in MODULES for question in module.questions]
PLACES = [(module, place) for module in MODULES for place in module.places]
YEAR = 365 * 24 * 3600


def named(value: object) -> str:
    return str(getattr(value, "id", value))


def studying(module: str = "law") -> Person:
    person = as_person(audience="professional")
    person.tap("training", "lessons", f"module-{module}")
    return person


def at(module: Module, question: Question) -> Person:
    person = studying()
    person.say(module.number(question))
    return person


def answer(person: Person, letters: str, *, several: bool) -> None:
    person.tap(*letters)
    if several:
        person.tap("done")


class TestTheModules:
    def test_are_the_seven_subjects_of_the_training_in_their_order(self):
        assert [module.id for module in MODULES] == [
            "law", "exploitation", "danger", "trauma", "signs", "talking", "support",
        ]  # fmt: skip
        assert [module.order for module in MODULES] == [1, 2, 3, 4, 5, 6, 7]

    @pytest.mark.parametrize("module", MODULES, ids=named)
    def test_rest_on_facts_that_are_shown_today(self, module: Module):
        for lesson in module.lessons:
            facts = rests(lesson, LIBRARY.topics)
            assert len(facts) == len(lesson.rests_on)
            assert all(fact.shown for fact in facts)
            assert shaken(facts, day_of(AT)) is None

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_are_short_and_plain_in_every_language(self, language: str, said: Content):
        for module in MODULES:
            for lesson in module.lessons:
                told = [said.catalog.translate(language, text) for text in (lesson.title, *lesson.text)]
                assert sum(map(words, told)) <= MOST_WORDS * 4 / 3, told
            for question in module.questions:
                texts = [*question.facts, question.text, *(t for o in question.options for t in (o.text, o.because))]
                told = [said.catalog.translate(language, text) for text in texts]
                assert max(words(sentence) for text in told for sentence in sentences(text)) <= 30, told

    def test_never_say_that_somebody_is_a_victim_and_shame_nobody(self):
        reasons = [option.because.msgid.lower() for _, q in QUESTIONS for option in q.options]
        assert not [r for r in reasons if r.startswith(("wrong", "no,", "false")) or "is a victim" in r]

    def test_ask_for_several_answers_and_for_first_words_too(self):
        assert sum(question.several for _, question in QUESTIONS) >= 5
        assert sum("say first" in question.text.msgid for _, question in QUESTIONS) >= 4

    def test_do_not_give_the_right_answer_away_by_its_place(self):
        first = sum(question.options[0].right for _, question in QUESTIONS)
        assert first < len(QUESTIONS) * 0.6


@pytest.fixture(scope="module")
def said() -> Content:
    return content()


@pytest.fixture(scope="module")
def screens() -> set[Screen]:
    """Every screen of the path that can be come to."""
    person = studying()
    found = set()
    for module, place in PLACES:
        person.say(module.number(place))
        found.add(person.turn.screens[-1])
        if isinstance(place, Question):
            person.tap("pass")
            found.add(person.turn.screens[-1])
        if place is module.places[-1]:
            person.tap("next")
            found.add(person.turn.screens[-1])
            person.tap("list", f"module-{module.id}")
            found.add(person.turn.screens[-1])
    return found


class TestALearner:
    def test_reads_a_module_answers_and_sees_what_to_read_again(self):
        person = studying("law")
        module = LIBRARY.lessons["law"]
        person.tap(f"lesson-{module.lessons[0].id}")
        for _ in module.lessons:
            assert person.place[1].startswith("lesson/law.")
            person.tap("next")
        for question in module.questions:
            assert person.place == ("lessons", f"question/law.{question.id}")
            right = question is not module.questions[0]
            letters = "".join(o.id for o in question.options if o.right == right)[: None if right else 1]
            answer(person, letters, several=question.several)
            person.tap("next")
        assert person.place == ("lessons", "summary/law")
        assert "Answered: {count} of {total}. Right: {right}." in person.words
        told = dict(next(t for t in person.turn.screens[-1].text if t.msgid.startswith("Answered")).values)
        assert told == {"count": 5, "total": 5, "right": 4}
        assert f"lesson-{module.questions[0].lesson}" in person.choices
        assert {"topic-definition", "module-exploitation"} <= set(person.choices)

    @pytest.mark.parametrize(("module", "question"), QUESTIONS, ids=named)
    def test_is_told_yes_for_the_marked_answers_and_for_no_others(self, module: Module, question: Question):
        for letters in [o.id for o in question.options] + ["".join(sorted(question.right))]:
            if len(letters) > 1 and not question.several:
                continue
            person = at(module, question)
            answer(person, letters, several=question.several)
            assert person.place == ("lessons", f"answered/{module.id}.{question.id}")
            yes = {"Yes, this one.", "Yes: all of these, and only these."} & set(person.words)
            assert bool(yes) == (frozenset(letters) == question.right)
            assert {option.because.msgid for option in question.options} <= set(person.words)

    def test_may_look_at_the_answers_without_giving_one(self):
        person = studying("danger")
        person.tap("questions", "pass")
        assert "The answers, and their reasons:" in person.words
        person.tap("lesson")
        assert person.place == ("lessons", "lesson/danger.now")

    def test_takes_a_tick_back_and_finds_none_at_the_next_question(self):
        module = LIBRARY.lessons["exploitation"]
        question = next(question for question in module.questions if question.several)
        person = at(module, question)
        person.tap("a", "b", "b", "a")
        assert "done" not in person.choices
        person.tap("a", "module", "questions")
        assert "done" not in person.choices

    def test_sees_where_a_lesson_comes_from(self):
        person = studying("law")
        person.tap("lesson-three_elements", "sources")
        assert "{source}. Read on {day}." in person.words
        assert person.place == ("lessons", "lesson/law.three_elements")

    def test_is_told_a_year_later_that_the_lesson_may_have_changed(self):
        person = studying("law")
        person.tap("lesson-three_elements")
        assert not [line for line in person.words if "may have changed" in line]
        later = as_person(audience="professional")
        later.wait(2 * YEAR)
        later.send(Started(later.at, True))
        later.tap("fr", "professional", "training", "lessons")
        later.say("1.1")
        assert "What this rests on may have changed since {day}." in later.words


class TestAnotherDay:
    @pytest.mark.parametrize(("module", "place"), PLACES, ids=named)
    def test_every_place_is_found_again_by_its_number(self, module: Module, place: object):
        person = as_person(audience="professional")
        person.tap("training", "lessons")
        person.say(module.number(place))  # type: ignore[arg-type]
        kind = "question" if isinstance(place, Question) else "lesson"
        assert person.place == ("lessons", f"{kind}/{module.id}.{named(place)}")

    @pytest.mark.parametrize(
        "written",
        [
            "3.2", " 3,2 ", "3-2", "٣٫٢", "٣.٢", "3 / 2", "3。2", "3．2", "3，2", "３．２", "3、2", "3:2", "3 2", "٣،٢",
            "৩.২", "৩।২", "Nº 3.2",
            "leçon 3.2", "Leçon n° 3.2", "à la leçon 3.2", "lesson 3.2", "Lesson 3.2.", "go to 3.2 please",
            "lección 3.2", "الدرس 3.2", "الدرس رقم ٣٫٢", "第3.2课", "模块3.2", "编号：3。2",
            "পাঠ ৩.২", "৩.২ নং পাঠ", "নম্বর 3.2",
        ],
    )  # fmt: skip
    def test_the_number_is_read_as_people_write_it(self, written: str):
        person = studying()
        person.say(written)
        assert person.place == ("lessons", "lesson/danger.threat")

    def test_a_place_that_is_like_going_back_is_a_place(self):
        person = studying()
        person.say("الدرس 3.2", "go_back", 0.78)
        assert person.place == ("lessons", "lesson/danger.threat")
        person.say("ارجع", "go_back", 0.9)
        assert person.place[0] == "lessons"
        assert person.place != ("lessons", "lesson/danger.threat")

    @pytest.mark.parametrize("written", ["32", "3", "3.2.1", "it costs 3.2 euros", "13.2", "3.222", "le 3 février"])
    def test_another_number_is_no_place(self, written: str):
        person = studying()
        place = person.place
        person.say(written)
        assert person.place == place
        assert not person.words[0].startswith("There is no such place.")

    @pytest.mark.parametrize("written", ["9.1", "3.99", "3.0", "第9.1课"])
    def test_a_number_of_no_place_is_told(self, written: str):
        person = studying()
        person.say(written)
        assert person.words[0].startswith("There is no such place.")

    def test_after_half_an_hour_nothing_is_kept_and_the_list_says_so(self):
        person = studying("law")
        person.tap("questions", "a")
        person.wait(31 * 60)
        person.say("1.7")
        person.tap("fr", "professional", "training", "lessons")
        assert [line for line in person.words if "30 minutes" in line]
        person.say("1.7")
        assert person.place == ("lessons", "question/law.poor_without_papers")

    def test_within_it_one_goes_on_where_one_was(self):
        person = studying("signs")
        person.tap("lesson-worth", "next", "menu", "training", "lessons")
        assert person.place == ("lessons", "lesson/signs.which")


class TestNothingOfIt:
    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.integers(0, 40) | st.sampled_from(["make_referral", "start_screening", "affirm", "3.2"]), max_size=60
        )
    )
    def test_breaks_on_any_way_or_is_ever_sent(self, moves: list[int | str]):
        person = studying()
        for move in moves:
            before = [frame.flow for frame in person.turn.session.stack]
            if isinstance(move, str):
                person.say(move, None if move == "3.2" else move)
            else:
                person.tap(person.choices[move % len(person.choices)])
            if person.turn.session.ended:
                return
            after = [frame.flow for frame in person.turn.session.stack]
            assert not (any(isinstance(c, SubmitReferral) for c in person.turn.commands) and "lessons" in before)
            assert "referral" not in after or "lessons" not in after[: after.index("referral")]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_too_long_for_one_message(self, language: str, said: Content, screens: set[Screen]):
        assert len(screens) > 100
        for screen in screens:
            shown = render(said.catalog, screen, language)
            assert units("\n\n".join(shown.text)) < 4096
            assert all(len(choice.label) <= 64 for choice in shown.choices), [c.label for c in shown.choices]
