"""The network's capacity in numbers: by region and for whom, of all partners together; no house, no partner."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from aiohttp import web

from bot.api.asked import Asked
from bot.api.bodies import PlacesBody, PlacesHere
from bot.api.replying import answer
from services.places import places
from services.places.capacity import WHO, Capacity, Terms

SEVERAL = "several regions"


async def capacity(asked: Asked) -> web.Response:
    """How many places are free, held, and how many groups nobody has confirmed for long."""
    office = asked.office
    async with office.database.read() as tx:
        board = await places.board(tx, office.keys)
    regions = {code: name for name, codes in office.said().library.anonymity.regions.items() for code in codes}
    day = datetime.fromtimestamp(asked.at, UTC).date()
    return answer(PlacesBody(day=day, places=tuple(_by_zone(board, regions, asked.at, office.terms))))


def _by_zone(board: Iterable[Capacity], regions: Mapping[str, str], at: int, terms: Terms) -> Iterable[PlacesHere]:
    groups: dict[tuple[str, str], list[Capacity]] = {}
    for one in board:
        for who in one.details.kinds:
            if who in WHO:
                groups.setdefault((_zone(one, regions), who), []).append(one)
    for (zone, who), found in sorted(groups.items()):
        told = places.totals(found, at, terms)
        yield PlacesHere(zone=zone, who=who, free=told.free, held=told.held, faded=told.faded, unsure=told.unsure)


def _zone(one: Capacity, regions: Mapping[str, str]) -> str:
    names = {regions.get(code, SEVERAL) for code in one.details.departments}
    return names.pop() if len(names) == 1 else SEVERAL
