"""The yearly figures: tables and charts, files for machines, and a report to print."""

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from aiohttp import web

from bot.console import problems, statistics_words, words
from bot.console.problems import Problem
from bot.console.visit import Visit
from dialogs.text import Text
from services.figures import statistics
from services.figures.counting import CATEGORIES, SHARED
from services.figures.statistics import Figures
from services.figures.suppression import SMALLEST

CHART_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # its own style, nothing that runs

SCRIPTS = re.compile(rb"<script.*?</script>", re.DOTALL)


async def show(visit: Visit) -> web.StreamResponse:
    """A year's figures; without a year, the newest."""
    return await _page(visit, "statistics.html")


async def report(visit: Visit) -> web.StreamResponse:
    """The same as one page to print."""
    return await _page(visit, "statistics_report.html")


async def table(visit: Visit) -> web.StreamResponse:
    """Every count that may be shown, a line each; one that is hidden is empty."""
    figures = await _figures(visit)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("year", "classification", "category", "form", "count"))
    writer.writerows((figures.year, *line) for line in _lines(figures))
    return _file(file.getvalue(), "text/csv", f"passerelle-{figures.year}.csv")


async def machine(visit: Visit) -> web.StreamResponse:
    """The same as JSON."""
    figures = await _figures(visit)
    return _file(json.dumps(statistics.told(figures)), "application/json", f"passerelle-{figures.year}.json")


async def chart(visit: Visit) -> web.StreamResponse:
    """A bar for each category of a classification, as SVG of its own."""
    figures = await _figures(visit)
    name = visit.request.match_info["of"]
    if name not in figures.one_way:
        raise Problem(404, problems.SENTENCES[404])
    labels = _labels(visit, name)
    if not any(figures.one_way[name].values()):
        raise Problem(404, problems.SENTENCES[404])  # all of it is hidden
    counts = {labels[one]: count for one, count in figures.one_way[name].items() if count is not None}
    body = drawn(visit.in_words(statistics_words.CLASSIFICATIONS[name]), counts)
    return web.Response(body=body, content_type="image/svg+xml", headers={"Content-Security-Policy": CHART_POLICY})


def drawn(title: str, counts: Mapping[str, int]) -> bytes:
    """A chart of counts by name, in their order."""
    pygal, style_of = _pygal()
    style = style_of(
        background="#ffffff", plot_background="#ffffff", foreground="#1b1b1b", foreground_strong="#1b1b1b",
        foreground_subtle="#5a5a5a", colors=("#1f5f8b",), font_family="sans-serif", value_colors=("#1b1b1b",),
        label_font_size=14, value_font_size=14, title_font_size=16,
    )  # fmt: skip
    bars = pygal.HorizontalBar(
        style=style, js=(), show_legend=False, print_values=True, title=title, width=720, height=90 + 34 * len(counts),
        explicit_size=True, print_values_position="top", range=(0, max(counts.values(), default=0)), truncate_label=40,
    )  # fmt: skip
    names = [*counts][::-1]
    bars.x_labels = names
    bars.add("", [counts[name] for name in names])
    return SCRIPTS.sub(b"", bars.render())


def _pygal() -> tuple[Any, Any]:
    """The library, imported where a chart is looked at; its way to find plug-ins, old and not needed, is taken out."""
    import pygal
    from pygal.style import Style

    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "PluginImportFixer"]
    return pygal, Style


async def _page(visit: Visit, template: str) -> web.Response:
    async with visit.house.database.read() as tx:
        years = await statistics.years(tx)
    asked = "year" in visit.request.match_info
    figures = await _figures(visit, years[0] if years else None) if asked or years else None
    return await visit.page(
        template,
        current="statistics",
        years=years,
        figures=figures,
        classifications={name: visit.in_words(text) for name, text in statistics_words.CLASSIFICATIONS.items()},
        labels={name: _labels(visit, name) for name in CATEGORIES},
        shared=SHARED,
        crossings=_crossings(figures) if figures else {},
        smallest=SMALLEST,
    )


def _crossings(figures: Figures) -> dict[str, dict[str, dict[str, int | None]]]:
    """The two-way tables, without the rows and columns that would be dashes alone."""
    tables = {name: _told(forms) for name, forms in figures.two_way.items()}
    return {name: rows for name, rows in tables.items() if rows}


def _told(forms: Mapping[str, Mapping[str, int | None]]) -> dict[str, dict[str, int | None]]:
    columns = {column for counts in forms.values() for column, count in counts.items() if count}
    rows = {form: {one: count for one, count in counts.items() if one in columns} for form, counts in forms.items()}
    return {form: counts for form, counts in rows.items() if any(counts.values())}


def _labels(visit: Visit, name: str) -> dict[str, str]:
    """The categories of a classification, in the reader's language."""
    told = statistics_words.categories(name).items()
    return {one: visit.in_words(t) if isinstance(t, Text) else words.tongues(visit.language, [one]) for one, t in told}


async def _figures(visit: Visit, newest: int | None = None) -> Figures:
    asked = visit.request.match_info.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None if asked else newest
    async with visit.house.database.read() as tx:
        found = await statistics.frozen(tx, year) if year is not None else None
    if found is None:
        raise Problem(404, problems.SENTENCES[404])
    return found


def _lines(figures: Figures) -> Iterator[tuple[str, str, str, int | None]]:
    yield "all", "", "", figures.total
    for name, counts in figures.one_way.items():
        yield from ((name, category, "", count) for category, count in counts.items())
    for name, forms in figures.two_way.items():
        for form, counts in forms.items():
            yield from ((name, category, form, count) for category, count in counts.items())


def _file(text: str, kind: str, name: str) -> web.Response:
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(text=text, content_type=kind, charset="utf-8", headers=told)
