"""Comparing: two reports side by side, or any agencies, years and figures as a table.

1 asked     the question of a table, and its one address; read this first
2 reading   an address taken apart
3 sides     two reports side by side
"""

from archive.web.pages.compare.sides import blueprint

__all__ = ["blueprint"]
