"""Plain language, measured: sentences and words of a text in any of our languages, and which ones are too long."""

import math
import re
from collections.abc import Iterable

from dialogs.typed import CHINESE

LONGEST = 20
MEAN = 12

_END = re.compile(r"([.!?…؟۔।]+)[\"'»”’)\]]*(?=\s|$)|[。！？]+[”’）]*")
_SIGNS_A_WORD = 1.6  # about, in what is written today
_SHORTENED = frozenset(
    {"art", "arts", "no", "nos", "n", "p", "pp", "etc", "cf", "e.g", "i.e", "ex", "m", "mme", "sr", "dr"}
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order. A line break ends one; the point of an abbreviation ("art. 3") does not."""
    found = [sentence for line in text.splitlines() for sentence in _sentences_of_line(line)]
    return [sentence for sentence in found if words(sentence)]


def words(sentence: str) -> int:
    """How many words: what stands between spaces and holds a letter or a digit; in Chinese, by its signs."""
    chinese, rest = len(CHINESE.findall(sentence)), CHINESE.sub(" ", sentence)
    return math.ceil(chinese / _SIGNS_A_WORD) + sum(any(sign.isalnum() for sign in word) for word in rest.split())


def too_long(texts: Iterable[str], longest: int = LONGEST, mean: int = MEAN) -> list[str]:
    """What is too long in texts that are read together, in words for whoever writes them; empty when all is well."""
    listed = list(texts)
    counts = [(words(sentence), sentence) for text in listed for sentence in sentences(text)]
    faults = [f"{count} words, at most {longest}: {sentence}" for count, sentence in counts if count > longest]
    if (average := on_average(listed)) > mean:
        faults.append(f"{average:.1f} words a sentence on average, at most {mean}")
    return faults


def on_average(texts: Iterable[str]) -> float:
    """How many words a sentence has on average; 0 where there is none."""
    counts = [words(sentence) for text in texts for sentence in sentences(text)]
    return sum(counts) / max(1, len(counts))


def _sentences_of_line(line: str) -> list[str]:
    ends = [mark.end() for mark in _END.finditer(line) if _is_end(line, mark)]
    starts = [0, *ends]
    return [line[start:end].strip() for start, end in zip(starts, [*ends, len(line)], strict=True)]


def _is_end(line: str, mark: re.Match[str]) -> bool:
    if mark[1] not in (".", "…"):
        return True
    before = line[: mark.start()].split()
    if mark[1] == "." and before and before[-1].strip("(«\"'").lower() in _SHORTENED:
        return False
    return not line[mark.end() :].lstrip()[:1].islower()
