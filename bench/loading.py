"""What our own understanding takes to load, in a process of its own: seconds and megabytes, as JSON."""

import json
import os
import time
from pathlib import Path


def megabytes() -> float:
    """Resident memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20


def main() -> None:
    """Load, and tell."""
    before, start = megabytes(), time.perf_counter()
    from nlu.redaction import redact
    from nlu.understanding import EmbeddedUnderstander

    EmbeddedUnderstander(time.gmtime().tm_year).understand(redact("warm").text, None)
    print(json.dumps([time.perf_counter() - start, megabytes() - before]))


if __name__ == "__main__":
    main()
