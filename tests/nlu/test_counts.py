"""Numbers of people and of years are nobody's age; the ages of some of them, and children, are heard as before."""

import pytest

from nlu.understanding import EmbeddedUnderstander

HEARS = EmbeddedUnderstander(year=2026)


@pytest.mark.parametrize(
    "text",
    [
        "10 workers",
        "12 men in a container",
        "10 ouvriers agricoles sans contrat",
        "14 travailleurs dans un hangar",
        "5 filles",
        "groupe de 14",
        "16 obreros sin contrato",
        "somos 15 en un cuarto",
        "grupo de 12",
        "خمسة عشر عاملا",
        "12 امرأة",
        "on 14 September",
        "el 14 de septiembre",
        "rendez-vous à 16:05",
        "my flight lands at 17:20",
        "elle tient la boulangerie depuis quatorze ans",
        "quinze ans d'expérience dans le bâtiment",
        "they have run this bar for 13 years",
        "sixteen years of marriage",
        "trabaja aquí desde hace 12 años",
        "once años de matrimonio",
        "نعمل في هذا المطعم منذ 15 سنة",
        "17 سنة خبرة في البناء",
        "carte de résident 10 ans",
        "vingt ans de travail",
        "interdiction de retour de 12 mois",
        "bail de 15 mois",
        "permiso de residencia de 10 años",
        "alquiler a 12 meses",
        "عقد 12 شهرا",
        "permesso di soggiorno 10 anni",
        "вид на жительство на 10 лет",
        "我在13区",
        "我在巴黎13区街上",
        "我们有15个工人",
        "我住12号",
        "ami 13 number e thaki",
        "আমি ১৩ নম্বরে থাকি",
        "আমরা ১৫ জন শ্রমিক",
    ],
)
def test_a_number_of_people_or_of_years_spent_is_no_age(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert "minor" not in heard.danger
    assert heard.intent != "report_minor"
    assert not [entity for entity in heard.entities if entity.kind == "age"]


@pytest.mark.parametrize(
    "text",
    [
        "5 filles de 15 ans",
        "12 girls, they are minors",
        "10 workers, one of them is 15 years old",
        "12 chicas y dos tienen 16 años",
        "10 عمال بينهم قاصر",
        "nous sommes deux soeurs, j'ai 16 ans",
        "girl of 14",
        "我15岁，在13区",
        "我妹妹14，我们住13区",
        "ami 15 bochor, 13 number e thaki",
        "আমার বয়স ১৪, ১৩ নম্বরে থাকি",
        "ma soeur 16",
        "elle travaille chez eux depuis l'âge de 13 ans",
        "they made me do this since I was 13 years old",
        "je suis là depuis deux ans, j'ai 16 ans",
        "me venden desde los 14 años",
        "trabajo aquí desde hace 2 años y tengo 15 años",
        "أعمل هنا منذ سنتين وعمري 15 سنة",
    ],
)
def test_the_young_among_them_are_heard(text: str) -> None:
    assert "minor" in HEARS.understand(text, None).danger


@pytest.mark.parametrize("text", ["أنا في 13", "نحن في 15"])
def test_a_number_after_in_is_a_departement_and_surely_no_age(text: str) -> None:
    heard = HEARS.understand(text, "ar")
    assert "minor" in heard.unsure or "minor" not in heard.danger
    assert not [entity for entity in heard.entities if entity.kind == "age"]
