"""One year: a bar a body, in the order of the table."""

from __future__ import annotations

from collections.abc import Iterator

from archive.web.figures.graphs import svg
from archive.web.figures.graphs.plot import Plot, Series
from archive.web.figures.graphs.scale import Scale, fitted

_WIDTH, _LEFT, _RIGHT, _TOP = 720, 190, 70, 24
_STEP, _THICK = 24, 15


def bars(plot: Plot) -> str:
    """The chart."""
    series = plot.series
    height = _TOP + _STEP * len(series) + 26
    scale, marks = fitted(plot.values or [0.0], _LEFT, _WIDTH - _RIGHT)
    bottom = height - 24
    parts = [*_axis(plot, scale, marks, bottom)]
    for at, one in enumerate(series):
        parts += _bar(plot, one, scale, _TOP + at * _STEP)
    parts.append(svg.line(scale.at(0), _TOP - 6, scale.at(0), bottom, "axis"))
    return svg.image(plot, _WIDTH, height, parts)


def _axis(plot: Plot, scale: Scale, marks: list[float], bottom: float) -> Iterator[str]:
    for mark in marks:
        x = scale.at(mark)
        yield svg.line(x, _TOP - 6, x, bottom, "grid")
        yield svg.words(x, bottom + 16, plot.written(mark), "mark", "middle")
    if plot.unit:
        yield svg.words(_WIDTH - 4, 12, f"单位：{plot.unit}", "mark", "end")


def _bar(plot: Plot, one: Series, scale: Scale, top: float) -> Iterator[str]:
    middle = top + _THICK / 2 + 4
    yield svg.words(_LEFT - 8, middle, svg.short(one.name, 14), "name", "end")
    value = one.points[0] if one.points else None
    if value is None:
        yield svg.words(scale.at(0) + 6, middle, "—", "mark")
        return
    ends = sorted((scale.at(0), scale.at(value)))
    told = f"{one.name}：{plot.written(value)}"
    yield svg.bar(ends[0], top, ends[1] - ends[0], _THICK, told)
    yield svg.words(ends[1] + 6, middle, plot.written(value), "value")
