"""The yearly figures through the API: what was frozen, and nothing that is hidden."""

from datetime import UTC, datetime

from services.figures import statistics
from services.figures.suppression import SMALLEST
from tests.bot.stage import AT


async def test_a_tool_reads_frozen_years_and_no_small_number(site):
    tool = await site.tool("statistics:read")
    assert (await tool.ask("GET", "/statistics")).told == {"years": []}
    async with site.database.begin() as tx:
        made = await statistics.freeze(tx, datetime.fromtimestamp(AT, UTC).year - 1, AT)
    (year,) = (await tool.ask("GET", "/statistics")).told["years"]
    assert (year["year"], year["total"], year["smallest"]) == (made.year, None, SMALLEST)
    assert year["digest"] == made.digest


async def test_another_scope_reads_no_figures(site):
    tool = await site.tool("places:read")
    assert (await tool.ask("GET", "/statistics")).status == 403
