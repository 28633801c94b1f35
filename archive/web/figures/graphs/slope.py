"""Two years: from one to the other, a line a body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.web.figures.graphs import svg
from archive.web.figures.graphs.plot import Plot, Series
from archive.web.figures.graphs.points import dots, places_of
from archive.web.figures.graphs.scale import Scale, apart, fitted

_WIDTH, _LEFT, _RIGHT, _TOP = 720, 190, 250, 34
_A_LINE = 16
_LEAST = 220


def slope(plot: Plot) -> str:
    """The chart."""
    series = plot.series
    height = max(_LEAST, _TOP + _A_LINE * len(series) * 1.5 + 20)
    up, _ = fitted(plot.values, height - 16, _TOP + 10)
    ends = (_LEFT, _WIDTH - _RIGHT)
    parts = [*_years(plot, ends, height)]
    for at, one in enumerate(series):
        parts += _line(plot, one, at % 8, ends, up)
    for side in (0, 1):
        parts += _labels(plot, series, side, ends[side], up)
    return svg.image(plot, _WIDTH, height, parts)


def _years(plot: Plot, ends: tuple[int, int], height: float) -> Iterator[str]:
    for x, year in zip(ends, plot.years, strict=True):
        yield svg.line(x, _TOP, x, height - 8, "grid")
        yield svg.words(x, 18, f"{year}年", "name", "middle")
    if plot.unit:
        yield svg.words(_WIDTH - 4, 18, f"单位：{plot.unit}", "mark", "end")


def _line(
    plot: Plot, one: Series, at: int, ends: tuple[int, int], up: Scale
) -> Iterator[str]:
    places = places_of(one, ends, up)
    yield svg.path(places, f"line s{at}")
    yield from dots(plot, one, places, f"dot s{at}", svg.RADIUS)


def _labels(
    plot: Plot, series: Sequence[Series], side: int, x: float, up: Scale
) -> Iterator[str]:
    """Values on the left, values and names on the right, moved apart."""
    pairs = [(one.name, one.points[side]) for one in series]
    known = [(up.at(value), name, value) for name, value in pairs if value is not None]
    known.sort()
    places = apart([place for place, _, _ in known], _A_LINE, up.start + 4)
    for y, (_, name, value) in zip(places, known, strict=True):
        told = plot.written(value)
        if side:
            yield svg.words(x + 10, y + 4, f"{told}　{svg.short(name)}", "name")
        else:
            yield svg.words(
                x - 10, y + 4, f"{svg.short(name, 9)}　{told}", "name", "end"
            )
