"""A coordinator's work that is killed at any point is done whole, once, or not at all; no state in between is left."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTHING = {"notes": 0, "messages": 0, "acts": 0, "searching": 0, "waiting_for_a_claim": 1}
WHOLE = {"notes": 1, "messages": 1, "acts": 5, "searching": 1, "waiting_for_a_claim": 0}
POINTS = 40


def test_a_kill_at_any_point_leaves_the_work_done_or_undone(database_url: str, tmp_path: Path):
    command = [sys.executable, "-m", "tests.services.killed_work", database_url, str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert told.returncode == 0, told.stderr
    points = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(points) > POINTS
    for point in points:
        left, after = point["left"], point["after"]
        assert NOTHING.items() <= left.items() or WHOLE.items() <= left.items(), point
        assert WHOLE.items() <= after.items(), point
    assert any(NOTHING.items() <= point["left"].items() for point in points)
