"""Free text to an intent: the interface that lasts, and the understander that works in this process."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from dialogs.understanding import Entity, Understanding
from nlu.concepts import lexicon
from nlu.danger import KINDS, DangerLayer, Sight
from nlu.examples import DANGERS, UNMARKED
from nlu.features import features
from nlu.knowledge import DATA
from nlu.language import Languages
from nlu.model import Model
from nlu.short import Short
from nlu.words import Reading, Words, plain, read

SURE = 1.0
HEARD = 0.2  # how much likelier a report is when its danger is heard: that stands for itself, whatever the intent
UNSURE = 0.5  # a report of danger that the danger layer does not hear is offered, never decided
DOUBT = 0.6  # how much higher the bar is for danger in a text that is surely something else
GUESSWORK = 0.6  # how much higher it is where no word of the text is known
FEW, BRIEF = 4, 0.3  # how much higher it is in so few words, where no rule met
FEWEST_LETTERS = 2
TOLD_AGE = 1.5  # what an age that is told counts for a minor, or against
OFFERED = 3  # guesses in a ranking
WORTH_OFFERING = 0.05
REPORTS = {
    "threat": "report_danger",
    "suicide": "report_suicidal",
    "medical": "report_danger",
    "minor": "report_minor",
}
# What people in danger also say: it raises no doubt.
NEAR_DANGER = frozenset({*REPORTS.values(), "report_exploitation", "make_referral", "quick_exit"})


Advice = Mapping[str, float]


class Understander(Protocol):
    """What a text means, danger above all, in this process."""

    @property
    def intents(self) -> frozenset[str]:
        """Those that it may tell."""
        ...

    def understand(self, text: str, language: str | None, advice: Advice | None = None) -> Understanding:
        """The meaning of a redacted text; `language` is that of the conversation, a hint only. Never raises.

        `advice`: what an adviser says of the same text. It never tells danger.
        """
        ...


class Adviser(Protocol):
    """A service elsewhere that tells intents: asked before the turn's transaction, and never waited for long."""

    async def advise(self, text: str) -> Advice | None:
        """Each intent's likelihood for a redacted text; None where there is no answer in time. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Judged:
    """Kinds of danger heard, and intents with their likelihood."""

    danger: tuple[str, ...]
    intents: Mapping[str, float]


class Judge:
    """The danger layer and the model together."""

    def __init__(self, year: int, folder: Path = DATA) -> None:
        """`year`: the present year, for birth years."""
        self._layer = DangerLayer(year, folder)
        self._concepts, self._model, self._short = lexicon(), Model(), Short()
        self.intents = frozenset(self._model.intents)

    def look(self, reading: Reading) -> Sight:
        """What the rules see in a text."""
        return self._layer.look(reading)

    def judge(self, reading: Reading, sight: Sight) -> Judged:
        """What a text tells, all in all; under a millisecond for a message of a few lines."""
        if sum(sign.isalpha() for word in sight.words for sign in word) < FEWEST_LETTERS:
            return Judged((), {})
        themes = self._concepts.find(sight.words)
        scores = self._model.judge(features(sight, themes))
        doubt = DOUBT * max(likely for intent, likely in scores.intents.items() if intent not in NEAR_DANGER)
        if not (sight.kinds or any(sight.about) or any(themes)):
            doubt += GUESSWORK
        if not sight.kinds and len(sight.words) <= FEW:
            doubt += BRIEF
        trust = {"minor": _trust(sight)}
        danger = tuple(kind for kind in KINDS if scores.kinds[kind] + trust.get(kind, 0.0) >= doubt)
        judged = Judged(danger, scores.intents)
        told = self._short.find(reading.words)
        return _known(judged, told) if told else judged


def _trust(sight: Sight) -> float:
    """How much lower the bar is for a minor where an age under 18 is told; how much higher where only others are."""
    if sight.child:
        return TOLD_AGE
    return -TOLD_AGE if sight.ages and not sight.negates else 0.0  # "not yet eighteen"


def _known(judged: Judged, told: str) -> Judged:
    """What is known of a text that an example has word for word; of the intents near danger only the intent is."""
    intent = told.partition("/")[0]
    if told in DANGERS:
        return replace(judged, danger=(DANGERS[told],), intents={intent: SURE})
    if intent == "no_danger":
        return replace(judged, danger=())
    return replace(judged, intents={intent: SURE}, danger=judged.danger if intent in UNMARKED else ())


class EmbeddedUnderstander:
    """Whole short messages from the languages' lists; everything else by the model."""

    def __init__(self, year: int, folder: Path = DATA) -> None:
        """`year`: the present year, for birth years."""
        self._judge, self._languages = Judge(year, folder), Languages()
        self._whole: dict[Words, str] = {}
        self._names: dict[Words, str] = {}
        self._messages: dict[str, set[Words]] = {}
        self._polite: frozenset[str] = frozenset()
        for file in sorted(folder.glob("*/intents.toml")):
            self._learn(file)

    @property
    def intents(self) -> frozenset[str]:
        """Those that the model knows."""
        return self._judge.intents

    def understand(self, text: str, language: str | None, advice: Advice | None = None) -> Understanding:
        """The meaning of a redacted text."""
        reading = read(text)
        words, sight = reading.words, self._judge.look(reading)
        named = None if sight.negates else self._named(words)  # "I don't speak French" asks for any other
        whole = self._whole.get(words) or self._whole.get(self._bare(words))
        judged = Judged((), {whole: SURE}) if whole else self._judge.judge(reading, sight)
        spoken = self._told(words) if whole else self._languages.told(text, language)[0]
        if advice and judged.intents and not whole:
            judged = replace(judged, intents=_advised(judged.intents, advice))
        ranking = _ranking(judged, named if self._asks_language(words, named) else None)
        languages = (Entity("language", named),) if named else ()
        entities = (*languages, *(Entity("age", str(age)) for age in sight.ages))
        intent, confidence = ranking[0] if ranking else (None, 0.0)
        return Understanding(
            intent if confidence > UNSURE else None, confidence, ranking, entities, spoken, judged.danger
        )

    def _learn(self, file: Path) -> None:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        self._polite |= frozenset(plain(data["words"]["polite"]).split())
        for intent, messages in data["whole"].items():
            whole = {self._bare(read(message).words): intent for message in messages.split(";")}
            self._whole |= whole
            self._messages.setdefault(file.parent.name, set()).update(whole)
        for code, names in data["languages"].items():
            self._names |= {tuple(plain(name).split()): code for name in names.split(";")}

    def _bare(self, words: Words) -> Words:
        """The words of a message without its politeness, when something is left."""
        return tuple(word for word in words if word not in self._polite) or words

    def _asks_language(self, words: Words, named: str | None) -> bool:
        """Whether a language's name is nearly all that is said: "in Spanish please"."""
        return named is not None and len([word for word in words if word not in self._polite]) <= 1

    def _named(self, words: Words) -> str | None:
        """The code of a language named in the words."""
        for size in (2, 1):
            for start in range(len(words) - size + 1):
                code = self._names.get(words[start : start + size])
                if code:
                    return code
        return None

    def _told(self, words: Words) -> str | None:
        """The one language in whose list a whole message is."""
        found = {language for language, messages in self._messages.items() if words in messages}
        return found.pop() if len(found) == 1 else None


def _advised(own: Advice, advice: Advice) -> Advice:
    """The adviser's intents; a report of danger is as likely as the likelier of both says."""
    reports = {intent: max(own.get(intent, 0.0), advice.get(intent, 0.0)) for intent in REPORTS.values()}
    return {**advice, **reports}


def _ranking(judged: Judged, asked_language: str | None) -> tuple[tuple[str, float], ...]:
    reported = {REPORTS[kind] for kind in judged.danger}
    scores = dict(judged.intents)
    for intent in set(REPORTS.values()) - reported:
        scores[intent] = min(scores.get(intent, 0.0), UNSURE)
    for intent in reported:
        scores[intent] = min(scores.get(intent, 0.0) + HEARD, SURE)
    if asked_language:
        scores["change_language"] = SURE
    ordered = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0] not in reported, pair[0]))
    return tuple((intent, likely) for intent, likely in ordered[:OFFERED] if likely >= WORTH_OFFERING)
