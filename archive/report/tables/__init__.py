"""From cells to figures: the three statutory tables under their public keys.

Figures are collected cell by cell (a sheet), settled (what damaged rows and blanks can
only have been), and told (a finding for every figure in doubt).

1 statutory   the way from a document to its figures; read this first
2 lines/      rows of a table, or runs of words and numbers where there is no table
3 labels      printed labels → the official ones
4 sheet       the cells, collected; findings says what is odd while they are read
5 table_2     what was disclosed; amounts reads its money
6 table_3     applications: table_3_rows names the rows, table_3_columns the columns;
              table_3_blanks tells where empty cells fell away
7 table_4     reviews and lawsuits: table_4_columns names the columns
8 settling/   the steps of the form's arithmetic, on one screen in steps.py
9 telling     what is said after them; missing tells what has no number
"""

from archive.report.tables.settling import holds
from archive.report.tables.statutory import TableReading, read_tables

__all__ = [
    "TableReading",
    "holds",
    "read_tables",
]
