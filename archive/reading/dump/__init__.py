"""Text whose tables are told by tabs, pipes or spaces only. Read first: blocks.

blocks   lines → tables, headings and paragraphs
parting  what parts the cells: one sign for all rows, or lines
spaced   rows whose columns are held apart by spaces
fields   a line cut at its gaps
"""

from archive.reading.dump.blocks import blocks_of

__all__ = ["blocks_of"]
