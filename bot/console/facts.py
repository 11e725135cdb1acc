"""What the chat says, as a list to look through; and what waits for a second editor."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from bot import press
from bot.console import content_words as told
from bot.console.visit import Visit
from dialogs.editing import present
from dialogs.edits import NUMBERS, WORDED, Entry, Standing, Values, entries
from dialogs.evidence import SECONDARY, addresses
from dialogs.library import day_of
from dialogs.typed import bare
from services import edits

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the list shows it: `entry` as it is said now, the age of its check in days, what is to be said.

    `read`: its words in the language of whoever looks, where there are any.
    """

    entry: Entry
    stands: Standing
    read: Values
    age: int
    states: tuple[str, ...]
    links: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """What it says, to whoever looks."""
        return _line(self.read)

    @property
    def all_words(self) -> str:
        """By what it is found: id, what it says in English and to whoever looks, source."""
        return f"{self.entry.key} {_line(self.stands.now)} {self.words} {self.stands.now['source']}"


async def show_facts(visit: Visit) -> web.StreamResponse:
    """Every fact and number, or those that are looked for, fifty at a time."""
    asked = {name: visit.request.query.get(name, "") for name in ("topic", "status", "state", "words")}
    async with visit.house.database.read() as tx:
        waiting = {made.edit.key for made in await edits.waiting(tx)}
    every = list(rows(visit, waiting))
    found = [row for row in every if _fits(row, asked)]
    first = _number(visit.request.query.get("from", ""))
    translate = visit.house.pages.translate
    return await visit.page(
        "facts.html",
        rows=found[first : first + PAGE],
        first=first,
        found=len(found),
        before=max(0, first - PAGE) if first else None,
        after=first + PAGE if len(found) > first + PAGE else None,
        asked=asked,
        topics=_topics(visit),
        counts=[(state, said, sum(state in row.states for row in every)) for state, said in told.STATES.items()],
        states={state: translate(visit.language, said) for state, said in told.STATES.items()},
        statuses=tuple(told.STATUS),
    )


async def show_changes(visit: Visit) -> web.StreamResponse:
    """What waits for a second editor."""
    async with visit.house.database.read() as tx:
        waiting = await edits.waiting(tx)
    known = visit.house.edited.entries
    return await visit.page("changes.html", changes=[made for made in waiting if made.edit.key in known], word=told)


def rows(visit: Visit, waiting: set[str]) -> Iterator[Row]:
    """Every entry, in the order of the files."""
    edited, today = visit.house.edited, day_of(visit.at)
    for key, now in entries(edited.content.library).items():
        if stands := edited.standing(key):
            age = (today - date.fromisoformat(stands.now["checked_on"])).days
            links = tuple(addresses(stands.now["source"]))
            marks = tuple(states(now, stands, today, waits=key in waiting))
            yield Row(now, stands, _read(visit, stands), age, marks, links)


def _read(visit: Visit, stands: Standing) -> Values:
    """The values with the words of the language in which somebody looks; the English ones where it has none."""
    found = visit.house.edited.content.catalog.found
    own = {key: present(stands, visit.language, key, found) for key in WORDED if key in stands.now}
    return {**stands.now, **{key: one.words for key, one in own.items() if one}}


def _line(values: Values) -> str:
    if "text" in values:
        return values["text"]
    return ": ".join(filter(None, (values["number"], values["name"], values["note"])))


def states(now: Entry, stands: Standing, today: date, *, waits: bool) -> Iterator[str]:
    """What is to be said of an entry: ids of content_words.STATES."""
    if stands.hidden:
        yield "hidden"
    if now.source.status not in ("V1", "V2"):
        yield "unverified"
    elif now.source.stale_on(today):
        yield "stale"
    if now.source.status == SECONDARY and press.named_in(stands.now["source"]):
        yield "press"
    if waits:
        yield "waiting"
    if stands.edited and stands.flag != "in_file":
        yield "edited"
    if stands.flag in ("file_changed", "lapsed"):
        yield "review"
    if any(one.of != stands.now.get(name) for said in stands.said.values() for name, one in said.items()):
        yield "translation"


def _fits(row: Row, asked: dict[str, str]) -> bool:
    topic = row.entry.topic.id if row.entry.topic else NUMBERS
    return (
        asked["topic"] in ("", topic)
        and asked["status"] in ("", row.stands.now["status"])
        and (not asked["state"] or asked["state"] in row.states)
        and bare(asked["words"]) in bare(row.all_words)
    )


def _topics(visit: Visit) -> list[tuple[str, str]]:
    catalog, library = visit.house.edited.content.catalog, visit.house.edited.files.library
    named = [(topic.id, catalog.translate(visit.language, topic.title)) for topic in library.topics.values()]
    return [*named, (NUMBERS, visit.in_words(told.NUMBERS))]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
