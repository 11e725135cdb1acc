"""What must be looked at again in the content files: stale, unverified, of the press, without source, untranslated."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from bot import press
from dialogs.evidence import SECONDARY
from dialogs.helpline import FRESH_FOR
from dialogs.reading import FOLDER, read_library
from dialogs.sheet import ContentError, Fault
from dialogs.topic import aged
from locales import languages
from locales.toml_extractor import extract

Kind = Literal["malformed", "sourceless", "unverified", "press", "stale", "untranslated", "stale_translation"]
FILES = (
    "topics/*.toml", "instruments/*.toml", "prevention/*.toml", "exercises/*.toml", "lessons/*.toml",
    "helplines.toml", "described.toml", "cases.toml", "versions.toml",
)  # fmt: skip
EVIDENCE = ("fact", "helpline", "described", "version")  # tables with status, source and day of their own
VERIFIED = ("V1", "V2", "own")  # own: made by this project, so that no text can verify it
NO_SOURCE = re.compile(r"\s*(?:to be (?:verified|found).*)?", re.IGNORECASE)
_HEADER = re.compile(r"\[\[([\w.]+)\]\]")
_KEY = re.compile(r"(\w+) *=")
_ID = re.compile(r'id = "([^"]*)"')

Sentences = Mapping[tuple[str, str], str]  # translations by context and sentence


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing to look at: in which file (from the project's root), at which line, of which kind, about which fact.

    `fact`: `rights.plain_work`, `helplines.child_119`, or the key for what stands above all tables: `rights.title`.
    `languages`: those in which the sentence is missing, or has the words of an older one.
    """

    path: str
    line: int
    kind: Kind
    fact: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A table of a file: its header (0, "" for what stands above all tables), its id, the line of each of its keys."""

    line: int
    array: str
    id: str
    keys: Mapping[str, int]


def concerns(day: date, folder: Path = FOLDER, catalogues: Path = languages.FOLDER) -> list[Concern]:
    """All that must be looked at on a day, in the order of the files and their lines.

    `folder`: the content's, `catalogues`: that of the languages.
    """
    required = [code for code, entry in languages.listed().items() if entry["state"] == "required"]
    translated = {code: translations(code, catalogues) for code in required}
    left = {code: translations(code, catalogues, left=True) for code in required}
    found = [*_malformed(folder)]
    for path in sorted(path for pattern in FILES for path in folder.glob(pattern)):
        found += _of_file(path, folder, day)
        found += _untranslated(path, folder, translated, left)
    return sorted(found, key=lambda one: (one.path, one.line))


def translations(language: str, folder: Path = languages.FOLDER, *, left: bool = False) -> Sentences:
    """What a catalogue says, as far as it is reviewed by its translator: by context and sentence.

    `left`: instead, what is marked fuzzy: the words of an older sentence.
    """
    from babel.messages.pofile import read_po  # here, for a server needs none, and it takes 2 MB

    with (folder / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {(m.context or "", str(m.id)): str(m.string) for m in read_po(file) if m.string and m.fuzzy == left}


def places(lines: Sequence[str]) -> list[Place]:
    """The tables of a TOML file as it is written here: each key on a line of its own."""
    found = [Place(0, "", "", {})]
    for number, line in enumerate(lines, 1):
        if header := _HEADER.match(line):
            found.append(Place(number, header[1], "", {}))
        elif key := _KEY.match(line):
            name = _ID.match(line)
            here = found[-1]
            found[-1] = replace(here, keys={**here.keys, key[1]: number}, id=name[1] if name else here.id)
    return found


def _named(path: Path, folder: Path) -> str:
    """The path from the project's root, as an editor of its files knows it."""
    return f"dialogs/{path.relative_to(folder).as_posix()}"


def _of_file(path: Path, folder: Path, day: date) -> Iterator[Concern]:
    text = path.read_text("utf-8", errors="replace")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # told as malformed
    listed = places(text.splitlines())
    dated = (*EVIDENCE, "question") if path.parent.name == "instruments" else EVIDENCE
    for place, table in _tables(values, listed, dated):
        for kind, key in _kinds(table, place, day):
            line = place.keys.get(key, place.line or 1)
            yield Concern(_named(path, folder), line, kind, _fact(path, place))


