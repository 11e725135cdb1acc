r"""All languages' `lexicon.yml` in one file that loads in a moment: `python -m nlu.compile`.

`lookup: concept` lists words and phrases as they are; `regex: concept` lists stems as `stem\w*`.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from nlu.concepts import FILE
from nlu.knowledge import DATA
from nlu.words import read

STEM = r"\w*"


def forms(folder: Path = DATA) -> Iterator[tuple[str, str]]:
    """Every concept and form, `stem*` for stems, as the files have them."""
    for path in sorted(folder.glob("*/lexicon.yml")):
        for block in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["nlu"]:
            for line in block["examples"].splitlines():
                yield block.get("lookup") or block["regex"], line.removeprefix("- ").strip().replace(STEM, "*")


def compiled(folder: Path = DATA) -> bytes:
    """The file's bytes; the same from the same lexicons."""
    words: dict[str, set[int]] = defaultdict(set)
    stems: dict[str, set[int]] = defaultdict(set)
    phrases: dict[str, list[Any]] = defaultdict(list)
    every = sorted(set(forms(folder)))
    names = sorted({concept for concept, _ in every})
    number = {name: place for place, name in enumerate(names)}
    for concept, form in every:
        parts = [part + "*" * form.split()[place].endswith("*") for place, part in _parts(form)]
        if len(parts) > 1:
            phrases[parts[0].rstrip("*")].append((parts[1:], number[concept]))
        elif parts:
            (stems if form.endswith("*") else words)[parts[0].rstrip("*")].add(number[concept])
    packed = {"names": names, "words": _lists(words), "stems": _lists(stems), "phrases": phrases}
    return zlib.compress(json.dumps(packed, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode(), 9)


def _parts(form: str) -> Iterator[tuple[int, str]]:
    for place, word in enumerate(form.split()):
        for part in read(word.rstrip("*"), {}).words:
            yield place, part


def _lists(table: dict[str, set[int]]) -> dict[str, list[int]]:
    return {form: sorted(concepts) for form, concepts in table.items()}


if __name__ == "__main__":
    FILE.write_bytes(compiled())
