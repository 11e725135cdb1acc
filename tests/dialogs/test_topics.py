"""What the pages say, and what they must never say."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from dialogs.plain import sentences, too_long
from dialogs.reading import read_library
from dialogs.text import Text
from dialogs.topic import Fact, Topic

LIBRARY = read_library()
TODAY = date(2026, 11, 23)


def shown(topic: Topic) -> Iterator[Fact]:
    return (fact for fact in topic.facts if fact.shown_on(TODAY))


def words_of(topic: str, register: str) -> str:
    facts = LIBRARY.topics[topic].facts
    return " ".join(fact.text.msgid for fact in facts if fact.shown and fact.register == register)


@pytest.mark.parametrize("topic", LIBRARY.topics.values(), ids=lambda topic: topic.id)
def test_what_a_potential_victim_reads_is_short(topic: Topic):
    assert too_long(fact.text.msgid for fact in topic.facts if fact.register == "plain") == []


@pytest.mark.parametrize("topic", LIBRARY.topics.values(), ids=lambda topic: topic.id)
def test_the_first_answer_is_three_sentences_at_most(topic: Topic):
    for register in topic.audiences:
        lead = [fact for fact in topic.facts_for(register, TODAY) if fact.lead]
        assert 1 <= sum(len(sentences(fact.text.msgid)) for fact in lead) <= 3


def test_only_verified_facts_are_shown():
    hidden = [fact for topic in LIBRARY.topics.values() for fact in topic.facts if fact.status in ("SEED", "GK")]
    assert hidden
    assert not any(fact.shown_on(TODAY) for fact in hidden)
    assert not any(fact in topic.facts_for(fact.register) for topic in LIBRARY.topics.values() for fact in hidden)


def test_an_article_whose_text_was_not_read_is_not_told_by_another_page_even_hidden():
    facts = [(topic.id, fact) for topic in LIBRARY.topics.values() for fact in topic.facts]
    ((page, told),) = [(page, fact) for page, fact in facts if re.search(r"\bart\. 40\b", fact.text.msgid)]
    assert page == "duties"
    assert "no verified text" in told.text.msgid


def test_every_shown_fact_has_a_source_and_a_day():
    for topic in LIBRARY.topics.values():
        assert all(fact.source and date.fromisoformat(fact.checked_on) <= TODAY for fact in shown(topic))


def test_a_fact_is_shown_from_its_first_to_its_last_day_and_history_always():
    fact = Fact("f", "plain", Text("t", "x"), "V1", "s", "2026-11-22", valid_from="2026-01-01", valid_to="2028-12-31")
    assert [fact.shown_on(date(year, 6, 1)) for year in (2025, 2026, 2028, 2029)] == [False, True, True, False]
    past = Fact("f", "plain", Text("t", "x"), "V1", "s", "2026-11-22", historical=True, valid_to="2019-04-30")
    assert past.shown_on(TODAY)


def test_the_code_of_procedure_is_not_cited_under_its_old_numbers_after_2028():
    later = date(2029, 1, 2)
    for topic in LIBRARY.topics.values():
        cited = [fact for fact in topic.facts if "procédure pénale, art" in fact.source]
        assert not any(fact.shown_on(later) for fact in cited)
        assert all(topic.facts_for(register, later) for register in topic.audiences)


def test_a_page_has_its_own_place_in_the_menu_and_its_own_intents():
    assert [topic.id for topic in LIBRARY.topics_for("plain")][:4] == ["definition", "differences", "forms", "rights"]
    assert "law_and_penalties" not in [topic.id for topic in LIBRARY.topics_for("plain")]
    for intent, topic in (("ask_asylum", "asylum"), ("ask_protection", "protection"), ("ask_health", "health")):
        found = LIBRARY.topic_of(intent)
        assert found
        assert found.id == topic


@pytest.mark.parametrize(
    ("topic", "register", "said"),
    [
        ("definition", "plain", "Under 18, the law does not ask how it was done"),
        ("definition", "plain", "even if you agreed at the start"),
        ("definition", "plain", "cannot say if you are a victim"),
        ("definition", "professional", "closed list"),
        ("definition", "professional", "check art. 225-4-1 on Légifrance"),
        (
            "reflection_period",
            "plain",
            "You do not need to file a complaint first. But you need contact with the police",
        ),
        ("reflection_period", "plain", "Nobody can promise you these 30 days"),
        ("residence_permit", "plain", "A complaint only about forced work or unpaid work does not open this card"),
        ("residence_permit", "plain", "Nobody here can promise you papers"),
        ("residence_permit", "professional", "EU, EEA and Swiss nationals"),
        ("permit_complaint", "plain", "A complaint only about forced work or unpaid work does not open this card"),
        ("permit_complaint", "professional", "It covers only trafficking (225-4-1 to 225-4-6) and procuring"),
        ("permit_complaint", "professional", "EU, EEA and Swiss nationals"),
        ("permit_resident", "plain", "Without a conviction, this card does not come by itself"),
        ("permit_exit_path", "plain", "The prefect may give this permit, but does not have to"),
        ("permit_housing", "professional", "It covers the housing conditions of 225-14, not its working conditions"),
        ("protection", "plain", "it is not automatic"),
        ("asylum", "plain", "Nobody here can say if you will get asylum"),
        ("differences", "plain", "cannot say which name fits you"),
        ("history", "professional", "is not known here: check art. 225-4-1 on Légifrance"),
        ("complaint", "plain", "You can get help without a complaint"),
        ("shelter", "plain", "It is not an emergency service"),
        ("health", "plain", "Call an emergency number: it is free, day and night"),
        ("psychological_support", "plain", "It does not mean that you lie"),
        ("psychological_support", "professional", "inconsistency is not lying"),
        ("legal_aid", "plain", "Nobody can promise that you get it"),
        ("compensation", "plain", "Nobody can promise a sum"),
        ("courses_and_work", "professional", "Its present state is to be asked from the coordination"),
        ("return_home", "plain", "First ask for a check of the dangers there"),
        ("return_home", "professional", "Never without a risk assessment"),
        ("other_countries", "plain", "are French rules"),
        ("indicators", "professional", "neither proves nor disproves"),
        ("interview", "professional", "Never say that somebody is or is not a victim"),
        ("risk_assessment", "professional", "low urgency is not safety"),
        ("training", "professional", "its present format and dates are to be confirmed"),
        ("minors", "plain", "Ac.Sé is for adults"),
        ("privacy", "plain", "A request that you already sent stays with the coordination"),
        ("privacy", "plain", "Telegram keeps this chat"),
        ("privacy", "plain", "a professional may tell the police"),
    ],
)
def test_the_caveats_stand_where_they_matter(topic: str, register: str, said: str):
    assert said.lower() in words_of(topic, register).lower()


def test_nothing_tells_where_places_are_or_how_many():
    everything = " ".join(
        words_of(topic, register) for topic in LIBRARY.topics for register in ("plain", "professional")
    )
    for secret in ("Nice", "Alpes-Maritimes", "Var ", "18 places", "102 places", "Koutcha"):
        assert secret not in everything
