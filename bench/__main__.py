"""`python -m bench`, the same as `make bench`."""

import argparse
import asyncio
import json
import os
import platform
import sys
from typing import Any

from bench.measure import CHATS, Plan, measure

FULL, QUICK = Plan(7, 24, 500), Plan(3, 12, 200)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("bench", description="Our figures with the floors beside them, medians of rounds.")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK.rounds} short rounds in place of {FULL.rounds}")
    parser.add_argument("--rounds", type=int, help="so many rounds")
    parser.add_argument("--json", action="store_true", help="as JSON, every round's value")
    options = parser.parse_args()
    chosen = QUICK if options.quick else FULL
    plan = Plan(max(1, options.rounds or chosen.rounds), chosen.length, chosen.upserts)
    report = asyncio.run(measure(plan))
    about = _about(plan)
    print(json.dumps(report.data(about), ensure_ascii=False) if options.json else report.table(about))
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
