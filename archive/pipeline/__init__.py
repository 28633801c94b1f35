"""THE WAY: find → capture → keep → read → file → index. Read `way` first.

1 way          Archive, and one original from keeping to the index
2 collecting   a source: its lists, its pages, what is gone
"""

from archive.pipeline.collecting import collect_now, fetcher_of, list_leads
from archive.pipeline.way import (
    Archive,
    Tally,
    heal,
    import_paths,
    in_batches,
    index_marked,
    read_again,
    read_file,
    reindex,
)

__all__ = [
    "Archive",
    "Tally",
    "collect_now",
    "collecting",
    "fetcher_of",
    "heal",
    "import_paths",
    "in_batches",
    "index_marked",
    "list_leads",
    "read_again",
    "read_file",
    "reindex",
    "way",
]
