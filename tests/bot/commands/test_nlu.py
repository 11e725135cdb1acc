"""Free text from the command line: what is printed is what others' programs read."""

import io
import json
import sys
from pathlib import Path

import pytest

from bot.cli import run
from bot.hearing import HEARD

RASA_FILE = """version: "3.1"
nlu:
- intent: ask_rights
  examples: |
    - quels sont mes droits
    - est-ce que j'ai des droits ici
- intent: change_language
  examples: |
    - [anglais](language) s'il vous plaît
- intent: report_danger
  examples: |
    - il a un couteau il va me tuer
- lookup: rest
  examples: |
    - not a message
"""
SERBIAN = """
nlu:
- intent: ask_rights
  examples: |
    - želim da znam koja su moja prava
    - желим да знам која су моја права
- intent: help
  examples: |
    - nema para
"""
SITUATIONS = """
- {id: heard, language: fr, theme: threat, risk: 3, says: ["allo", "il a un couteau, il va me tuer"], hears: [threat]}
- {id: missed, language: fr, theme: suicide, risk: 1, says: ["bonjour"], hears: [suicide]}
- {id: calm, language: fr, theme: out of scope, risk: 1, says: ["merci"], hears: []}
"""


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    """What a command prints, one line of it when it succeeds."""
    assert run(words) == code
    printed = capsys.readouterr()
    return printed.out if code == 0 else printed.err


@pytest.fixture
def rasa_file(tmp_path: Path) -> Path:
    path = tmp_path / "fr" / "messages.yml"
    path.parent.mkdir()
    path.write_text(RASA_FILE, "utf-8")
    return path


def test_one_text_is_parsed_in_rasas_shape_and_without_names(capsys: pytest.CaptureFixture[str]):
    parsed = json.loads(
        told(capsys, "nlu", "parse", "--lang", "fr", "je m'appelle Fatou Diallo, quels sont mes droits")
    )
    assert "Fatou" not in parsed["text"]
    assert parsed["redactions"] == [{"kind": "name", "start": 13, "end": 25}]
    assert parsed["intent"] == parsed["intent_ranking"][0]
    assert parsed["intent"]["name"] == "ask_rights"
    assert parsed["language"] == "fr"
    assert parsed["danger"] == []


def test_an_age_and_a_danger_are_told(capsys: pytest.CaptureFixture[str]):
    parsed = json.loads(told(capsys, "nlu", "parse", "--lang", "en", "I am 15, please help"))
    assert {"entity": "age", "value": "15"} in parsed["entities"]
    assert parsed["danger"] == ["minor"]


@pytest.mark.parametrize("text", ["", "🛏", "…"])
def test_nothing_to_understand_is_an_answer_too(capsys: pytest.CaptureFixture[str], text: str):
    assert json.loads(told(capsys, "nlu", "parse", text))["intent"] == {"name": None, "confidence": 0.0}
    assert json.loads(told(capsys, "nlu", "language", text)) == {"language": None, "confidence": 0.0}


@pytest.mark.parametrize(
    ("text", "code"),
    [("je voudrais savoir quels sont mes droits", "fr"), ("wetin be my right for this kontri abeg", "pcm"),
     ("ana khayfa mno bezzaf", "ar"), ("какие у меня здесь есть права", "ru"),
     ("želim da znam koja su moja prava", "sr"), ("желим да знам која су моја права", "sr"),
     ("toi muon biet quyen cua toi", "vi"), ("我想知道我的权利", "zh")],
)  # fmt: skip
def test_the_language_of_a_text(capsys: pytest.CaptureFixture[str], text: str, code: str):
    found = json.loads(told(capsys, "nlu", "language", text))
    assert found["language"] == code
    assert 0.7 <= found["confidence"] <= 1


def test_the_conversations_language_decides_where_a_word_is_of_many(capsys: pytest.CaptureFixture[str]):
    alone = json.loads(told(capsys, "nlu", "language", "documentos"))
    spoken = json.loads(told(capsys, "nlu", "language", "--conversation", "pt", "documentos"))
    assert spoken["language"] == "pt"
    assert alone != spoken


def test_a_text_from_the_standard_input_is_redacted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    typed = b"appelle-moi au 06 39 98 12 34, j'ai 17 ans\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
    found = json.loads(told(capsys, "redact"))
    assert found["text"] == "appelle-moi au [phone], j'ai 17 ans"
    assert found["found"] == [{"kind": "phone", "start": 15, "end": 29}]


