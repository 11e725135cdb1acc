"""What in a coordinator's words tells where somebody is to go, by what, or when: it never passes through a receipt.

Names of towns, départements and regions, houses, vehicles, days and hours. Too much is found rather than too little:
who writes sees each piece, and may send it after reading it again.
"""

import re
from collections.abc import Iterator
from functools import cache

from bot.console.as_written import AsWritten
from dialogs.flows.referral.places import LONGEST, plain
from dialogs.library import Library
from nlu.legible import legible, unmarked

WORD = re.compile(r"[^\W_]+")
# Names that are also words: found with a capital alone.
WORDS_TOO = frozenset((
    "gap", "nice", "sedan", "digne", "tours", "sens", "dole", "lens", "auch", "grasse", "menton", "moulins",
    "corte", "lot", "nord", "manche", "creuse", "vienne", "eure", "var", "gard", "aube", "somme", "orne",
    "landes", "loire", "indre", "lareunion", "reunion", "mende", "laval",
))  # fmt: skip
GREETING = re.compile(r"(?<!\ble )(?<!\bdu )\bcher\b", re.I)
IN_THE_WORD = "بلو"  # Arabic writes "in", "to" and "and" with the name in one word
DAYS = (
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    "lunes|martes|miércoles|miercoles|jueves|viernes|sábado|sabado|domingo|"
    "الاثنين|الإثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة|السبت|الأحد|الاحد"
)
MONTHS = (
    "janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre|january|february|march|"
    "april|may|june|july|august|september|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto|"
    "septiembre|octubre|noviembre|diciembre"
)
# Bengali letters lose some of their signs to `legible`, so what is looked for is read by it too (as_written.py).
BENGALI_DAYS = "সোমবার|মঙ্গলবার|বুধবার|বৃহস্পতিবার|শুক্রবার|শনিবার|রবিবার"
BENGALI_MONTHS = "জানুয়ারি|ফেব্রুয়ারি|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর"
BENGALI_HOURS = "ভোর|সকাল|দুপুর|বিকেল|বিকাল|সন্ধ্যা|রাত"
BENGALI_WAYS = "ট্রেন|স্টেশন|বিমানবন্দর|ট্যাক্সি|হোটেল|আশ্রয়কেন্দ্র|গির্জা|টাউন হল"
ARABIC_MONTHS = (
    "يناير|فبراير|مارس|أبريل|ابريل|أفريل|مايو|يونيو|يوليو|"
    "أغسطس|اغسطس|سبتمبر|أكتوبر|اكتوبر|نوفمبر|ديسمبر|جانفي|فيفري|جوان|جويلية"
)
ARABIC_HOURS = "الواحدة|الثانية|الثالثة|الرابعة|الخامسة|السادسة|السابعة|الثامنة|التاسعة|العاشرة"
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
IN_WORDS = "une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze"
BY_SHAPE = (
    re.compile(rf"\b(?:{DAYS})\b", re.I),
    re.compile(rf"\b(?:\d{{1,2}}(?:er|st|nd|rd|th)?(?: de| of)? (?:{MONTHS})|(?:{MONTHS}) \d{{1,2}})\b", re.I),
    re.compile(r"(?<![\d/])(?!7/7\b)(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?!\d|/\d{5})(?:/\d{2,4})?"),
    re.compile(
        rf"\b(?:{IN_WORDS}) heures?\b|\b(?:midi|minuit|noon|midnight|mediod[íi]a|medianoche)\b|o['’]clock\b", re.I
    ),
    re.compile(
        r"\b(?:taxis?|vtc|uber|voitures?|v[ée]hicules?|camionnette|chauffeur|coche|furgoneta|minibus)\b|"
        r"\b(?:a|the|our|your|by) car\b|سيارة|تاكسي",
        re.I,
    ),
    re.compile(
        r"\b(?:foyers?|chrs|h[ôo]tels?|auberges?|hostels?|shelters?|hostal|albergue|mairie|[ée]glise|town hall|church|"
        r"ayuntamiento|iglesia)\b|فندق|مأوى|كنيسة|بلدية",
        re.I,
    ),
    re.compile(
        r"(?<!\d)(?:[01]?\d|2[0-3])\s?(?:h\s?[0-5]\d|h(?!\w)|:\s?[0-5]\d|heures?\b|[ap]\.?m\b)(?!\s?/\s?\d)", re.I
    ),
    re.compile(r"\((?:\d{2}|2[AB]|97\d)\)|(?<=\bdans le )(?:\d{2}|2[AB]|97\d)\b", re.I),
    re.compile(
        r"\b(?:(?<!en )trains?|(?<=en )train(?!\s+d(?:e\b|['’]))|trenes|tren)\b|"
        r"\b(?:gare|tgv|quai|a[ée]roport|m[ée]tro|tram(?:way)?|bus|autobus|autocar|"
        r"flixbus|blablacar|covoiturage|(?:train|bus|railway) station|airport|estaci[óo]n|aeropuerto)\b|"
        r"محطة|قطار|مطار|حافلة",
        re.I,
    ),
    re.compile(rf"\d{{1,2}}\s*(?:{ARABIC_MONTHS})|الساعة\s*(?:\d{{1,2}}|{ARABIC_HOURS})"),
    # Chinese: `一周一次` is once a week, `一点` a little.
    re.compile(
        r"(?:星期|礼拜)[一二三四五六日天]|(?<!一)周[一二三四五六日天](?!次)|\d{1,2}月\d{1,2}[日号]|"
        r"(?:凌晨|早上|上午|中午|下午|晚上)\s*(?:\d{1,2}|[一二两三四五六七八九十]{1,2})[点时]|\d{1,2}点"
    ),
    re.compile(r"火车站|车站|火车|高铁|地铁|公交|巴士|大巴|出租车|汽车|机场|旅馆|酒店|宾馆|教堂|市政厅|收容所|庇护所"),
    re.compile(
        rf"{legible(BENGALI_DAYS)}|{legible(BENGALI_WAYS)}|(?<![\u0980-\u09ff])বাসে?(?![\u0980-\u09ff])|"
        rf"\d{{1,2}}\s*(?:ই|শে)?\s*(?:{legible(BENGALI_MONTHS)})(?![\u0980-\u09ff])|"
        rf"(?:{legible(BENGALI_HOURS)})\s*\d{{1,2}}\s*টা"
    ),
)

