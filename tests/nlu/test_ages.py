"""Ages in digits and words, in every language, apart from durations and counts."""

import tomllib

import pytest

from nlu.danger import DangerLayer
from nlu.knowledge import DATA
from nlu.understanding import EmbeddedUnderstander
from nlu.words import read

LAYER = DangerLayer(year=2026)
LANGUAGES = sorted(path.parent.name for path in DATA.glob("*/examples.yml"))

TOLD = {
    "ar": {
        "عمري ستة عشر سنة": 16, "عندي ١٦ سنة": 16, "عمري 34 سنة": 34, "عمري خمسة وعشرين سنة": 25, "خمسة عشر": 15,
        "3ndi 16 3am": 16, "3andi 17 ans": 17,
    },
    "bg": {
        "на шестнайсет години съм": 16, "на 16 съм": 16, "тя е на 14": 14, "имам 17 години": 17, "на 34 години съм": 34,
        "на двайсет и пет години съм": 25, "петнайсетгодишна съм": 15, "16-годишна съм": 16, "az sum na 15": 15,
        "na shestnaiset sum": 16, "на четиринайсет": 14,
    },
    "bn": {
        "আমার বয়স ষোলো": 16, "আমার বয়স ১৬ বছর": 16, "আমি ১৫": 15, "আমার বয়স চৌত্রিশ": 34, "বয়স ৪৫": 45,
        "আমার বয়স পঁচিশ বছর": 25, "amar boyosh pondoro": 15, "amar boyos 17 bosor": 17, "মেয়েটা ১৩বছরের": 13,
    },
    "en": {
        "i am sixteen": 16, "I'm 16 years old": 16, "im 16": 16, "i am thirty four years old": 34,
        "i am twenty five years old": 25, "she is 15yo": 15, "seventeen": 17,
    },
    "es": {
        "tengo dieciséis años": 16, "tengo 16": 16, "mi hermana tiene 14 años": 14, "tengo 34 años": 34,
        "tengo veinticinco años": 25, "tengo kinse": 15,
    },
    "fa": {
        "شانزده سالمه": 16, "من ۱۶ سالمه": 16, "۱۶ ساله‌ام": 16, "من ۱۶ سال دارم": 16, "سی و چهار سالمه": 34,
        "بیست و پنج سالمه": 25, "man shoonzdah salame": 16, "16 salame": 16, "من ۱۴م": 14, "خواهرم ۱۵ سالشه": 15,
    },
    "fr": {
        "j'ai seize ans": 16, "j'ai 16 ans": 16, "elle a dix-sept ans": 17, "j'ai trente-quatre ans": 34,
        "j'ai vingt-cinq ans": 25, "jai kinze ans": 15,
    },
    "hu": {
        "tizenhat éves vagyok": 16, "16 éves vagyok": 16, "16 vagyok": 16, "harmincnégy éves vagyok": 34,
        "huszonöt éves vagyok": 25, "huszon öt éves vagyok": 25, "tizenhat eves vok": 16, "15eves": 15,
        "tizenötéves lány": 15, "tizenöt": 15,
    },
    "it": {
        "ho sedici anni": 16, "ho 16 anni": 16, "ne ho 16": 16, "ho trentaquattro anni": 34, "ho venticinque anni": 25,
        "ho sedicianni": 16, "una sedicenne": 16, "17anni": 17, "mia sorella di 14 anni": 14,
    },
    "pcm": {
        "i be sixteen": 16, "i be 16": 16, "my age na 15": 15, "i get 16 years": 16, "i be 28 years old": 28,
        "i be twenty five years old": 25, "i be siksteen": 16, "she na 14": 14,
    },
    "pt": {
        "tenho dezesseis anos": 16, "tenho dezasseis anos": 16, "tenho 16": 16, "ela tem 14": 14, "tenho 34 anos": 34,
        "tenho vinte e cinco anos": 25, "tenho desesseis anos": 16, "minha filha de 15 anos": 15,
    },
    "ro": {
        "am șaisprezece ani": 16, "am 16 ani": 16, "am saispe ani": 16, "am 34 de ani": 34, "am cinci spe ani": 15,
        "am douăzeci și cinci de ani": 25, "fata are 14 ani": 14, "am 16 ani si lucrez": 16,
    },
    "ru": {
        "мне шестнадцать лет": 16, "мне 16 лет": 16, "мне 16": 16, "ей нет и двадцати, ей шестнадцать": 16,
        "мне двадцать пять лет": 25, "мне уже 34 года": 34, "шестнадцатилетняя девочка": 16, "его 14летняя сестра": 14,
        "mne shestnadcat let": 16, "мне шеснацать": 16, "девочка четырнадцати лет": 14, "ей лет 14": 14, "17 мне": 17,
    },
    "sq": {
        "jam gjashtëmbëdhjetë vjeç": 16, "jam 16 vjec": 16, "jam 16": 16, "jam 34 vjeç": 34, "motra ka 14 vjet": 14,
        "jam njëzet e pesë vjeç": 25, "jam gjashtmdhet vjeq": 16, "jam katër mbëdhjetë vjeç": 14, "jam 16vjeqe": 16,
    },
    "sr": {
        "imam šesnaest godina": 16, "имам шеснаест година": 16, "imam 16": 16, "šesnaest mi je": 16,
        "imam dvadeset i pet godina": 25, "имам 34 године": 34, "petnaestogodišnja devojčica": 15,
        "imam sesnaest god": 16, "ima 16 godina moja drugarica": 16,
    },
    "tl": {
        "labing-anim na taong gulang po ako": 16, "16 anyos po ako": 16, "16 pa lang ako": 16, "disisais anyos ako": 16,
        "dalawampu't lima taong gulang ako": 25, "34 anyos na ako": 34, "labimpitong taon pa lamang siya": 17,
        "kinse lang edad ko, edad ko 15": 15,
    },
    "tr": {
        "on altı yaşındayım": 16, "16 yaşındayım": 16, "yaşım 16": 16, "otuz dört yaşındayım": 34,
        "yirmi beş yaşındayım": 25, "on alti yasindayim": 16, "onyedi yaşında": 17, "16yım": 16, "ben on altıyım": 16,
    },
    "uk": {
        "мені шістнадцять років": 16, "мені 16": 16, "мені п'ятнадцять": 15, "мені дев'ятнадцять років": 19,
        "мені двадцять п'ять років": 25, "мені 34 роки": 34, "16-річна дівчина": 16, "тринадцятирічна дівчинка": 13,
        "meni 16 rokiv": 16, "мені шиснадцять": 16,
    },
    "vi": {
        "em mười sáu tuổi": 16, "em 16 tuổi": 16, "em 16": 16, "em hai mươi lăm tuổi": 25, "chị ba mươi tư tuổi": 34,
        "em hai lăm tuổi": 25, "chau muoi lam tuoi": 15, "e 16t": 16, "mười bảy": 17,
    },
    "zh": {
        "我十六岁": 16, "我16岁": 16, "我今年十六": 16, "我二十五岁": 25, "三十四岁": 34, "他十五六岁": 15,
        "她17了": 17, "二十五六岁": 25, "wo 16 sui": 16, "wo er shi wu sui": 25, "十七": 17,
    },
}  # fmt: skip

