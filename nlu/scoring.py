"""How well free text is understood: messages with the right intents in, figures out (`passerelle nlu eval`)."""

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialogs.understanding import Understanding
from nlu.weighing import REPORTS
from nlu.writing import writing

SAFETY = ("report_danger", "report_suicidal", "report_minor", "report_exploitation", "quick_exit")
HEARD = frozenset(REPORTS.values())  # told by the danger layer, whatever else is understood
BINS = 10  # of confidence, for the calibration


@dataclass(frozen=True, slots=True)
class Case:
    """A message, the intent that it tells, its language."""

    text: str
    intent: str
    language: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was understood of a case alone, and in how many milliseconds; the language told in its conversation."""

    case: Case
    understood: Understanding
    ms: float
    spoken: str | None = None

    @property
    def told(self) -> Sequence[str]:
        """The intents, the likeliest first."""
        return [intent for intent, _ in self.understood.ranking]

    @property
    def first(self) -> str:
        """The likeliest intent."""
        return next(iter(self.told), "")

    @property
    def right(self) -> bool:
        """Whether the likeliest intent is the one meant."""
        return self.first == self.case.intent

    @property
    def alarms(self) -> frozenset[str]:
        """The safety intents that it would be taken for: all kinds of danger that were heard, or the likeliest."""
        heard = {REPORTS[kind] for kind in self.understood.danger}
        return frozenset(heard | ({self.first} & set(SAFETY)))


def figures(answers: Iterable[Answer]) -> dict[str, dict[str, Any]]:
    """The figures of each language, in the shape that `nlu eval --json` prints under `languages`."""
    by_language: dict[str, list[Answer]] = {}
    for answer in answers:
        by_language.setdefault(answer.case.language, []).append(answer)
    return {language: _figures(those) for language, those in sorted(by_language.items())}


def _figures(answers: Sequence[Answer]) -> dict[str, Any]:
    each = _per_intent(answers)
    times = sorted(answer.ms for answer in answers)
    return {
        "n": len(answers),
        "accuracy": _share(answer.right for answer in answers),
        "macro_f1": round(statistics.mean(_f1(**scores) for scores in each.values() if scores["support"]), 4),
        "top2": _share(answer.case.intent in answer.told[:2] for answer in answers),
        "per_intent": each,
        "safety": {intent: _safety(intent, answers) for intent in SAFETY},
        "calibration_error": calibration_error(answers),
        "language_accuracy": _alone(answers),
        "language": _language(answers),
        "parse_ms": {
            "mean": round(statistics.mean(times), 3),
            "p50": round(times[len(times) // 2], 3),
            "p99": round(times[int(len(times) * 0.99)], 3),
        },
    }


def _language(answers: Sequence[Answer]) -> dict[str, Any]:
    """How often the language is told, of a message alone and in its conversation; alone by how it is written too."""
    written: dict[str, list[Answer]] = {}
    for answer in answers:
        written.setdefault(writing(answer.case.text), []).append(answer)
    return {
        "alone": _alone(answers),
        "in_conversation": _share(answer.spoken == answer.case.language for answer in answers),
        "by_writing": {kind: {"alone": _alone(those), "n": len(those)} for kind, those in sorted(written.items())},
    }


def _alone(answers: Iterable[Answer]) -> float:
    return _share(answer.understood.language == answer.case.language for answer in answers)


def _per_intent(answers: Sequence[Answer]) -> dict[str, dict[str, float]]:
    meant = Counter(answer.case.intent for answer in answers)
    told = Counter(answer.first for answer in answers)
    right = Counter(answer.case.intent for answer in answers if answer.right)
    return {
        intent: {
            "precision": round(right[intent] / told[intent], 4) if told[intent] else 0.0,
            "recall": round(right[intent] / meant[intent], 4) if meant[intent] else 0.0,
            "support": meant[intent],
        }
        for intent in sorted(meant.keys() | told.keys() - {""})
    }


def _f1(precision: float, recall: float, support: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _safety(intent: str, answers: Sequence[Answer]) -> dict[str, float]:
    """How many of those who tell it are noticed, and of the others how many would be taken for it."""
    those = [intent in answer.alarms for answer in answers if answer.case.intent == intent]
    others = [intent in answer.alarms for answer in answers if answer.case.intent != intent]
    return {"recall": _share(those), "false_alarms": _share(others), "support": len(those)}


def calibration_error(answers: Sequence[Answer]) -> float:
    """The expected calibration error: how far confidence is from being right, by tenths of confidence."""
    bins: dict[int, list[Answer]] = {}
    for answer in answers:
        bins.setdefault(min(int(answer.understood.confidence * BINS), BINS - 1), []).append(answer)
    gaps = (
        abs(sum(answer.understood.confidence - answer.right for answer in those)) / len(answers)
        for those in bins.values()
    )
    return round(sum(gaps), 4)


def confusions(answers: Iterable[Answer]) -> Mapping[tuple[str, str, str], int]:
    """How often, in a language, an intent was taken for another: (language, meant, told), the most frequent first."""
    wrong = (answer for answer in answers if not answer.right)
    counts = Counter((answer.case.language, answer.case.intent, answer.first) for answer in wrong)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _share(told: Iterable[bool]) -> float:
    values = list(told)
    return round(sum(values) / len(values), 4) if values else 0.0
