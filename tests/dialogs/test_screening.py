"""Screening in the conversation: asked only while it matters, paused, stopped, explained, carried into a request."""

import pytest

from tests.dialogs.world import LIBRARY, Person, as_person

SITUATION = LIBRARY.instruments["situation"]


def checked(*answers: str, audience: str = "person") -> Person:
    person = as_person(audience=audience)
    way = ("instruments", "situation") if audience == "professional" else ("check",)
    person.tap(*way, "start", "adult", *answers)
    return person


def answered(person: Person) -> dict[str, str]:
    return dict(person.turn.session.stack[-1].answers)


class TestAQuestion:
    def test_is_not_asked_when_it_can_change_nothing(self):
        person = checked("yes")
        assert person.place == ("screening", "means_force")  # one act is enough: no question on hosting
        person.tap("yes")
        assert person.place == ("screening", "purpose_forced_labour")  # one means is enough

    def test_of_a_purpose_is_asked_of_who_came_to_understand_also_after_a_yes(self):
        person = checked("yes", "yes", "yes")
        assert person.place == ("screening", "purpose_servitude")
        person.tap(*["no"] * 7, "yes")
        assert person.place == ("screening", "finding")
        assert "Not all was asked. This is what was learnt so far." not in person.words

    def test_of_a_purpose_is_asked_of_a_professional_only_until_a_yes(self):
        assert checked("yes", "yes", "yes", audience="professional").place == ("screening", "finding")

    def test_is_asked_again_once_an_earlier_answer_is_changed(self):
        person = checked("yes", "back", "no")
        assert person.place == ("screening", "act_hosted")

    def test_says_to_a_person_why_it_is_asked(self):
        person = checked()
        person.tap("why")
        assert person.place == ("screening", "act_brought")
        assert "You did nothing wrong by going along." in " ".join(person.words)
        assert "how" not in person.choices

    @pytest.mark.parametrize("audience", ["person", "other"])
    def test_is_in_plain_words_for_who_is_not_a_professional(self, audience: str):
        person = checked(audience=audience)
        assert SITUATION.questions[0].plain in person.turn.screens[-1].text
        assert "why" in person.choices

    def test_says_to_a_professional_how_to_ask_it(self):
        person = checked(audience="professional")
        person.tap("how")
        assert "No border needs to be crossed." in " ".join(person.words)
        assert "why" not in person.choices

    def test_says_how_many_may_follow(self):
        person = checked()
        (text,) = (text for text in person.turn.screens[-1].text if text.msgid.startswith("Question {place}"))
        assert dict(text.values) == {"place": 1, "count": 14}


class TestAProfessional:
    def test_reads_before_use_where_the_questions_come_from_and_what_they_cannot_say(self):
        person = as_person(audience="professional")
        person.tap("instruments", "ilo_adult_labour")
        for text in (SITUATION.title,):
            assert text.msgid not in person.words
        instrument = LIBRARY.instruments["ilo_adult_labour"]
        for text in (instrument.population, instrument.validation, instrument.limits, instrument.licence):
            assert text.msgid in person.words
        assert "{source}. Read on {day}, in a secondary source." in person.words

    def test_may_ask_every_question(self):
        person = as_person(audience="professional")
        person.tap("instruments", "situation", "all", "adult", *["yes"] * 15)
        assert person.place == ("screening", "finding")
        assert len(answered(person)) == 17

    def test_may_ask_afterwards_what_was_left_out(self):
        person = checked("yes", "yes", "yes", audience="professional")
        person.tap("ask_all")
        assert person.place == ("screening", "act_hosted")

    def test_finds_no_such_way_as_a_person(self):
        person = as_person()
        person.tap("check")
        assert "all" not in person.choices

    def test_reads_of_instruments_that_are_not_here(self):
        person = as_person(audience="professional")
        person.tap("instruments", "absent")
        for described in LIBRARY.described.values():
            assert {described.title.msgid, described.limits.msgid, described.absent.msgid} <= set(person.words)


class TestStopping:
    def test_shows_what_was_learnt_so_far_and_leads_on(self):
        person = checked("yes", "unknown")
        person.tap("pause", "so_far")
        assert person.place == ("screening", "finding")
        assert "Not all was asked. This is what was learnt so far." in person.words
        assert "– {reason}" in person.words
        person.tap("go_on")
        assert person.place == ("screening", "means_authority")

    def test_a_pause_leads_back_to_the_question(self):
        person = checked("yes")
        person.tap("pause", "go_on")
        assert person.place == ("screening", "means_force")

    def test_a_pause_can_end_it(self):
        person = checked("yes")
        person.tap("pause", "finish")
        assert person.place == ("menu", "choose")


