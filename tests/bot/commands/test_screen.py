"""Screening from the command line, as other programs use it: every test runs `passerelle` as a process of its own."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
SETS = {"ilo-adult-labour": 67, "ilo-child-labour": 65}


def passerelle(*words: str | Path, code: int = 0) -> str:
    """What the command prints: on standard output when it succeeds, on standard error when it refuses."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "screen", *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert not (code and done.stdout)
    return done.stderr if code else done.stdout


def found(tmp_path: Path, instrument: str, answers: dict[str, Any]) -> dict[str, Any]:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers), "utf-8")
    told: dict[str, Any] = json.loads(passerelle("--instrument", instrument, "--answers", path, "--json"))
    return told


def refused(tmp_path: Path, instrument: str, content: str) -> list[str]:
    path = tmp_path / "answers.json"
    path.write_text(content, "utf-8")
    lines = passerelle("--instrument", instrument, "--answers", path, "--json", code=2).splitlines()
    return [line.removeprefix("passerelle: ") for line in lines]


def test_the_instruments_are_listed():
    listed = json.loads(passerelle("--list", "--json"))
    assert all(set(one) == {"id", "title"} for one in listed)
    assert {one["id"] for one in listed} == {"situation", "ilo-adult-labour", "ilo-child-labour", "danger"}


def test_for_people_the_list_also_says_what_is_absent():
    told = passerelle("--list")
    assert "TVIT" in told
    assert "could not be verified" in told


@pytest.mark.parametrize(("instrument", "part"), [("situation", "element"), ("danger", "element")])
def test_questions_of_the_law_and_of_danger(instrument: str, part: str):
    asked = json.loads(passerelle("--instrument", instrument, "--questions", "--json"))
    assert all(set(one) == {"id", "text", part, "strength", "source"} for one in asked)
    assert len({one["id"] for one in asked}) == len(asked)
    assert all(one["strength"] is None and one["text"].rstrip(".").strip() for one in asked)


@pytest.mark.parametrize("instrument", SETS)
def test_questions_of_an_indicator_set(instrument: str):
    asked = json.loads(passerelle("--instrument", instrument, "--questions", "--json"))
    assert len(asked) == SETS[instrument]
    assert all(set(one) == {"id", "text", "dimension", "strength", "source"} for one in asked)
    assert len({one["dimension"] for one in asked}) == 6
    assert all("copie secondaire" in one["source"] for one in asked)
    doubtful = [one["source"] for one in asked if "doubtful" in one["source"]]
    assert len(doubtful) == (2 if instrument == "ilo-adult-labour" else 0)
    strengths = Counter(one["strength"] for one in asked)
    assert set(strengths) == (
        {"strong", "medium", "weak"} if instrument == "ilo-adult-labour" else {"strong", "medium"}
    )


def test_for_people_an_instrument_says_what_it_cannot_say_before_it_asks():
    told = passerelle("--instrument", "situation", "--questions")
    assert told.index("Not validated") < told.index("It decides nothing about a person") < told.index("act_brought")


def test_the_finding_of_an_adult(tmp_path: Path):
    told = found(
        tmp_path,
        "situation",
        {
            "act_brought": "yes",
            "means_force": "no",
            "means_payment": "unknown",
            "purpose_begging": "skip",
            "adult": True,
        },
    )
    assert set(told) == {"instrument", "elements", "outcome", "next", "asked"}
    assert told["instrument"] == "situation"
    assert told["elements"]["act"] == {"level": "supported", "because": ["act_brought"], "unknown": ["act_hosted"]}
    assert told["elements"]["means"]["level"] == "unknown"
    assert told["elements"]["means"]["unknown"] == ["means_authority", "means_vulnerability", "means_payment"]
    assert told["outcome"] == "some_signs"
    assert "means_payment" in told["next"]
    assert "act_hosted" not in told["next"]
    assert told["asked"] == 4


def test_the_finding_of_a_minor_has_no_means_and_an_unknown_age_is_to_be_asked(tmp_path: Path):
    answers = {"act_hosted": "yes", "purpose_crime": "yes"}
    minor = found(tmp_path, "situation", answers | {"adult": False})
    assert set(minor["elements"]) == {"act", "purpose"}
    assert (minor["outcome"], minor["next"]) == ("signs", [])
    unknown = found(tmp_path, "situation", answers)
    assert unknown["outcome"] == "some_signs"
    assert unknown["next"][0] == "adult"
    assert found(tmp_path, "situation", answers | {"adult": None}) == unknown


def test_the_finding_of_an_indicator_set_counts_by_dimension(tmp_path: Path):
    asked = json.loads(passerelle("--instrument", "ilo-adult-labour", "--questions", "--json"))
    answers: dict[str, Any] = {one["id"]: "no" for one in asked} | {"adult": True}
    answers |= {
        "deceptive_job": "yes",
        "deceptive_wages": "yes",
        "conditions_hours": "yes",
        "conditions_education": "yes",
    }
    told = found(tmp_path, "ilo-adult-labour", answers)
    recruited, worked, forced = (
        told["dimensions"][name]
        for name in ("deceptive recruitment", "exploitative conditions of work", "coercion at destination")
    )
    assert (recruited["strong"], recruited["medium"], recruited["weak"], recruited["met"]) == (1, 1, 0, True)
    assert (worked["strong"], worked["medium"], worked["weak"], worked["met"]) == (1, 0, 1, True)
    assert forced["level"] == "not_supported"
    assert not forced["met"]
    assert told["outcome"] == "some_signs"
    assert told["asked"] == 67
    coerced = found(tmp_path, "ilo-adult-labour", answers | {"coercion_debt": "yes", "coercion_wages": "yes"})
    assert coerced["outcome"] == "signs"