NOT_TOLD = {
    "ar": ("منذ 15 سنة", "16 يورو", "الساعة 15"),
    "bg": ("преди 16 години дойдох", "работя тук от 16 години", "работя 16 години", "имам 14 дни отпуск", "стая 15",
           "на 16 март имам час", "още нямам осемнайсет"),
    "bn": ("১৬ বছর ধরে কাজ করি", "১৬ বছর আগে", "১৬ ঘণ্টা কাজ", "১৫ ইউরো", "ami 16 bochor dhore paris e", "16 number bus"),
    "en": ("i worked here for 16 years", "16 years ago", "16 euros", "15 years in prison"),
    "es": ("hace 16 años", "16 euros", "16 años de trabajo"),
    "fa": ("۱۶ سال پیش", "۱۶ سال کار کردم", "۱۵ یورو", "اتاق ۱۶", "روزی ۱۶ ساعت کار", "زیر ۱۸ سال"),
    "fr": ("depuis 16 ans", "il y a 16 ans", "16 euros", "16 ans de prison"),
    "hu": ("16 éve dolgozom itt", "16 évig dolgoztam", "16 óra", "a 16-os busz", "16 éves munkaviszony",
           "18 alatt vagyok", "nem vagyok még 18"),
    "it": ("lavoro qui da 16 anni", "16 anni fa", "ho lavorato 16 anni", "ho 16 anni di esperienza", "16 euro",
           "lavoro 16 ore", "non ho ancora 18 anni", "meno di 18 anni"),
    "pcm": ("i don work for here for 16 years", "16 years ago", "16 euro", "15 hours", "bus 16", "i never reach 18"),
    "pt": ("trabalho aqui há 16 anos", "faz 16 anos que trabalho", "16 anos de prisão", "16 euros", "tenho 14 dias",
           "ainda não tenho 18", "trabalhei 16 anos"),
    "ro": ("lucrez aici de 16 ani", "acum 16 ani in urma", "am muncit 16 ani in Italia", "am 16 ani de munca",
           "16 euro", "ora 16", "nu am implinit 18"),
    "ru": ("16 лет работал", "работаю тут уже 16 лет", "приехала 16 лет назад", "16 лет стажа", "мне 16 дней",
           "16 евро", "автобус 16", "мне нет 18", "мне не 16"),
    "sq": ("punoj prej 16 vjetësh", "para 16 vjetesh", "kam punuar 16 vjet", "16 euro", "ora 16", "16 vite punë",
           "nuk i kam mbushur 18"),
    "sr": ("radim kao sestra već 16 godina", "pre 16 godina", "u braku smo 16 godina", "16 evra", "soba 17",
           "nemam još 18", "радим 16 година"),
    "tl": ("15 taon na akong OFW", "16 taon akong nagtatrabaho dito", "16 oras", "14 euros", "room 16",
           "wala pa akong 18"),
    "tr": ("16 yıldır çalışıyorum", "16 yıl çalıştım", "16 yıllık evliyim", "16 euro", "saat 16", "14 numaralı otobüs",
           "16 yaşında değilim", "yaşım on sekiz değil"),
    "uk": ("16 років працював", "працюю тут уже 16 років", "16 років тому", "16 євро", "чекаю 16 днів", "мені нема 18",
           "мені не 16"),
    "vi": ("em làm 16 năm rồi", "16 năm trước", "16 euro", "16 tiếng một ngày", "số phòng 16", "em chưa đủ 18 tuổi",
           "một năm rưỡi"),
    "zh": ("我干了十六年", "十六年前", "十六个人", "16欧元", "每天十六小时", "16号楼", "我没满18岁", "我有15个工友"),
}  # fmt: skip


