"""Pages as people read them: found in two steps, read in parts, honest about their age, copied by professionals."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.engine import Turn
from dialogs.events import Chose, Started
from dialogs.evidence import TELLS, links
from dialogs.flows.information import GROUPS
from dialogs.library import Library, day_of
from dialogs.searching import found, search_words
from dialogs.text import Text
from dialogs.topic import Fact, Register, Topic
from tests.dialogs.world import AT, LIBRARY, Person, as_person

DAY = day_of(AT)
YEAR = 365 * 24 * 3600
WORDS = {"en": search_words(LIBRARY.topics.values(), lambda text: text.msgid)}
FOUND = replace(LIBRARY, search=WORDS)


def fact(source: str, checked_on: str = "2026-11-22", **rest: object) -> Fact:
    return replace(Fact("f", "plain", Text("topic.t", "A."), "V1", source, checked_on), **rest)  # type: ignore[arg-type]


def said(text: Text) -> str:
    """A sentence with its values, in English."""
    values = {name: said(value) if isinstance(value, Text) else str(value) for name, value in text.values}
    return text.msgid.format(**values) if values else text.msgid


def read(turn: Turn) -> str:
    return "\n".join(said(text) for text in turn.screens[-1].text)


def labels(turn: Turn) -> list[str]:
    return [said(choice.label) for choice in turn.screens[-1].choices]


def at_page(topic: str, audience: str = "person", *, later: int = 0) -> Person:
    person = as_person(audience=audience)
    if later:
        person.at += later
        person.send(Started(person.at, True))
        person.tap("fr", audience)
    person.tap("learn", f"group-{LIBRARY.topics[topic].group}", f"topic-{topic}")
    return person


def test_the_list_asks_for_a_group_and_then_a_page():
    person = as_person()
    person.tap("learn")
    assert [choice for choice in person.choices if choice.startswith("group-")] == [
        "group-understand", "group-papers", "group-help", "group-who",
    ]  # fmt: skip
    assert "You can also ask in your own words." in person.words
    person.tap("group-papers")
    assert "topic-asylum" in person.choices
    assert "topic-definition" not in person.choices
    assert not [choice for choice in person.choices if choice == "topic-interview"]
    person.tap("back")
    assert person.place == ("information", "list")


def test_a_professional_has_a_group_of_their_own():
    person = as_person(audience="professional")
    person.tap("learn", "group-practice")
    assert {"topic-interview", "topic-indicators", "topic-risk_assessment"} <= set(person.choices)


@pytest.mark.parametrize("audience", ["person", "professional"])
def test_every_page_is_in_one_group_and_no_screen_has_too_many(audience: str):
    register: Register = "professional" if audience == "professional" else "plain"
    listed: list[str] = []
    for group in GROUPS:
        person = as_person(audience=audience)
        person.tap("learn")
        if f"group-{group}" in person.choices:
            person.tap(f"group-{group}")
            pages = [choice for choice in person.choices if choice.startswith("topic-")]
            assert 1 <= len(pages) <= 12
            listed += pages
    assert sorted(listed) == sorted(f"topic-{topic.id}" for topic in LIBRARY.topics_for(register))


def test_a_page_is_read_in_parts():
    person = at_page("permit_complaint")
    first = read(person.turn)
    assert "one-year card" in first
    assert "order to leave" not in first
    person.tap("more")
    assert "vie privée et familiale" in read(person.turn)
    assert "order to leave" not in read(person.turn)
    person.tap("cases")
    assert {"I am from an EU country", "I have been ordered to leave France"} <= set(labels(person.turn))
    person.tap("case-ordered_to_leave")
    assert "The prefect can refuse" in read(person.turn)
    assert person.place == ("information", "case/permit_complaint.ordered_to_leave")
    person.tap("cases", "case-eu")
    assert "other rules apply" in read(person.turn)
    person.tap("sources")
    assert "CESEDA, art. L.425-1" in read(person.turn)


@pytest.mark.parametrize("audience", ["person", "professional"])
def test_no_fact_is_lost_between_the_parts(audience: str):
    register: Register = "professional" if audience == "professional" else "plain"
    for topic in LIBRARY.topics_for(register):
        person = at_page(topic.id, audience)
        texts = [read(person.turn)]
        for part in ("more", "cases"):
            if part in person.choices:
                person.tap(part)
                texts.append(read(person.turn))
        for case in [choice for choice in person.choices if choice.startswith("case-")]:
            person.tap(case)
            texts.append(read(person.turn))
            person.tap("back")
        missing = [f.id for f in topic.facts_for(register, DAY) if f.text.msgid not in "\n".join(texts)]
        assert not missing, topic.id


def test_a_case_says_who_speaks():
    assert "The person is an EU, EEA or Swiss national" in labels(at_page("rights", "professional").tap("cases"))
    assert "I am from an EU country" in labels(at_page("rights").tap("cases"))


def test_every_case_is_used_by_a_page():
    used = {fact.case for topic in LIBRARY.topics.values() for fact in topic.facts if fact.case}
    assert used == set(LIBRARY.cases)


def test_a_case_that_a_page_no_longer_has_shows_them_all():
    person = at_page("rights")
    frame = replace(person.turn.session.stack[-1], step="case/rights.of_old")
    session = replace(person.turn.session, stack=(*person.turn.session.stack[:-1], frame))
    person.turn = replace(person.turn, session=session)
    person.send(Chose(person.at, "nothing", 0))
    assert "case-eu" in person.choices


# Age


def test_a_fact_grows_stale_by_itself():
    law, service = fact("CESEDA, art. L.425-1 (2026-04-03)"), fact("service-public.fr, F32257")
    mixed = fact("CESEDA, art. L.425-4 (2026-04-03); solidarites.gouv.fr")
    read_on = date(2026, 11, 22)
    for days, stale in (
        (0, ()),
        (182, ()),
        (183, (service, mixed)),
        (365, (service, mixed)),
        (366, (law, service, mixed)),
    ):
        day = read_on + timedelta(days=days)
        assert tuple(f for f in (law, service, mixed) if f.stale_on(day)) == stale


def test_history_and_what_we_say_of_ourselves_do_not_age():
    later = date(2040, 1, 1)
    assert not fact("juriblio.fr", historical=True).stale_on(later)
    assert not fact("Passerelle, docs/threat-model.md").stale_on(later)


@pytest.mark.parametrize("audience", ["person", "professional"])
def test_a_stale_fact_is_never_shown_as_certain(audience: str):
    fresh = read(at_page("permit_complaint", audience).turn)
    assert "may have changed" not in fresh
    person = at_page("permit_complaint", audience, later=2 * YEAR)
    assert "may have changed since" in read(person.turn)
    assert TELLS["lawyer"].msgid in read(person.turn)
    for line in read(person.turn).splitlines():
        if line.endswith("]") or "one-year card for people" in line:
            assert "may have changed since" in line


def test_each_page_names_who_can_tell():
    person = at_page("health", later=2 * YEAR)
    assert "A support association can tell what applies now." in read(person.turn)


def test_the_emergency_numbers_are_shown_however_old_their_check_is():
    person = at_page("helplines", later=10 * YEAR)
    called = {choice.id for choice in person.turn.screens[-1].choices if choice.url}
    assert {"call-police_17", "call-emergency_112", "call-emergency_114"} <= called
    assert "call-child_119" not in called


# Sources and the text to copy


def test_sources_on_the_web_can_be_opened():
    opened = {choice.url: said(choice.label) for choice in links((
        fact("CESEDA, art. L.425-1 (2026-04-03); solidarites.gouv.fr"),
        fact("Code de procédure pénale, art. 706-50 (Légifrance, LEGIARTI000027811160)"),
        fact("EUR-Lex, 32024L1712 (considérants)"),
        fact("contrelatraite.net/index.php/acse"),
        fact("Passerelle, docs/threat-model.md"),
        fact("CNDA, 2017-03-30, 16015058"),
    ), professional=True)}  # fmt: skip
    assert opened == {
        "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006070158": "Open: Légifrance, CESEDA",
        "https://solidarites.gouv.fr": "Open: solidarites.gouv.fr",
        "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000027811160": (
            "Open: Code de procédure pénale, art. 706-50"
        ),
        "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32024L1712": "Open: EUR-Lex 32024L1712",
        "https://contrelatraite.net/index.php/acse": "Open: contrelatraite.net",
    }


@given(
    st.lists(st.sampled_from(["a.fr", "CESEDA", "; ", "https://", "/x", " ", "JORFTEXT000043274920", "é", "(", "@"]))
)
def test_whatever_a_source_says_only_secured_pages_are_opened(parts: list[str]):
    for professional in (True, False):
        for choice in links((fact("".join(parts)),), professional=professional):
            assert choice.url
            assert choice.url.startswith("https://")
            assert not set(choice.url) & set(" ;()@é")


def test_a_person_is_led_to_public_bodies_only_and_told_of_the_traces():
    cited = (fact("evil.gouv.fr.example.com; contrelatraite.net; solidarites.gouv.fr/a"),)
    assert [choice.url for choice in links(cited, professional=False)] == ["https://solidarites.gouv.fr/a"]
    assert "stays in the history of this device" in read(at_page("permit_complaint").tap("sources"))
    assert "history of this device" not in read(at_page("permit_complaint", "professional").tap("sources"))


def test_the_text_to_copy_is_whole_with_sources_and_date():
    person = at_page("permit_complaint", "professional")
    person.tap("copy")
    assert len(person.turn.screens) == 1
    text = read(person.turn)
    facts = [f for f in LIBRARY.topics["permit_complaint"].facts if f.register == "professional" and f.shown_on(DAY)]
    assert all(f.text.msgid in text and f"[{f.source}; read on {f.checked_on}" in text for f in facts)
    assert "Passerelle, 2026-11-" in text
    assert "copy" not in at_page("permit_complaint").choices


@pytest.mark.parametrize("part", ["more", "sources"])
def test_the_text_to_copy_is_offered_to_professionals_on_each_part_of_every_page(part: str):
    for topic in LIBRARY.topics_for("professional"):
        person = at_page(topic.id, "professional")
        if part in person.choices:
            person.tap(part)
        assert "copy" in person.choices, topic.id
        person.tap("copy")
        assert person.place == ("information", f"copy/{topic.id}")
    assert "The text to copy" not in labels(at_page("rights").tap("sources"))


# Search words


def pages(text: str, register: Register = "plain", language: str = "en") -> list[str]:
    return [topic.id for topic in found(FOUND, text, register, language)]


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("where can I take french lessons please", "courses_and_work"),
        ("my RECEPISSE is over", "permit_complaint"),
        ("i got an oqtf", "residence_permit"),
        ("aide juridictionnelle ?", "legal_aid"),
        ("I have NIGHTMARES", "psychological_support"),
        ("what is the CIVI", "compensation"),
    ],
)
def test_words_find_a_page(text: str, page: str):
    assert pages(text)[0] == page


def test_only_whole_words_count():
    assert pages("I asylumed the minority of healthy returns") == []


def test_a_person_is_not_led_to_a_page_for_professionals():
    assert pages("interview") == []
    assert pages("interview", "professional") == ["interview"]


def test_the_words_of_a_catalogue_are_used_in_its_language_and_french_ones_always():
    topic = LIBRARY.topics["asylum"]
    assert topic.search
    lines = {"fr": "recherche : asile, demande d’asile", "ar": "بحث: لجوء، طلب اللجوء"}
    search = {code: search_words([topic], {topic.search: line}.__getitem__) for code, line in lines.items()}
    library = replace(LIBRARY, search=search)
    assert found(library, "أريد طلب اللجوء", "plain", "ar") == (topic,)
    assert found(library, "Demande d'ASILE", "plain", "ar") == (topic,)
    assert found(library, "لجوء", "plain", "es") == ()


@pytest.fixture
def searching(monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr("tests.dialogs.world.LIBRARY", FOUND)
    return FOUND


@pytest.mark.usefixtures("searching")
def test_a_text_that_was_not_understood_offers_the_page_of_its_words():
    person = as_person("en")
    person.say("something about nightmares")
    assert person.place[0] == "guess"
    assert person.choices[:2] == ["topic-psychological_support", "other"]
    person.tap("topic-psychological_support")
    assert person.place == ("information", "page/psychological_support")


@pytest.mark.usefixtures("searching")
def test_the_page_stands_before_the_two_guesses_and_no_page_twice():
    person = as_person("en")
    person.say("asylum or so", ranking=(("ask_rights", 0.4), ("ask_asylum", 0.3), ("make_referral", 0.2)))
    assert person.choices[:4] == ["topic-asylum", "ask_rights", "make_referral", "other"]


@pytest.mark.usefixtures("searching")
def test_what_is_understood_needs_no_guess():
    person = as_person("en")
    person.say("nightmares and my rights", "ask_rights", 0.99)
    assert person.place == ("information", "page/rights")


def test_every_page_has_words_of_its_own():
    lists: dict[str, Topic] = {}
    for topic in LIBRARY.topics.values():
        words = WORDS["en"].get(topic.id, ())
        assert words, topic.id
        assert not set(words) & set(lists), topic.id
        lists |= dict.fromkeys(words, topic)
