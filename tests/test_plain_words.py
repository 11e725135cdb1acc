"""Plain texts stay plain in every language: at most 12 words a sentence on average, none over 20."""

import pytest

from bot.app import content
from bot.turns import Content
from dialogs.plain import too_long
from dialogs.text import Text
from tests.test_catalogues import LANGUAGES, catalogue

TALKED = (
    "welcome", "language", "menu", "buttons", "engine", "guess", "told", "help", "human", "crisis", "privacy", "kept",
    "receipt", "consent", "referral", "screening", "numbers", "helpline", "information", "case", "web", "telegram",
    "job_offer", "explainer", "bilingual", "finding", "stopping", "unspoken", "answer", "redaction", "more", "cover",
    "card", "telegram.profile",
)  # fmt: skip
BEHIND_A_CODE = "dialogs/sensitivity_words.py"  # for professionals alone


@pytest.fixture(scope="module")
def said() -> Content:
    return content()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_in_plain_words(said: Content, language: str):
    faults = []
    for topic in said.library.topics.values():
        plain = [fact.text for fact in topic.facts if fact.shown and fact.register == "plain"]
        words = [said.catalog.translate(language, text) for text in plain]
        faults += [f"{topic.id}: {fault}" for fault in too_long(words)] if words else []
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["situation", "ilo_adult_labour", "ilo_child_labour"])
def test_the_questions_that_a_person_reads(said: Content, name: str, language: str):
    questions = said.library.instruments[name].questions
    for texts in ([q.plain for q in questions], [q.why for q in questions]):
        assert not too_long([said.catalog.translate(language, text) for text in texts if text])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_of_an_offer_and_the_definition_to_try_out(said: Content, language: str):
    learning = said.library.learning
    assert learning is not None
    stories = [element.story for elements in learning.definition.pieces.values() for element in elements]
    asked = [text for q in learning.offer.questions for text in (q.text, q.why, q.warning, q.ask)]
    assert not too_long([said.catalog.translate(language, text) for text in (*stories, *asked, *learning.offer.steps)])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("context", TALKED)
def test_what_the_flows_say(said: Content, language: str, context: str):
    spoken = [
        m for m in catalogue("fr") if m.context == context and {file for file, _ in m.locations} != {BEHIND_A_CODE}
    ]
    sentences = [str(m.id) for m in spoken]
    assert sentences
    words = [said.catalog.translate(language, Text(context, sentence)) for sentence in sentences]
    assert not too_long(words), "\n".join(too_long(words))
