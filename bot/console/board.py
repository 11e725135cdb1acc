"""The board's page: the numbers of this moment in tables that can be read aloud."""

from aiohttp import web

from bot.console import queue_words, words
from bot.console.visit import Visit
from dialogs.text import Text, say
from services.figures import board
from services.figures.board import Now, Took
from services.places import places
from services.referrals.targets import URGENCIES, Span

MOST_LANGUAGES = 12  # the others are fewer still
UNITS = {
    "min": say("console", "{count} min"),
    "h": say("console", "{count} h"),
    "day": say("console", "{count} days"),
    "working hour": say("console", "{count} working hours"),
    "working day": say("console", "{count} working days"),
}
ONE = {
    "day": say("console", "1 day"),
    "working hour": say("console", "1 working hour"),
    "working day": say("console", "1 working day"),
}


async def show(visit: Visit) -> web.StreamResponse:
    """All of it; it looks again by itself."""
    targets = visit.house.targets
    async with visit.house.database.read() as tx:
        found = await board.board(tx, targets, visit.at, visit.house.lately)
        capacity = places.totals(await places.board(tx, visit.house.keys), visit.at, visit.house.terms)
    now = [(urgency, found.now.get(urgency, Now())) for urgency in URGENCIES]
    return await visit.page(
        "board.html",
        told=True,
        board=found,
        capacity=capacity,
        now=now,
        most=max((one.waiting + one.held for _, one in now), default=0),
        spoken=found.languages[:MOST_LANGUAGES],
        took=[(name, [_took(visit, found.took.get((stage, name))) for stage in board.STEPS]) for name in URGENCIES],
        measured=[visit.in_words(queue_words.MEASURED[stage]) for stage in board.STEPS],
        aims=[
            (name, [visit.in_words(span(targets.spans[stage, name])) for stage in queue_words.AIMS])
            for name in URGENCIES
        ],
        aimed=[visit.in_words(text) for text in queue_words.AIMS.values()],
        late_with=sorted(found.late_with.items(), key=lambda pair: (-pair[1], pair[0] or 0)),
        tongues_of=lambda code: words.tongues(visit.language, [code]) if code else "",
    )


def span(target: Span) -> Text:
    """A target in words."""
    if target.count == 1 and target.unit in ONE:
        return ONE[target.unit]
    text = UNITS[target.unit]
    return Text(text.context, text.msgid, (("count", target.count),))


def _took(visit: Visit, took: Took | None) -> tuple[str, str, int] | None:
    """The middle and what nine in ten do not exceed, in words; of how many."""
    if took is None:
        return None
    said = [visit.in_words(words.duration(seconds)) for seconds in (took.median, took.most)]
    return (said[0], said[1], took.count)
