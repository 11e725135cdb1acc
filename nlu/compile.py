r"""All languages' `lexicon.yml` in one file that loads in a moment: `python -m nlu.compile`.

`lookup: concept` lists words and phrases as they are; `regex: concept` lists stems as `stem\w*`.
"""

from collections.abc import Iterator
from pathlib import Path

import yaml

from nlu import tries
from nlu.concepts import FILE, LONGEST, SHORT, ended
from nlu.knowledge import DATA
from nlu.words import read

STEM = r"\w*"


def forms(folder: Path = DATA) -> Iterator[tuple[str, str, str]]:
    """Every concept, form (`stem*` for stems) and language, as the files have them."""
    for path in sorted(folder.glob("*/lexicon.yml")):
        for block in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["nlu"]:
            for line in block["examples"].splitlines():
                yield (
                    block.get("lookup") or block["regex"],
                    line.removeprefix("- ").strip().replace(STEM, "*"),
                    path.parent.name,
                )


def compiled(folder: Path = DATA) -> Iterator[tuple[str, str]]:
    """Every form as the file has it, with its concept. Raises ValueError for a form that could never be met."""
    for concept, form, language in forms(folder):
        words = read(form.removesuffix("*")).words
        if "*" in form[:-1] or len(words) > LONGEST:
            raise ValueError(f"{concept}: {form}: a stem only at the end, and at most {LONGEST} words")
        if words and not (len(words) == 1 and len(words[0]) == 1 and words[0].isascii()):  # "a" means too much
            short = len(words) == 1 and len(words[0]) <= SHORT
            yield ended(words).removesuffix(" " * form.endswith("*")), f"{concept} {language}" if short else concept


def main() -> None:
    """Write the file."""
    tries.write(compiled(), FILE)


if __name__ == "__main__":
    main()
