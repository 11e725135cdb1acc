"""Départements out of what people write: numbers, names, or towns that everybody knows."""

import unicodedata
from collections.abc import Mapping
from functools import cache

TOWNS = """
01 bourg-en-bresse oyonnax|02 laon saint-quentin soissons|03 moulins vichy montluçon|04 digne manosque|05 gap briançon
06 nice cannes antibes grasse menton|07 privas annonay|08 charleville-mézières sedan|09 foix pamiers|10 troyes
11 carcassonne narbonne|12 rodez millau|13 marseille aix-en-provence arles martigues aubagne|14 caen lisieux|15 aurillac
16 angoulême cognac|17 la-rochelle saintes rochefort|18 bourges vierzon|19 tulle brive|2A ajaccio porto-vecchio|2B bastia corte
21 dijon beaune|22 saint-brieuc lannion|23 guéret|24 périgueux bergerac|25 besançon montbéliard|26 valence montélimar
27 évreux vernon|28 chartres dreux|29 quimper brest|30 nîmes alès|31 toulouse|32 auch|33 bordeaux arcachon libourne
34 montpellier béziers sète|35 rennes saint-malo|36 châteauroux|37 tours|38 grenoble bourgoin-jallieu|39 lons-le-saunier dole
40 mont-de-marsan dax|41 blois|42 saint-étienne roanne|43 le-puy-en-velay|44 nantes saint-nazaire|45 orléans montargis
46 cahors figeac|47 agen villeneuve-sur-lot marmande|48 mende|49 angers cholet saumur|50 saint-lô cherbourg|51 châlons reims épernay
52 chaumont|53 laval|54 nancy|55 bar-le-duc verdun|56 vannes lorient|57 metz thionville|58 nevers|59 lille roubaix tourcoing dunkerque douai
60 beauvais compiègne creil|61 alençon|62 arras calais boulogne-sur-mer lens|63 clermont-ferrand|64 pau bayonne biarritz|65 tarbes lourdes
66 perpignan|67 strasbourg|68 colmar mulhouse|69 lyon villeurbanne vénissieux|70 vesoul|71 mâcon chalon-sur-saône|72 le-mans
73 chambéry|74 annecy annemasse|75 paris|76 rouen le-havre dieppe|77 melun meaux|78 versailles mantes-la-jolie|79 niort
80 amiens|81 albi castres|82 montauban|83 toulon fréjus draguignan hyères|84 avignon carpentras cavaillon orange|85 la-roche-sur-yon
86 poitiers|87 limoges|88 épinal|89 auxerre sens|90 belfort|91 évry massy|92 nanterre boulogne-billancourt
93 bobigny saint-denis montreuil aubervilliers aulnay-sous-bois|94 créteil vitry ivry|95 pontoise cergy argenteuil sarcelles
971 pointe-à-pitre basse-terre|972 fort-de-france|973 cayenne kourou|974 saint-pierre le-tampon|976 mamoudzou
"""
ARABIC = {
    "باريس": "75", "مرسيليا": "13", "ليون": "69", "نيس": "06", "تولوز": "31", "بوردو": "33", "ليل": "59",
    "ستراسبورغ": "67", "نانت": "44", "مونبلييه": "34", "غرونوبل": "38", "افينيون": "84", "بربينيان": "66",
}  # fmt: skip
TOWNS_BY_NAME: Mapping[str, str] = {
    town: code
    for code, *towns in (entry.split() for entry in TOWNS.replace("\n", "|").split("|") if entry)
    for town in towns
} | ARABIC
WITH_QUARTERS = ("75", "69", "13")  # "Paris 13e" is a quarter of Paris
LONGEST = 6  # words of a name
NOT = frozenset(("pas", "not", "no", "sauf", "except", "ni", "ليس"))


def plain(text: str) -> str:
    """Lower case, figures as figures, without accents, dashes and spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in decomposed if c.isalnum())


def _towns() -> dict[str, str]:
    return {plain(town): code for town, code in TOWNS_BY_NAME.items()}


@cache
def _codes(departments: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """The code of every number, name and town as `plain` writes it: made once for a library."""
    names = {plain(name): code for code, name in departments}
    return _towns() | names | {plain(code): code for code, _ in departments}


def _code(codes: Mapping[str, str], text: str) -> str | None:
    wanted = plain(text)
    return codes.get(wanted.zfill(2)) or codes.get(wanted)


def departments_in(departments: Mapping[str, str], text: str) -> tuple[str, ...]:
    """The codes named in a text, each once, in its order."""
    codes = _codes(tuple(departments.items()))
    whole = _code(codes, text)
    if whole:
        return (whole,)
    words = _words(text)
    found: list[str] = []
    place = 0
    while place < len(words):
        code, size = _longest(codes, words[place:])
        if code and not (found and _quarter(words[place:], found[-1])):
            found.append(code)
        place += size or 1
    return tuple(dict.fromkeys(found))


def denied(text: str) -> bool:
    """Whether a text says where somebody is not."""
    return not NOT.isdisjoint(_words(text))


def _words(text: str) -> list[str]:
    spaced = "".join(c if c.isalnum() or unicodedata.category(c) == "Mn" else " " for c in text.casefold())
    return spaced.split()


def _longest(codes: Mapping[str, str], words: list[str]) -> tuple[str | None, int]:
    for size in range(min(LONGEST, len(words)), 0, -1):
        if code := _code(codes, " ".join(words[:size])):
            return code, size
    return None, 0


def _quarter(words: list[str], town: str) -> bool:
    numbered = len(words) > 1 and words[0].isdecimal() and words[1] in ("e", "er", "eme", "ème", "arrondissement")
    return town in WITH_QUARTERS and numbered
