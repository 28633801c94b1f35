"""From cells to figures: the three statutory tables under their public keys.

1 statutory   the way: lines → form → tables 2, 3, 4 → figures
2 lines       rows of a table, or runs of words and numbers where there is no table
3 labels      printed labels → the official ones
4 table_2, table_3, table_4   each table: which cell is which figure
5 sheet, settle   figures while they are read; what damaged rows can only have been
"""

from archive.report.tables.settle import holds
from archive.report.tables.statutory import TableReading, read_tables

__all__ = [
    "TableReading",
    "holds",
    "read_tables",
]
