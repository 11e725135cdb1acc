"""What editors accepted in the console, written back into the content's files and the catalogues, for review."""

import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.upkeep import Place, places
from dialogs.edits import WORDED, Edits, Entry, Standing, entries, standing
from dialogs.reading import read_library
from locales.toml_extractor import extract

if TYPE_CHECKING:
    from babel.messages import Catalog, Message

_QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*')"""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of one entry into one file: the path from the project's root, its key, what changed there."""

    path: str
    fact: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """The new text of each file, by its path from the project's root, and what was written of which entry."""

    files: Mapping[str, bytes]
    written: tuple[Written, ...]

    def save(self, root: Path) -> None:
        """Write the files below a folder. Raises OSError."""
        for name, content in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def export(root: Path, in_force: Edits) -> Export:
    """What the files of a project would be with the edits in force; only those that change.

    Comments, order and form stay: only the lines of changed keys are other ones. Raises ContentError, OSError;
    ValueError where a file is not written as ours are.
    """
    known = entries(read_library(root / "dialogs"))
    stood = [standing(known[key], edits) for key, edits in in_force.items() if key in known]
    changed = [stands for stands in stood if stands.edited]
    files, written = dict[str, bytes](), list[Written]()
    for name in sorted({_file(stands.entry) for stands in changed}):
        mine = [stands for stands in changed if _file(stands.entry) == name and _changes(stands)]
        if mine:
            files[name] = _toml((root / name).read_text("utf-8"), mine).encode()
            written += [Written(name, one.entry.key, tuple(_changes(one))) for one in mine]
    said = _said(root, files)
    for path in sorted((root / "locales").glob("*/LC_MESSAGES/messages.po")):
        name = path.relative_to(root).as_posix()
        content, told = _catalogue(path, changed, said)
        if told:
            files[name] = content
            written += [Written(name, key, kinds) for key, kinds in told.items()]
    return Export(files, tuple(written))


def _file(entry: Entry) -> str:
    return f"dialogs/topics/{entry.topic.id}.toml" if entry.topic else "dialogs/helplines.toml"


def _changes(stands: Standing) -> dict[str, str | bool]:
    """The keys of an entry's table that the file has otherwise; "" and False for those that go."""
    file = stands.entry.values
    values: dict[str, str | bool] = {name: value for name, value in stands.now.items() if value != file[name]}
    return values | ({"hidden": stands.hidden} if stands.hidden != stands.entry.source.hidden else {})


def _toml(text: str, changed: Iterable[Standing]) -> str:
    lines = text.splitlines()
    by_id = {place.id: place for place in places(lines) if place.array in ("fact", "helpline")}
    wanted = tomllib.loads(text)
    for stands in sorted(changed, key=lambda one: -by_id[one.entry.source.id].line):  # from below, so that lines stay
        changes = _changes(stands)
        _write(lines, by_id[stands.entry.source.id], changes)
        array = "fact" if stands.entry.topic else "helpline"
        _expect(next(table for table in wanted[array] if table["id"] == stands.entry.source.id), changes)
    new = "\n".join(lines) + "\n"
    if tomllib.loads(new) != wanted:
        raise ValueError("a content file is not written as ours are, one key a line: change it by hand")
    return new


def _expect(table: dict[str, Any], changes: Mapping[str, str | bool]) -> None:
    for key, value in changes.items():
        table[key] = value
        if not value:
            del table[key]


def _write(lines: list[str], place: Place, changes: Mapping[str, str | bool]) -> None:
    gone, new = list[int](), list[str]()
    for key, value in changes.items():
        told = f"{key} = {json.dumps(value, ensure_ascii=False)}"
        number = place.keys.get(key)
        if number is None:
            new += [told] if value else []
        elif value:
            remark = re.fullmatch(rf"\w+ *= *(?:{_QUOTED}|true|false)( *#.*)?", lines[number - 1])
            lines[number - 1] = told + ((remark[1] or "") if remark else "")
        else:
            gone.append(number)
    lines[place.keys["checked_on"] : place.keys["checked_on"]] = new
    for number in sorted(gone, reverse=True):
        del lines[number - 1 + (len(new) if number > place.keys["checked_on"] else 0)]


def _said(root: Path, files: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Every sentence that the changed files say, by context."""
    said = set[tuple[str, str]]()
    for name, content in files.items():
        file = io.BytesIO(content)
        file.name = str(root / name)
        said |= {sentence for _, _, sentence, _ in extract(file, None, None, None)}
    return said


def _catalogue(
    path: Path, changed: Iterable[Standing], said: set[tuple[str, str]]
) -> tuple[bytes, dict[str, tuple[str, ...]]]:
    """A catalogue with the words that its language has, or has left over, for what changed; and what changed in it."""
    from babel.messages.pofile import read_po, write_po  # here, for a server needs none, and it takes 2 MB

    language = path.parts[-3]
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    told = dict[str, tuple[str, ...]]()
    for stands in changed:
        kinds = tuple(_translate(catalog, language, stands, said))
        told |= {stands.entry.key: kinds} if kinds else {}
    written = io.BytesIO()
    write_po(written, catalog, width=0, ignore_obsolete=True, include_lineno=False)
    return written.getvalue(), told


def _translate(catalog: "Catalog", language: str, stands: Standing, said: set[tuple[str, str]]) -> Iterator[str]:
    """Bring one entry's sentences into a catalogue; tells their keys, `stale` before those with the older words."""
    entry = stands.entry
    for name in (name for name in WORDED if stands.now.get(name)):
        new, old = stands.now[name], entry.values[name]
        own = stands.said.get(language, {}).get(name)
        fresh = own is not None and own.of == new
        if new == old and not fresh:
            continue
        message = _message(catalog, entry.context, new)
        if message is not None and message.string and not message.fuzzy and not fresh:
            continue  # the catalogue knows this sentence already
        before = _message(catalog, entry.context, old) if (entry.context, old) not in said else None
        message = message or _renamed(before, new) or _added(catalog, entry.context, new, _file(entry))
        words = own.words if own and (fresh or not stands.wrong) else ""
        if fresh and message.string == words and not message.fuzzy:
            continue
        message.string = words
        (message.flags.discard if fresh or not words else message.flags.add)("fuzzy")
        yield name if fresh else f"stale {name}"


def _message(catalog: "Catalog", context: str, sentence: str) -> "Message | None":
    return next((m for m in catalog if m.id == sentence and m.context == context), None)


def _renamed(message: "Message | None", sentence: str) -> "Message | None":
    """The old sentence's message for the new one, in its place: nobody says the old one any more."""
    if message is not None:
        message.id = sentence
    return message


def _added(catalog: "Catalog", context: str, sentence: str, path: str) -> "Message":
    return catalog.add(sentence, "", locations=[(path, 1)], context=context)
