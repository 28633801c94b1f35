"""From cells to figures: the three statutory tables under their public keys.

Figures are collected cell by cell (a sheet), settled (what damaged rows and blanks can
only have been), and told (a finding for every figure in doubt).

1 statutory   the way from a document to its figures; read this first
2 lines/      rows of a table, or runs of words and numbers where there is no table
3 labels      printed labels → the official ones
4 table_2, table_3, table_4   each table: which cell is which figure (and amounts)
5 sheet       the cells, collected; findings: what is said of them while reading
6 settling/   the steps of the form's arithmetic
7 telling     what is said after them; missing: what has no number
"""

from archive.report.tables.settling import holds
from archive.report.tables.statutory import TableReading, read_tables

__all__ = [
    "TableReading",
    "holds",
    "read_tables",
]
