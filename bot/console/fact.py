"""One fact or number: what the chat and the file say, in every language, its history, and the forms to change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console import content_words as told
from bot.console import problems
from bot.console.facts import states
from bot.console.preview import shown
from bot.console.problems import Problem
from bot.console.visit import Visit
from dialogs.editing import Wrong, present, statuses
from dialogs.edits import WORDED, Entry, Standing, entries
from dialogs.evidence import addresses
from dialogs.library import day_of
from dialogs.topic import Fact
from locales.catalog import SOURCE
from services import edits
from services.edits import Made

LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a language says of one key of an entry. `left`: these are the words of an older sentence."""

    language: str
    own_name: str
    direction: str
    key: str
    words: str
    left: bool = False

    @property
    def field(self) -> str:
        """The name of its field in the form."""
        return f"{self.key}_{self.language}"


async def show(visit: Visit) -> web.StreamResponse:
    """A fact's or number's page."""
    return await page(visit, standing(visit), notice=visit.notice(told.DONE))


async def preview(visit: Visit) -> web.StreamResponse:
    """The page as the chat shows it, in one language; beside it as it would be with a proposal."""
    stands, edited = standing(visit), visit.house.edited
    language = visit.request.query.get("in", "")
    language = language if language in edited.content.catalog.names else visit.language
    async with visit.house.database.read() as tx:
        proposed = next((m for m in await edits.history(tx, stands.entry.key) if m.state == "waiting"), None)
    screens = [shown(edited.content, stands.entry, language, visit.at)]
    if proposed:
        screens.append(shown(edited.with_proposed(proposed.edit), stands.entry, language, visit.at))
    return await visit.page(
        "preview.html",
        current="facts",
        stands=stands,
        screens=screens,
        spoken=language,
        tongues_offered=edited.content.catalog.names,
    )


def standing(visit: Visit) -> Standing:
    """The entry that the address names. Raises Problem (404)."""
    found = visit.house.edited.standing(visit.request.match_info["key"])
    if found is None:
        raise Problem(404, problems.SENTENCES[404])
    return found


def number(visit: Visit) -> int:
    """The edit that the address names. Raises Problem (404)."""
    text = visit.request.match_info["edit"]
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= LARGEST_NUMBER):
        raise Problem(404, problems.SENTENCES[404])
    return int(text)


async def page(
    visit: Visit,
    stands: Standing,
    status: int = 200,
    *,
    notice: str = "",
    tone: str = "",
    wrong: Sequence[Wrong] = (),
    typed: Mapping[str, str] | None = None,
) -> web.Response:
    """An entry's page. `wrong`: what is wrong with what was `typed`, which stays in the form."""
    await visit.house.edited.look()
    async with visit.house.database.read() as tx:
        made = await edits.history(tx, stands.entry.key)
        alone = await edits.may_hide_alone(tx, visit.member, stands.entry.key, visit.at)
    stands = visit.house.edited.standing_after(stands.entry.key, edits.accepted(made)) or stands  # as `seen` says
    return await visit.page(
        "fact.html",
        status,
        here=visit.path("fact", key=stands.entry.key),
        current="facts",
        told=True,
        notice=notice,
        tone=tone,
        stands=stands,
        marks=_marks(visit, stands, made),
        flag=told.FLAG[stands.flag] if stands.flag else None,
        links=tuple(addresses(stands.now["source"])),
        fields=tuple(stands.now),
        spoken=spoken(visit, stands),
        made=made,
        waiting=next((one for one in made if one.state == "waiting"), None),
        undoable=edits.undoable(made),
        seen=edits.seen(made),
        alone=alone,
        today=day_of(visit.at).isoformat(),
        statuses=told.table(told.STATUS, statuses(stands.entry)),
        wrong=[(_field(one), told.wrong(one), one.language) for one in wrong],
        typed=typed,
        word=told,
        own_names=visit.house.edited.content.catalog.names,
        reader=visit.language,
        register=_register(stands.entry),
    )


def spoken(visit: Visit, stands: Standing) -> list[Spoken]:
    """What each other language says of the entry now; empty words where it has none."""
    catalog = visit.house.edited.content.catalog
    found = []
    for language, own_name in catalog.names.items():
        for key in (key for key in WORDED if key in stands.now and language != SOURCE):
            one = present(stands, language, key, catalog.found)
            left = one is not None and one.of != stands.now[key]
            side = catalog.direction(language)
            found.append(Spoken(language, own_name, side, key, one.words if one else "", left))
    return found


def _marks(visit: Visit, stands: Standing, made: Sequence[Made]) -> list[tuple[str, str]]:
    now = entries(visit.house.edited.content.library)[stands.entry.key]
    waits = any(one.state == "waiting" for one in made)
    found = states(now, stands, day_of(visit.at), waits=waits)
    return [(state, visit.in_words(told.STATES[state])) for state in found]


def _field(one: Wrong) -> str:
    return f"{one.key}_{one.language}" if one.language else one.key


def _register(entry: Entry) -> str:
    return entry.source.register if isinstance(entry.source, Fact) else ""
