"""A process killed at any point of a sign-up leaves all of it or nothing, and the repeat makes it whole, once."""

import json
import subprocess
import sys
from pathlib import Path

from tests.services.test_killed import POINTS, ROOT

NOTHING = {"sign_ups": 0, "keys": 0, "turn": 0, "seen": False, "waiting": False, "sent": 0}
WHOLE = {"sign_ups": 1, "keys": 1, "turn": 1, "seen": True}


def test_a_kill_at_any_point_never_loses_or_doubles_a_sign_up(database_url: str, tmp_path: Path):
    command = [sys.executable, "-m", "tests.services.killed_sign_up", database_url, str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert told.returncode == 0, told.stderr
    *points, order = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(points) > POINTS
    for point in points:
        left, after = point["left"], point["after"]
        assert left == NOTHING or (WHOLE.items() <= left.items() and (left["waiting"] or left["sent"])), point
        assert WHOLE.items() <= after.items(), point
        assert not after["waiting"], point
        assert after["sent"] >= 1, point
    assert any(point["left"] == NOTHING for point in points)
    assert any(point["left"]["waiting"] for point in points)
    assert order == {"numbers": list(range(1, len(points) + 1)), "seats": min(len(points), 100)}
