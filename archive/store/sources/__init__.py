"""Sources: the list pages we collect from, and what they are made of.

1 registering  a source under one address, whatever its spelling; found, brought back
2 changing     edited, moved, paused, removed, restored: what was before, what is now
3 choosing     which sources somebody wants to see or treat together, and how many
4 sheets       sources as lines of a CSV file; taking_in answers them one by one
5 pages        the pages of a source, as the collector sees them
  offering     what a search for lists has found
6 scheduling   which sources are due, and what the end of a run says of the next
  vanishing    most of them gone at once: it waits for a person
7 staleness    which sources were well, and have not been for long
  needs        what needs a person, the worst first
  digests      what was told of it, and whether it has reached anybody
8 history      all runs and events of a source
  pruning      which of them are given up
"""

from archive.store.sources import digests, history, needs, pruning, vanishing
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
    TROUBLES,
    Chosen,
    Numbers,
    SourceWish,
    chosen,
    chosen_ids,
    in_trouble,
    listed,
    numbers,
)
from archive.store.sources.digests import News
from archive.store.sources.history import last_whole_list
from archive.store.sources.needs import Standing
from archive.store.sources.offering import keep_offers, offers, subject_of
from archive.store.sources.pages import (
    Asked,
    Look,
    attachments_of,
    note_asked,
    note_listing,
    page_answered,
    page_gone,
    page_in_trouble,
    page_looked_at,
    pages_to_ask,
    see_attachment,
    see_page,
)
from archive.store.sources.registering import (
    AUTO,
    MAX_AGENCY,
    MAX_GROUP,
    NO_GROUP,
    BadSource,
    Source,
    SourceFields,
    fields_of,
    find_source,
    how_to_read,
    is_rendered,
    list_sources,
    register,
    selector_lines,
    selectors_of,
    twin_of,
    twins,
)
from archive.store.sources.scheduling import (
    health_of,
    in_the_way,
    next_run,
    note_end,
    queue_due,
)
from archive.store.sources.sheets import (
    COLUMNS,
    MAX_BYTES,
    BadSheet,
    Sheet,
    read_sheet,
    sheet_of,
)
from archive.store.sources.staleness import note_years, staleness_of
from archive.store.sources.taking_in import (
    Came,
    LineAnswer,
    Taking,
    take_in,
)

__all__ = [
    "AUTO",
    "COLUMNS",
    "MAX_AGENCY",
    "MAX_BYTES",
    "MAX_GROUP",
    "NO_GROUP",
    "ORDERS",
    "PAGE_OF_SOURCES",
    "TROUBLES",
    "Asked",
    "BadSheet",
    "BadSource",
    "Came",
    "Chosen",
    "LineAnswer",
    "Look",
    "News",
    "Numbers",
    "Sheet",
    "Source",
    "SourceFields",
    "SourceWish",
    "Standing",
    "Taking",
    "attachments_of",
    "chosen",
    "chosen_ids",
    "digests",
    "edit",
    "fields_of",
    "find_source",
    "health_of",
    "history",
    "how_to_read",
    "in_the_way",
    "in_trouble",
    "is_rendered",
    "keep_offers",
    "last_whole_list",
    "list_sources",
    "listed",
    "move",
    "needs",
    "next_run",
    "note_asked",
    "note_end",
    "note_listing",
    "note_years",
    "numbers",
    "offers",
    "page_answered",
    "page_gone",
    "page_in_trouble",
    "page_looked_at",
    "pages_to_ask",
    "pruning",
    "queue_due",
    "read_sheet",
    "register",
    "remove",
    "restore",
    "see_attachment",
    "see_page",
    "selector_lines",
    "selectors_of",
    "set_groups",
    "set_paused",
    "set_paused_all",
    "sheet_of",
    "staleness_of",
    "subject_of",
    "take_in",
    "twin_of",
    "twins",
    "vanishing",
]
