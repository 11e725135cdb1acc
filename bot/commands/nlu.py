"""What `passerelle nlu …` and `passerelle redact` do: one text, or files of them, understood and measured."""

import argparse
import json
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.hearing import redacted_of
from dialogs.understanding import Understanding
from nlu.language import Languages, likeliest
from nlu.marked import NAME as MARKED
from nlu.marked import evaluated as evaluated_redaction
from nlu.marked import marked
from nlu.material import Unusable, files, language_of, languages, messages, of_language
from nlu.redaction import Redacted, redact
from nlu.scoring import Answer, Case, confusions, figures
from nlu.situations import evaluated, situations
from nlu.understanding import Adviser, EmbeddedUnderstander

TESTS = Path(__file__).parents[2] / "tests" / "nlu"
SHOWN = 40  # confusions


async def parse(options: argparse.Namespace) -> int:
    """One text in Rasa's parse shape."""
    redacted = redacted_of(options.text)
    understood = _embedded().understand(redacted.text, _known(options.lang))
    _print(_parsed(redacted, understood))
    return 0


async def language(options: argparse.Namespace) -> int:
    """The language of one text."""
    spoken = _known(options.conversation)
    code, confidence = likeliest(Languages().of(redacted_of(options.text).text, spoken))
    _print({"language": code, "confidence": round(confidence, 4)})
    return 0


def _known(code: str | None) -> str | None:
    """Raises Unusable for a language that nothing was learnt in."""
    if code is not None and code not in languages():
        raise Unusable(f"no language {code!r}: one of {' '.join(sorted(languages()))}")
    return code


async def redacted(_: argparse.Namespace) -> int:
    """A text from stdin without personal data."""
    text = sys.stdin.buffer.read().decode(errors="replace")
    found = redact(text.removesuffix("\n"))
    _print({"text": found.text, "found": _found(found)})
    return 0


async def evaluate(options: argparse.Namespace) -> int:
    """Figures of files of messages, by language."""
    told = figures(await _answers(options.paths, options.backend))
    for code, private in of_language(path for path in files(options.paths) if path.name == MARKED).items():
        told.setdefault(code, {})["redaction"] = evaluated_redaction(one for path in private for one in marked(path))
    if not told:
        raise Unusable(f"no message in {' '.join(map(str, options.paths))}")
    if options.json:
        _print({"languages": told})
        return 0
    print("language     n  accuracy  macro-F1  top-2  calibration  language  ms p50  redaction: recall  precision")
    for code, one in sorted(told.items()):
        print(f"{code:8} {_row(one)}  {_private_row(one)}")
    return 0


def _row(one: Mapping[str, Any]) -> str:
    if "n" not in one:
        return f"{0:5}" + " " * 59
    shares = f"{one['accuracy']:8.3f}  {one['macro_f1']:8.3f}  {one['top2']:5.3f}  {one['calibration_error']:11.3f}"
    return f"{one['n']:5}  {shares}  {one['language_accuracy']:8.3f}  {one['parse_ms']['p50']:6.2f}"


def _private_row(one: Mapping[str, Any]) -> str:
    found = one.get("redaction")
    return f"{found['recall']:17.3f}  {found['precision']:9.3f}" if found else ""


async def confused(options: argparse.Namespace) -> int:
    """Which intents are taken for which: there, examples are missing."""
    answers = await _answers(options.paths or _own_tests(), "embedded")
    for (code, meant, told), count in list(confusions(answers).items())[:SHOWN]:
        print(f"{count:4}  {code}  {meant} taken for {told or 'nothing'}: nlu/data/{code}/examples.yml")
    return 0


async def whole(options: argparse.Namespace) -> int:
    """Whether danger is heard in whole situations."""
    embedded = _embedded()

    def hear(text: str, code: str) -> Understanding:
        return embedded.understand(redacted_of(text).text, code)

    told = evaluated(situations(options.path or TESTS / "situations.yml"), hear)
    if options.json:
        _print(told)
    else:
        print(f"{told['n']} situations: escalation recall {told['escalation_recall']}, weighed by risk;")
        print(f"false alarms {told['false_alarms']}. Failed: {', '.join(told['failed']) or 'none'}")
    return 0


def _own_tests() -> Sequence[Path]:
    return sorted(path.parent for path in TESTS.glob("*/ordinary.yml"))


async def _answers(paths: Sequence[Path], backend: str) -> list[Answer]:
    told = (path for path in files(paths) if path.name != MARKED)
    cases = [Case(text, intent, language_of(path)) for path in told for intent, text in messages(path)]
    async with _reader(backend) as read:
        return [await read(case) for case in cases]


@asynccontextmanager
async def _reader(backend: str) -> AsyncIterator[Callable[[Case], Any]]:
    """What reads a case: our own model, or Rasa's advice with it."""
    embedded = _embedded()
    embedded.understand("warm", None)
    if backend == "embedded":
        yield lambda case: _read(case, embedded, None)
        return
    from bot.app import rasa

    async with rasa(Settings(nlu="rasa"), embedded.intents) as server:
        yield lambda case: _read(case, embedded, server)
        if lost := server.counts.total() - server.counts["answered"]:
            raise Unusable(f"Rasa left {lost} messages unanswered: is it running? `make rasa` starts it")


async def _read(case: Case, embedded: EmbeddedUnderstander, rasa: Adviser | None) -> Answer:
    start = time.perf_counter()
    text = redacted_of(case.text).text
    advice = await rasa.advise(text) if rasa else None
    understood = embedded.understand(text, None, advice)
    ms = (time.perf_counter() - start) * 1000
    return Answer(case, understood, ms, embedded.understand(text, case.language).language)


def _parsed(text: Redacted, understood: Understanding) -> dict[str, Any]:
    ranking = [{"name": name, "confidence": round(likely, 4)} for name, likely in understood.ranking]
    return {
        "text": text.text,
        "intent": ranking[0] if ranking else {"name": None, "confidence": 0.0},
        "intent_ranking": ranking,
        "entities": [{"entity": entity.kind, "value": entity.value} for entity in understood.entities],
        "language": understood.language,
        "danger": understood.danger,
        "sure": understood.intent is not None,
        "redactions": _found(text),
    }


def _found(text: Redacted) -> list[dict[str, Any]]:
    return [{"kind": one.kind, "start": one.start, "end": one.end} for one in text.found]


def _embedded() -> EmbeddedUnderstander:
    return EmbeddedUnderstander(time.gmtime().tm_year)


def _print(told: object) -> None:
    print(json.dumps(told, ensure_ascii=False))