# "Tomorrow" tells of no journey by itself: an answer comes tomorrow too. Beside a place, an hour or a journey it does.
SOON = re.compile(
    r"\b(?:(?:apr[èe]s-)?demain|aujourd['’]hui|ce (?:soir|matin)|cette nuit|cet apr[èe]s-midi|today|tonight|tomorrow|"
    r"this (?:morning|afternoon|evening)|hoy|(?:pasado |esta )?ma[ñn]ana|esta (?:tarde|noche)|"
    r"غدا|بعد غد|اليوم|الليلة|هذا المساء)\b|明[天早晚]|后天|今[天早晚夜]|"
    rf"(?<![\u0980-\u09ff])(?:{legible('আগামী ?কাল|আজ রাতে|আজকে?|কালকে?|পরশু')})(?![\u0980-\u09ff])",
    re.I,
)
JOURNEY = re.compile(
    r"\b(?:(?:on|il|elle|ils|elles) part(?:ent)?|"
    r"part(?:ez|ir|irez|ons|irons)|d[ée]parts?|ven(?:ez|ir)|vien(?:t|s|nent|dr\w+)|chercher|arriv\w+|voyag\w+|trajets?|"
    r"rendez-vous|rdv|rejoin\w+|retrouv\w+|leav(?:e|ing)|depart\w*|com(?:e|ing)(?! back)|pick(?:ed|s|ing)?(?: you)? up|"
    r"travel\w*|trips?|journeys?|meet\w*|fetch\w*|salir|sales|saldr\w+|salida|venir|vengan?|vendr\w+|viaj\w+|recog\w+|"
    r"lleg(?:a|as|ar|ará\w*|amos)|cita|traslad\w+|سفر|السفر|تسافر\w*|نلتقي|موعد\w*|الموعد|تصل\w*|س?نأخذك|تغادر\w*|"
    r"المغادرة|رحلة|الرحلة|ننتظرك|تعال\w*)\b|出发|动身|接[你您]|来接|(?<!过)去|到达|见面|旅行|行程|等[你您]|"
    rf"{legible('রওনা|যাত্রা|আসবেন|যাবেন|নিতে আসব|দেখা করব|পৌঁছ|ভ্রমণ')}",
    re.I,
)


def told(library: Library, text: str) -> tuple[str, ...]:
    """The pieces of a text that tell where, by what or when, in its order, each once, as its reader sees them."""
    written = AsWritten(text)
    text = written.seen
    found = [*_named(library, text), *_shaped(text, *BY_SHAPE)]
    if found or JOURNEY.search(text):
        found += _shaped(text, SOON)
    return tuple(dict.fromkeys(written.piece(start, end) for start, end in sorted(found)))


def _shaped(text: str, *shapes: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    return (m.span() for read in (text, unmarked(text)) for shape in shapes for m in shape.finditer(read))


def _named(library: Library, text: str) -> Iterator[tuple[int, int]]:
    """Where each name begins and ends; the longest that begins there."""
    names = _names((*library.departments.values(), *library.anonymity.regions, *library.towns))
    yield from (one.span() for one in _run_together(names).finditer(text))
    words, place = list(WORD.finditer(GREETING.sub(lambda m: " " * len(m[0]), text))), 0
    while place < len(words):
        size = next((n for n in range(LONGEST, 0, -1) if _is(names, text, words[place : place + n])), 0)
        if size:
            yield words[place].start(), words[min(place + size, len(words)) - 1].end()
        place += size or 1


def _is(names: frozenset[str], text: str, words: list[re.Match[str]]) -> bool:
    written = text[words[0].start() : words[-1].end()]
    name = plain(written)
    if name in WORDS_TOO and not words[-1][0][0].isupper():
        return False
    return name in names or (written[0] in IN_THE_WORD and name[1:] in names)


@cache
def _run_together(names: frozenset[str]) -> re.Pattern[str]:
    """Names in Chinese signs, which no space sets apart from other words; the longest first."""
    return re.compile("|".join(sorted(filter(HAN.fullmatch, names), key=len, reverse=True)) or r"(?!)")


@cache
def _names(listed: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(plain, listed))
