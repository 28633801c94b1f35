"""A web page taken apart: all that is to be known of it before its text is read.

Read first: content.

tree      HTML → a tree as a browser builds it, and where its text is
content   where on the page the report is
selected  where it is, where a person has said so
carried   the report of a page that prints its text by script
meta      what the page says of itself
prose     which rows of a table are text of the report
shown     how a browser would show a text
unshown   what it would not show: rules are those of its style sheets, stylesheets say
          how each element is set by them, hiding which of that hides text, colours
          whether it is that of the ground
"""

from archive.reading.page.carried import carried
from archive.reading.page.content import content_of, speaks_of_the_form, title_outside
from archive.reading.page.meta import meta_of
from archive.reading.page.prose import is_prose, large_cells
from archive.reading.page.selected import selected
from archive.reading.page.shown import SKIPPED, as_shown, cell_text
from archive.reading.page.stylesheets import Styles
from archive.reading.page.tree import (
    TOO_DEEP,
    Element,
    Layout,
    children,
    strings,
    tree_of,
)
from archive.reading.page.unshown import only_shown

__all__ = [
    "SKIPPED",
    "TOO_DEEP",
    "Element",
    "Layout",
    "Styles",
    "as_shown",
    "carried",
    "cell_text",
    "children",
    "content_of",
    "is_prose",
    "large_cells",
    "meta_of",
    "only_shown",
    "selected",
    "speaks_of_the_form",
    "strings",
    "title_outside",
    "tree_of",
]
