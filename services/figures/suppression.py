"""What of a table of counts may be shown, so that no small count is seen, nor worked out from what is seen.

Counts under 11 are hidden, and so are as many others as it takes: whoever reckons with rows, columns and totals must
find that a hidden small count could as well be 11 or more. Pure, and always the same for the same counts.

A category that is hidden in its one-way table is hidden in every two-way table too, so that its line there tells
nothing: for the reckoner, the hidden categories of a table are one, `REST`, and only its total is known. The method,
and why the two-way tables all share one side: docs/decisions/0025-figures-that-point-to-nobody.md.
"""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

Cell: TypeAlias = tuple[str, str]
Table: TypeAlias = Mapping[Cell, int]

SMALLEST = 11
"""The smallest count that is shown (k = 11, as CTDC's public data; design §5)."""
REST = ""


def hidden_of(counts: Mapping[str, int]) -> frozenset[str]:
    """The categories of a one-way table to hide, when its total is shown: none, or at least two, 11 together."""
    hidden = {name for name, count in counts.items() if count < SMALLEST}
    while hidden and len(hidden) < len(counts) and (len(hidden) < 2 or _sum(counts, hidden) < SMALLEST):
        hidden.add(min((count, name) for name, count in counts.items() if name not in hidden)[1])
    return frozenset(hidden)


def hidden_cells(cells: Table, rows: Collection[str], columns: Collection[str]) -> frozenset[Cell]:
    """The cells of a two-way table to hide; `rows`, `columns`: the categories that are hidden in their own tables."""
    merged = _merged(cells, rows, columns)
    hidden = {cell for cell, count in merged.items() if count < SMALLEST or REST in cell}
    while unsafe := _unsafe(merged, hidden):
        hidden.add(_partner(merged, hidden, unsafe))
    return frozenset(cell for cell in cells if cell[0] in rows or cell[1] in columns or cell in hidden)


def most(cells: Table, hidden: Collection[Cell], cell: Cell) -> int:
    """The largest value that a hidden cell can have for whoever knows the shown cells and all totals.

    It can grow by as much as flows from its row to its column over the other hidden cells: out of one in the row, into
    another in that one's column, and so on.
    """
    flow = {one: cells[one] for one in hidden if one != cell}
    grown = 0
    while way := _way(flow, cell):
        step = min(flow[one] for one in way[::2])
        for place, one in enumerate(way):
            flow[one] += step if place % 2 else -step
        grown += step
    return cells[cell] + grown


def _way(flow: Mapping[Cell, int], cell: Cell) -> list[Cell]:
    """Cells to lower and to raise in turn, from the row of `cell` to its column; [] when there is no way left."""
    came: dict[str, Cell | None] = {f"row {cell[0]}": None}
    waiting = deque([cell[0]])
    while waiting:
        row = waiting.popleft()
        for lowered in sorted(one for one in flow if one[0] == row and flow[one] and f"column {one[1]}" not in came):
            came[f"column {lowered[1]}"] = lowered
            if lowered[1] == cell[1]:
                return list(_walked(came, lowered))[::-1]
            for raised in sorted(one for one in flow if one[1] == lowered[1] and f"row {one[0]}" not in came):
                came[f"row {raised[0]}"] = raised
                waiting.append(raised[0])
    return []


def _walked(came: Mapping[str, Cell | None], last: Cell) -> Iterator[Cell]:
    """Back from the last cell to the first one."""
    lowered: Cell | None = last
    while lowered is not None:
        yield lowered
        raised = came[f"row {lowered[0]}"]
        if raised is None:
            return
        yield raised
        lowered = came[f"column {raised[1]}"]


def _merged(cells: Table, rows: Collection[str], columns: Collection[str]) -> dict[Cell, int]:
    merged: dict[Cell, int] = {}
    for (row, column), count in cells.items():
        place = (REST if row in rows else row, REST if column in columns else column)
        merged[place] = merged.get(place, 0) + count
    return merged


def _unsafe(cells: Table, hidden: Collection[Cell]) -> Cell | None:
    """A hidden small count that a reckoner can tell to be small; the first one in order."""
    small = sorted(cell for cell in hidden if cells[cell] < SMALLEST)
    return next((cell for cell in small if most(cells, hidden, cell) < SMALLEST), None)


def _partner(cells: Table, hidden: Collection[Cell], unsafe: Cell) -> Cell:
    """The shown cell to hide next, the smallest one: in a line where the unsafe one is alone, else where lines cross.

    There is one: were every cell hidden, each could be as large as the smaller of its two totals, which are 11 or more.
    """
    shown = [cell for cell in cells if cell not in hidden]
    others = [cell for cell in hidden if cell != unsafe]
    rows, columns = {cell[0] for cell in others}, {cell[1] for cell in others}
    row, column = unsafe
    alone = [c for c in shown if (c[0] == row and row not in rows) or (c[1] == column and column not in columns)]
    crossing = [cell for cell in shown if cell[0] in rows and cell[1] in columns]
    return min(alone or crossing or shown, key=lambda cell: (cells[cell], cell))


def _sum(counts: Mapping[str, int], names: Collection[str]) -> int:
    return sum(counts[name] for name in names)
