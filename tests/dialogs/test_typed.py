"""Answers as people type them: yes, no and I don't know in many languages, places and languages by their names."""

import pytest

from dialogs.flows.referral.places import departments_in
from dialogs.tongues import tongues
from dialogs.typed import begins, grown, meaning, years
from tests.dialogs.world import LIBRARY


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Oui !", "affirm"), ("ouais", "affirm"), ("yep", "affirm"), ("yes o", "affirm"), ("Sí, claro", "affirm"),
        ("ايه", "affirm"), ("نعم", "affirm"), ("واه", "affirm"), ("wah", "affirm"), ("iyeh", "affirm"),
        ("nan", "deny"), ("لا", "deny"), ("la2", "deny"), ("no o", "deny"), ("je sai pa", "not_sure"),
        ("idk", "not_sure"), ("no sé", "not_sure"), ("ما نعرفش", "not_sure"),
        ("pour moi", "for_me"), ("stop", "stop"),
        ("no entiendo", None), ("oui mais qui lit ?", None), ("Une pause, svp", "pause"),
        ("暂停", "pause"), ("বিরতি", "pause"),
        ("استراحة", "pause"), ("a break please", "pause"), ("成年", "of_age"),
        ("আমি প্রাপ্তবয়স্ক", "of_age"), ("未成年", None),
    ],
)  # fmt: skip
def test_a_short_answer_is_heard_whole(said: str, meant: str | None):
    assert meaning(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("oui elle m'a trouvé le travail", "affirm"),
        ("yes he did", "affirm"),
        ("non il ne m'a rien fait", "deny"),
        ("no, nunca", "deny"),
        ("no hablo francés", None),
        ("sí pero tengo miedo", None),
        ("oui, qui va lire ça ?", None),
    ],
)
def test_a_longer_one_by_its_beginning_unless_it_takes_something_back(said: str, meant: str | None):
    assert begins(said) == meant


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("75, 93 et Marseille", ("75", "93", "13")),
        ("dans le Rhône à Lyon", ("69",)),
        ("Paris 13e", ("75",)),
        ("paris 18", ("75",)),
        ("巴黎 13", ("75",)),
        ("প্যারিস ১৮", ("75",)),
        ("Lyon 3", ("69",)),
        ("Paris, 13", ("75", "13")),
        ("Paris 93", ("75", "93")),
        ("75 13", ("75", "13")),
        ("La Courneuve", ("93",)),
        ("我在美丽城", ("75",)),
        ("拉库尔讷沃", ("93",)),
        ("庞坦", ("93",)),
        ("塞纳圣但尼", ("93",)),
        ("我在欧拜赫维利耶", ("93",)),
        ("马塞", ("13",)),
        ("লা কুরনভ", ("93",)),
        ("গার দু নর", ("75",)),
        ("chez mon oncle a marseille", ("13",)),
        ("le Var et les Bouches du Rhône", ("83", "13")),
        ("val d'oise", ("95",)),
        ("أنا في باريس", ("75",)),
        ("la grande rue", ()),
        ("vivo en un piso cerca de Niza", ("06",)),
        ("Marsella, o Burdeos", ("13", "33")),
        ("marseilles", ("13",)),
        ("أنا في نيس", ("06",)),
        ("ستراسبورغ", ("67",)),
        ("كان هناك", ()),
        ("我在巴黎，以前在马赛", ("75", "13")),
        ("我在餐馆干活", ()),
        ("আমি প্যারিসে থাকি", ("75",)),
        ("আমার কান ব্যথা করে", ()),
    ],
)
def test_places_are_known_by_number_name_or_town(said: str, codes: tuple[str, ...]):
    assert departments_in(LIBRARY, said) == codes


@pytest.mark.parametrize(
    ("said", "codes", "unknown"),
    [
        ("wolof et français", ("wo", "fr"), ()),
        ("roumain", ("ro",), ()),
        ("créole haïtien", ("ht",), ()),
        ("espagnol, klingon", ("es",), ("klingon",)),
    ],
)
def test_languages_are_known_by_name(said: str, codes: tuple[str, ...], unknown: tuple[str, ...]):
    assert tongues(said) == (codes, unknown)


@pytest.mark.parametrize(
    "text",
    ["une adulte", "orienter une adulte vers une association", "majeure de 25 ans", "an adult", "es mayor", "هي بالغة"],
)
def test_somebody_said_to_be_of_age_is(text: str):
    assert grown(text)


@pytest.mark.parametrize(
    "text", ["mineure", "pas adulte", "not an adult", "un enfant et un adulte", "menor", "قاصر", ""]
)
def test_who_is_not_surely_of_age_is_not(text: str):
    assert not grown(text)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("I'm 30", "30"), ("i am 15", "15"), ("j'ai 22", "22"), ("Elle a 40.", "40"),
        ("tengo 19", "19"), ("我今年30", "30"),
        ("عمري 25", "25"), ("আমার বয়স 20", "20"),
        ("under 18", None), ("over 18", None), ("since 3 years", None), ("I'm in room 30", None),
    ],
)  # fmt: skip
def test_an_age_is_read_where_it_is_said_whose_it_is(said: str, number: str | None):
    assert years(said) == number
