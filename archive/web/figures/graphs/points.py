"""Where the values of a body stand, and a dot at each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archive.web.figures.graphs import svg
from archive.web.figures.graphs.plot import Plot, Series
from archive.web.figures.graphs.scale import Scale

Places = list[svg.Place | None]


def places_of(one: Series, across: Iterable[float], up: Scale) -> Places:
    """A place a year; None without a value. `across`: where each year stands."""
    places: Places = []
    for x, value in zip(across, one.points, strict=True):
        place = None if value is None else (x, up.at(value))
        places.append(place)
    return places


def dots(
    plot: Plot,
    one: Series,
    places: Sequence[svg.Place | None],
    looks: str,
    radius: float,
) -> Iterator[str]:
    """A dot a value; each says whose it is, of which year, and how much."""
    for place, year, value in zip(places, plot.years, one.points, strict=True):
        if place is None or value is None:
            continue
        told = f"{one.name} {year}年：{plot.written(value)}"
        yield svg.dot(*place, looks, told, radius)
