"""What a chart shows, and which kind of chart fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

Points = tuple[float | None, ...]


class Kind(StrEnum):
    """Kinds of charts."""

    BARS = "bars"
    LINES = "lines"
    SLOPE = "slope"
    MULTIPLES = "multiples"


@dataclass(frozen=True, slots=True)
class Series:
    """A body with a value a year; None where there is none that may be drawn."""

    name: str
    points: Points

    @property
    def known(self) -> list[float]:
        """The values that may be drawn, without the gaps."""
        return [point for point in self.points if point is not None]


@dataclass(frozen=True, slots=True)
class Plot:
    """All that is drawn."""

    title: str
    years: tuple[int, ...]
    """In order; a year for each point."""
    series: tuple[Series, ...]
    written: Callable[[float], str]
    """How a value is written: with thousands, in per cent."""
    unit: str = ""

    @property
    def has_values(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.values)

    @property
    def values(self) -> list[float]:
        """All that are drawn."""
        return [value for one in self.series for value in one.known]


MOST_LINES = 8
"""More lines in one chart are not told apart."""
MOST = {Kind.BARS: 40, Kind.LINES: MOST_LINES, Kind.SLOPE: 20, Kind.MULTIPLES: 24}
"""Bodies that a chart shows; the table has all."""
NAMES = {
    Kind.BARS: "条形图",
    Kind.LINES: "折线图",
    Kind.SLOPE: "坡度图",
    Kind.MULTIPLES: "分格折线图",
}


def kind_of(plot: Plot) -> Kind:
    """Bars for one year, a slope for two, lines for a few bodies, else small ones."""
    if len(plot.years) < 2:
        return Kind.BARS
    if len(plot.years) == 2:
        return Kind.SLOPE
    if len(plot.series) <= MOST_LINES:
        return Kind.LINES
    return Kind.MULTIPLES


def as_drawn(plot: Plot) -> Plot:
    """With as many bodies as its kind of chart has room for."""
    return replace(plot, series=plot.series[: MOST[kind_of(plot)]])


def described(plot: Plot) -> str:
    """The chart in a sentence, for who does not see it."""
    names = "、".join(one.name for one in plot.series[:8])
    more = f"等 {len(plot.series)} 个机关" if len(plot.series) > 8 else ""
    values = plot.values
    span = f"{plot.years[0]}"
    if len(plot.years) > 1:
        span = f"{plot.years[0]} 至 {plot.years[-1]}"
    low, high = plot.written(min(values)), plot.written(max(values))
    return (
        f"{NAMES[kind_of(plot)]}：{names}{more}，{span} 年度。"
        f"最小 {low}，最大 {high}。没有确定数值的年度留空；各数值见下面的表。"
    )
