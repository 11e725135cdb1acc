"""The danger layer against sentences it was developed on, sentences held out, and the stories that shaped it."""

import tomllib
from pathlib import Path

import pytest

from nlu.danger import KINDS, DangerLayer
from nlu.redaction import redact
from nlu.understanding import EmbeddedUnderstander

HERE = Path(__file__).parent
LANGUAGES = ("fr", "en", "es", "ar")
LAYER = DangerLayer(year=2026)
HELD_MISSES = 0.18  # what was measured at first sight (Spanish); 0.05 is the aim


def sentences(folder: str, language: str) -> dict[str, list[str]]:
    return tomllib.loads((HERE / folder / f"{language}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_danger_is_heard(kind: str, language: str) -> None:
    told = sentences("danger_known", language)[kind]
    missed = [text for text in told if kind not in LAYER.find(text)]
    assert len(missed) <= 0.05 * len(told), missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_is_heard_in_words_never_learned_from(language: str) -> None:
    told = [(kind, text) for kind in KINDS for text in sentences("danger_held", language)[kind]]
    missed = [(kind, text) for kind, text in told if kind not in LAYER.find(text)]
    assert len(missed) <= HELD_MISSES * len(told), missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_ordinary_words_alarm_nobody(language: str) -> None:
    calm = sentences("danger_known", language)["none"] + sentences("danger_held", language)["none"]
    alarmed = [(text, LAYER.find(text)) for text in calm if LAYER.find(text)]
    assert len(alarmed) <= 0.02 * len(calm), alarmed


@pytest.mark.parametrize(
    "text",
    [
        "je n'en peux plus de vivre",
        "je ne peux plus respirer",
        "can't breathe",
        "no puedo más con esta vida",
        "لا اريد ان اعيش",
        "il n'arrête pas de me frapper",
        "he never stops beating me",
    ],
)
def test_a_negation_inside_the_danger_does_not_hide_it(text: str) -> None:
    assert LAYER.find(text)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("il me frappe", "il ne me frappe pas"),
        ("they threaten me", "nobody threatens me"),
        ("me quiero morir", "no me quiero morir"),
        ("يهددني بالقتل", "لا يهددني"),
    ],
)
def test_a_negation_undoes_a_danger(text: str, negated: str) -> None:
    assert LAYER.find(text)
    assert LAYER.find(negated) == ()


def test_a_negation_stops_at_the_next_clause() -> None:
    assert "threat" in LAYER.find("je sais pas quoi faire il me frappe")
    assert "threat" in LAYER.find("I don't know what to do, he beats me")


@pytest.mark.parametrize(
    "text", ["j'ai 17 ans", "im 17yo", "tengo diecisiete", "عمري ١٧ سنة", "3ndi 17 3am", "born in 2012"]
)
def test_ages_under_eighteen_are_heard(text: str) -> None:
    assert LAYER.find(text) == ("minor",)


@pytest.mark.parametrize(
    "text",
    [
        "j'ai 25 ans",
        "depuis 15 ans",
        "16 euros",
        "article 16",
        "appelle le 15",
        "15 years in prison",
        "منذ 15 سنة",
        "3919",
        "17",
    ],
)
def test_other_numbers_are_no_ages(text: str) -> None:
    assert LAYER.find(text) == ()


def test_an_early_age_of_an_adult_is_the_past() -> None:
    assert LAYER.find("j'avais 15 ans, maintenant j'en ai 30 ans") == ()
    assert LAYER.find("quand je suis arrivée j'avais 13 ans") == ("minor",)


def test_several_dangers_come_in_a_fixed_order() -> None:
    assert LAYER.find("j'ai 15 ans, il me frappe et je veux mourir") == ("threat", "suicide", "minor")


def test_exploitation_without_acute_danger_is_none() -> None:
    assert LAYER.find("il garde mon passeport et je travaille sans salaire") == ()


@pytest.mark.parametrize("text", ["", " ", "\u202e", "🙂🙂", "?" * 50, "a" * 10_000, "\x00\ud800", "15" * 500])
def test_nothing_readable_is_no_danger_and_no_error(text: str) -> None:
    assert LAYER.find(text) == ()


def test_a_language_is_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "xx"
    folder.mkdir()
    words = '[words]\nguarded = ""\n[concepts]\nKILL = "zabi*"\n[rules]\nthreat = "KILL me"\n'
    (folder / "danger.toml").write_text(words, encoding="utf-8")
    assert DangerLayer(2026, tmp_path).find("he will zabijem me") == ("threat",)


def test_a_rule_about_an_unknown_concept_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "danger.toml").write_text('[words]\n[rules]\nthreat = "NOWHERE me"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="NOWHERE"):
        DangerLayer(2026, tmp_path)


@pytest.mark.parametrize(
    "text", ["je suis née en 1990", "Elle s'appelle Fatima Benali, née le 12/03/1999. Elle dort chez une amie."]
)
def test_a_year_of_birth_of_somebody_grown_is_no_sign_of_a_child(text: str):
    heard = EmbeddedUnderstander(2026).understand(redact(text).text, "fr")
    assert "minor" not in heard.danger
    assert [one.kind for one in heard.entities if one.kind == "age"]
