"""Charts of many agencies, drawn here as SVG: no script, nothing from elsewhere.

What is missing is a gap, never 0. Colours and dark mode are the style sheet's; lines
differ in their dashes too, for who does not tell colours apart.

1 plot       what is drawn: series, years, a title; which kind of chart fits
2 scale      numbers to places: the axis and its round numbers
3 svg        shapes and words as SVG
4 points     where the values of a body stand, and a dot at each
5 bars       one year, a bar a body
6 lines      several years of a few bodies;  slope two years
7 multiples  several years of many bodies, a small chart each
"""

from archive.web.figures.graphs.bars import bars
from archive.web.figures.graphs.lines import lines
from archive.web.figures.graphs.multiples import multiples
from archive.web.figures.graphs.plot import MOST, Kind, Plot, Series, as_drawn, kind_of
from archive.web.figures.graphs.slope import slope

__all__ = ["MOST", "Kind", "Plot", "Series", "drawn", "kind_of"]

_DRAW = {
    Kind.BARS: bars,
    Kind.LINES: lines,
    Kind.SLOPE: slope,
    Kind.MULTIPLES: multiples,
}


def drawn(plot: Plot) -> str:
    """The chart as SVG; empty where there is nothing to draw."""
    if not plot.has_values:
        return ""
    shown = as_drawn(plot)
    return _DRAW[kind_of(plot)](shown)
