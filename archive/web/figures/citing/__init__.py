"""How what the archive shows is quoted, so that anybody finds and checks it again: a
report, a cell of it, two reports beside one another, a table made of many.

1 words        what all quotations have in common: the day, an entry of BibTeX
2 of_reports   a report, or one cell of it
3 of_several   two reports compared; a table made of many
"""

from archive.web.figures.citing.of_reports import Quoted, plain, told
from archive.web.figures.citing.of_several import cite_pair, cite_table, pair_address

__all__ = ["Quoted", "cite_pair", "cite_table", "pair_address", "plain", "told"]
