"""Where somebody is to go, by what and when, as coordinators write it; and what they write of other things."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.whereabouts import told
from dialogs.library import Library
from dialogs.reading import read_library


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Demain 14h gare Saint-Charles", ("Demain", "14h", "gare")),
        ("Rendez-vous à Nice à 8 h 30", ("Nice", "8 h 30")),
        ("venez à marseille", ("marseille",)),
        ("We go to Toulouse tomorrow at 8 am", ("Toulouse", "tomorrow", "8 am")),
        ("Une place dans le Var, ou dans le 93", ("Var", "93")),
        ("Your place is in Seine-Saint-Denis (93)", ("Seine-Saint-Denis", "(93)")),
        ("en Île de France ou dans le Cher", ("Île de France", "Cher")),
        ("Coja el tren, desde la estación", ("tren", "estación")),
        ("إلى محطة بمرسيليا", ("محطة", "بمرسيليا")),
        ("On se voit jeudi devant la mairie", ("jeudi", "mairie")),
        ("Vous partirez le 14 mars, à neuf heures", ("14 mars", "neuf heures")),
        ("A car will pick you up on Monday at noon", ("A car", "Monday", "noon")),
        ("Le taxi sera là le 02/12", ("taxi", "02/12")),
        ("El coche llega el 3 de mayo al albergue", ("coche", "3 de mayo", "albergue")),
        ("يوم الخميس أمام الفندق", ("الخميس", "فندق")),
        ("Vous venez en train", ("train",)),
        ("Vas a Tolosa en tren", ("Tolosa", "tren")),
        ("نلتقي الساعة 8 يوم 14 مارس", ("الساعة 8", "14 مارس")),
        ("你明天去马赛", ("明天", "马赛")),
        ("On vient vous chercher ce soir", ("ce soir",)),
        ("Vous partirez après-demain", ("après-demain",)),
        ("You leave tomorrow, be ready tonight", ("tomorrow", "tonight")),
        ("Salida mañana", ("mañana",)),
        ("نلتقي غدًا", ("غدا",)),
        ("我们明天来接您", ("明天",)),
        ("আগামীকাল রওনা হবেন", ("আগামীকাল",)),
        ("Nous vous répondons demain. Êtes-vous en sécurité ce soir ?", ()),
        ("We write to you tomorrow. Come back here.", ()),
        ("Le escribimos mañana. ¿Está a salvo esta noche?", ()),
        ("سنكتب لك غدا. هل أنت بأمان الليلة؟", ()),
        ("我们明天回答您。您今晚安全吗？", ()),
        ("আমরা আগামীকাল উত্তর দেব। আজ রাতে আপনি কি নিরাপদ?", ()),
        ("星期一下午3点在尼斯火车站等，坐出租车去酒店", ("星期一", "下午3点", "尼斯", "火车站", "出租车", "酒店")),
        ("请每周一次看看这里，等一点时间。您现在安全吗？", ()),
        ("আপনি এখন নিরাপদ কি? আমরা তিন দিনের মধ্যে লিখব।", ()),
        ("You may write again. In 2 or 3 days we look: 1.5 is not a date 115 either.", ()),
        ("Le numéro 116 006 répond, 7 jours sur 7. Il a trois enfants, car il est père. 7/7", ()),
        ("Cher Monsieur, nous sommes en train de lire. Une réunion a lieu. Il faut qu’elle vienne.", ()),
        ("Appelez le 115, 24h/24, ou le 17. Dans 48 h, nous vous répondons.", ()),
        ("Vous êtes en sécurité ? Avez-vous 2 enfants ? Répondez oui ou non.", ()),
        ("It is a nice room, and it makes sense.", ()),
        ("", ()),
    ],
)
def test_where_when_and_by_what_are_found_and_other_words_are_not(text: str, found: tuple[str, ...]):
    assert told(library(), text) == found


def test_what_tells_in_bengali_is_found_as_it_was_written():
    text = "সোমবার সকাল ৯টা, ট্রেনে মার্সেই, স্টেশন থেকে হোটেল, বা বাসে"
    found = ("সোমবার", "সকাল ৯টা", "ট্রেন", "মার্সেই", "স্টেশন", "হোটেল", "বাসে")
    assert told(library(), text) == found


TELLING = ("marseille", "Nice", "Seine-Saint-Denis", "gare", "14h", "taxi", "jeudi", "Toulouse", "14 mars", "hotel")
UNSEEN = "\u200b\u200c\u200d\u2060\u00ad\ufeff\u034f\u0335\u0301\u0323\ufe0f\u115f\u3164\u2800\u180e\U000e0061"
ALIKE = {"a": "\u0430", "e": "\u0435", "i": "\u0456", "s": "\u0455", "x": "\u0445", "o": "\u03bf0", "u": "\U0001d42e"}


@cache
def library() -> Library:
    return read_library()


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """A telling piece, with signs between its letters that nobody sees, and letters that look like its own."""
    piece = draw(st.sampled_from(TELLING))
    letters = (draw(st.sampled_from(sign + ALIKE.get(sign, ""))) for sign in piece)
    return "".join(letter + draw(st.text(UNSEEN, max_size=2)) for letter in letters)


@given(disguised())
def test_no_sign_that_is_not_seen_and_no_letter_of_another_script_hides_a_piece(piece: str):
    assert told(library(), f"On se voit à {piece} avec vous")
