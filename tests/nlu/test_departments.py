"""Départements that a text names."""

import pytest

from nlu.departments import Departments
from nlu.words import read

FOUND = Departments()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("je suis à Lyon", ("69",)),
        ("ma soeur est dans les bouches du rhône, moi a paris", ("13", "75")),
        ("أنا في مرسيليا", ("13",)),
        ("I sleep near Saint-Denis", ("93",)),
        ("Boulogne-sur-Mer, pas Boulogne Billancourt", ("62", "92")),
        ("have a nice day, it is 16 hours", ()),
        ("j'ai 75 euros", ()),
        ("", ()),
    ],
)
def test_names_and_towns_tell_it_and_numbers_do_not(text: str, codes: tuple[str, ...]):
    assert FOUND.find(read(text).words) == codes
