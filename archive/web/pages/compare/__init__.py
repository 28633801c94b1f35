"""Comparing: two reports side by side, or any agencies, years and figures as a table.

1 asked     the question of a table, and its one address; read this first
2 reading   an address taken apart;  links puts one together
3 gathered  whom a question means, and what their reports say
4 columns, table   the answer: rows that fulfil the conditions, their order, their sums
5 lines, charted   the answer drawn: rows as HTML, and the chart
6 page      all addresses, and which of these files answers each
  many      the page of a table;  choices is what its form offers
  pasting, short   names from a spreadsheet; short addresses
  exports, embedded   files; what other sites may frame
7 sides     two reports side by side
"""

from archive.web.pages.compare.page import blueprint

__all__ = ["blueprint"]
