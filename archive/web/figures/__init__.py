"""A report's figures as its page lays them out.

1 tables   the statutory tables, rebuilt from figures; what they are read from
2 indicators  what is computed from them
3 citing   how a report or a figure is quoted
4 chart    a figure year by year, as columns
"""

__all__ = ["chart", "citing", "indicators", "tables"]
