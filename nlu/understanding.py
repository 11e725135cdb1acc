"""Free text to an intent: the interface that lasts, and the understander that works in this process."""

import re
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from dialogs.understanding import Entity, Understanding
from nlu.bodily import of_papers_alone
from nlu.concepts import lexicon
from nlu.counts import Counts
from nlu.danger import KINDS, DangerLayer, Sight
from nlu.departments import Departments
from nlu.examples import DANGERS, UNMARKED
from nlu.features import features
from nlu.knowledge import DATA
from nlu.language import Languages, likeliest, possible
from nlu.model import Model
from nlu.sayings import Saying, Sayings
from nlu.short import Short
from nlu.weighing import REPORTS, TOLD_NEAR, manner
from nlu.whole import Whole
from nlu.words import Reading, read

SURE = 1.0
HEARD = 0.1  # how much likelier a report is when its danger is heard: that stands for itself, whatever the intent
UNSURE = 0.5  # a report of danger that the danger layer does not hear is offered, never decided
GUESSWORK = 2.0  # how much higher the bar of danger is where no word of the text is known
COUNTED = 1.0  # how much higher the bar is where a number that is no age was left out
FEWEST_LETTERS = 2
CLOCK = re.compile(r"\b(?:[01]?\d|2[0-3])(?::[0-5]\d|h[0-5]\d)\b")  # "16:05", "17h20": nobody's age
HUNCH = 0.25  # what intents' likelihoods are worth where no word of the text is known
LEFT = 0.02  # what others' are worth where an example says the same word for word

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
    """Kinds of danger heard, and intents with their likelihood. `guessed`: no word of the text is known."""

    danger: tuple[str, ...]
    intents: Mapping[str, float]
    guessed: bool = False


class Judge:
    """The danger layer and the model together."""

    def __init__(self, year: int, folder: Path = DATA, higher: float = 0.0) -> None:
        """`year`: the present year, for birth years. `higher`: how much higher the bars of danger are than chosen."""
        self._layer, self._higher = DangerLayer(year, folder), higher
        self._concepts, self._model, self._short, self._counts = lexicon(), Model(), Short(), Counts(folder)
        self.intents = frozenset(self._model.intents)

    def look(self, reading: Reading, languages: Collection[str]) -> Sight:
        """What the rules see in a text; `languages`: those that it may be in, none where that is unknown."""
        return self._layer.look(reading, languages)

    def answered(self, reading: Reading) -> Reading:
        """What a text says after a "no" that only answers."""
        return self._layer.answered(reading)

    def judge(self, reading: Reading, sight: Sight, languages: Collection[str]) -> Judged:
        """What a text tells, all in all; `languages`: those that it may be in.

        A number of people is nobody's age: a minor is heard there where the text without the number tells one. Who was
        a child once and is grown up now is none.
        """
        judged = self._judge(reading, sight, languages)
        if "minor" not in judged.danger or "minor" in sight.kinds:
            return judged
        if sight.grew:
            return replace(judged, danger=_but_minor(judged.danger))
        counted = self._counts.places(reading, languages)
        if not counted:
            return judged
        if len(sight.words) - len(counted) <= 1:  # nothing else is said of them
            return replace(judged, danger=_but_minor(judged.danger))
        without = self._judge(reading, _without(sight, counted), languages, COUNTED)
        return judged if "minor" in without.danger else replace(without, danger=_but_minor(judged.danger))

    def _judge(self, reading: Reading, sight: Sight, languages: Container[str], doubt: float = 0.0) -> Judged:
        if sum(sign.isalpha() for word in sight.words for sign in word) < FEWEST_LETTERS:
            return Judged((), {})
        themes = self._concepts.find(sight.words, languages)
        scores = self._model.judge(features(sight, themes), manner(sight, themes))
        unknown = not (sight.kinds or any(sight.about) or any(themes))
        bar = self._higher + doubt + (GUESSWORK if unknown else 0.0)
        danger = tuple(kind for kind in KINDS if scores.kinds[kind] >= bar)
        if "medical" not in sight.kinds and of_papers_alone(themes, sight.about):
            danger = tuple(kind for kind in danger if kind != "medical")
        guessed = unknown and max(scores.intents.values()) < UNSURE
        intents = {intent: likely * HUNCH for intent, likely in scores.intents.items()} if guessed else scores.intents
        judged = Judged(danger, intents, guessed)
        told = self._short.find(reading.words)
        return _known(judged, told) if told else judged


