"""What `passerelle screen` does: instruments listed, their questions, and the finding of a file of answers."""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from dialogs.adaptive import age_matters, worth_asking
from dialogs.finding import Finding, PartFinding, Tally, find, tally
from dialogs.instrument import Ages, Answer, Instrument, Kind, Question, minor_for
from dialogs.library import Library
from dialogs.reading import read_library
from dialogs.sensitivity import Change, PartSensitivity, Sensitivity, sensitivity

WRONG = 2
ANSWERS: tuple[str, ...] = get_args(Answer)
ADULT = "adult"  # the key of an answers file that is no question
PLURAL: dict[Kind, str] = {"element": "elements", "dimension": "dimensions"}


@dataclass(frozen=True, slots=True)
class Filled:
    """An answers file as read: answers by question id, whether the person is an adult, and what is wrong with it."""

    answers: dict[str, str]
    adult: bool | None
    faults: tuple[str, ...]


async def screen(options: argparse.Namespace) -> int:
    """List, ask or find; 2 when an id or a value is wrong, each one named."""
    library = read_library()
    if options.list:
        _list(library, as_json=options.json)
        return 0
    instrument, faults = _chosen(library, options.instrument)
    filled = _filled(options.answers, instrument) if options.answers else None
    faults += filled.faults if filled else ()
    if faults or instrument is None:
        print("\n".join(f"passerelle: {fault}" for fault in faults), file=sys.stderr)
        return WRONG
    if filled is None:
        _ask(instrument, as_json=options.json)
    else:
        if told := _of_other_ages(library, instrument, filled.adult):
            print(f"passerelle: {told}", file=sys.stderr)
        _find(instrument, filled, as_json=options.json, sensitive=options.sensitivity)
    return 0


def _name(instrument_id: str) -> str:
    """An instrument's id on the command line."""
    return instrument_id.replace("_", "-")


def _chosen(library: Library, name: str | None) -> tuple[Instrument | None, tuple[str, ...]]:
    known = {_name(instrument.id): instrument for instrument in library.instruments.values()}
    if name in known:
        return known[name], ()
    if absent := {_name(one.id): one for one in library.described.values()}.get(name or ""):
        return None, (f"{name}: {absent.absent.msgid}",)
    told = f"no instrument {name!r}" if name else "--instrument is missing"
    return None, (f"{told}: one of {', '.join(sorted(known))}",)


def _of_other_ages(library: Library, instrument: Instrument, adult: bool | None) -> str:
    """That the set was made for people of another age than this one, and which fits; "" where it fits or is not known.

    No fault: the rules for both ages are defined, and the finding is made. But it may mislead.
    """
    theirs: Ages = "adults" if adult else "minors"
    if adult is None or instrument.ages in ("all", theirs):
        return ""
    fitting = [_name(one.id) for one in library.instruments.values() if one.ages == theirs]
    said = json.dumps({ADULT: adult})
    made = f"{_name(instrument.id)} was made for {instrument.ages}, and the answers say {said}"
    return f"{made}: the finding may mislead. Made for {theirs}: {', '.join(fitting)}"


def _list(library: Library, *, as_json: bool) -> None:
    listed = [{"id": _name(i.id), "title": i.title.msgid} for i in library.instruments.values()]
    if as_json:
        _print(listed)
        return
    for one in listed:
        print(f"{one['id']:<18}  {one['title']}")
    for absent in library.described.values():
        print(f"{'-':<18}  {absent.title.msgid}. {absent.absent.msgid}")


def _ask(instrument: Instrument, *, as_json: bool) -> None:
    if as_json:
        _print([_question(instrument, question) for question in instrument.questions])
        return
    for told in (instrument.population, instrument.validation, instrument.limits, instrument.licence):
        print(told.msgid)
    print(f"{instrument.source}. Read on {instrument.checked_on}.")
    for question in instrument.questions:
        print(f"{question.id}: {question.professional.msgid}")


def _question(instrument: Instrument, question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "text": question.professional.msgid,
        instrument.kind: _part(question.part),
        "strength": question.strength,
        "source": _source(question),
    }


def _source(question: Question) -> str:
    words = f": {question.source_words}" if question.source_words else ""
    return f"{question.source}{words}{' (doubtful: may be weak)' if question.doubtful else ''}"


def _part(part_id: str) -> str:
    """A part as its source calls it: `act`, `deceptive recruitment`."""
    return part_id.replace("_", " ")


def _find(instrument: Instrument, filled: Filled, *, as_json: bool, sensitive: bool) -> None:
    finding = find(instrument, filled.answers, minor_for(instrument, filled.adult))
    changes = sensitivity(instrument, filled.answers, finding.minor) if sensitive else None
    told = _finding(instrument, filled, finding)
    if as_json:
        _print(told | ({"sensitivity": _sensitivity(instrument, changes)} if changes else {}))
        return
    _tell(instrument, finding, told)
    for part in changes.parts if changes else ():
        print(_hinge(part))
    for change in changes.outcome if changes else ():
        print(f"{_turned(change)}, the outcome would be {change.outcome}")


