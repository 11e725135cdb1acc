"""Figures: a value a round, printed as median and range."""

import statistics
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Series:
    """One thing measured; `digits` after the point when printed."""

    group: str
    name: str
    unit: str
    digits: int = 2
    values: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle of all rounds."""
        return statistics.median(self.values)

    def row(self) -> str:
        """A line of the table."""
        low, high = (f"{value:,.{self.digits}f}" for value in (min(self.values), max(self.values)))
        return f"  {self.name:<58}{self.median:>10,.{self.digits}f}  {self.unit:<9} ({low} – {high})"


class Report:
    """All series, in the order in which they were first added to."""

    def __init__(self) -> None:
        """Nothing is measured yet."""
        self._series: dict[tuple[str, str, str], Series] = {}

    def add(self, group: str, name: str, unit: str, value: float, digits: int = 2) -> None:
        """One round's value."""
        series = self._series.setdefault((group, name, unit), Series(group, name, unit, digits))
        series.values.append(value)

    def table(self, about: dict[str, Any]) -> str:
        """Everything as plain text."""
        lines = [f"{name}: {value}" for name, value in about.items()]
        group = None
        for series in self._series.values():
            if series.group != group:
                lines += ["", series.group]
            group = series.group
            lines.append(series.row())
        return "\n".join(lines)

    def data(self, about: dict[str, Any]) -> dict[str, Any]:
        """Everything as JSON."""
        return about | {"figures": [asdict(series) | {"median": series.median} for series in self._series.values()]}
