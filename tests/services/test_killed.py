"""A process killed at any point leaves a whole turn or none, and the repeat makes it whole, once."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTHING = {"receipts": 0, "sealed_keys": 0, "referrals": 0, "turn": 0, "seen": False, "waiting": False, "sent": 0}
WHOLE = {"receipts": 2, "sealed_keys": 1, "referrals": 1, "turn": 1, "seen": True}
POINTS = 20


def test_a_kill_at_any_point_never_loses_or_doubles_a_referral(database_url: str, tmp_path: Path):
    command = [sys.executable, "-m", "tests.services.killed", database_url, str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert told.returncode == 0, told.stderr
    points = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(points) > POINTS
    for point in points:
        assert point["left"] == NOTHING or committed(point["left"]), point
        assert committed(point["after"]), point
        assert not point["after"]["waiting"], point
        assert point["after"]["sent"] >= 1, point
    assert any(point["left"] == NOTHING for point in points)
    assert any(point["left"]["waiting"] for point in points)


def committed(left: dict[str, int]) -> bool:
    """The whole turn is there, and its reply is in the outbox or was sent."""
    return WHOLE.items() <= left.items() and bool(left["waiting"] or left["sent"])
