"""Several years of many bodies: a small chart each, all with the same scale."""

from __future__ import annotations

from collections.abc import Iterator

from archive.web.figures.graphs import svg
from archive.web.figures.graphs.plot import Plot, Series
from archive.web.figures.graphs.points import dots, places_of
from archive.web.figures.graphs.scale import Scale, fitted

_COLUMNS, _WIDE, _HIGH = 4, 180, 124
_PLOT_TOP, _PLOT_BOTTOM = 30, 98
_LEFT, _RIGHT = 10, 134
_RADIUS = 2


def multiples(plot: Plot) -> str:
    """The chart."""
    series = plot.series
    rows = -(-len(series) // _COLUMNS)
    up, marks = fitted(plot.values, _PLOT_BOTTOM, _PLOT_TOP)
    parts = []
    for at, one in enumerate(series):
        x, y = at % _COLUMNS * _WIDE, at // _COLUMNS * _HIGH
        drawn = "".join(_panel(plot, one, up, marks))
        parts.append(f'<g transform="translate({x} {y})">{drawn}</g>')
    return svg.image(plot, _COLUMNS * _WIDE, rows * _HIGH, parts)


def _panel(plot: Plot, one: Series, up: Scale, marks: list[float]) -> Iterator[str]:
    across = Scale(plot.years[0], plot.years[-1], _LEFT, _RIGHT)
    yield svg.words(_LEFT, 16, svg.short(one.name, 13), "name")
    for mark in (marks[0], marks[-1]):
        y = up.at(mark)
        yield svg.line(_LEFT, y, _RIGHT, y, "grid" if mark else "axis")
    yield svg.words(_RIGHT + 4, _PLOT_TOP + 4, plot.written(marks[-1]), "mark")
    for year, anchor in ((plot.years[0], "start"), (plot.years[-1], "end")):
        yield svg.words(across.at(year), _PLOT_BOTTOM + 14, str(year), "mark", anchor)
    yield from _line(plot, one, across, up)


def _line(plot: Plot, one: Series, across: Scale, up: Scale) -> Iterator[str]:
    places = places_of(one, map(across.at, plot.years), up)
    yield svg.path(places, "line s0")
    yield from dots(plot, one, places, "dot s0", _RADIUS)
    known = one.known
    if known:
        last = plot.written(known[-1])
        yield svg.words(_RIGHT + 4, up.at(known[-1]) + 4, last, "value")
    else:
        yield svg.words((_LEFT + _RIGHT) / 2, 68, "没有确定的数值", "mark", "middle")
