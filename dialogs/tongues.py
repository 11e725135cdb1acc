"""Languages that a person may speak: ISO codes, own names, and the names that professionals type."""

import re

from dialogs.screen import Choice
from dialogs.text import say
from dialogs.typed import bare

BUTTONS = {
    "fr": "Français", "en": "English", "es": "Español", "ar": "العربية", "pcm": "Naijá (Pidgin)", "bin": "Ẹ̀dó",
    "ro": "Română", "pt": "Português", "zh": "中文", "bg": "Български", "sq": "Shqip", "ru": "Русский",
    "uk": "Українська", "tr": "Türkçe", "fa": "فارسی", "bn": "বাংলা", "vi": "Tiếng Việt", "tl": "Tagalog",
    "hu": "Magyar", "it": "Italiano", "sr": "Srpski", "bm": "Bamanankan", "snk": "Sooninkanxanne", "id": "Bahasa Indonesia",
}  # fmt: skip
NAMES = """
fr français;french;francés;الفرنسية|en anglais;english;inglés;الإنجليزية|es espagnol;spanish;español;castellano;الإسبانية
ar arabe;arabic;árabe;darija;العربية|pcm pidgin;naija;البدجنية|bin edo;bini;ẹ̀dó|ro roumain;romanian;rumano;română;الرومانية
pt portugais;portuguese;portugués;português;البرتغالية|zh chinois;chinese;mandarin;chino;中文;الصينية
bg bulgare;bulgarian;búlgaro;البلغارية|sq albanais;albanian;albanés;shqip;الألبانية|ru russe;russian;ruso;الروسية
uk ukrainien;ukrainian;ucraniano;الأوكرانية|tr turc;turkish;turco;türkçe;التركية|fa persan;persian;farsi;dari;persa;الفارسية
bn bengali;bangla;bengalí;البنغالية|vi vietnamien;vietnamese;vietnamita;الفيتنامية|tl tagalog;tagalo;filipino;philippin
hu hongrois;hungarian;húngaro;magyar;الهنغارية|it italien;italian;italiano;الإيطالية|sr serbe;serbian;serbio;الصربية
bm bambara;bamanankan;البامبارا|snk soninké;soninke;sarakolé|id indonésien;indonesian;indonesio;الإندونيسية
wo wolof;wólof;الولوفية|dyu dioula;dyula;jula;diula|ff peul;pular;poular;pulaar;fula;fulani|ln lingala;lingála
sw swahili;suajili;kiswahili;السواحلية|yo yoruba|ig igbo;ibo|ha haoussa;hausa|ee éwé;ewe|so somali;somalí;الصومالية
am amharique;amharic;amárico;الأمهرية|ti tigrinya;tigrigna;التغرينية|om oromo|ur ourdou;urdu;الأوردية
ps pachto;pachtou;pashto;pastún;البشتو|hi hindi;الهندية|pa pendjabi;punjabi;punyabí|ta tamoul;tamil|si cingalais;sinhala
ne népalais;nepali;nepalí|ku kurde;kurdish;kurdo;kurmandji;الكردية|ckb sorani|kab kabyle;kabylie;taqbaylit;القبيلية
zgh amazigh;amazighe;tamazight;berbère;berber;tachelhit;الأمازيغية|pl polonais;polish;polaco;البولندية
de allemand;german;alemán;الألمانية|nl néerlandais;dutch;neerlandés|el grec;greek;griego|ka géorgien;georgian;georgiano
hy arménien;armenian;armenio|az azéri;azerbaïdjanais;azerbaijani|uz ouzbek;uzbek;uzbeko|mn mongol;mongolian
th thaï;thaïlandais;thai;tailandés|ms malais;malay;malayo|km khmer;jemer|lo lao;laotien|ja japonais;japanese;japonés
ko coréen;korean;coreano|ht créole haïtien;haïtien;haitian creole;criollo haitiano|gn guarani;guaraní
qu quechua|ay aymara;aimara|rom romani;rom;tsigane;romaní|cs tchèque;czech;checo|sk slovaque;slovak;eslovaco
hr croate;croatian;croata|bs bosniaque;bosnien;bosnian;bosnio|mk macédonien;macedonian|lt lituanien;lithuanian
lv letton;latvian|et estonien;estonian|he hébreu;hebrew;hebreo|my birman;burmese;birmano|ug ouïghour;uyghur
kri krio|sus soussou;susu|man mandingue;mandinka;malinké;malinke|ak akan;twi|rw kinyarwanda|mg malgache;malagasy
fon fon|mos moré;mooré|ceb cebuano;bisaya
"""
OTHER = Choice("mis", say("referral", "Another language"))
SPOKEN = (*(Choice(code, say("name", "{name}", name=name)) for code, name in BUTTONS.items()), OTHER)
FILLING = frozenset(
    bare(
        "et ou and or y o un peu le la les de du des l d en elle il parle aussi also speaks only she he un poco"
    ).split()
) | frozenset(
    bare("ne que seulement habla solo también و ايضا فقط تتكلم يتكلم قليلا also little a the langue language").split()
)


def _entries() -> dict[str, tuple[str, ...]]:
    lines = (entry.strip().partition(" ") for entry in re.split(r"[|\n]", NAMES) if entry.strip())
    return {code: tuple(names.split(";")) for code, _, names in lines}


BY_NAME = {bare(name): code for code, names in _entries().items() for name in names}
LANGUAGES = {code: BUTTONS.get(code) or names[0].capitalize() for code, names in _entries().items()}
EVERY_TONGUE = (
    *SPOKEN,
    *(Choice(code, say("name", "{name}", name=n)) for code, n in LANGUAGES.items() if code not in BUTTONS),
)
LANGUAGES[OTHER.id] = "autre / other"


def tongues(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of the languages named in a text, and the words that name none."""
    words = bare(text).split()
    found: list[str] = []
    unknown: list[str] = []
    place = 0
    while place < len(words):
        size = next((n for n in (2, 1) if " ".join(words[place : place + n]) in BY_NAME), 0)
        if size:
            found.append(BY_NAME[" ".join(words[place : place + size])])
        elif words[place] not in FILLING:
            unknown.append(words[place])
        place += size or 1
    return tuple(dict.fromkeys(found)), tuple(unknown)
