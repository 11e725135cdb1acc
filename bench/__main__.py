"""`python -m bench`, the same as `make bench`."""

import argparse
import asyncio
import json
import os
import platform
import sys
from dataclasses import replace
from typing import Any

from bench import coordination, kills
from bench.measure import CHATS, Plan, measure

FULL, QUICK = Plan(7, 24, 500), Plan(3, 12, 200)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("bench", description="Our figures with the floors beside them, medians of rounds.")
    parser.add_argument("section", nargs="?", choices=("coordination", "kills"), help="this alone; else all turns")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK.rounds} short rounds in place of {FULL.rounds}")
    parser.add_argument("--rounds", type=int, help="so many rounds")
    parser.add_argument("--kills", type=int, default=300, help="with kills: so many of them (300)")
    parser.add_argument("--seconds", type=float, help="with coordination: how long each part lasts (15)")
    parser.add_argument("--json", action="store_true", help="as JSON, every round's value")
    options = parser.parse_args()
    if options.section == "kills":
        return kills.run(kills.Plan(options.kills))
    if options.section == "coordination":
        return _coordination(options)
    chosen = QUICK if options.quick else FULL
    plan = Plan(max(1, options.rounds or chosen.rounds), chosen.length, chosen.upserts)
    report = asyncio.run(measure(plan))
    about = _about(plan)
    print(json.dumps(report.data(about), ensure_ascii=False) if options.json else report.table(about))
    return 0


def _coordination(options: argparse.Namespace) -> int:
    """The queue alone: one round, as the range of what was timed is in it."""
    plan = coordination.QUICK if options.quick else coordination.Plan()
    plan = replace(plan, seconds=options.seconds or plan.seconds)
    busy = os.getloadavg()
    report = asyncio.run(coordination.measure(plan))
    about = {"command": " ".join(["python -m bench", *sys.argv[1:]]), "python": platform.python_version()}
    load = f"{busy[0]:.1f} before, {os.getloadavg()[0]:.1f} after, on {os.cpu_count()} cores"
    told = about | {"load of the machine": load}
    print(json.dumps(report.data(told), ensure_ascii=False) if options.json else report.table(told))
    return 0


def _about(plan: Plan) -> dict[str, Any]:
    return {
        "command": " ".join(["python -m bench", *sys.argv[1:]]),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "rounds": f"{plan.rounds}, interleaved, of {CHATS * plan.length} turns; medians (lowest – highest)",
    }


if __name__ == "__main__":
    sys.exit(main())
