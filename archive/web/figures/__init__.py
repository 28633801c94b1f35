"""Figures of reports as pages lay them out.

1 tables   the statutory tables, rebuilt from figures; what they are read from
2 valued   a value of any report as every page shows it, or why there is none
3 indicators  what is computed from the tables
4 citing   how a report or a figure is quoted
5 chart    a figure year by year, as columns
"""

__all__ = ["chart", "citing", "indicators", "tables", "valued"]
