"""Whole sayings that are sure: what they lead to, what they are not, and the danger beside them that stays heard."""

import pytest

from nlu.understanding import EmbeddedUnderstander

HEARS = EmbeddedUnderstander(year=2026)


@pytest.mark.parametrize(
    "text",
    [
        "como borro esto rapido",
        "como borro la conversacion",
        "como puedo borrar esto para que nadie lo vea",
        "comment j'efface tout ça",
        "how do I delete this",
        "كيف أمسح هذه المحادثة",
        "kifach nmsah hadchi",
    ],
)
def test_how_to_erase_leads_to_erasing(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert (heard.intent, heard.danger) == ("delete_my_data", ())


@pytest.mark.parametrize(
    "text",
    [
        "ya viene tengo q cortar",
        "viene ya viene",
        "espera viene",
        "cierra rapido que viene mi jefe",
        "il vient, je dois couper",
        "he's coming gotta go",
        "راه جاي",
    ],
)
def test_somebody_comes_hides_at_once(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert (heard.intent, heard.danger) == ("quick_exit", ())


@pytest.mark.parametrize(
    "text", ["unos dias aki pero el viene", "viene de colombia", "viene con un cuchillo tengo que cortar"]
)
def test_somebody_comes_beside_much_else_hides_nothing(text: str) -> None:
    assert HEARS.understand(text, None).intent != "quick_exit"


@pytest.mark.parametrize("text", ["kiero irme pero me da miedo", "no kiero q nadie lea esto"])
def test_fear_and_shyness_are_no_wish_to_die(text: str) -> None:
    assert HEARS.understand(text, "es").danger == ()


@pytest.mark.parametrize(
    "text",
    [
        "el dice q si me voy le pasa algo a mi mama",
        "هددوني بقتل امي في الجزائر",
        "3youni wrahoum yderbouni kol lila",
        "il dit que si je pars il arrivera malheur à ma mère",
        "he says if I leave something will happen to my mother",
    ],
)
def test_threats_and_beatings_are_heard_as_such(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert heard.danger in {("threat",), ("threat", "medical")}  # who is beaten may be hurt


@pytest.mark.parametrize(
    "text", ["quiero irme de este mundo pero me da miedo", "no puedo mas me pega todas las noches"]
)
def test_the_wish_to_die_beside_them_is_heard(text: str) -> None:
    assert "suicide" in HEARS.understand(text, "es").danger


@pytest.mark.parametrize("text", ["bghit nehreb", "hoy me voi a escapar"])
def test_who_will_run_away_is_offered_numbers_and_help(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert [intent for intent, _ in heard.ranking] == ["ask_helplines", "make_referral"]


@pytest.mark.parametrize(
    "text",
    [
        "soi de colombia no tengo papeles puedo pedir ayuda",
        "هل الشرطة تسجنني",
        "هل الشرطة تسجنني اذا سرقت وانا مجبر",
        "wach la police t7ebesni? ana nesra9 bessah machi b khatri",
        "no kiero policia",
    ],
)
def test_papers_police_and_prison_are_questions_of_right(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert (heard.intent, heard.danger) == ("ask_residence_permit", ())


@pytest.mark.parametrize(
    "text",
    [
        "el jefe se quedó con mi pasaporte, no puedo salir",
        "the boss took my passport, I cannot get out",
        "le patron garde mon passeport, je ne peux pas sortir",
        "أخذ صاحب العمل جواز سفري ولا أستطيع الخروج",
        "rab lkhedma khda passport dyali man9derch nkhrej",
        "her pimp waits outside",
        "son proxénète attend dehors",
        "su proxeneta la espera afuera",
        "القواد ينتظرها في الخارج",
    ],
)
def test_who_cannot_get_out_or_is_waited_for_is_in_danger(text: str) -> None:
    assert "threat" in HEARS.understand(text, None).danger


@pytest.mark.parametrize(
    "text",
    [
        "elle veut retourner avec lui",
        "je veux retourner chez lui",
        "she wants to go back to him",
        "she wants to return to her pimp",
        "ella quiere volver con él",
        "تريد العودة إليه",
    ],
)
def test_back_to_who_exploits_is_no_journey_home(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert (heard.intent, heard.danger) == (None, ())
    assert [intent for intent, _ in heard.ranking] == ["ask_protection", "ask_psychological_support"]


@pytest.mark.parametrize("text", ["elle veut retourner au pays", "quiero volver a mi país", "أريد العودة إلى بلدي"])
def test_a_journey_home_stays_one(text: str) -> None:
    assert HEARS.understand(text, None).intent == "ask_return"
