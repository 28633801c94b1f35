"""A web page taken apart: all that is to be known of it before its text is read.

Read first: content.

tree      HTML → a tree as a browser builds it, and where its text is
content   where on the page the report is
carried   the report of a page that prints its text by script
meta      what the page says of itself
shown     what a browser would show, and how
"""

from archive.reading.page.carried import carried
from archive.reading.page.content import content_of, speaks_of_the_form, title_outside
from archive.reading.page.meta import meta_of
from archive.reading.page.shown import SKIPPED, as_shown, cell_text, only_shown
from archive.reading.page.tree import (
    TOO_DEEP,
    Element,
    Layout,
    children,
    strings,
    tree_of,
)

__all__ = [
    "SKIPPED",
    "TOO_DEEP",
    "Element",
    "Layout",
    "as_shown",
    "carried",
    "cell_text",
    "children",
    "content_of",
    "meta_of",
    "only_shown",
    "speaks_of_the_form",
    "strings",
    "title_outside",
    "tree_of",
]