def _tell(instrument: Instrument, finding: Finding, told: dict[str, Any]) -> None:
    print(f"{instrument.title.msgid}: {finding.outcome}. This is no verdict about anybody.")
    for part in finding.parts:
        reasons = "; ".join(question.reason.msgid for question in part.yes)
        print(f"{part.part.name.msgid}: {part.level}" + (f" ({reasons})" if reasons else ""))
    if told["next"]:
        print(f"To ask or check next: {', '.join(told['next'])}")


def _finding(instrument: Instrument, filled: Filled, finding: Finding) -> dict[str, Any]:
    still = _ids(worth_asking(instrument, filled.answers, finding.minor))
    age = [ADULT] if filled.adult is None and age_matters(instrument, filled.answers) else []
    urgency = {"urgency": {"level": finding.urgency or "unknown", "because": _ids(finding.urgent)}}
    return {
        "instrument": _name(instrument.id),
        PLURAL[instrument.kind]: {_part(p.part.id): _level(instrument, p) for p in finding.parts},
        "outcome": finding.outcome,
        **(urgency if any(question.urgency for question in instrument.questions) else {}),
        "next": [*age, *still],
        "asked": len(filled.answers),
    }


def _level(instrument: Instrument, part: PartFinding) -> dict[str, Any]:
    told = {"level": part.level, "because": _ids(part.because), "unknown": _ids(part.open)}
    if instrument.kind == "element":
        return told
    strong, medium, weak, _ = tally(part.yes)
    return {"strong": strong, "medium": medium, "weak": weak, "met": part.level == "supported"} | told


def _sensitivity(instrument: Instrument, told: Sensitivity) -> dict[str, Any]:
    return {
        "rule": {"support": told.support, "together": [[_part(name) for name in group] for group in told.together]},
        PLURAL[instrument.kind]: {_part(part.part.id): _turning(part) for part in told.parts},
        "outcome": [_change(change) | {"outcome": change.outcome} for change in told.outcome],
        "urgency": [_change(change) for change in told.urgency],
    }


def _turning(part: PartSensitivity) -> dict[str, Any]:
    return {
        "yes": _counts(part.yes, part.asked),
        "of": _counts(part.asked, part.asked),
        "without": _ids(part.without),
        "with_yes": _ids(part.with_yes),
        "fewest": part.fewest,
    }


def _counts(counts: Tally, asked: Tally) -> dict[str, int] | int:
    """By strength; one number where questions have none."""
    return counts[3] if asked[3] else dict(zip(("strong", "medium", "weak"), counts, strict=False))


def _change(change: Change) -> dict[str, Any]:
    return {"question": change.question.id, "to": "yes" if change.turned == "affirmed" else "unknown"}


def _hinge(part: PartSensitivity) -> str:
    counts = f"{part.part.name.msgid}: {_counted(part)}"
    held = f"; without one of {', '.join(_ids(part.without))} not supported" if part.without else ""
    several = f"; {part.fewest} must fall together" if part.fewest > 1 else ""
    return (
        counts + held + several + (f"; supported by a yes to {', '.join(_ids(part.with_yes))}" if part.with_yes else "")
    )


def _counted(part: PartSensitivity) -> str:
    pairs = zip(("strong", "medium", "weak", "yes"), part.yes, part.asked, strict=True)
    return ", ".join(f"{name} {yes} of {asked}" for name, yes, asked in pairs if asked)


def _turned(change: Change) -> str:
    return f"{'With a yes to' if change.turned == 'affirmed' else 'Without'} {change.question.id}"


def _ids(questions: Iterable[Question]) -> list[str]:
    return [question.id for question in questions]


def _filled(path: Path, instrument: Instrument | None) -> Filled:
    """The answers in a file. Of an instrument that is not known, only their form is looked at."""
    try:
        pairs = json.loads(path.read_text("utf-8"), object_pairs_hook=_Pairs)
    except OSError as wrong:
        return Filled({}, None, (f"{path}: {wrong.strerror or 'cannot be read'}",))
    except (ValueError, RecursionError):
        return Filled({}, None, (f"{path}: is not JSON in UTF-8",))
    if not isinstance(pairs, _Pairs):
        return Filled({}, None, (f"{path}: must be an object of answers by question id",))
    known = {question.id for question in instrument.questions} if instrument else None
    faults = (fault for key, value in pairs for fault in _faults(key, value, known))
    twice = (f"{key}: stands there more than once" for key in dict.fromkeys(_repeated(pairs)))
    answers = {key: value for key, value in pairs if key != ADULT}
    return Filled(answers, dict(pairs).get(ADULT), (*faults, *twice))


class _Pairs(list[tuple[str, Any]]):
    """The keys and values of a JSON object, in order, those that stand there twice as well."""


def _repeated(pairs: _Pairs) -> list[str]:
    keys = [key for key, _ in pairs]
    return [key for place, key in enumerate(keys) if key in keys[:place]]


def _faults(key: str, value: object, known: set[str] | None) -> Iterable[str]:
    if key == ADULT:
        if value is not None and not isinstance(value, bool):
            yield f"{ADULT}: must be true, false or null"
        return
    if known is not None and key not in known:
        yield f"{key}: no such question"
    if not isinstance(value, str) or value not in ANSWERS:
        yield f"{key}: {json.dumps(value, ensure_ascii=False)} is not one of {', '.join(ANSWERS)}"


def _print(told: object) -> None:
    print(json.dumps(told, ensure_ascii=False))
