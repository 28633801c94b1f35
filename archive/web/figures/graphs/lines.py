"""Several years of a few bodies: a line each, named where it ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.web.figures.graphs import svg
from archive.web.figures.graphs.plot import Plot, Series
from archive.web.figures.graphs.points import dots, places_of
from archive.web.figures.graphs.scale import Scale, apart, fitted

_WIDTH, _HEIGHT = 720, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 178, 24, 30
_A_LINE = 16


def lines(plot: Plot) -> str:
    """The chart."""
    series = plot.series
    across = Scale(plot.years[0], plot.years[-1], _LEFT + 6, _WIDTH - _RIGHT)
    up, marks = fitted(plot.values, _HEIGHT - _BOTTOM, _TOP)
    parts = [*_axes(plot, across, up, marks)]
    for at, one in enumerate(series):
        parts += _line(plot, one, at, across, up)
    parts += _names(series, across, up, plot.years)
    return svg.image(plot, _WIDTH, _HEIGHT, parts)


def _axes(
    plot: Plot, across: Scale, up: Scale, marks: Sequence[float]
) -> Iterator[str]:
    for mark in marks:
        y = up.at(mark)
        yield svg.line(_LEFT, y, _WIDTH - _RIGHT + 6, y, "grid" if mark else "axis")
        yield svg.words(_LEFT - 8, y + 4, plot.written(mark), "mark", "end")
    for year in plot.years:
        x = across.at(year)
        yield svg.words(x, _HEIGHT - 8, str(year), "mark", "middle")
    if plot.unit:
        yield svg.words(_LEFT - 8, 12, plot.unit, "mark", "end")


def _line(plot: Plot, one: Series, at: int, across: Scale, up: Scale) -> Iterator[str]:
    places = places_of(one, map(across.at, plot.years), up)
    yield svg.path(_with_gaps(plot.years, places), f"line s{at}")
    yield from dots(plot, one, places, f"dot s{at}", svg.RADIUS)


def _with_gaps(
    years: Sequence[int], places: Sequence[svg.Place | None]
) -> list[svg.Place | None]:
    """The places, with a gap where years between two were not asked for either."""
    found: list[svg.Place | None] = []
    before = years[0]
    for year, place in zip(years, places, strict=True):
        if year > before + 1:
            found.append(None)
        found.append(place)
        before = year
    return found


def _names(
    series: Sequence[Series], across: Scale, up: Scale, years: Sequence[int]
) -> Iterator[str]:
    """The names beside the last points, moved apart where these lie close."""
    ends = []
    for at, one in enumerate(series):
        known = one.known
        # A body without any value is named all the same, at the foot.
        place = up.at(known[-1]) if known else up.start
        ends.append((place, at, one.name))
    ends.sort()
    x = across.at(years[-1])
    lowest = _HEIGHT - _BOTTOM
    places = apart([place for place, _, _ in ends], _A_LINE, lowest)
    for y, (_, at, name) in zip(places, ends, strict=True):
        yield svg.line(x + 10, y, x + 24, y, f"line s{at}")
        yield svg.words(x + 28, y + 4, svg.short(name, 11), "name")
