"""Six large parts of France for figures, each made of whole regions: coarse, so that a number points to nobody.

Which département lies in which region: Code officiel géographique. The grouping of regions is our own.
"""

from collections.abc import Mapping

_REGIONS: Mapping[str, str] = {
    "ile_de_france": "75 77 78 91 92 93 94 95",
    # Bretagne, Normandie, Pays de la Loire, Centre-Val de Loire
    "north_west": "22 29 35 56  14 27 50 61 76  44 49 53 72 85  18 28 36 37 41 45",
    # Hauts-de-France, Grand Est, Bourgogne-Franche-Comté
    "north_east": "02 59 60 62 80  08 10 51 52 54 55 57 67 68 88  21 25 39 58 70 71 89 90",
    # Nouvelle-Aquitaine, Occitanie
    "south_west": "16 17 19 23 24 33 40 47 64 79 86 87  09 11 12 30 31 32 34 46 48 65 66 81 82",
    # Auvergne-Rhône-Alpes, Provence-Alpes-Côte d'Azur, Corse
    "south_east": "01 03 07 15 26 38 42 43 63 69 73 74  04 05 06 13 83 84  2A 2B",
    "overseas": "971 972 973 974 976",
}
ZONES = tuple(_REGIONS)
ZONE_OF: Mapping[str, str] = {code: zone for zone, codes in _REGIONS.items() for code in codes.split()}
