"""Documents → lines of tables: the words of a row and the values behind them.

1 rows      the rows of every table; read this first
2 streams   words and numbers without rows: a cell a line, a table printed as paragraphs
3 wrapped   labels that are broken over several lines, put together
4 line      what a line is
5 values    its value cells: what they say, and when they are not to be trusted
6 merged    rows that were merged into one
"""

from archive.report.tables.lines.line import Line
from archive.report.tables.lines.merged import parted
from archive.report.tables.lines.rows import lines
from archive.report.tables.lines.values import (
    Value,
    cells_of,
    doubted,
    may_lack_one,
    numbers_of,
)

__all__ = [
    "Line",
    "Value",
    "cells_of",
    "doubted",
    "lines",
    "may_lack_one",
    "numbers_of",
    "parted",
]
