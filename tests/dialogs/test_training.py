"""The way to all there is to learn with, as a professional finds it, and as anybody else who asks for a course."""

from dialogs.searching import found, search_words
from tests.dialogs.test_pages import FOUND
from tests.dialogs.world import LIBRARY, as_person


class TestAProfessional:
    def test_finds_cases_to_practise_with_and_what_the_training_is(self):
        person = as_person(audience="professional")
        person.tap("training", "exercise")
        assert person.place == ("exercise", "choose")
        person.tap("finish", "about")
        assert person.place == ("information", "page/training")

    def test_comes_by_asking_and_goes_back_to_the_menu(self):
        person = as_person(audience="professional")
        person.say("je cherche une formation", "ask_training")
        assert person.place == ("training", "choose")
        person.tap("finish")
        assert person.place == ("menu", "choose")

    def test_comes_from_the_page_and_by_the_words_for_exercises(self):
        assert [topic.id for topic in found(FOUND, "exercises please", "professional", "en")] == ["training"]
        assert "exercises" in search_words(LIBRARY.topics.values(), lambda text: text.msgid)["training"]
        person = as_person(audience="professional")
        person.tap("learn", "group-practice", "topic-training", "training")
        assert person.place == ("training", "choose")


class TestAPerson:
    def test_who_asks_for_training_is_shown_courses_for_themself_first(self):
        person = as_person()
        person.say("une formation", "ask_training")
        assert person.choices[:2] == ["courses", "about"]
        assert "exercise" not in person.choices
        person.tap("courses")
        assert person.place == ("information", "page/courses_and_work")
