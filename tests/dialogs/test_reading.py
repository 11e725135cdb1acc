"""Content files that are not well formed are refused, all faults at once, each with its path and key."""

import shutil
from pathlib import Path

import pytest

from dialogs.reading import FOLDER, read_library
from dialogs.sheet import ContentError


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the real content, to be spoilt."""
    for name in ("topics", "instruments", "prevention", "exercises", "lessons", "ready"):
        shutil.copytree(FOLDER / name, tmp_path / name, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for path in FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def spoil(content: Path, name: str, old: str, new: str) -> None:
    text = (content / name).read_text("utf-8")
    assert old in text
    (content / name).write_text(text.replace(old, new, 1), "utf-8")


def faults(content: Path) -> list[str]:
    with pytest.raises(ContentError) as refused:
        read_library(content)
    return [str(fault) for fault in refused.value.faults]


def test_the_content_of_the_package_is_read():
    library = read_library()
    assert set(library.instruments) == {"danger", "ilo_adult_labour", "ilo_child_labour", "situation"}
    assert len(library.departments) == 101
    assert library.departments["2A"] == "Corse-du-Sud"
    assert library.departments["974"] == "La Réunion"
    assert "definition" in library.topics
    assert library.helplines["emergency_112"].number == "112"


def test_every_fault_of_every_file_is_told_in_one_go(content: Path):
    spoil(content, "topics/rights.toml", 'status = "V2"', 'status = "V3"')
    spoil(content, "topics/rights.toml", "order = 30", "ordre = 30")
    spoil(content, "topics/forms.toml", '"2026-11-22"', '"22/11/2026"')
    spoil(content, "instruments/situation.toml", 'part = "act"', 'part = "deed"')
    spoil(content, "helplines.toml", 'fits = ["suicide"]', 'fits = ["sadness"]')
    (content / "topics" / "shelter.toml").write_text("id = ", "utf-8")
    (content / "departments.toml").unlink()
    told = "\n".join(faults(content))
    for part in (
        "topics/rights.toml: fact[plain_help_first].status: unknown 'V3'",
        "topics/rights.toml: order: is missing",
        "topics/rights.toml: ordre: is not a key of this table",
        "topics/forms.toml: fact[plain_several].checked_on: not a day (YYYY-MM-DD): '22/11/2026'",
        "instruments/situation.toml: question[act_brought].part: unknown 'deed'",
        "helplines.toml: helpline[suicide_3114].fits: unknown 'sadness'",
        "topics/shelter.toml: is not TOML in UTF-8",
        "departments.toml: cannot be read",
    ):
        assert part in told


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("topics/rights.toml", 'id = "rights"', 'id = "wrongs"', "id: must be the file's name"),
        ("topics/rights.toml", 'related = ["refl', 'related = ["nowhere", "refl', "related: no topic 'nowhere'"),
        ("topics/rights.toml", '["victims_116006"', '["no_line"', "helplines: no helpline 'no_line'"),
        ("topics/rights.toml", '"screening", "referral"', '"dance"', "next: unknown 'dance'"),
        ("topics/rights.toml", '"ask_rights"', '"ask_shelter"', "intents: ask_shelter stands there 2 times"),
        ("topics/rights.toml", "order = 30", "order = 20", "order: 20 stands there 2 times"),
        ("topics/rights.toml", '"plain", "professional"', '"plain"', "audiences: lacks professional"),
        ("topics/rights.toml", 'id = "plain_work"', 'id = "plain_eu"', "fact: plain_eu stands there 2 times"),
        ("topics/rights.toml", "lead = true", 'lead = "yes"', "lead: must be a bool"),
        ("topics/rights.toml", "You may work and train", "Call the 15 to work", "holds a telephone number"),
        ("topics/rights.toml", "You may work and train", "Write to 116 006", "holds the telephone number 116 006"),
        ("topics/rights.toml", "You may work and train", "Use 06 39 98 12 34", "holds a telephone number"),
        ("topics/rights.toml", "You may work and train", "You may {work}", "holds braces"),
        ("topics/rights.toml", "You may work", "You may " + "and " * 20 + "work", "at most 20"),
        ("topics/rights.toml", 'group = "papers"', 'group = "paper"', "group: unknown 'paper'"),
        ("topics/rights.toml", 'group = "papers"', "", "group: is missing"),
        ("topics/health.toml", 'tells = "association"', 'tells = "nobody"', "tells: unknown 'nobody'"),
        ("topics/rights.toml", 'case = "eu"', 'case = "mars"', "fact[plain_eu].case: no case 'mars'"),
        ("topics/rights.toml", 'search = ["', 'search = ["a, b", "', "search: unknown 'a, b'"),
        (
            "anonymity.toml",
            'coarsen = ["avoid"]',
            'coarsen = ["name"]',
            "anonymity.toml: rule[language_and_a_small_place_avoided].coarsen: unknown 'name'",
        ),
        (
            "anonymity.toml",
            'all = ["organ", "place"]',
            'all = ["organs", "place"]',
            "anonymity.toml: rule[organ_in_a_place].all: unknown 'organs'",
        ),
        (
            "anonymity.toml",
            'field = "safe_until"',
            'field = "status"',
            "anonymity.toml: trait[exact_day].exact_day: only of safe_until",
        ),
        (
            "anonymity.toml",
            '"2A", "2B"]',
            '"2A", "2C"]',
            "anonymity.toml: region: 2B must be a département, and in a region",
        ),
        ("cases.toml", 'id = "eu"', 'id = "minor"', "cases.toml: id: minor stands there 2 times"),
        ("cases.toml", "I have no papers", "I " + "and " * 20 + "papers", "plain: 22 words, at most 20"),
        ("versions.toml", 'of = "card"', 'of = "cards"', "of: unknown 'cards'"),
        ("versions.toml", 'valid_to = "2007', 'valid_to = "2001', "valid_to: is before valid_from"),
        ("versions.toml", 'id = "card_2006"', 'id = "card_2003"', "versions.toml: id: card_2003 stands there 2 times"),
        ("topics/forms.toml", "organs can be part of it.", "organs. Or more. Or less.", "sentences lead, at most 3"),
        (
            "topics/training.toml",
            'valid_to = "2019',
            'valid_from = "2020-01-01"\nvalid_to = "2019',
            "before valid_from",
        ),
        ("instruments/situation.toml", "find work for you?", "find work for you.", "plain: must be one question"),
        ("instruments/situation.toml", 'id = "act_hosted"', 'id = "age"', "id: is the name of another step"),
        ("instruments/situation.toml", "threats or force or lies", "threats, force, lies", "reason: goes into a list"),
        (
            "instruments/situation.toml",
            'minor = ["act", "p',
            'minor = ["means", "p',
            "minor: no part 'means' is looked at",
        ),
        ("instruments/situation.toml", 'id = "means"', 'id = "means_of"', "part: unknown 'means'"),
        ("instruments/situation.toml", 'why = "The law looks', '# "The law looks', "why: goes with plain"),
        ("instruments/situation.toml", 'support = "one"', 'support = "strengths"', "strength: stands in sets"),
        ("instruments/ilo_adult_labour.toml", 'strength = "weak"', 'strength = "faint"', "strength: unknown 'faint'"),
        ("instruments/danger.toml", 'urgency = "soon"', 'urgency = "later"', "urgency: unknown 'later'"),
        (
            "exercises/aunt.toml",
            'question = "act_brought"',
            'question = "means_force"',
            "is no question of the situation",
        ),
        ("lessons/law.toml", 'id = "law"', 'id = "laws"', "id: must be the file's name"),
        ("lessons/law.toml", "order = 1", "order = 2", "lessons: order: 2 stands there 2 times"),
        ("lessons/law.toml", '"definition.act"', '"definition.acts"', "rests_on: no shown fact 'definition.acts'"),
        ("lessons/law.toml", 'related = ["def', 'related = ["nowhere", "def', "related: no topic 'nowhere'"),
        ("lessons/law.toml", "Three elements", "Three " + "and " * 90 + "elements", "words, at most 90"),
        ("lessons/law.toml", 'lesson = "means"', 'lesson = "meanings"', "lesson: no lesson 'meanings'"),
        ("lessons/law.toml", "right = true\n", "", "option: one at least must be right"),
        ("lessons/law.toml", "Force is only one", "The 116 006 is only one", "holds the telephone number 116 006"),
        ("exercises/aunt.toml", 'answer = "unknown"', 'answer = "perhaps"', "answer: unknown 'perhaps'"),
        ("exercises/aunt.toml", "facts = [", "facts = []\nfact = [", "facts: is missing"),
        ("exercises/aunt.toml", "A girl of 13", "A girl of {age}", "facts: holds braces"),
        ("prevention/job_offer.toml", 'warns = "yes"', 'warns = "unknown"', "warns: unknown 'unknown'"),
        ("prevention/job_offer.toml", "Must you decide", "Must you " + "and " * 20 + "decide", "text: "),
        ("prevention/definition.toml", 'status = "V1"', 'status = "V2"', "status: unknown 'V2'"),
        ("described.toml", 'id = "raft"', 'id = "tvit"', "described.toml: id: tvit stands there 2 times"),
        ("helplines.toml", 'number = "119"', 'number = "one"', "number: does not have the right form"),
        ("helplines.toml", 'number = "119"', 'number = "3114"', "number: tel:3114 stands there 2 times"),
        ("helplines.toml", "permanent = true\n", "", "permanent: is for 15, 17, 18, 112, 114"),
        ("helplines.toml", 'scheme = "sms"', 'scheme = "fax"', "scheme: unknown 'fax'"),
    ],
)
def test_a_fault_is_found_where_it_is(content: Path, name: str, old: str, new: str, told: str):
    spoil(content, name, old, new)
    assert any(told in fault for fault in faults(content)), faults(content)


def test_a_page_whose_lead_is_not_verified_is_refused(content: Path):
    spoil(content, "topics/minors.toml", 'status = "V1"', 'status = "GK"')
    spoil(content, "topics/minors.toml", 'status = "V2"', 'status = "GK"')
    assert faults(content) == ["topics/minors.toml: fact: plain: no fact with lead = true that is shown on any day"]


def test_an_age_and_a_date_are_not_telephone_numbers(content: Path):
    spoil(content, "topics/rights.toml", "You may work and train", "From 18, since 15 July 2026 and 17 May, work")
    read_library(content)