def ages(text: str, language: str) -> tuple[int, ...]:
    return LAYER.look(read(text), {language}).ages


@pytest.mark.parametrize(
    ("language", "text", "age"), [(code, text, age) for code, told in TOLD.items() for text, age in told.items()]
)
def test_an_age_is_heard(language: str, text: str, age: int) -> None:
    assert ages(text, language) == (age,)
    assert LAYER.look(read(text), {language}).child == (age < 18)


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in NOT_TOLD.items() for text in texts])
def test_a_duration_and_a_count_are_no_ages(language: str, text: str) -> None:
    assert ages(text, language) == ()


def test_every_language_has_words_of_age() -> None:
    assert (
        LANGUAGES == sorted(path.parent.name for path in DATA.glob("*/ages.toml")) == sorted(TOLD) == sorted(NOT_TOLD)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_form_is_one_word_as_texts_are_read(language: str) -> None:
    table = tomllib.loads((DATA / language / "ages.toml").read_text("utf-8"))
    forms = [form.partition("=")[0] for name, words in table.items() if name != "aged" for form in words.split()]
    assert [form for form in forms if form != "*" and len(read(form.strip("*")).words) != 1] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("on me menace", "fr"),  # Turkish "on" is ten
        ("je ne sais pas qui tu es", "fr"),
        ("luc 12 an com", "vi"),  # French "12 ans"
        ("sei una brava persona", "it"),
        ("hat jemand 16 da", "en"),
        ("trabalhei 16 anos numa obra", "pt"),  # Spanish "16 años"
    ],
)
def test_words_of_age_count_in_their_own_language(text: str, language: str) -> None:
    heard = EmbeddedUnderstander(year=2026).understand(text, language)
    assert not [entity for entity in heard.entities if entity.kind == "age"]


def test_a_french_age_is_understood_in_any_language() -> None:
    assert ages("j'ai 15 ans ja sam iz srbije", "sr") == (15,)


def test_without_letters_any_language_may_be_meant() -> None:
    assert LAYER.look(read("16")).ages == ()
    assert LAYER.look(read("16岁")).ages == (16,)
