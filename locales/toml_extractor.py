"""Takes the sentences out of content files (topics, instruments, helplines) for the catalogues."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, BinaryIO

from dialogs.instrument import family

WORDED = frozenset(
    {"title", "to_professionals", "text", "name", "note"}
    | {"plain", "why", "professional", "guidance", "reason", "licence", "population", "validation", "limits"}
    | {"kinds", "plain_limits"}
    | {"about", "accuracy", "absent"}
    | {"story", "warning", "ask", "because", "comment", "steps", "look_up", "facts"}
)


def extract(
    fileobj: BinaryIO, keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Babel's extraction method: (line, function, (context, sentence), comments) for each worded key.

    Babel names the other arguments; content files have no use for them.
    """
    content = fileobj.read().decode()
    context = context_of(PurePath(getattr(fileobj, "name", "")))
    lines = content.splitlines()
    for sentence in _sentences(tomllib.loads(content)):
        line = line_of(sentence, lines)
        yield line, "pgettext", (context, sentence), []


def line_of(sentence: str, lines: Sequence[str]) -> int:
    """The line (from 1) in which a sentence stands as TOML writes it; of search words, the line of their key."""
    if sentence.startswith("search: "):
        return next((n for n, text in enumerate(lines, 1) if text.startswith("search")), 1)
    written = sentence.replace("\\", "\\\\").replace('"', '\\"')
    places = [n for n, text in enumerate(lines, 1) if written in text or sentence in text]
    return next((n for n in places if lines[n - 1].endswith(f'= "{written}"')), places[0] if places else 1)


def context_of(path: PurePath) -> str:
    """The place that owns a file's sentences: `topic.rights`, `instrument.situation`, `helpline`."""
    kinds = {
        "topics": "topic", "instruments": "instrument", "prevention": "prevention",
        "exercises": "exercise", "lessons": "lesson",
    }  # fmt: skip
    kind = kinds.get(path.parent.name)
    owner = family(path.stem) if kind == "instrument" else path.stem
    return f"{kind}.{owner}" if kind else path.stem.removesuffix("s")


def _sentences(node: Mapping[str, Any]) -> Iterator[str]:
    if search := node.get("search"):
        yield f"search: {', '.join(search)}"
    for key, value in node.items():
        if key in WORDED and isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from _sentences(value)
        elif isinstance(value, list):
            yield from (item for item in value if key in WORDED and isinstance(item, str))
            yield from (sentence for item in value if isinstance(item, Mapping) for sentence in _sentences(item))