def _but_minor(danger: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(kind for kind in danger if kind != "minor")


def _without(sight: Sight, places: Collection[int]) -> Sight:
    """The text without some of its words."""
    kept = [place for place in range(len(sight.words)) if place not in places]
    return replace(
        sight,
        words=tuple(sight.words[place] for place in kept),
        about=[sight.about[place] for place in kept],
        denied=tuple(sight.denied[place] for place in kept),
    )


def _known(judged: Judged, told: str) -> Judged:
    """What is known of a text that an example has word for word; of the intents near danger only the intent is."""
    intent = told.partition("/")[0]
    if told in DANGERS:
        return replace(judged, danger=(DANGERS[told],), intents=_foremost(intent, judged.intents))
    if intent == "no_danger":
        calm = {name: likely for name, likely in judged.intents.items() if name not in REPORTS.values()}
        return replace(judged, danger=(), intents=calm)
    danger = judged.danger if intent in UNMARKED else ()
    return replace(judged, intents=_foremost(intent, judged.intents), danger=danger)


def _foremost(sure: str, intents: Mapping[str, float]) -> dict[str, float]:
    """The sure intent before all others, in their order."""
    return {**{intent: likely * LEFT for intent, likely in intents.items()}, sure: SURE}


class EmbeddedUnderstander:
    """Whole short messages from the languages' lists; everything else by the model."""

    def __init__(self, year: int, folder: Path = DATA, higher: float = 0.0) -> None:
        """`year`: the present year, for birth years. `higher`: how much higher the bars of danger are, to measure."""
        self._judge, self._languages, self._whole = Judge(year, folder, higher), Languages(), Whole()
        self._departments, self._sayings = Departments(), Sayings(folder)

    @property
    def intents(self) -> frozenset[str]:
        """Those that the model knows."""
        return self._judge.intents

    def understand(self, text: str, language: str | None, advice: Advice | None = None) -> Understanding:
        """The meaning of a redacted text."""
        reading = read(CLOCK.sub(" [time] ", text))
        words, whole = reading.words, self._whole.intent(reading.words, language)
        found = {} if whole else self._languages.of(text, language)
        tongues = possible(found)
        reading = self._judge.answered(reading)
        sight = self._judge.look(reading, tongues)
        # "I don't speak French" asks for any other
        named, asks = (None, False) if sight.negates else self._whole.named(words)
        if whole:
            judged, spoken = Judged((), {whole: SURE}), self._whole.language(words)
        else:
            judged, spoken = self._judge.judge(reading, sight, tongues), likeliest(found)[0]
            judged = _sure(judged, self._sayings.of(reading, sight))
        if advice and judged.intents and not (whole or judged.guessed):
            judged = replace(judged, intents=_advised(judged.intents, advice))
        ranking = _ranking(judged, named if asks else None)
        languages = (Entity("language", named),) if named else ()
        unsure = tuple(kind for kind in judged.danger if kind not in sight.kinds)
        ages = (Entity("age", str(age)) for age in sight.ages)
        entities = (*languages, *ages, *(Entity("department", code) for code in self._departments.find(words)))
        intent, confidence = ranking[0] if ranking else (None, 0.0)
        return Understanding(
            intent if confidence > UNSURE else None, confidence, ranking, entities, spoken, judged.danger, unsure
        )


def _sure(judged: Judged, saying: Saying) -> Judged:
    """What a saying makes sure of; who runs away is offered the numbers and help, where nothing near is understood."""
    danger = tuple(kind for kind in KINDS if kind in saying.danger or kind in set(judged.danger) - saying.calm)
    intents = dict(judged.intents)
    likeliest_now = max(intents, key=lambda intent: intents[intent], default="")
    if saying.intent:
        intents = {saying.intent: SURE}
    elif saying.flees and not danger and (likeliest_now not in TOLD_NEAR or intents[likeliest_now] <= UNSURE):
        intents = {"ask_helplines": UNSURE, "make_referral": UNSURE * UNSURE}
    elif saying.danger:
        intents |= {REPORTS[kind]: SURE for kind in saying.danger}
    elif saying.unhurt and not danger:
        intents = {intent: likely for intent, likely in intents.items() if intent not in REPORTS.values()}
    elif saying.again and not danger:  # no journey home: what may keep them safe, and what draws them back
        intents = {"ask_protection": UNSURE, "ask_psychological_support": UNSURE * UNSURE}
    elif saying.comes and intents.get("quick_exit", 0.0) < SURE:  # hiding loses everything
        intents["quick_exit"] = min(intents.get("quick_exit", 0.0), UNSURE)
    return replace(judged, danger=danger, intents=intents)


def _advised(own: Advice, advice: Advice) -> Advice:
    """The adviser's intents; a report of danger is as likely as the likelier of both says."""
    reports = {intent: max(own.get(intent, 0.0), advice.get(intent, 0.0)) for intent in REPORTS.values()}
    return {**advice, **reports}


def _ranking(judged: Judged, asked_language: str | None) -> tuple[tuple[str, float], ...]:
    """Every intent that it may be, the likeliest first. A report that was not heard is a doubt at most."""
    reported = {REPORTS[kind] for kind in judged.danger}
    doubted = set(REPORTS.values()) - reported
    scores = {intent: min(likely, UNSURE) if intent in doubted else likely for intent, likely in judged.intents.items()}
    for intent in reported:
        scores[intent] = min(scores.get(intent, 0.0) + HEARD, SURE)
    if asked_language:
        scores["change_language"] = SURE
    return tuple(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0] not in reported, pair[0])))
