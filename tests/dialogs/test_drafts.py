"""What was begun is kept while one looks elsewhere: a request half made, a check half done, an agreement being read."""

import pytest

from dialogs.events import Asked
from tests.dialogs.world import AT, FLOWS, Person, as_person

ANSWERS = {"emergency": "yes", "age": "adult", "danger": "yes", "distance": "yes", "informed": "yes", "urgency": "soon"}


def flows(person: Person) -> list[str]:
    return [frame.flow for frame in person.turn.session.stack]


def answered(person: Person, flow: str) -> dict[str, str]:
    (frame,) = (frame for frame in person.turn.session.stack if frame.flow == flow)
    return {name: value for name, value in frame.answers if value}


def half_a_request(person: Person) -> None:
    person.tap("yes", "adult", "yes", "yes", "yes", "soon")
    assert person.place == ("referral", "roof")


class TestADraft:
    def test_is_kept_when_a_check_begun_before_it_is_gone_back_to(self):
        person = as_person()
        person.tap("check", "start", "adult", "yes", "menu", "help_me")
        half_a_request(person)
        person.tap("menu", "check")
        assert answered(person, "screening")["age"] == "adult"
        person.tap("menu", "help_me")
        assert person.place == ("referral", "roof")
        assert answered(person, "referral") == ANSWERS
        person.tap("menu", "check")
        assert person.place[0] == "screening"
        assert answered(person, "screening")["age"] == "adult"

    def test_is_kept_from_the_finding_on(self):
        person = as_person()
        person.tap("check", "start", "adult", *["yes"] * 3, "pause", "so_far", "referral")
        assert person.place == ("referral", "emergency")
        person.tap("yes", "yes", "yes", "yes", "soon", "menu", "check")
        assert person.place == ("screening", "finding")
        person.tap("referral")
        assert person.place == ("referral", "roof")

    def test_begun_from_a_page_is_kept_when_a_page_is_asked_for(self):
        person = as_person()
        person.say("where can I sleep", "ask_shelter")
        assert person.place[0] == "information"
        person.say("help me", "make_referral")
        half_a_request(person)
        person.say("what are my rights", "ask_rights")
        assert person.place == ("information", "page/rights")
        person.tap("back")
        assert person.place == ("referral", "roof")
        assert answered(person, "referral") == ANSWERS

    def test_begun_from_the_numbers_is_kept_when_there_is_danger(self):
        person = as_person()
        person.tap("sos", "human", "ask")
        half_a_request(person)
        person.say("he is at the door", danger=("threat",))
        assert person.place == ("crisis", "numbers")
        person.tap("go_on")
        assert person.place == ("referral", "roof")
        assert answered(person, "referral") == ANSWERS

    def test_outlives_every_digression_there_is(self):
        person = as_person()
        person.tap("help_me")
        half_a_request(person)
        for _ in range(3):
            person.say("what are my rights", "ask_rights")
            person.say("a check", "start_screening")
            person.say("it happens to me", "report_exploitation")
            person.say("a person please", "talk_to_human")
            person.say("other language", "change_language")
            person.send(Asked(AT, "erase"))
            person.send(Asked(AT, "help"))
            person.say("stop")
            person.tap("sos")
            person.say("a receipt", "check_referral")
            assert len(flows(person)) <= 10
        person.tap("menu")
        person.say("help me", "make_referral")
        assert answered(person, "referral") == ANSWERS

    def test_comes_up_once_however_often_one_goes_to_and_fro(self):
        person = as_person()
        for _ in range(12):
            person.tap("check", "menu", "help_me", "menu")
        assert len(flows(person)) == len(set(flows(person))) + 2
        assert flows(person).count("referral") == flows(person).count("screening") == 1


class TestBack:
    def test_leads_through_a_check_that_was_gone_back_to_and_then_to_the_menu(self):
        person = as_person()
        person.tap("check", "start", "menu", "help_me", "yes", "menu", "check", "back")
        assert person.place == ("screening", "intro")
        person.tap("back")
        assert person.place[0] == "menu"
        person.tap("go_on")
        assert person.place == ("referral", "age")


class TestTheAgreement:
    def reading(self) -> Person:
        person = as_person("fr", "professional")
        person.tap("instruments", "situation", "start", "adult", "menu")
        person.tap("refer", "adult", "together", "yes", "yes", "yes", "yes", "fr", "done", "needed", "soon", "days")
        person.tap("unsaid", "unsaid", "woman", "none", "none", "no", "none", "unsaid", "none", "none", "unsaid")
        person.tap("unsaid", "ok", "read", "es")
        assert person.place == ("consent", "text")
        return person

    def test_waits_while_the_professional_goes_back_to_a_check(self):
        person = self.reading()
        person.tap("menu", "instruments", "situation")
        assert person.place == ("screening", "act_brought")
        assert person.turn.session.spoken == "fr"
        person.tap("menu", "go_on")
        assert person.place == ("screening", "act_brought")
        person.tap("menu", "refer")
        assert person.place == ("referral", "consent")
        assert answered(person, "referral")["gender"] == "woman"

    def test_is_gone_on_with_when_the_check_is_over(self):
        person = self.reading()
        person.tap("menu", "instruments", "situation", *["skipped"] * 15)
        person.tap("finish", "go_on")
        assert person.place == ("consent", "text")
        assert person.turn.session.spoken == "es"
        person.tap("yes", "no")
        assert person.commands == ["SubmitReferral"]

    def test_is_asked_for_anew_when_the_request_itself_is_gone_back_to(self):
        person = self.reading()
        person.tap("menu", "refer")
        assert flows(person) == ["menu", "instruments", "screening", "menu", "referral"]
        person.tap("read", "es", "yes", "no")
        assert person.commands == ["SubmitReferral"]


@pytest.mark.parametrize("flow", ["screening", "referral", "consent"])
def test_what_holds_answers_is_a_draft(flow: str):
    assert FLOWS[flow].resumable
