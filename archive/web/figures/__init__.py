"""Figures of reports as pages lay them out, and drawings of numbers.

1 tables   the statutory tables, rebuilt from figures; what they are read from
2 valued   a value of any report as every page shows it, or why there is none
3 chosen   which of them an address asks for
4 indicators  what is computed from the tables
5 citing/  how a report, a figure, a comparison, a table is quoted
6 chart    a figure year by year, as columns
  lines    the same as a line
  bands    a number beside those of its peers
  tiles    places as squares, shaded by a number
  graphs/  many agencies: bars, lines, slopes, small multiples
7 asked    figures that a search asks for
"""

__all__ = [
    "asked",
    "bands",
    "chart",
    "chosen",
    "citing",
    "graphs",
    "indicators",
    "lines",
    "tables",
    "tiles",
    "valued",
]
