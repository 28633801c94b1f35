"""The passages of reports that show why they were found.

1 marker    the way: a page of reports → titles and passages, marked
2 needles   what is to be marked
3 marks     where it stands in the texts of a page, looked through all at once
4 best      which passages show most
5 cutting   a passage, cut out of the original
"""

from archive.search.answer.snippets.marker import Marker

__all__ = ["Marker"]
