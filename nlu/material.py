"""Rasa's YAML files read: messages with the intents they tell."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from nlu.knowledge import DATA


class Unusable(ValueError):
    """What somebody named cannot be used: a path, what is in a file, a language, a back end."""


_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def messages(path: Path) -> Iterator[tuple[str, str]]:
    """The intent and the text of each message in a file.

    Raises Unusable when it cannot be read or is not of Rasa's form.
    """
    import yaml  # here, for the assistant itself reads none, and it takes 2 MB

    try:
        blocks = yaml.load(content(path), yaml.CSafeLoader)["nlu"]
        for block in blocks:
            if "intent" in block:
                yield from ((block["intent"], text) for text in _texts(block["examples"]) if text)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as wrong:
        raise Unusable(f"{path} is no training file of Rasa's: nlu, with intent and examples") from wrong


def content(path: Path) -> str:
    """What a file says. Raises Unusable when it cannot be read, or not as text."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise Unusable(f"{path} cannot be read as text") from wrong


def _texts(examples: object) -> Iterable[str]:
    if isinstance(examples, str):
        lines = (line.strip() for line in examples.splitlines())
        return (_bare(line[1:]) for line in lines if line.startswith("-"))
    if not isinstance(examples, list):
        raise TypeError
    return (_bare(one["text"] if isinstance(one, dict) else one) for one in examples)


def _bare(text: str) -> str:
    """Without the marks of entities: "[English](language) please"."""
    return _ENTITY.sub(r"\1", text).strip()


def files(paths: Iterable[Path]) -> list[Path]:
    """The YAML files among the paths and under them. Raises Unusable where there is none."""
    found = []
    for path in paths:
        here = sorted(path.rglob("*.y*ml")) if path.is_dir() else [path]
        if not here or not path.exists():
            raise Unusable(f"{path}: no such file, or no YAML file in it")
        found += here
    return found


def of_language(paths: Iterable[Path]) -> dict[str, list[Path]]:
    """Files by their language. Raises Unusable where one tells none."""
    told: dict[str, list[Path]] = {}
    for path in paths:
        told.setdefault(language_of(path), []).append(path)
    return told


def language_of(path: Path) -> str:
    """The language that a file's name, its folder's or that of a folder around it tells.

    Of the first two a part is enough: `fr-hard.yml`. Raises Unusable where none does.
    """
    known, folder = languages(), path.resolve().parent
    for part in (path.stem, folder.name):
        codes = [word for word in re.split(r"[^a-z]+", part.lower()) if word in known]
        if len(codes) == 1:
            return codes[0]
    if around := next((part.name for part in folder.parents if part.name in known), None):
        return around
    raise Unusable(f"{path}: in which language? Name the file or its folder after one of {' '.join(sorted(known))}")


def languages() -> frozenset[str]:
    """Those that have examples."""
    return frozenset(path.parent.name for path in DATA.glob("*/examples.yml"))
