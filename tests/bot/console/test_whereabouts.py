"""Where somebody is to go, by what and when, as coordinators write it; and what they write of other things."""

import pytest

from bot.console.whereabouts import told
from dialogs.reading import read_library


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Demain 14h gare Saint-Charles", ("14h", "gare")),
        ("Rendez-vous à Nice à 8 h 30", ("Nice", "8 h 30")),
        ("venez à marseille", ("marseille",)),
        ("We go to Toulouse tomorrow at 8 am", ("Toulouse", "8 am")),
        ("Une place dans le Var, ou dans le 93", ("Var", "93")),
        ("Your place is in Seine-Saint-Denis (93)", ("Seine-Saint-Denis", "(93)")),
        ("en Île de France ou dans le Cher", ("Île de France", "Cher")),
        ("Coja el tren, desde la estación", ("tren", "estación")),
        ("إلى محطة بمرسيليا", ("محطة", "بمرسيليا")),
        ("Cher Monsieur, nous sommes en train de lire. Une réunion a lieu. Il faut qu’elle vienne.", ()),
        ("Appelez le 115, 24h/24, ou le 17. Dans 48 h, nous vous répondons.", ()),
        ("Vous êtes en sécurité ? Avez-vous 2 enfants ? Répondez oui ou non.", ()),
        ("It is a nice room, and it makes sense.", ()),
        ("", ()),
    ],
)
def test_where_when_and_by_what_are_found_and_other_words_are_not(text: str, found: tuple[str, ...]):
    assert told(read_library(), text) == found
