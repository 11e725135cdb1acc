"""What `passerelle content` does: what must be looked at again, how easy pages read, the law as it stood on a day."""

import argparse
import json
import shutil
import sys
import tempfile
import time
from datetime import date
from itertools import groupby
from pathlib import Path

from bot import export as files
from bot.config import Settings
from bot.upkeep import Concern, Kind, Sentences, concerns, translations
from dialogs.edits import Edits
from dialogs.library import Library, day_of
from dialogs.plain import sentences, words
from dialogs.readability import FORMULAS, ease
from dialogs.reading import FOLDER, read_library
from dialogs.topic import Topic
from dialogs.version import Matter, Version, as_of
from locales import languages

ROOT = FOLDER.parent
TOLD: dict[Kind, str] = {
    "malformed": "Not well formed: the assistant does not start",
    "sourceless": "Without a source",
    "unverified": "Not verified, so not shown",
    "press": "Read in the press: look for the law, or ask the service itself",
    "stale": "Read too long ago: shown as perhaps changed; a number is not shown",
    "untranslated": "Not translated, so said in English",
    "stale_translation": "The words of an older sentence: to be translated anew",
}
MATTERS: dict[Matter, str] = {
    "definition": "Definition (Code pénal, art. 225-4-1)",
    "card": "Residence card after a complaint or testimony",
    "resident_card": "Resident card after a conviction",
    "reflection_period": "30 days to recover and think",
    "exit_path": "Permit of the exit path from prostitution",
    "housing": "Card after a complaint about housing",
}


async def check(options: argparse.Namespace) -> int:
    """List what must be looked at; 1 when there is anything. With `readability`, only how easy the pages read; 0.

    With `edited`, the content as it is with what was accepted in the console.
    """
    if options.readability:
        _readability(read_library())
        return 0
    found = await _edited_concerns(options.on or _today()) if options.edited else concerns(options.on or _today())
    if options.json:
        print(json.dumps([_row(concern) for concern in found], ensure_ascii=False))
    else:
        _list(found)
    return 1 if found else 0


async def export(options: argparse.Namespace) -> int:
    """Write what was accepted in the console back into the files, or into those of another folder; 2 when it cannot."""
    try:
        made = files.export(ROOT, await _in_force())
        made.save(options.to or ROOT)
    except (OSError, ValueError) as wrong:
        print(f"passerelle: not written. {wrong}", file=sys.stderr)
        return 2
    if options.json:
        rows = [{"path": one.path, "fact": one.fact, "changed": list(one.changed)} for one in made.written]
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for one in made.written:
        print(f"{one.path}  {one.fact}: {', '.join(one.changed)}")
    print("Look at the changes, then: make messages" if made.written else "The files say what the console says.")
    return 0


async def _edited_concerns(day: date) -> list[Concern]:
    """What must be looked at once the edits in force are in the files, which are written somewhere else for that."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        copied = shutil.ignore_patterns("*.py", "*.mo", "__pycache__")
        for room in ("dialogs", "locales"):
            shutil.copytree(ROOT / room, root / room, ignore=copied)
        files.export(ROOT, await _in_force()).save(root)
        return concerns(day, root / "dialogs", root / "locales")


async def _in_force() -> Edits:
    """What editors changed, as the database of the settings has it. Raises ValueError, OSError."""
    from bot.app import opened
    from services import edits

    async with opened(Settings()) as (database, _), database.read() as tx:
        return await edits.in_force(tx)


async def asof(options: argparse.Namespace) -> int:
    """Print the definition and the permits as they stood on a day."""
    standing = as_of(read_library().versions, options.day)
    if options.json:
        print(json.dumps({m: [_version(v) for v in versions] for m, versions in standing.items()}, ensure_ascii=False))
        return 0
    print(f"As of {options.day}, from what was read; this is information, not legal advice.")
    for matter, versions in standing.items():
        print(f"\n{MATTERS[matter]}")
        for version in versions:
            print(f"  {version.text}")
            print(f"  {_period(version)} [{version.source}; {version.status}; read on {version.checked_on}]")
        if not versions:
            print("  For this day nothing is known here. A lawyer or Légifrance can tell.")
    return 0


def day(text: str) -> date:
    """A day given on the command line, YYYY-MM-DD. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it like 2014-01-31") from None


def _today() -> date:
    return day_of(int(time.time()))


def _row(concern: Concern) -> dict[str, str | int]:
    return {"path": concern.path, "line": concern.line, "kind": concern.kind, "fact": concern.fact}


def _list(found: list[Concern]) -> None:
    order = list(TOLD)
    by_kind = sorted(found, key=lambda concern: order.index(concern.kind))
    for kind, group in groupby(by_kind, lambda concern: concern.kind):
        listed = list(group)
        print(f"{TOLD[kind]}: {len(listed)}")
        for one in listed:
            print(f"  {one.path}:{one.line}  {one.fact}" + (f"  ({', '.join(one.languages)})" if one.languages else ""))
    if not found:
        print("Every fact is verified, fresh, with its source, and translated.")


def _readability(library: Library) -> None:
    """For each page in plain words and each language: words a sentence, the longest, the ease (100 is very easy)."""
    catalogues = {
        code: {} if code == "en" else translations(code)
        for code, entry in languages.listed().items()
        if entry["state"] != "partial"
    }
    for language, said in catalogues.items():
        formula = FORMULAS.get(language)
        print(f"{language}: {formula.name if formula else 'no formula is known here for this language; lengths only'}")
        for topic in library.topics_for("plain"):
            print(f"  {topic.id:<24} {_figures(language, _plain(topic, language, said))}")


def _plain(topic: Topic, language: str, said: Sentences) -> list[str]:
    """What is said of a page in plain words, in a language; nothing of what is not translated yet."""
    texts = [fact.text for fact in topic.facts if fact.shown and fact.register == "plain"]
    if language == "en":
        return [text.msgid for text in texts]
    return [said[place] for text in texts if (place := (text.context, text.msgid)) in said]


def _figures(language: str, texts: list[str]) -> str:
    lengths = [words(sentence) for text in texts for sentence in sentences(text)]
    if not lengths:
        return "not translated"
    score = ease(language, texts)
    told = f"{sum(lengths) / len(lengths):5.1f} words a sentence, at most {max(lengths):2}"
    return told if score is None else f"{told}, ease {score:3.0f}"


def _version(version: Version) -> dict[str, str | None]:
    return {
        "id": version.id,
        "text": version.text,
        "status": version.status,
        "source": version.source,
        "checked_on": version.checked_on,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
    }


def _period(version: Version) -> str:
    began = f"from {version.valid_from}" if version.valid_from else "from before"
    return f"{began} to {version.valid_to}" if version.valid_to else f"{began} on"
