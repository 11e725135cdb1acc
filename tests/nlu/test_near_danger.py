"""What stands near danger and is calm, in words that no example has; and the danger beside it, which stays heard."""

import pytest

from nlu.understanding import EmbeddedUnderstander

HEARS = EmbeddedUnderstander(year=2026)


CALM = (
    "stop, I would like to end this questionnaire",
    "je voudrais bien arrêter ce questionnaire maintenant",
    "prefiero parar este cuestionario por ahora",
    "أفضل أن أوقف هذا الاستبيان الآن",
    "should I really go to this meeting",
    "est-ce que je dois vraiment aller à ce rendez-vous",
    "de verdad tengo que ir a esa cita",
    "هل يجب حقا أن أحضر هذا الموعد",
    "ta blague, à mourir de rire franchement",
    "vers quel collègue puis-je l'orienter en fin de journée",
    "which colleague can I refer this man to this evening",
    "a qué compañera puedo derivar a este señor esta tarde",
    "une dame majeure d'environ quarante ans",
    "an adult lady of about forty",
    "una señora adulta de unos cuarenta años",
    "سيدة راشدة في نحو الأربعين",
    "vivo en un piso pequeño cerca de Cannes con dos amigas",
    "j'habite un petit appartement près de Cannes avec deux amies",
    "3afak kifach n9der nakhod l7e9 dyali f lflous",
)
MOST_ALARMED = 2


def test_calm_words_near_danger_alarm_hardly_ever() -> None:
    alarmed = [text for text in CALM if HEARS.understand(text, None).danger]
    assert len(alarmed) <= MOST_ALARMED, alarmed


@pytest.mark.parametrize(
    "text",
    [
        "I want to stop",
        "je veux arrêter",
        "quiero parar",
        "أريد أن أتوقف",
        "should I go?",
        "une majeure",
        "mayor de edad",
        "mourir de rire",
        "vers qui l'orienter ce soir",
        "where can I refer her tonight",
        "vont-ils m'expulser",
    ],
)
def test_what_alarmed_once_is_known_to_be_calm(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert heard.danger == ()
    assert not set(heard.guesses) & {"report_danger", "report_suicidal", "report_minor"}


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("je veux arrêter de vivre", "suicide"),
        ("I want to stop living", "suicide"),
        ("quiero dejar de vivir", "suicide"),
        ("أريد أن أكف عن الحياة", "suicide"),
        ("vers qui l'orienter, elle dit qu'elle va se tuer cette nuit", "suicide"),
        ("elle dit être majeure mais elle a quinze ans", "minor"),
        ("she says she is an adult but she is fifteen", "minor"),
        ("dice que es mayor de edad pero tiene quince años", "minor"),
        ("j'ai peur de la police et il m'attend dehors avec un couteau", "threat"),
        ("will they arrest me if I run, he has a gun", "threat"),
    ],
)
def test_the_danger_beside_them_is_heard(text: str, danger: str) -> None:
    assert danger in HEARS.understand(text, None).danger


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("je cherche des exercices pour m'entraîner", "ask_training"),
        ("I am looking for exercises to practise with", "ask_training"),
        ("busco ejercicios para practicar", "ask_training"),
        ("أبحث عن تمارين لأتدرب", "ask_training"),
        ("est-ce que la police va m'arrêter puis m'expulser", "ask_residence_permit"),
        ("are they going to arrest and deport me", "ask_residence_permit"),
        ("me pueden detener y deportar por no tener papeles", "ask_residence_permit"),
        ("هل يعتقلونني ويرحلونني لأن لا أوراق لي", "ask_residence_permit"),
        ("меня могут арестовать и депортировать?", "ask_residence_permit"),
        ("mă pot aresta și expulza fără acte?", "ask_residence_permit"),
        ("警察会抓我然后遣返吗", "ask_residence_permit"),
        ("que peut faire l'inspection du travail pour ma paie", "ask_compensation"),
        ("can the labour inspectorate get me my pay", "ask_compensation"),
        ("la inspección de trabajo puede conseguir mi paga", "ask_compensation"),
        ("هل تحصل لي مفتشية الشغل على أجري", "ask_compensation"),
        ("ai-je le droit de changer d'employeur", "ask_courses_and_work"),
        ("am I allowed to change my employer", "ask_courses_and_work"),
        ("me dejan cambiar de empleador", "ask_courses_and_work"),
        ("هل يحق لي تغيير صاحب العمل", "ask_courses_and_work"),
    ],
)
def test_what_was_taken_for_danger_has_a_page_of_its_own(text: str, intent: str) -> None:
    heard = HEARS.understand(text, None)
    assert (heard.intent, heard.danger) == (intent, ())
