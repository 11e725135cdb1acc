"""Which sources are the press: newspapers, trade and legal magazines, news agencies."""

import re

PRESS = frozenset(
    ("actu-juridique.fr", "afp", "ash.tm.fr", "brusselstimes.com", "cyprus-mail.com",
     "diarioenpositivo.com", "direct.lemondedudroit.fr", "evangelicalfocus.com", "informations.handicap.fr",
     "lasexta.com", "madinin-art.net", "notasdeprensa.es", "presse", "seronet", "yenisafak.com")
)  # fmt: skip
_APART = re.compile(r'[\s;,()"]+')


def named_in(source: str) -> tuple[str, ...]:
    """The press that a source names, in small letters."""
    return tuple(name for name in _APART.split(source.casefold()) if name in PRESS)
