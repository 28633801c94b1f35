"""The chart of a question: which bodies and years it shows, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from markupsafe import Markup

from archive.report import Number
from archive.store import Valued
from archive.web.figures import graphs
from archive.web.pages.compare.asked import Asked
from archive.web.pages.compare.columns import Column, column
from archive.web.pages.compare.gathered import Gathered
from archive.web.pages.compare.lines import in_words
from archive.web.pages.compare.table import ranked


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its words."""

    drawing: Markup
    title: str
    notes: tuple[str, ...]
    """What is not drawn, in Chinese."""
    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    """The same as a table, for screen readers: name, and a value a year."""


def chart(found: Gathered) -> Chart | None:
    """The chart of the figure that is asked for; None where nothing can be drawn."""
    asked = found.asked
    # Years as columns leave room for one figure.
    shown = column(asked.figures[0] if asked.by_year else asked.plotted)
    every = _points(found, shown)
    points = [one for one in every if any(value is not None for value in one[1])]
    if not points:
        return None
    plot = graphs.Plot(
        title=f"{shown.label}，{_years(asked)}",
        years=asked.years,
        series=tuple(graphs.Series(name, each) for name, each in points),
        written=cache(lambda value: in_words(shown, _number(value, shown))),
        unit="" if shown.is_share else shown.unit,
    )
    drawing = graphs.drawn(plot)
    if not drawing:
        return None
    most = graphs.MOST[graphs.kind_of(plot)]
    # Made by our own code, which escapes every name.
    drawn = Markup(drawing)  # noqa: S704
    rows = tuple(_told(name, each, plot) for name, each in points[:most])
    notes = tuple(_notes(len(points), most, len(every) - len(points), shown))
    return Chart(drawn, plot.title, notes, asked.years, rows)


def _years(asked: Asked) -> str:
    first, last = asked.years[0], asked.years[-1]
    return f"{first} 年度" if first == last else f"{first} 至 {last} 年度"


def _number(value: float, shown: Column) -> Number:
    """A number of the axis, without the traces of binary fractions."""
    exact = Decimal(str(round(value, 6)))
    if not shown.is_share and exact == exact.to_integral_value():
        return int(exact)
    return exact


Points = tuple[float | None, ...]
Point = tuple[str, Points]


def _points(found: Gathered, shown: Column) -> list[Point]:
    """Body → a value a year, in the order of the table; of rows that are shown."""
    if found.asked.by_year:
        return [
            (line.body.name, tuple(map(_drawable, line.values)))
            for line in found.table.lines
        ]
    years = {year: at for at, year in enumerate(found.asked.years)}
    # The figure in the chart is one of the columns.
    place = [one.key for one in found.table.columns].index(shown.key)
    names: dict[str, str] = {}
    values: dict[str, list[float | None]] = {}
    for line in found.table.lines:
        key = line.body.key
        names.setdefault(key, line.body.name)
        series = values.setdefault(key, [None] * len(years))
        series[years[line.year or 0]] = _drawable(line.values[place])
    return [(names[key], tuple(series)) for key, series in values.items()]


def _drawable(valued: Valued | None) -> float | None:
    value = ranked(valued)
    return None if value is None else float(value)


def _told(name: str, points: Points, plot: graphs.Plot) -> tuple[str, tuple[str, ...]]:
    told = tuple("—" if one is None else plot.written(one) for one in points)
    return name, told


def _notes(bodies: int, most: int, without: int, shown: Column) -> Iterator[str]:
    if bodies > most:
        yield f"图中只有表中排在前面的 {most} 个机关，共 {bodies:,} 个。"
    if without:
        yield f"另有 {without:,} 个机关没有可以画的数值。"
    if shown.is_share:
        yield "分母不到 30 的比率不画。"
    yield "没有确定数值的年度留空。"
