"""The agenda and the sign-up, as professionals meet them; and who never does."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.agenda import Standing
from dialogs.commands import CancelSignUp, SignUp
from dialogs.engine import advance
from dialogs.events import Chose, ReceiptSeen, Said
from dialogs.flows.sign_up import contact_in
from dialogs.library import time_of
from tests.dialogs.world import AGENDA, AT, CLOSED, FLOWS, FREE, FULL, LIBRARY, OVER, as_person

CONFIRMED = "You are signed up, and the coordination has confirmed your place."
CONTACT = "poste@service.example"


def at_agenda(audience: str = "professional", *, sealing: bool = True):
    person = as_person(audience=audience, sealing=sealing)
    person.tap("training", "agenda")
    return person


def receipt(person, **known):
    seen = ReceiptSeen("open", sign_up=Standing("s2345abcd", **known))
    return person.send(Said(person.at, "", receipt=seen, sealing=True))


class TestAProfessional:
    def test_reads_what_is_to_come_and_not_what_is_over(self):
        person = at_agenda()
        shown = [choice for choice in person.choices if choice.startswith("day-")]
        assert shown == [f"day-{one.id}" for one in AGENDA if one is not OVER]

    def test_signs_up_with_a_work_contact_and_nothing_else_of_what_was_written(self):
        person = at_agenda()
        person.tap(f"day-{FREE.id}", "sign_up", "social")
        assert person.turn.screens[-1].asks_contact
        person.say(f"Inès Martin, {CONTACT}, tél. 04 93 00 00 00")
        assert "A seat is free for you." in person.words
        person.tap("ok")
        assert person.turn.commands == (SignUp(FREE.id, "social", f"{CONTACT}, 04 93 00 00 00"),)
        assert person.place == ("signed_up", "kept")
        assert "contact" not in dict(person.turn.session.stack[-1].answers)

    def test_is_told_the_place_on_the_waiting_list_before_signing_up(self):
        person = at_agenda()
        person.tap(f"day-{FULL.id}", "sign_up", "other")
        person.say(CONTACT)
        waiting = next(text for text in person.turn.screens[-1].text if "waiting list" in text.msgid)
        assert waiting.values == (("count", FULL.waiting + 1),)

    def test_finds_no_sign_up_where_it_is_closed_or_nobody_could_read_it(self):
        person = at_agenda()
        person.tap(f"day-{CLOSED.id}")
        assert "sign_up" not in person.choices
        alone = at_agenda(sealing=False)
        alone.tap(f"day-{FREE.id}")
        assert "sign_up" not in alone.choices
        assert "You cannot sign up here now: nobody could open your contact." in alone.words

    @pytest.mark.parametrize("instead", [(), (replace(FREE, state="closed"),), (replace(FREE, begins_at=AT),)])
    def test_reads_that_it_is_too_late_when_it_closed_meanwhile(self, instead):
        person = at_agenda()
        person.tap(f"day-{FREE.id}", "sign_up", "social")
        person.say(CONTACT)
        library = replace(LIBRARY, agenda=instead)
        turn = advance(person.turn.session, Chose(AT, "ok", person.turn.session.turn, True), FLOWS, library)
        assert turn.commands == ()
        assert turn.session.stack[-1].flow in ("agenda", "sign_up")

    def test_goes_on_with_the_sign_up_after_a_question_in_the_middle(self):
        person = at_agenda()
        person.tap(f"day-{FREE.id}", "sign_up", "health")
        person.say("comment ça marche", "help")
        person.tap("back")
        assert person.place == ("sign_up", "contact")

    def test_nothing_invented_lies_under_a_sign_up(self):
        person = as_person(audience="professional")
        person.tap("training", "exercise", "orchard", "begin", "yes")
        person.tap("menu", "training", "agenda", f"day-{FREE.id}", "sign_up")
        assert "exercise" not in [frame.flow for frame in person.turn.session.stack]

    def test_calendar_file_is_a_link_of_our_own_in_the_language_spoken(self):
        person = at_agenda()
        person.tap(f"day-{FREE.id}")
        (link,) = [choice.url for choice in person.turn.screens[-1].choices if choice.id == "calendar"]
        assert link == f"/agenda/fr/{FREE.id}.ics"


class TestBehindTheReceipt:
    @pytest.mark.parametrize(
        ("known", "sentence"),
        [
            ({"training": FREE.id, "state": "seat"}, "You are signed up: a seat is kept for you."),
            ({"training": FREE.id, "state": "confirmed"}, CONFIRMED),
            ({"training": FULL.id, "state": "waiting", "position": 2}, "You are on the waiting list: number {count}."),
            ({"training": OVER.id, "state": "attended"}, "This training has begun or is over."),
            ({"training": ""}, "This training is not there any more."),
        ],
    )
    def test_how_it_stands(self, known, sentence):
        person = as_person(audience="professional")
        receipt(person, **known)
        assert person.place == ("signed_up", "open")
        assert sentence in person.words
        assert ("cancel" in person.choices) == (known.get("state") in ("seat", "confirmed", "waiting"))

    def test_anybody_who_has_it_may_cancel(self):
        person = as_person(audience="other")
        receipt(person, training=FREE.id, state="confirmed")
        person.tap("cancel", "yes")
        assert person.turn.commands == (CancelSignUp("s2345abcd"),)
        assert person.choices[:1] == ["agenda"]

    def test_another_receipt_opens_over_the_first(self):
        person = as_person(audience="professional")
        receipt(person, training=FREE.id, state="seat")
        receipt(person, training=FULL.id, state="waiting", position=1)
        assert [frame.flow for frame in person.turn.session.stack] == ["menu", "signed_up"]
        assert "You are on the waiting list: number {count}." in person.words


class TestAPerson:
    @pytest.mark.parametrize("audience", ["person", "other"])
    def test_is_told_that_it_is_for_professionals(self, audience):
        person = as_person(audience=audience)
        receipt(person, training=FREE.id, state="seat")
        person.tap("agenda")
        assert person.words[-1] == "Training days are for professionals who may meet victims."
        assert not [choice for choice in person.choices if choice.startswith("day-")]

    @settings(max_examples=40, deadline=None)
    @given(places=st.lists(st.integers(0, 40), max_size=40), audience=st.sampled_from(["person", "other"]))
    def test_never_comes_to_a_sign_up_whatever_is_tapped(self, places, audience):
        person = as_person(audience=audience)
        for place in places:
            if person.turn.session.audience != audience or person.turn.session.ended or not person.choices:
                break
            choice = person.choices[place % len(person.choices)]
            if choice in ("leave", "professional"):
                continue
            person.tap(choice)
            assert person.place[0] != "sign_up"
            assert not any(isinstance(command, SignUp) for command in person.turn.commands)


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("equipe@asso.example.", "equipe@asso.example"),
        ("Mme X, 06.12.34.56.78 (bureau)", "06.12.34.56.78"),
        ("+33 (0)4 93 00 00 00 / a@b.fr", "a@b.fr, +33 (0)4 93 00 00 00"),
        ("٠٤ ٩٣ ٠٠ ٠٠ ٠٠", "٠٤ ٩٣ ٠٠ ٠٠ ٠٠"),
        ("appelez-moi au poste 12", ""),
        ("a@b", ""),
        ("12345678", ""),
        ("@ . @.", ""),
    ],
)
def test_what_is_taken_of_a_contact(text, contact):
    assert contact_in(text) == contact


@given(st.text(max_size=300))
def test_of_any_text_only_what_looks_like_a_contact_is_taken(text):
    assert len(contact_in(text)) <= 200


@pytest.mark.parametrize(
    ("day", "clock", "at"),
    [
        ("2027-03-11", "09:00", 1_804_752_000),  # winter: 08:00 UTC
        ("2027-06-11", "09:00", 1_812_697_200),  # summer: 07:00 UTC
        ("2027-03-28", "01:59", 1_806_195_540),  # the last minute before clocks go forward
        ("2027-03-28", "03:00", 1_806_195_600),
        ("2027-10-31", "02:59", 1_824_944_340),  # the first of the hour that comes twice
        ("2027-10-31", "03:00", 1_824_948_000),
    ],
)
def test_when_clocks_in_paris_show_a_time(day, clock, at):
    assert time_of(day, clock) == at
