"""How a dated fact is said: as certain or as perhaps changed, with its source and day, and where it can be read."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from dialogs.screen import Choice
from dialogs.text import Text, say
from dialogs.topic import Fact, Teller

TELLS: dict[Teller, Text] = {
    "lawyer": say("information", "A lawyer or a support association can tell what applies now."),
    "association": say("information", "A support association can tell what applies now."),
    "service": say("information", "The service itself can tell what applies now."),
    "coordination": say("information", "The coordination can tell what applies now."),
}
UNDER_CHECK = say("information", "A part of this page is being checked.")
CHANGED = say("information", "This has changed. It is not translated yet.")
SECONDARY = "V2"  # read on somebody else's page: press, association, law firm, copy
MOST_LINKS = 6  # a screen full of links hides the ways on
LEGIFRANCE = "https://www.legifrance.gouv.fr"
CODES = {
    "Code pénal": f"{LEGIFRANCE}/codes/texte_lc/LEGITEXT000006070719",
    "Code civil": f"{LEGIFRANCE}/codes/texte_lc/LEGITEXT000006070721",
    "CESEDA": f"{LEGIFRANCE}/codes/texte_lc/LEGITEXT000006070158",
}
_ARTICLE = re.compile(r"\bLEGIARTI\d{12}\b")
_GAZETTE = re.compile(r"\bJORFTEXT\d{12}\b")
_CELEX = re.compile(r"\b[1-9]\d{4}[A-Z]\d{4}\b")
_SITE = re.compile(
    r"(?<![\w@./-])(?:https?://)?((?:[a-z0-9-]+\.)+(?:fr|org|net|com|eu|int|info|es|it)\b(?:/[\w/.~%-]*\w)?)",
    re.ASCII,
)

_PUBLIC = re.compile(r"https://(?:[a-z0-9.-]+\.)?(?:gouv\.fr|europa\.eu|service-public\.fr)(?:/|$)")


def body(facts: tuple[Fact, ...], day: date, teller: Teller, *, professional: bool) -> tuple[Text, ...]:
    """The facts as they stand on a day; after a stale one, who can tell.

    A professional sees the source behind each, others the day of the oldest check.
    """
    if not facts:
        return ()
    text = tuple(_cited(fact, day) if professional else _told(fact, day) for fact in facts)
    if any(fact.stale_on(day) for fact in facts):
        return (*text, TELLS[teller])
    return text if professional else (*text, _checked(facts))


def cited(source: str, day: str, status: str = "") -> Text:
    """A source, and the day on which it was read (YYYY-MM-DD); of a secondary one (V2) that is said."""
    if status == SECONDARY:
        return say("information", "{source}. Read on {day}, in a secondary source.", source=source, day=day)
    return say("information", "{source}. Read on {day}.", source=source, day=day)


def sources(facts: tuple[Fact, ...]) -> tuple[Text, ...]:
    """Each source with the day on which it was read, once."""
    return tuple(cited(*read) for read in dict.fromkeys((fact.source, fact.checked_on, fact.status) for fact in facts))


def links(facts: tuple[Fact, ...], *, professional: bool) -> tuple[Choice, ...]:
    """Buttons that open the sources that are on the web, each once; for a person, those of public bodies only.

    What was read were copies: who holds another address today, nobody has looked.
    """
    places = {url: name for fact in facts for name, url in addresses(fact.source)}
    opened = [(url, name) for url, name in places.items() if professional or _PUBLIC.match(url)]
    return tuple(
        Choice(f"open-{number}", say("information", "Open: {place}", place=name), url=url, role="link")
        for number, (url, name) in enumerate(opened[:MOST_LINKS], 1)
    )


def addresses(source: str) -> Iterator[tuple[str, str]]:
    """What a source names that is on the web: what it is called, and its address."""
    for part in source.split(";"):
        yield from _places(part)


def withheld(teller: Teller) -> tuple[Text, ...]:
    """What stands where an editor took the first answer out of sight."""
    return (UNDER_CHECK, TELLS[teller])


def perhaps(text: Text, day: str) -> Text:
    """A sentence that was checked on a day (YYYY-MM-DD), and may be true no more."""
    return say("information", "{fact} This may have changed since {day}.", fact=text, day=day)


def untranslated(old: Text, day: str, teller: Teller | None, *, wrong: bool) -> Text:
    """What a language says of a fact that was corrected, and not yet in this language.

    The `old` words, checked on a day, never as certain; nothing of them where they are `wrong`. Then who can tell.
    """
    told = CHANGED if wrong else perhaps(old, day)
    return say("information", "{told} {teller}", told=told, teller=TELLS[teller]) if teller else told


def _told(fact: Fact, day: date) -> Text:
    text = _in_time(fact)
    return perhaps(text, fact.checked_on) if fact.stale_on(day) else text


def _cited(fact: Fact, day: date) -> Text:
    values: dict[str, str | Text] = {"fact": _in_time(fact), "source": fact.source, "day": fact.checked_on}
    stale, secondary = fact.stale_on(day), fact.status == SECONDARY
    if stale and secondary:
        return say(
            "information", "{fact} [{source}; read on {day} in a secondary source: it may have changed since]", **values
        )
    if stale:
        return say("information", "{fact} [{source}; read on {day}: it may have changed since]", **values)
    if secondary:
        return say("information", "{fact} [{source}; read on {day} in a secondary source]", **values)
    return say("information", "{fact} [{source}; read on {day}]", **values)


def _in_time(fact: Fact) -> Text:
    return say("information", "This is history: {fact}", fact=fact.text) if fact.historical else fact.text


def _checked(facts: Iterable[Fact]) -> Text:
    return say("information", "Checked on {day}.", day=min(fact.checked_on for fact in facts))


def _places(source: str) -> Iterator[tuple[str, str]]:
    """What one citation names that can be opened: what it is called, and its address."""
    if article := _ARTICLE.search(source):
        yield source.partition(" (")[0].strip(), f"{LEGIFRANCE}/codes/article_lc/{article[0]}"
    elif gazette := _GAZETTE.search(source):
        yield gazette[0], f"{LEGIFRANCE}/jorf/id/{gazette[0]}"
    elif "EUR-Lex" in source and (celex := _CELEX.search(source)):
        yield f"EUR-Lex {celex[0]}", f"https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:{celex[0]}"
    else:
        yield from ((f"Légifrance, {code}", url) for code, url in CODES.items() if code in source)
        yield from ((site[1].partition("/")[0], f"https://{site[1]}") for site in _SITE.finditer(source))
