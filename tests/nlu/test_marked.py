"""What the redaction misses and takes too much, on messages that one can count by hand."""

from pathlib import Path

import pytest

from nlu.marked import evaluated, marked


def told(tmp_path: Path, *messages: str) -> dict[str, object]:
    path = tmp_path / "redaction.yml"
    path.write_text("".join(f'- "{message}"\n' for message in messages), "utf-8")
    return evaluated(marked(path))


def test_what_is_taken_out_counts_as_found(tmp_path: Path):
    found = told(
        tmp_path, "appelle {phone:06 39 98 12 34}", "je m'appelle {name:Fatou Diallo}", "né le {birth date:3 mars} 2009"
    )
    assert (found["n"], found["recall"], found["precision"]) == (3, 1.0, 1.0)


def test_what_is_left_in_part_is_missed(tmp_path: Path):
    found = told(tmp_path, "appelle {phone:06 39 98 12 34} et {phone:le numéro de Zed}")
    assert (found["recall"], found["left"]) == (0.5, ["le numéro de Zed"])


def test_what_is_taken_out_without_need_is_told(tmp_path: Path):
    found = told(tmp_path, "elle a le 06 39 98 12 34", "j'ai 16 ans")
    assert (found["precision"], found["wrong"], found["recall"]) == (0.0, ["06 39 98 12 34"], 1.0)


def test_another_file_is_refused(tmp_path: Path):
    path = tmp_path / "redaction.yml"
    path.write_text("5", "utf-8")
    with pytest.raises(ValueError, match="no list of messages"):
        marked(path)
