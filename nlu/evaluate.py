"""How much danger is heard in sentences that nothing was made from: `python -m nlu.evaluate FOLDER`."""

import sys
import time
import tomllib
from pathlib import Path

from nlu.danger import KINDS
from nlu.understanding import EmbeddedUnderstander

HARMLESS = ("negation", "figure", "ordinary")


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """For each language's file: the share heard of each kind, of any kind, and the share of false alarms.

    A file holds lists of sentences named after the kinds and after HARMLESS, or some of these.
    """
    hears = EmbeddedUnderstander(time.gmtime().tm_year)
    figures = {}
    for path in sorted(folder.glob("*.toml")):
        told = tomllib.loads(path.read_text("utf-8"))
        found = {
            name: [hears.understand(text, path.stem).danger for text in told[name]]
            for name in (*KINDS, *HARMLESS)
            if name in told
        }
        dangers = [kind for kind in KINDS if kind in found]
        share = {kind: sum(kind in kinds for kinds in found[kind]) / len(found[kind]) for kind in dangers}
        heard = [kinds for kind in dangers for kinds in found[kind]]
        share["any"] = sum(map(bool, heard)) / len(heard)
        share |= {name: sum(map(bool, found[name])) / len(found[name]) for name in HARMLESS if name in found}
        figures[path.stem] = share
    return figures


def main() -> None:
    """Print the figures as a table."""
    for language, share in measure(Path(sys.argv[1])).items():
        print(language, "  ".join(f"{name} {value:.3f}" for name, value in share.items()))


if __name__ == "__main__":
    main()
