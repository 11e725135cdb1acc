"""Numbers of people are nobody's age; the ages of some of them, and children, are heard as before."""

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
    ],
)
def test_a_number_of_people_is_no_age(text: str) -> None:
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
        "ma soeur 16",
    ],
)
def test_the_young_among_them_are_heard(text: str) -> None:
    assert "minor" in HEARS.understand(text, None).danger
