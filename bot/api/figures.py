"""The yearly figures as they were frozen, for the network's tools."""

from typing import Annotated

from aiohttp import web
from pydantic import Field

from bot.api.asked import Asked
from bot.api.bodies import Body
from bot.api.replying import answer
from services.figures import statistics

Count = Annotated[int | None, Field(description="At least 11; null where it is hidden.")]


class YearBody(Body):
    """What is shown of a year. `total` is null, and the tables are empty, where fewer than 11 are counted."""

    year: int
    frozen_at: Annotated[int, Field(description="Unix seconds.")]
    total: Count
    one_way: Annotated[dict[str, dict[str, Count]], Field(description="By classification and category.")]
    two_way: Annotated[
        dict[str, dict[str, dict[str, Count]]],
        Field(description="By classification, form and category."),
    ]
    smallest: int
    digest: Annotated[str, Field(description="Changes with any count; the coordination's record keeps it.")]


class FiguresBody(Body):
    """Every year that was frozen, newest first."""

    years: tuple[YearBody, ...]


async def figures(asked: Asked) -> web.Response:
    """Frozen years; nothing is counted anew."""
    async with asked.office.database.read() as tx:
        found = [await statistics.frozen(tx, year) for year in await statistics.years(tx)]
    return answer(FiguresBody(years=tuple(YearBody(**statistics.told(one)) for one in found if one is not None)))
