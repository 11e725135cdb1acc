"""A process killed anywhere while everything is sealed anew: all opens at once, and the next one goes on."""

import json
import subprocess
import sys

from tests.services.test_killed import ROOT


def test_a_kill_while_sealing_anew_loses_nothing(database_url: str):
    command = [sys.executable, "-m", "tests.services.killed_resealing", database_url]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert told.returncode == 0, told.stderr
    kills, end = [json.loads(line) for line in told.stdout.splitlines()]
    assert kills["killed"] > 5
    assert end == {"requests": 3, "held": 1, "holders": 1, "unfinished": 0, "whole": True}
