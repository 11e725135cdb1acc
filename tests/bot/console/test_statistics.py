"""The yearly figures in the console: tables, charts, files, a page to print; and what is kept."""

import csv
import io
import json
from xml.etree import ElementTree as ET

from services.figures import statistics
from services.referrals import purposes
from services.referrals.consents import Agreed
from tests.bot.console.conftest import NOW

COUNTED = Agreed(b"s" * 32, "fr", "1", ("statistics",))
LATER = NOW + 400 * 86400


async def frozen(site, count: int = 30) -> None:
    forms = ("sexual", "labour", "begging")
    for number in range(count):
        referral = await site.submit(referrer="self", forms=(forms[number % 2],), gender="woman")
        async with site.database.begin() as tx:
            await purposes.give(tx, referral, COUNTED, site.clock())
    async with site.database.begin() as tx:
        await statistics.freeze(tx, statistics.year_of(NOW), LATER)


async def test_a_year_is_read_as_tables_charts_and_files(site):
    await frozen(site)
    auditor = await site.enter(await site.member("olga", "auditor"))
    page = await auditor.get("/statistics")
    year = statistics.year_of(NOW)
    for told in (f"Figures of {year}", "Requests counted: 30", "Form of exploitation", "Numbers under 11 are hidden"):
        assert told in page.text
    table = await auditor.get(f"/statistics/{year}/table.csv")
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert {"classification": "all", "count": "30"}.items() <= rows[0].items()
    told = json.loads((await auditor.get(f"/statistics/{year}/table.json")).text)
    ages = {row["category"]: row["count"] for row in rows if row["classification"] == "age" and not row["form"]}
    assert {name: "" if count is None else str(count) for name, count in told["one_way"]["age"].items()} == ages
    chart = await auditor.get(f"/statistics/{year}/form.svg")
    assert ET.fromstring(chart.text).tag.endswith("svg")
    assert "script" not in chart.text
    assert "sandbox" in chart.headers["Content-Security-Policy"]
    report = await auditor.get(f"/statistics/{year}/report")
    assert f"Yearly report {year}" in report.text


async def test_no_figure_is_shown_before_a_year_is_frozen_nor_of_another_year(site):
    auditor = await site.enter(await site.member("olga", "auditor"))
    assert "No year has been frozen yet" in (await auditor.get("/statistics")).text
    for path in ("/statistics/2020", "/statistics/20x0", "/statistics/2020/report", "/statistics/2020/nothing.svg"):
        assert (await auditor.get(path)).status == 404


async def test_a_supervisor_stops_a_deletion_with_a_reason_and_everybody_sees_what_is_kept(site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    referral = await site.submit(note="she likes to sing")
    await nadia.get(f"/requests/{referral}")
    page = await nadia.post(f"/requests/{referral}/stop-deletion", reason="")
    assert "Choose why the deletion is stopped." in page.text
    await nadia.get(f"/requests/{referral}")
    page = await nadia.post(f"/requests/{referral}/stop-deletion", reason="claim")
    assert "The deletion is stopped." in page.text
    assert "stopped the deletion of a request: A legal claim is under way" in page.text
    kept = await nadia.get("/kept")
    assert f'/requests/{referral}">{referral}</a>' in kept.text
    assert "90 days after its end, or until you take it back" in kept.text
    await nadia.get(f"/requests/{referral}")
    page = await nadia.post(f"/requests/{referral}/let-delete")
    assert "It will be deleted when it is due." in page.text
    assert referral not in (await nadia.get("/kept")).text
