"""The website: views ask the store and the index, and hand plain data to templates.

1 rooms        what every view works with
2 find, browse, compare, status, api, admin   the pages, a blueprint each
3 tables, chart, narrowing, instead           what pages are made of
4 labels, shown, export                       words, numbers, spreadsheets
5 guards       what stands around every answer
"""

from archive.web.rooms import Rooms

__all__ = [
    "Rooms",
    "admin",
    "api",
    "browse",
    "compare",
    "find",
    "guards",
    "shown",
    "status",
]
