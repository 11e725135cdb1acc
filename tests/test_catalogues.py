"""Every sentence of the assistant is in every language that people are promised, and no number is in any of them."""

import re
import tomllib
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dialogs.text import Text
from locales.catalog import Catalog as Sentences

ROOT = Path(__file__).parent.parent
LANGUAGES = tomllib.loads((ROOT / "locales" / "languages.toml").read_text("utf-8"))
REQUIRED = sorted(code for code, entry in LANGUAGES.items() if entry["state"] == "required")
TRANSLATED = sorted(path.parent.parent.name for path in (ROOT / "locales").glob("*/LC_MESSAGES/messages.po"))
PLACEHOLDER = re.compile(r"\{(\w+)\}")

Key = tuple[str | None, str]


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> set[Key]:
    """Every sentence in code, templates and content."""
    path = tmp_path_factory.mktemp("messages") / "messages.pot"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        CommandLineInterface().run(["pybabel", "-q", "extract", "-F", "pyproject.toml", "-o", str(path), "."])
    return {(message.context, str(message.id)) for message in read(path) if message.id}


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def catalogue(language: str) -> Catalog:
    return read(ROOT / "locales" / language / "LC_MESSAGES" / "messages.po")


@pytest.mark.parametrize("language", REQUIRED)
def test_a_required_language_is_whole(language: str, source: set[Key]):
    done = {
        (message.context, str(message.id))
        for message in catalogue(language)
        if message.id and message.string and not message.fuzzy
    }
    wanted = {key for key in source if key[0] != "console" or LANGUAGES[language].get("console")}
    gaps = sorted(f"{context}: {sentence}" for context, sentence in wanted - done)
    assert not gaps, f"{len(gaps)} sentences are missing or unreviewed: make messages, then translate\n" + "\n".join(
        gaps
    )


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_nothing_that_is_no_longer_said(language: str, source: set[Key]):
    left = {(message.context, str(message.id)) for message in catalogue(language) if message.id} - source
    assert not left, "make messages moves these to the end of the file as comments"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_the_values_of_its_source(language: str):
    for message in catalogue(language):
        if message.id and message.string and not message.fuzzy:
            assert set(PLACEHOLDER.findall(str(message.string))) == set(PLACEHOLDER.findall(str(message.id)))


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_with_a_catalogue_can_be_chosen(language: str):
    assert language in LANGUAGES


def test_a_translation_that_lost_a_value_is_not_used(tmp_path: Path):
    words = Catalog(locale="fr")
    for source, translation in (("{a} and {b}", "{a} et"), ("{a} or {b}", "{b} ou {a}"), ("none", "aucun {a}")):
        words.add(source, translation, context="place")
    (tmp_path / "languages.toml").write_text('[fr]\nname = "Français"\n', "utf-8")
    (tmp_path / "fr" / "LC_MESSAGES").mkdir(parents=True)
    with (tmp_path / "fr" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, words)
    said = [Text("place", sentence, (("a", 1), ("b", 2))) for sentence in ("{a} and {b}", "{a} or {b}")]
    catalog = Sentences(tmp_path)
    for _ in range(2):
        assert [catalog.translate("fr", one) for one in said] == ["1 and 2", "2 ou 1"]
        assert catalog.translate("fr", Text("place", "none")) == "none"


def numbers() -> set[str]:
    """Every telephone number of the helplines of three digits or more, without spaces."""
    listed = tomllib.loads((ROOT / "dialogs" / "helplines.toml").read_text("utf-8"))["helpline"]
    return {number for entry in listed if len(number := re.sub(r"\s", "", entry["number"])) > 2}


def test_a_language_is_written_from_the_side_that_the_world_knows():
    catalog = Sentences()
    known = {code: Locale.parse(code).text_direction for code in LANGUAGES}
    assert {code: catalog.direction(code) for code in LANGUAGES} == known


def telephone_numbers(words: str) -> set[str]:
    """What in `words` is a helpline's number, or has the shape of a number: 0 or + and eight digits or more."""
    shapes = re.findall(r"(?<!\d)(?:\+|0)\d(?:[\s.-]?\d){6,}", words)
    known = re.findall(r"(?<![\d-])\d[\d\s]*\d(?!-)", words)
    return set(shapes) | ({re.sub(r"\s", "", found) for found in known} & numbers())


def test_no_telephone_number_is_part_of_a_sentence(source: set[Key]):
    assert not {sentence: found for _, sentence in source if (found := telephone_numbers(sentence))}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_telephone_number_is_part_of_a_translation(language: str):
    found = {str(message.id): telephone_numbers(str(message.string)) for message in catalogue(language) if message.id}
    assert not {sentence: found for sentence, found in found.items() if found}


@pytest.mark.parametrize("language", [code for code in TRANSLATED if Locale.parse(code).text_direction == "rtl"])
def test_numbers_with_a_sign_between_are_kept_apart_where_one_writes_from_the_right(language: str):
    """Without the marks, 19:00 is painted as 00:19."""
    for message in filter(lambda message: message.id, catalogue(language)):
        bare = re.sub("\u2066[^\u2069]*\u2069", "", str(message.string))
        assert not re.search(r"\d[:.,/–-]\d", bare), message.string
