"""The key file and what is derived from it."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services.keys import Keys


def test_the_key_file_is_made_once_for_its_owner_only(tmp_path: Path):
    path = tmp_path / "key"
    first = Keys.load(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_bytes()) == 32
    assert Keys.load(path).purpose("x") == first.purpose("x")
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: Keys.load(tmp_path / "key").purpose("x"), range(8)))
    assert len(set(made)) == 1


def test_a_file_of_another_size_is_refused(tmp_path: Path):
    (tmp_path / "key").write_bytes(b"short")
    (tmp_path / "key").chmod(0o600)
    with pytest.raises(ValueError, match="32 bytes"):
        Keys.load(tmp_path / "key")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused_and_it_is_said_how_to_mend_it(tmp_path: Path, mode: int):
    path = tmp_path / "key"
    Keys.load(path)
    path.chmod(mode)
    with pytest.raises(ValueError, match=f"chmod 600 {path}"):
        Keys.load(path)


def test_a_missing_file_is_not_made_where_there_must_be_one(tmp_path: Path):
    with pytest.raises(ValueError, match="put it back"):
        Keys.load(tmp_path / "key", make=False)
    assert list(tmp_path.iterdir()) == []


def test_every_purpose_has_a_key_of_its_own(keys: Keys):
    speaker = keys.speaker("web", "a")
    values = [
        keys.purpose("x"), keys.purpose("y"), speaker.key, speaker.box.key, keys.outbox().key, keys.sent().key,
        keys.conversation("telegram", "a"), keys.conversation("we", "ba"), Keys.new().purpose("x"),
    ]  # fmt: skip
    assert len(set(values)) == len(values)


def test_an_update_is_known_within_its_conversation_only(keys: Keys):
    one, other = keys.speaker("web", "a"), keys.speaker("web", "b")
    assert keys.update(one, "7") == keys.update(one, "7")
    assert len({keys.update(one, "7"), keys.update(one, "8"), keys.update(other, "7")}) == 3


def test_an_address_is_not_printed(keys: Keys):
    assert "0639980000" not in repr(keys.speaker("web", "0639980000"))
