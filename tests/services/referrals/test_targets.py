"""How soon things are to be done: a file is read as it is written, and one that is not well formed is refused."""

from pathlib import Path

import pytest

from services.referrals.targets import FILE, STAGES, URGENCIES, targets


def test_what_is_more_urgent_is_never_due_later():
    found = targets()
    for stage in STAGES:
        for start in range(1_795_000_000, 1_795_000_000 + 8 * 24 * 3600, 5 * 3600):
            due = [found.due(stage, urgency, start) for urgency in URGENCIES]
            assert due == sorted(due), (stage, start)


def test_a_target_and_the_latest_start_of_what_is_late_agree():
    found = targets()
    for stage in STAGES:
        for urgency in URGENCIES:
            start = 1_795_000_000
            due = found.due(stage, urgency, start)
            assert found.latest(stage, urgency, due) >= start > found.latest(stage, urgency, due - 1)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ('immediate = "1 h"', 'immediate = "soon"'),
        ('immediate = "1 h"', 'immediate = "0 h"'),
        ('immediate = "1 h"', "immediate = 3600"),
        ('immediate = "1 h"', 'immediate = "9000 days"'),
        ('immediate = "1 h"', 'immediate = "400 working days"'),
        ('immediate = "1 h"', ""),
        ('closes = "18:00"', 'closes = "08:00"'),
        ("share = 0.75", "share = 1.5"),
        ("[reply]", "[answers]"),
        ("[hours]", "[hours"),
    ],
)
def test_a_file_that_is_not_well_formed_is_refused_in_a_sentence(tmp_path: Path, written, instead):
    own = tmp_path / "targets.toml"
    own.write_text(FILE.read_text("utf-8").replace(written, instead, 1), "utf-8")
    with pytest.raises(ValueError, match=r"targets\.toml: a target is missing or cannot be read"):
        targets(own)
