"""Free text to an intent: the interface that lasts, and a keyword matcher behind it that knows when it is unsure."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from dialogs.understanding import Entity, Understanding
from nlu.danger import DangerLayer
from nlu.knowledge import DATA, gather
from nlu.lexicon import NONE
from nlu.likeness import Likeness
from nlu.rules import Rules
from nlu.words import Words, plain, read

_SURE, _CLEAR, _HINT = 1.0, 0.8, 0.3
_OFFERED = 3  # guesses in a ranking
_LONGEST_NAMING = 3  # words up to which naming a language asks for it
_REPORTS = {
    "threat": "report_danger",
    "suicide": "report_suicidal",
    "medical": "report_danger",
    "minor": "report_minor",
}


class Understander(Protocol):
    """What every back end offers."""

    def understand(self, text: str, language: str | None) -> Understanding:
        """The meaning of a redacted text; `language` is that of the conversation, a hint only. Never raises."""
        ...


class KeywordUnderstander:
    """Whole short messages and clear phrases of the languages under `folder`; unsure of everything else.

    `year`: the present year, for birth years.
    """

    def __init__(self, year: int, folder: Path = DATA) -> None:
        self._danger, self._likeness = DangerLayer(year, folder), Likeness()
        self._known = gather("intents", folder)
        self._rules = Rules(self._known.rules)
        self._whole: dict[Words, str] = {}
        self._names: dict[Words, str] = {}
        self._common: dict[str, frozenset[str]] = {}
        self._polite: frozenset[str] = frozenset()
        for file in sorted(folder.glob("*/intents.toml")):
            self._learn(file)

    def understand(self, text: str, language: str | None) -> Understanding:
        """The meaning of a redacted text; under a millisecond for a message of a few lines."""
        words = read(text, self._known.spellings).words
        named = self._named(words)
        whole = self._whole.get(words) or self._whole.get(self._bare(text))
        danger = () if whole else self._likeness.find(self._danger.look(text))
        scores = {whole: _SURE} if whole else self._scores(text, words, danger, named)
        ranking = tuple(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:_OFFERED])
        languages = (Entity("language", named),) if named else ()
        entities = (*languages, *(Entity("age", str(age)) for age in self._danger.ages(text)))
        intent, confidence = _decided(ranking)
        return Understanding(intent, confidence, ranking, entities, self._language(words), danger)

    def _learn(self, file: Path) -> None:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        self._polite |= frozenset(plain(data["words"]["polite"]).split())
        self._common[file.parent.name] = frozenset(plain(data["words"]["common"]).split())
        for intent, messages in data["whole"].items():
            self._whole |= {self._bare(message): intent for message in messages.split(";")}
        for code, names in data["languages"].items():
            self._names |= {tuple(plain(name).split()): code for name in names.split(";")}

    def _bare(self, message: str) -> Words:
        """The words of a message without its politeness, when something is left."""
        words = read(message, self._known.spellings).words
        return tuple(word for word in words if word not in self._polite) or words

    def _scores(self, text: str, words: Words, danger: Sequence[str], named: str | None) -> dict[str, float]:
        scores: dict[str, float] = {}
        meanings = self._known.meanings(read(text, self._known.spellings))
        for rule in self._rules.candidates(NONE.union(*meanings)):
            if any(True for _ in rule.found(meanings)):
                _raise(scores, rule.kind, _HINT if rule.weak else _CLEAR)
        if named and ("change_language" in scores or len(words) <= _LONGEST_NAMING):
            scores["change_language"] = _SURE
        for kind in danger:
            scores[_REPORTS[kind]] = _CLEAR if kind == "minor" else _SURE
        return scores

    def _named(self, words: Words) -> str | None:
        """The code of a language named in the words."""
        for size in (2, 1):
            for start in range(len(words) - size + 1):
                code = self._names.get(words[start : start + size])
                if code:
                    return code
        return None

    def _language(self, words: Words) -> str | None:
        """The language whose commonest words stand out by two, or None."""
        counts = sorted(((sum(word in common for word in words), code) for code, common in self._common.items()))
        if not counts or counts[-1][0] < 2 or (len(counts) > 1 and counts[-1][0] - counts[-2][0] < 2):
            return None
        return counts[-1][1]


def _raise(scores: dict[str, float], intent: str, weight: float) -> None:
    """More signs make an intent likelier, and never surer than a clear phrase."""
    scores[intent] = min(_CLEAR, scores[intent] + 0.1) if intent in scores else weight
    scores[intent] = max(scores[intent], weight)


def _decided(ranking: tuple[tuple[str, float], ...]) -> tuple[str | None, float]:
    """The first of a ranking when it is clear and alone at its height."""
    if not ranking or ranking[0][1] < _CLEAR:
        return None, ranking[0][1] if ranking else 0.0
    if len(ranking) > 1 and ranking[1][1] == ranking[0][1] and not ranking[0][0].startswith("report_"):
        return None, ranking[0][1] / 2
    return ranking[0]
