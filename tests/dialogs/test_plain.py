"""Sentences and words, counted in several languages."""

import pytest

from dialogs.plain import sentences, too_long, words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("You may work. You may train.", 2),
        ("Avez-vous besoin d'aide ? Dites-le.", 2),
        ("¿Está en peligro? ¡Llame ahora!", 2),
        ("هل أنت في خطر؟ اتصل الآن. لا تخف!", 3),
        ("Ac.Sé is for adults.", 1),
        ("See art. 3 of the text.", 1),
        ("It costs 3.50 euros… or nothing.", 1),
        ("« Rien n'est gardé. » Vous pouvez partir.", 2),
        ("您有危险吗？请马上打电话。“不要怕。”电话是免费的", 4),
        ("আপনি কি বিপদে আছেন? এখনই ফোন করুন। ভয় পাবেন না।", 3),
        ("One line\nanother line", 2),
        ("Wait... Then go.", 2),
        ("", 0),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, count: int):
    assert len(sentences(text)) == count


def test_words_are_counted_without_the_signs_between_them():
    assert words("Avez-vous besoin d'aide ?") == 3
    assert words("هل أنت في خطر؟") == 4
    assert words("« – »") == 0
    assert words("আপনি কি বিপদে আছেন?") == 4


def test_chinese_has_no_spaces_so_that_its_signs_are_counted():
    assert words("请马上打电话。") == 4
    assert words("请马上打 Ac.Sé 的电话。") == 6


def test_a_sentence_over_the_limit_is_named_with_its_length():
    (fault,) = too_long(["Short. " * 9 + "Word " + "word " * 19 + "end."])
    assert fault.startswith("21 words, at most 20: Word word")


def test_sentences_may_be_short_enough_each_and_too_long_together():
    assert too_long(["one two three four five six seven eight nine ten eleven twelve thirteen."]) == [
        "13.0 words a sentence on average, at most 12"
    ]


def test_nothing_is_said_of_good_texts_or_of_none():
    assert too_long(["You may work.", "You may train."]) == []
    assert too_long([]) == []
