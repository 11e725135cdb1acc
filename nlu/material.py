"""Rasa's YAML files read: messages with the intents they tell."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from nlu.knowledge import DATA

_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def messages(path: Path) -> Iterator[tuple[str, str]]:
    """The intent and the text of each message in a file.

    Raises OSError when it cannot be read, ValueError when it is not of Rasa's form.
    """
    try:
        blocks = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["nlu"]
        for block in blocks:
            if "intent" in block:
                yield from ((block["intent"], text) for text in _texts(block["examples"]) if text)
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as wrong:
        raise ValueError(f"{path} is no training file of Rasa's: nlu, with intent and examples") from wrong


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
    """The YAML files among the paths and under them. Raises ValueError where there is none."""
    found = []
    for path in paths:
        here = sorted(path.rglob("*.y*ml")) if path.is_dir() else [path]
        if not here or not path.exists():
            raise ValueError(f"{path}: no such file, or no YAML file in it")
        found += here
    return found


def of_language(paths: Iterable[Path]) -> dict[str, list[Path]]:
    """Files by their language. Raises ValueError where one tells none."""
    told: dict[str, list[Path]] = {}
    for path in paths:
        told.setdefault(language_of(path), []).append(path)
    return told


def language_of(path: Path) -> str:
    """The language that a file's name or the nearest folder tells. Raises ValueError where none does."""
    known = {folder.parent.name for folder in DATA.glob("*/examples.yml")}
    for part in (path.stem, *reversed(path.resolve().parent.parts)):
        codes = [word for word in re.split(r"[^a-z]+", part.lower()) if word in known]
        if len(codes) == 1:
            return codes[0]
    raise ValueError(f"{path}: in which language? Name the file or its folder after one of {' '.join(sorted(known))}")
