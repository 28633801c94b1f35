"""Lists of any make: entries, pagers, what a list says it holds, and what is hidden.

Read first: reading (lists in markup), answers (lists in JSON). Families put these
together.

signs             by what a family is known, and how surely
anchors           which links are entries
pagers, scripted, filled  the next page: by links, calls of scripts, forms
said              how much a list says it holds, in words
hidden, literals  markup in comments and base64; data in scripts
answers, turning  entries in JSON, and how more of it is asked for
"""

from scrapers.listing.anchors import (
    counted,
    counted_beside,
    entries_of,
    is_dated,
    leads_to,
)
from scrapers.listing.answers import (
    data_of,
    is_data,
    list_of_answer,
)
from scrapers.listing.filled import by_form, by_post_back
from scrapers.listing.hidden import hidden_markup
from scrapers.listing.literals import (
    Value,
    fields_after,
    json_object,
    literal_after,
    object_after,
    texts_of,
    whole,
)
from scrapers.listing.pagers import Turn, by_link
from scrapers.listing.reading import (
    ALL_PAGERS,
    Layout,
    first_that_turns,
    is_first,
    kept_pages,
    list_of,
    page_of,
    read_list,
)
from scrapers.listing.said import Said, said_of_whole
from scrapers.listing.scripted import by_count, by_lonsun
from scrapers.listing.signs import NO_SIGN, Mark, Sign, surest

__all__ = [
    "ALL_PAGERS",
    "NO_SIGN",
    "Layout",
    "Mark",
    "Said",
    "Sign",
    "Turn",
    "Value",
    "by_count",
    "by_form",
    "by_link",
    "by_lonsun",
    "by_post_back",
    "counted",
    "counted_beside",
    "data_of",
    "entries_of",
    "fields_after",
    "first_that_turns",
    "hidden_markup",
    "is_data",
    "is_dated",
    "is_first",
    "json_object",
    "kept_pages",
    "leads_to",
    "list_of",
    "list_of_answer",
    "literal_after",
    "object_after",
    "page_of",
    "read_list",
    "said_of_whole",
    "surest",
    "texts_of",
    "whole",
]
