"""What the keyword matcher is sure of, what it hints at, and where it says that it does not know."""

import pytest

from dialogs.understanding import Entity
from nlu.understanding import EmbeddedUnderstander, Understander

MATCHER: Understander = EmbeddedUnderstander(year=2026)


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


def test_what_could_be_several_things_gives_a_ranking() -> None:
    heard = MATCHER.understand("maison argent docteur", "fr")
    assert heard.intent is None
    assert 1 < len(heard.guesses) <= 3


def test_the_ranking_is_whole_and_what_is_offered_of_it_is_likely() -> None:
    heard = MATCHER.understand("où dormir ce soir sans argent", "fr")
    assert {intent for intent, _ in heard.ranking} == MATCHER.intents
    assert [likely for _, likely in heard.ranking] == sorted((likely for _, likely in heard.ranking), reverse=True)
    assert heard.guesses == tuple(intent for intent, likely in heard.ranking[:3] if likely >= 0.03)
    assert MATCHER.understand("zorglub frumious", "fr").guesses == ()


def test_what_is_unknown_asks_for_nothing() -> None:
    heard = MATCHER.understand("zorglub frumious", "fr")
    assert (heard.intent in (None, "out_of_scope"), heard.danger) == (True, ())


def test_signs_without_letters_are_nothing() -> None:
    assert MATCHER.understand("12 ... 34", "fr").ranking == ()


@pytest.mark.parametrize(
    "text", ["no hablo francés", "I don't speak French", "je ne parle pas anglais", "ما بفهم فرنسي"]
)
def test_a_language_that_somebody_does_not_speak_is_not_asked_for(text: str) -> None:
    heard = MATCHER.understand(text, "fr")
    assert heard.entities == ()
    assert heard.intent in ("change_language", None)


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