class TestAFinding:
    def test_says_what_to_ask_next_and_what_it_cannot_say(self):
        person = checked("yes", "unknown", *["no"] * 12)
        assert person.place == ("screening", "finding")
        person.tap("further")
        said = [text for text in person.turn.screens[-1].text if text.msgid == "– {question}"]
        assert SITUATION.questions[2].plain in [dict(text.values)["question"] for text in said]
        assert "What this cannot say:" in person.words
        person.tap("finding")
        assert person.place == ("screening", "finding")

    def test_of_indicators_counts_nothing(self):
        person = as_person(audience="professional")
        person.tap("instruments", "ilo_adult_labour", "start", *["yes"] * 12)
        while person.place[1] != "finding":
            person.tap("no")
        texts = " ".join(person.words)
        assert "{level} Because of: {reasons}." in texts
        assert not {"strong", "medium", "weak"} & set(texts.casefold().split())

    @pytest.mark.parametrize("audience", ["person", "other"])
    def test_of_a_person_fills_in_only_the_age(self, audience: str):
        person = checked("yes", "yes", "yes", audience=audience)
        person.tap("pause", "so_far", "referral")
        assert set(answered(person)) == {"age"}


class TestOneTap:
    def test_fills_in_the_forms(self):
        person = checked("yes", "yes", "no", "no", "no", "yes", audience="professional")
        person.tap("referral")
        assert person.place[0] == "referral"
        assert answered(person) == {"age": "adult", "forms": "begging"}

    def test_fills_in_the_urgency_with_what_was_found_before(self):
        person = checked("yes", "yes", "yes", audience="professional")
        person.tap("danger", "start", "yes", *["no"] * 4)  # the age is not asked twice
        person.tap("pause", "so_far", "referral")
        assert answered(person) == {"age": "adult", "forms": "labour", "urgency": "soon"}

    def test_leaves_out_what_was_screened_before_a_visit_to_the_menu(self):
        person = checked("yes", "yes", "yes", audience="professional")
        person.tap("menu", "instruments", "danger", "start", "adult", "yes", "pause", "so_far", "referral")
        assert answered(person) == {"age": "adult", "urgency": "soon"}

    def test_takes_nobody_for_an_adult_by_the_set_that_was_chosen(self):
        person = as_person(audience="professional")
        person.tap("instruments", "ilo_adult_labour", "start", "yes", "pause", "so_far", "referral")
        assert answered(person) == {}

    def test_takes_the_childrens_set_for_a_child(self):
        person = as_person(audience="professional")
        person.tap("instruments", "ilo_child_labour", "start", "yes", "pause", "so_far", "referral")
        assert person.place == ("referral", "child")

    def test_asks_for_the_approval_again_when_it_changes_a_request_under_way(self):
        person = as_person(audience="professional")
        person.tap("refer", "adult", "together", "yes", "yes", "yes", "yes", "fr", "done", "needed", "normal", "days")
        person.tap("unsaid", "unsaid", "woman", "none", "none", "no", "none", "unsaid", "none", "none", "unsaid")
        person.tap("unsaid", "ok")
        assert person.place == ("referral", "consent")
        person.tap("menu", "instruments", "danger", "start", "adult", "yes", "pause", "so_far", "referral")
        assert answered(person)["urgency"] == "soon"
        assert person.place == ("referral", "review")


def test_immediate_danger_shows_the_numbers_first():
    person = as_person(audience="professional")
    person.tap("instruments", "danger", "start", "adult")
    while person.place[1] != "threat_dependant_held":
        person.tap("no")
    person.tap("yes", "pause", "so_far") if "pause" in person.choices else person.tap("yes")
    while person.place[1] != "finding":
        person.tap("no")
    assert person.turn.screens[-1].text[0].msgid == "If there is danger now, call: {numbers}."
    assert "Urgent: act now, before anything else." in person.words


def test_a_professional_says_which_and_the_finding_tells_it():
    person = checked("yes", "yes", "yes", audience="professional")
    assert "which_means_force" in person.choices
    person.tap("which_means_force", "0", "3", "0", "done")
    assert person.place == ("screening", "finding")
    told = str(person.turn.screens[-1])
    assert "{reason} (here: {kinds})" in told
    assert "lies or a false promise" in told
    assert "violence" not in told
    person.tap("back", "back")
    assert "which_means_force" not in checked("yes", "yes", "yes", *["no"] * 7).choices
