"""Sources: the list pages we collect from, and what they are made of.

1 registering  a source under one address, whatever its spelling; found, brought back
2 changing     edited, moved, paused, removed, restored: what was before, what is now
3 choosing     which sources somebody wants to see or treat together, and how many
4 sheets       sources as lines of a CSV file; taking_in answers them one by one
5 pages        the pages of a source, as the collector sees them
"""

from archive.store.sources.changing import (
    edit,
    move,
    remove,
    restore,
    set_groups,
    set_paused,
    set_paused_all,
)
from archive.store.sources.choosing import (
    ORDERS,
    PAGE_OF_SOURCES,
    Chosen,
    Numbers,
    SourceWish,
    chosen,
    chosen_ids,
    in_trouble,
    listed,
    numbers,
)
from archive.store.sources.pages import (
    Asked,
    attachments_of,
    note_listing,
    page_answered,
    page_gone,
    pages_to_ask,
    see_attachment,
    see_page,
)
from archive.store.sources.registering import (
    MAX_AGENCY,
    MAX_GROUP,
    NO_GROUP,
    BadSource,
    Source,
    SourceFields,
    add_source,
    find_source,
    how_to_read,
    is_rendered,
    list_sources,
    register,
    selectors_of,
    twin_of,
    twins,
)
from archive.store.sources.sheets import (
    MAX_BYTES,
    BadSheet,
    Sheet,
    read_sheet,
    sheet_of,
)
from archive.store.sources.taking_in import (
    Came,
    LineAnswer,
    Taking,
    take_in,
)

__all__ = [
    "MAX_AGENCY",
    "MAX_BYTES",
    "MAX_GROUP",
    "NO_GROUP",
    "ORDERS",
    "PAGE_OF_SOURCES",
    "Asked",
    "BadSheet",
    "BadSource",
    "Came",
    "Chosen",
    "LineAnswer",
    "Numbers",
    "Sheet",
    "Source",
    "SourceFields",
    "SourceWish",
    "Taking",
    "add_source",
    "attachments_of",
    "chosen",
    "chosen_ids",
    "edit",
    "find_source",
    "how_to_read",
    "in_trouble",
    "is_rendered",
    "list_sources",
    "listed",
    "move",
    "note_listing",
    "numbers",
    "page_answered",
    "page_gone",
    "pages_to_ask",
    "read_sheet",
    "register",
    "remove",
    "restore",
    "see_attachment",
    "see_page",
    "selectors_of",
    "set_groups",
    "set_paused",
    "set_paused_all",
    "sheet_of",
    "take_in",
    "twin_of",
    "twins",
]