def _tables(
    values: Mapping[str, Any], listed: Sequence[Place], dated: tuple[str, ...]
) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Each table that carries evidence, beside its place: the file's own where it has a status, the `dated` ones."""
    if "status" in values:
        yield listed[0], values
    waiting = {array: iter(tables) for array, tables in values.items() if isinstance(tables, list)}
    for place in listed[1:]:
        table = next(waiting.get(place.array, iter(())), None)
        if isinstance(table, dict) and place.array in dated:
            yield place, table


def _kinds(table: Mapping[str, Any], place: Place, day: date) -> Iterator[tuple[Kind, str]]:
    """What is wrong with one table's evidence, with the key that says it."""
    if NO_SOURCE.fullmatch(str(table.get("source", ""))):
        yield "sourceless", "source"
    if place.array == "question":
        return  # checked with its instrument
    if table.get("status") not in VERIFIED:
        yield "unverified", "status"
    if table.get("status") == SECONDARY and press.named_in(str(table.get("source", ""))):
        yield "press", "source"
    if _stale(table, place, day):
        yield "stale", "checked_on"


def _stale(table: Mapping[str, Any], place: Place, day: date) -> bool:
    try:
        checked = date.fromisoformat(str(table.get("checked_on")))
    except ValueError:
        return False  # told as malformed
    if place.array == "helpline":
        return not table.get("permanent") and day - checked > FRESH_FOR
    past = table.get("historical") or (place.array == "version" and "valid_to" in table)
    return not past and aged(str(table.get("source", "")), checked, day)


def _fact(path: Path, place: Place) -> str:
    return f"{path.stem}.{place.id or place.line}" if place.line else path.stem


def _untranslated(
    path: Path, folder: Path, translated: Mapping[str, Sentences], left: Mapping[str, Sentences]
) -> Iterator[Concern]:
    listed = places(path.read_text("utf-8", errors="replace").splitlines())
    for line, *said in _sentences(path):
        sentence = said[0], said[1]
        missing = [code for code, known in translated.items() if sentence not in known]
        older = tuple(code for code in missing if sentence in left[code])
        never = tuple(code for code in missing if sentence not in left[code])
        place = next(place for place in reversed(listed) if place.line <= line)
        key = next((key for key, number in place.keys.items() if number == line), "")
        name = _fact(path, place) if place.line else f"{path.stem}.{key}".rstrip(".")
        kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (("untranslated", never), ("stale_translation", older))
        yield from (Concern(_named(path, folder), line, kind, name, codes) for kind, codes in kinds if codes)


def _sentences(path: Path) -> Iterator[tuple[int, str, str]]:
    """The sentences of a file that are said to people: line, context, sentence."""
    if path.stem == "versions":
        return  # for the command line, in English
    try:
        with path.open("rb") as file:
            for line, _, (context, sentence), _ in extract(file, None, None, None):
                yield line, context, sentence
    except ValueError:
        return  # told as malformed


def _malformed(folder: Path) -> Iterator[Concern]:
    """What the reading of the content refuses. What lacks a source is told as that, by who looks for it."""
    try:
        read_library(folder)
    except ContentError as wrong:
        yield from (_refused(fault, folder) for fault in wrong.faults if not fault.key.endswith("].source"))


def _refused(fault: Fault, folder: Path) -> Concern:
    path = folder / fault.path
    told = re.search(r"at line (\d+)", fault.what)
    array, _, name = re.sub(r"\].*", "", fault.key).partition("[")
    listed = places(path.read_text("utf-8", errors="replace").splitlines()) if path.is_file() else []
    place = next((place for place in listed if name and (place.array, place.id) == (array, name)), None)
    key = fault.key.rpartition(".")[2]
    line = next((p.keys[key] for p in ([place] if place else listed[:1]) if key in p.keys), place.line if place else 1)
    return Concern(
        _named(path, folder), int(told[1]) if told else line, "malformed", f"{fault.key}: {fault.what}".lstrip(": ")
    )