def test_under_18_exploitation_is_enough_and_a_childrens_set_takes_the_age_as_such(tmp_path: Path):
    answers = {"conditions_hours": "yes", "conditions_education": "yes"}
    assert found(tmp_path, "ilo-child-labour", answers)["outcome"] == "signs"
    assert found(tmp_path, "ilo-child-labour", answers | {"adult": True})["outcome"] == "some_signs"


@pytest.mark.parametrize(
    ("instrument", "adult", "told"),
    [
        ("ilo-adult-labour", False, (
            'ilo-adult-labour was made for adults, and the answers say {"adult": false}: '
            "the finding may mislead. Made for minors: ilo-child-labour"
        )),
        ("ilo-child-labour", True, (
            'ilo-child-labour was made for minors, and the answers say {"adult": true}: '
            "the finding may mislead. Made for adults: ilo-adult-labour"
        )),
        ("ilo-adult-labour", True, ""),
        ("ilo-adult-labour", None, ""),
        ("ilo-child-labour", False, ""),
        ("ilo-child-labour", None, ""),
        ("situation", False, ""),
        ("danger", False, ""),
    ],
)  # fmt: skip
def test_a_set_for_other_ages_finds_and_says_on_standard_error_which_one_fits(
    tmp_path: Path, instrument: str, adult: bool | None, told: str
):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"adult": adult}), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "screen", "--instrument", instrument, "--answers", path, "--json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert json.loads(done.stdout)["instrument"] == instrument
    assert done.stderr.strip() == (f"passerelle: {told}" if told else "")


def test_danger_has_an_urgency_with_its_reasons(tmp_path: Path):
    told = found(tmp_path, "danger", {"near_here": "yes", "roof_days": "yes"})
    assert told["urgency"] == {"level": "immediate", "because": ["near_here"]}
    assert found(tmp_path, "danger", {"near_here": "unknown"})["urgency"] == {"level": "unknown", "because": []}


def test_nothing_answered_is_not_nothing_seen(tmp_path: Path):
    told = found(tmp_path, "situation", {})
    assert (told["outcome"], told["asked"]) == ("not_enough", 0)


def test_every_fault_is_named(tmp_path: Path):
    told = refused(tmp_path, "situation", '{"act_brought": "maybe", "nowhere": "yes", "act_hosted": 1, "adult": "yes"}')
    assert told == [
        'act_brought: "maybe" is not one of yes, no, unknown, skip',
        "nowhere: no such question",
        "act_hosted: 1 is not one of yes, no, unknown, skip",
        "adult: must be true, false or null",
    ]
    assert refused(tmp_path, "situation", '{"act_brought": "no", "act_brought": "yes"}') == [
        "act_brought: stands there more than once"
    ]
    nobody = refused(tmp_path, "horoscope", '{"act_brought": "maybe"}')
    assert nobody[0].startswith("no instrument 'horoscope': one of danger, ")
    assert nobody[1].startswith("act_brought: ")


@pytest.mark.parametrize("content", ["[]", "{", '"yes"', "null"])
def test_what_is_no_answers_file_is_refused(tmp_path: Path, content: str):
    (fault,) = refused(tmp_path, "situation", content)
    assert fault.startswith(str(tmp_path))


def test_wrong_words_are_refused(tmp_path: Path):
    assert "could not be verified" in passerelle("--instrument", "ilo-sexual-exploitation", "--questions", code=2)
    assert "--instrument is missing" in passerelle("--questions", code=2)
    assert "required" in passerelle("--instrument", "situation", code=2)
    missing = passerelle("--instrument", "situation", "--answers", tmp_path / "none.json", code=2)
    assert "No such file" in missing


def test_for_operators_it_also_tells_what_one_answer_would_change(tmp_path: Path):
    path = tmp_path / "answers.json"
    answers = {"conditions_hours": "yes", "conditions_pay": "yes", "adult": False}
    path.write_text(json.dumps(answers), "utf-8")
    wanted = ("--instrument", "ilo-child-labour", "--answers", path)
    told = json.loads(passerelle(*wanted, "--json", "--sensitivity"))
    work = told["sensitivity"]["dimensions"]["exploitative conditions of work"]
    assert work["yes"] == {"strong": 1, "medium": 1, "weak": 0}
    assert work["without"] == ["conditions_hours", "conditions_pay"]
    assert work["fewest"] == 1
    assert told["sensitivity"]["rule"] == {"support": "strengths", "together": [["exploitative conditions of work"]]}
    assert {"question": "conditions_pay", "to": "unknown", "outcome": "not_enough"} in told["sensitivity"]["outcome"]
    assert "sensitivity" not in json.loads(passerelle(*wanted, "--json"))
    assert "strong 1 of" in passerelle(*wanted, "--sensitivity")