def test_files_of_messages_are_measured_by_language(capsys: pytest.CaptureFixture[str], rasa_file: Path):
    figures = json.loads(told(capsys, "nlu", "eval", str(rasa_file.parent), "--json"))["languages"]["fr"]
    assert figures["n"] == 4, "the lookup is no message, and marks of entities are none of the text"
    assert figures["accuracy"] == figures["top2"] == figures["macro_f1"] == 1
    assert figures["per_intent"]["ask_rights"] == {"precision": 1, "recall": 1, "support": 2}
    assert figures["safety"]["report_danger"] == {"recall": 1, "false_alarms": 0, "support": 1}
    assert 0 <= figures["calibration_error"] < 0.5
    assert 0 < figures["parse_ms"]["p50"] <= figures["parse_ms"]["p99"]
    assert "fr" in told(capsys, "nlu", "eval", str(rasa_file))


def test_what_cannot_be_measured_is_said(capsys: pytest.CaptureFixture[str], rasa_file: Path):
    assert "no such file" in told(capsys, "nlu", "eval", str(rasa_file.parent / "none.yml"), code=2)
    other = rasa_file.parent.parent / "messages.yml"
    other.write_text(RASA_FILE, "utf-8")
    assert "in which language?" in told(capsys, "nlu", "eval", str(other), code=2)
    rasa_file.write_text("just: words", "utf-8")
    assert "no training file of Rasa's" in told(capsys, "nlu", "eval", str(rasa_file), code=2)
    rasa_file.write_bytes(b"nlu: \xff")
    assert "cannot be read as text" in told(capsys, "nlu", "eval", str(rasa_file), code=2)
    rasa_file.write_text("nlu: []", "utf-8")
    assert "no message in" in told(capsys, "nlu", "eval", str(rasa_file), code=2)


@pytest.mark.parametrize("words", [("parse", "--lang"), ("language", "--conversation")])
def test_a_language_that_nobody_taught_is_said(capsys: pytest.CaptureFixture[str], words: tuple[str, str]):
    assert "no language 'xx': one of ar bg" in told(capsys, "nlu", *words, "xx", "bonjour", code=2)


def test_a_text_of_a_megabyte_is_read_as_far_as_in_the_conversation(
    capsys: pytest.CaptureFixture[str], rasa_file: Path
):
    long = "je veux un avocat " * 60_000
    assert len(json.loads(told(capsys, "nlu", "parse", long))["text"]) <= HEARD
    rasa_file.write_text(f"nlu:\n- intent: ask_legal_aid\n  examples: |\n    - {long}\n", "utf-8")
    assert json.loads(told(capsys, "nlu", "eval", str(rasa_file), "--json"))["languages"]["fr"]["accuracy"] == 1


def test_languages_are_counted_alone_in_their_conversation_and_by_writing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    path = tmp_path / "sr.yml"
    path.write_text(SERBIAN, "utf-8")
    found = json.loads(told(capsys, "nlu", "eval", str(path), "--json"))["languages"]["sr"]
    assert found["language"] == {
        "alone": 0.6667,
        "in_conversation": 1.0,
        "by_writing": {
            "cyrillic": {"alone": 1.0, "n": 1},
            "latin": {"alone": 1.0, "n": 1},
            "latin without accents": {"alone": 0.0, "n": 1},
        },
    }


def test_confusions_name_the_file_to_write_in(capsys: pytest.CaptureFixture[str], rasa_file: Path):
    rasa_file.write_text(RASA_FILE.replace("intent: ask_rights", "intent: ask_asylum"), "utf-8")
    assert "ask_asylum taken for ask_rights: nlu/data/fr/examples.yml" in told(
        capsys, "nlu", "confusions", str(rasa_file)
    )


def test_whole_situations_count_by_their_risk(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    path = tmp_path / "situations.yml"
    path.write_text(SITUATIONS, "utf-8")
    found = json.loads(told(capsys, "nlu", "situations", str(path), "--json"))
    assert found == {"escalation_recall": 0.75, "false_alarms": 0.0, "n": 3, "failed": ["missed"]}
    for wrong in ("- {id: 1}", "- {id: a, language: fr, theme: t, risk: x, says: 3, hears: []}", "risk: ["):
        path.write_text(wrong, "utf-8")
        assert "no list of situations" in told(capsys, "nlu", "situations", str(path), code=2)
    assert "cannot be read" in told(capsys, "nlu", "situations", str(tmp_path / "none.yml"), code=2)
