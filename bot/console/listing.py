"""The list of the queue: its parts, its filters, what is late, and the next one for whoever asks."""

from collections.abc import Mapping
from urllib.parse import urlencode

from aiohttp import web

from bot.console import filtering, problems, queue_words, request, words
from bot.console.filtering import Asked
from bot.console.places import library_of
from bot.console.problems import Problem
from bot.console.visit import Visit
from dialogs.flows.referral.fields import LANGUAGES, OPTIONS
from services.people import desk_settings
from services.referrals import clock, filters, holding, next_one, queue
from services.referrals.filters import Wanted
from services.referrals.queue import Page, Part
from services.rights import Refused

MOST_DIGITS = 4  # of the number of a page
IN_PART: Mapping[str, Part] = {"waiting": "waiting", "held": "held", "late": "any", "ended": "ended"}


async def show_queue(visit: Visit) -> web.StreamResponse:
    """The queue: what waits, what is being worked on, what is late, what has ended; as far as it is asked for."""
    show = visit.request.query.get("show", "waiting")
    if show not in IN_PART:
        raise Problem(404, problems.SENTENCES[404])
    return await _page(visit, show)


async def show_keyboard(visit: Visit) -> web.StreamResponse:
    """How the queue is worked on without a mouse."""
    return await visit.page("keyboard.html", current="queue")


async def claim_next(visit: Visit) -> web.StreamResponse:
    """Take the next request that fits the filters, and whoever asks."""
    asked = filtering.asked_of(visit.form, library_of(visit))
    if asked.unknown:
        return await _page(visit, "waiting", asked, Problem(400, filtering.nothing_claimed(asked)))
    try:
        async with visit.house.database.begin() as tx:
            own = await desk_settings.own(tx, visit.house.keys, visit.member.id)
            found = await next_one.claim_next(
                tx, visit.member, own.languages, visit.at, _conditions(visit, asked.wanted)
            )
    except Refused as fault:
        return await _page(visit, "waiting", asked, problems.refused(fault.why))
    return visit.see("referral", done="claimed", id=found)


async def _page(
    visit: Visit, show: str, asked: Asked | None = None, problem: Problem | None = None
) -> web.StreamResponse:
    asked = asked or filtering.asked_of(visit.request.query, library_of(visit))
    wanted, (notice, tone) = asked.wanted, _notice(visit, asked, problem)
    number = _number(visit)
    async with visit.house.database.read() as tx:
        counts = await queue.counts(tx)
        behind = clock.late(visit.house.targets, visit.at) | holding.overdue(visit.at)
        late = await queue.count(tx, behind)
        past = await holding.past(tx, visit.at)
        mine = await queue.held_by(tx, visit.member.id)
        conditions = list(_conditions(visit, wanted))
        if show == "late":
            conditions.append(behind)
        adults, liaisons = [
            await queue.page(tx, IN_PART[show], number, minors=minors, wanted=conditions) for minors in (False, True)
        ]
    return await visit.page(
        "queue.html",
        problem.status if problem else 200,
        here=visit.path("queue"),
        show=show,
        parts=[(name, visit.in_words(text)) for name, text in queue_words.PARTS.items()],
        caption=visit.in_words(queue_words.CAPTIONS[show]),
        adults=adults.rows,
        liaisons=liaisons.rows,
        waits=_waits(visit, adults, liaisons),
        number=number,
        more=adults.more or liaisons.more,
        counts=counts,
        late=late,
        past=past,
        mine=mine,
        wanted=wanted,
        choices=_choices(visit),
        unknown=asked.unknown,
        address=lambda **other: _address(visit, asked, {"show": show, **other}),
        kept=asked.told,
        notice=notice,
        tone=tone,
    )


def _notice(visit: Visit, asked: Asked, problem: Problem | None) -> tuple[str, str]:
    """What is said above the list, and in which tone."""
    sentence = problem.sentence if problem else filtering.not_understood(asked) if asked.unknown else None
    if sentence is None:
        return visit.notice(request.DONE), ""
    return visit.in_words(sentence), "alert"


def _conditions(visit: Visit, wanted: Wanted) -> filters.Conditions:
    return filters.conditions(wanted, visit.member.id, visit.house.targets, visit.at)


def _waits(visit: Visit, *pages: Page) -> dict[str, clock.Told | None]:
    """What each request of the pages waits for."""
    return {row.id: clock.told(row.waits, visit.house.targets, visit.at) for page in pages for row in page.rows}


def _address(visit: Visit, asked: Asked, more: Mapping[str, object]) -> str:
    """The queue's address with the filters and whatever else is asked for."""
    told = {name: value for name, value in (asked.told | dict(more)).items() if value}
    return f"{visit.path('queue')}?{urlencode(told)}"


def _choices(visit: Visit) -> dict[str, list[tuple[str, str]]]:
    """The options of each filter, in words; languages by their names."""
    tables = {
        "urgency": words.URGENCY,
        "whose": queue_words.WHOSE,
        "waits": queue_words.WAITS,
        "group": queue_words.GROUP,
    }
    found = {name: [(value, visit.in_words(text)) for value, text in table.items()] for name, table in tables.items()}
    found["form"] = [(choice.id, visit.in_words(choice.label)) for choice in OPTIONS["forms"]]
    named = ((code, words.tongues(visit.language, [code])) for code in LANGUAGES)
    found["language"] = sorted(named, key=lambda pair: pair[1].casefold())
    return found


def _number(visit: Visit) -> int:
    """Which page of the queue is asked for, from 0."""
    asked = visit.request.query.get("page", "0")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS else 0
