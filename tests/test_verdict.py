"""No sentence of any language says that somebody is, or is not, a victim: who may assess it does."""

import re
from pathlib import Path

import pytest
from babel.messages import pofile

LOCALES = Path("locales")
VERDICTS = {
    "en": r"\b(you|she|he|they|person|somebody|someone|who) ?(are|is|'re|'s|were|was)( not|n't)? "
    r"(really |surely )?(an? |the )?victims?\b",
    "fr": r"(vous (n.)?êtes|(elle|il|personne) (n.)?est|quelqu.un (n.)?est|tu (n.)?es) "
    r"(pas )?(bien )?(une |la |des )?victimes?\b",
    "es": r"\b(es|eres|son|sea) (una? )?v[ií]ctimas?\b",
    "ar": r"(أنت|أنتِ|لست|ليست|ليس|(?<!من )هو|هي|الشخص|تكون|يكون) ?(من )?(ال)?ضحي?[اة]",
    "zh": r"(您|你|他|她|人)(不)?(就)?是(一名|一个|人口贩运的)?受害",
    "bn": r"(আপনি|তিনি|তুমি|সে|ব্যক্তি)( একজন)? (ভুক্তভোগী|শিকার)",
}  # fmt: skip
SAID = {
    "en": "You are not a victim.", "fr": "Vous n’êtes pas une victime.", "es": "Usted es una víctima.",
    "ar": "أنت ضحية", "zh": "您不是受害者。", "bn": "আপনি ভুক্তভোগী।",
}  # fmt: skip
# What others think, what must not be said or asked, and a condition in law: no verdict of ours.
OPEN = re.compile(
    r"cannot say if|they think|police think|gendarmerie|never (say|that)|are you a victim|victims with a part",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", VERDICTS)
def test_a_verdict_would_be_noticed(language: str) -> None:
    assert re.search(VERDICTS[language], SAID[language], re.IGNORECASE)


@pytest.mark.parametrize("language", VERDICTS)
def test_nobody_is_told_that_they_are_or_are_not_a_victim(language: str) -> None:
    file = LOCALES / ("fr" if language == "en" else language) / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as source:
        messages = [message for message in pofile.read_po(source) if message.id]
    assert len(messages) > 3000
    verdicts = []
    for message in messages:
        told = message.id if language == "en" else message.string
        first = message.id if isinstance(message.id, str) else message.id[0]
        for text in (told,) if isinstance(told, str) else told or ():
            if re.search(VERDICTS[language], text, re.IGNORECASE) and not OPEN.search(first):
                verdicts.append((message.context, text))
    assert verdicts == []
