"""A place whose holding is killed at any point is held once or is free, and is never given to two."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTHING = {"holds": 0, "left": 1, "acts": 0}
WHOLE = {"holds": 1, "left": 0, "acts": 1}
POINTS = 20


def test_a_kill_at_any_point_leaves_the_place_held_once_or_free(database_url: str, tmp_path: Path):
    command = [sys.executable, "-m", "tests.services.killed_hold", database_url, str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert told.returncode == 0, told.stderr
    *points, last = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(points) > POINTS
    for point in points:
        left, after = point["left"], point["after"]
        assert NOTHING.items() <= left.items() or WHOLE.items() <= left.items(), point
        assert WHOLE.items() <= after.items(), point
    assert any(NOTHING.items() <= point["left"].items() for point in points)
    assert last == {"second": last["groups"] - len(points), "groups": last["groups"], "most": 1, "held": last["groups"]}
