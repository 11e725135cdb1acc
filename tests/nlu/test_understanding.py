"""What the keyword matcher is sure of, what it hints at, and where it says that it does not know."""

import pytest

from dialogs.understanding import Entity
from nlu.understanding import KeywordUnderstander, Understander

MATCHER: Understander = KeywordUnderstander(year=2026)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Oui", "affirm"),
        ("d'accord", "affirm"),
        ("no", "deny"),
        ("لا", "deny"),
        ("je ne sais pas", "not_sure"),
        ("I don't know", "not_sure"),
        ("siguiente pregunta", "skip_question"),
        ("retour", "go_back"),
        ("القائمة", "open_menu"),
        ("help", "help"),
        ("cache ça", "quick_exit"),
        ("borra todo", "delete_my_data"),
        ("une vraie personne", "talk_to_human"),
        ("my receipt", "check_referral"),
        ("am I a victim?", "start_screening"),
        ("mes droits, svp", "ask_rights"),
        ("merci !!!", "thank"),
    ],
)
def test_short_messages_are_sure(text: str, intent: str) -> None:
    heard = MATCHER.understand(text, None)
    assert (heard.intent, heard.danger) == (intent, ())
    assert heard.confidence == 1.0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("English please", "en"),
        ("je veux parler anglais", "en"),
        ("español", "es"),
        ("بالعربية", "ar"),
        ("French", "fr"),
    ],
)
def test_a_language_is_named_in_any_language(text: str, code: str) -> None:
    heard = MATCHER.understand(text, "fr")
    assert heard.intent == "change_language"
    assert heard.entities == (Entity("language", code),)


def test_words_that_only_hint_give_a_ranking() -> None:
    heard = MATCHER.understand("j'ai une question sur le tribunal", "fr")
    assert heard.intent is None
    assert [intent for intent, _ in heard.ranking] == ["ask_legal_aid"] or len(heard.ranking) <= 3


def test_what_is_unknown_is_said_to_be() -> None:
    heard = MATCHER.understand("zorglub frumious", "fr")
    assert (heard.intent, heard.confidence, heard.ranking) == (None, 0.0, ())


def test_danger_comes_with_its_intent() -> None:
    heard = MATCHER.understand("il va me tuer", "fr")
    assert (heard.intent, heard.danger) == ("report_danger", ("threat",))


def test_exploitation_is_told_without_danger() -> None:
    heard = MATCHER.understand("my boss took my passport", "en")
    assert (heard.intent, heard.danger) == ("report_exploitation", ())


@pytest.mark.parametrize(
    ("text", "language"), [("je suis dans la rue avec mon sac", "fr"), ("where can i go with my child", "en")]
)
def test_the_language_is_told_when_it_shows(text: str, language: str) -> None:
    assert MATCHER.understand(text, None).language == language


def test_the_same_text_is_always_understood_alike() -> None:
    assert MATCHER.understand("où dormir", "fr") == MATCHER.understand("où dormir", "ar")
