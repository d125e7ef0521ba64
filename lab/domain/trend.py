"""One analyte of a patient over time: the points of a small picture, and the rows of its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from lab.domain.results import Measured, as_number

WIDTH, HEIGHT, EDGE = 240, 48, 4


class Seen(NamedTuple):
    """One value at one time."""

    at: datetime
    value: Measured
    result_id: int


class Point(NamedTuple):
    """Where a value stands in the picture."""

    x: float
    y: float
    seen: Seen


class Trend(NamedTuple):
    """An analyte with its values, the last one first; ``points`` in the order of time, empty under two numbers."""

    name: str
    unit: str | None
    rows: tuple[Seen, ...]
    points: tuple[Point, ...]

    @property
    def line(self) -> str:
        """The points as a polyline's."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)


def trends(seen: Iterable[Seen]) -> list[Trend]:
    """By analyte (its LOINC number, else its name) and unit, those with the newest value first."""
    groups: dict[tuple[str, str | None], list[Seen]] = {}
    for each in sorted(seen, key=lambda one: one.at):
        groups.setdefault((each.value.loinc or each.value.analyte.casefold(), each.value.unit), []).append(each)
    found = [
        Trend(rows[-1].value.analyte, unit, tuple(reversed(rows)), _points(rows)) for (_, unit), rows in groups.items()
    ]
    return sorted(found, key=lambda trend: trend.rows[0].at, reverse=True)


def _points(rows: Sequence[Seen]) -> tuple[Point, ...]:
    """Where the values stand; one beyond what the method shows stands at that limit."""
    known = [(each, read.number) for each in rows if (read := as_number(each.value.value))]
    if len(known) < 2:
        return ()
    least, most = min(number for _, number in known), max(number for _, number in known)
    first, span = known[0][0].at, (known[-1][0].at - known[0][0].at).total_seconds()
    found = []
    for index, (each, number) in enumerate(known):
        part = (each.at - first).total_seconds() / span if span else index / (len(known) - 1)
        high = (number - least) / (most - least) if most > least else Decimal("0.5")
        x = EDGE + part * (WIDTH - 2 * EDGE)
        y = HEIGHT - EDGE - float(high) * (HEIGHT - 2 * EDGE)
        found.append(Point(round(x, 1), round(y, 1), each))
    return tuple(found)
