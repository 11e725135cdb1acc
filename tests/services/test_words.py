"""The receipts' word lists: whole, told apart by four letters, and without the words we do not want."""

import pytest

from services.receipts import SENTENCE
from services.words import LANGUAGES, PREFIX, SIZE, plain, tokens, word_list

# Violence, police, victims, sex, crime, weapons, the body, religion, death, drugs, slavery, trade: none may be shown
# to a person, or to whoever looks over their shoulder.
UNWANTED = {
    "en": "abuse arrest assault attack baby bomb blood body bullet crime cruel danger drug enemy escape exploit fight "
    "force god goddess gospel gun guilt harm hit hurt illegal jail kidnap kill kiss knife naked passport pistol police "
    "prison prostitute punch rape rifle sell sex shoot slave soul suffer suicide sword threat trade traffic trap "
    "trigger victim violence visa war weapon witness work",
    "fr": "abus agresser arme assaut attaque cadavre captif carabine carnage couteau crime cruel cyanure danger dieu "
    "drogue enfermer esclave exécuter fusil guerre injure juge justice meurtre mort négation otage papier passeport "
    "pistolet poison policier prison prostituée proie rançon sabre sang sexe séduire souffrir suicide suspect témoin "
    "torture trafic traite travail tribunal tuer vendre venger victime vierge viol violence virus",
    "es": "aborto abuso acoso agresión arma asalto ataque bomba cadáver cadena cárcel celda crimen cuerpo culpa deuda "
    "delito diablo dios droga esclavo esposo guerra golpe herir iglesia ilegal juez ladrón látigo libertad mafia matar "
    "miedo morir muerte odiar orgía pistola policía preso prisión prostituta puñal rapto rehén sangre satán secta sexo "
    "sufrir temor terror testigo trabajo tráfico trata tumba veneno víctima violar virgo",
    "ar": "اتجار استغلال إكراه إله أمن اعتداء اغتصاب انتحار ألم بغاء بندقية بطاقة تهديد تهريب ثأر جثة جريمة جسد "
    "جنس جواز حبس حرب حزب حدود خطر خطف خوف دعارة دم دين ذبح رصاص رهينة زواج سجن سكين سلاح شاهد شرطة شكوى "
    "شهيد صلاة ضحية ضرب طعن عار عاهرة عبد عبودية عذاب عصابة عقاب عقد عمل عنف غضب فخ فدية قاتل قاض قبر قتل "
    "قنبلة قواد كنيسة لاجئ مال محكمة مخدر مسجد مسدس موت مهاجر هجرة هروب وثيقة وظيفة",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_has_2048_words_told_apart_by_their_first_four_letters(language: str):
    words = word_list(language).words
    assert len(words) == SIZE
    assert len({plain(word)[:PREFIX] for word in words}) == SIZE


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_one_we_do_not_want(language: str):
    words = {plain(word) for word in word_list(language).words}
    assert words.isdisjoint(plain(word) for word in UNWANTED[language].split())
    assert words.isdisjoint(SENTENCE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_is_found_whole_cut_after_four_letters_and_without_accents(language: str):
    words = word_list(language)
    for place, word in enumerate(words.words):
        assert words.place(plain(word)) == place
        assert words.place(plain(word)[:4]) == place
        assert words.place(plain(word) + "zz") is None


def test_arabic_words_are_told_apart_without_dots_and_found_as_people_type_them():
    """ف and ق, ب and ت differ by a dot; hamza, ة and ى are often left out: none of this may make another word."""
    words = word_list("ar")
    same = {"بتثني": "ب", "جحخ": "ح", "دذ": "د", "رز": "ر", "سش": "س", "صض": "ص", "طظ": "ط", "عغ": "ع", "فق": "ف"}
    undotted = str.maketrans({letter: shape for letters, shape in same.items() for letter in letters})
    assert len({plain(word)[:PREFIX].translate(undotted) for word in words.words}) == SIZE
    assert all(3 <= len(plain(word)) <= 7 and not plain(word).startswith("ال") for word in words.words)
    assert words.words == tuple(sorted(words.words, key=plain))
    for written, typed in (("أرنب", "ارنب"), ("إبرة", "ابره"), ("مرعى", "مرعي"), ("لؤلؤ", "لولو"), ("نجمة", "نَجْمَة")):
        place = words.place(tokens(typed)[0])
        assert place is not None
        assert words.words[place] == written


def test_a_text_is_cut_wherever_no_letter_stands():
    assert tokens(" Éclair-abri,\nÑandú.x_y ") == ["eclair", "abri", "nandu", "x", "y"]
