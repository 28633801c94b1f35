"""The website: views ask the store and the index, and hand plain data to templates.

1 current      the archive that every view works with
2 pages/       the pages and the API, a blueprint each
3 addresses, asking, answers/  from an address to a question, and a search answered
4 figures/, noted, narrowing, rivals, instead   what pages are made of
5 labels, shown, drawn/, export      words, numbers, cells, spreadsheets
6 guards, freshness    what stands around every answer
"""

from archive.web.current import OpenArchive
from archive.web.pages import BLUEPRINTS, admin, measures

__all__ = [
    "BLUEPRINTS",
    "OpenArchive",
    "admin",
    "drawn",
    "guards",
    "measures",
    "shown",
]
