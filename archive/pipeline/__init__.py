"""THE WAY: find → capture → keep → read → file → index. Read `way` first.

1 way, archive              the whole of it, and the rooms it leads through
2 finding, tour, visiting, together   find and capture: lists, pages, attachments; a
                            report in several files; what is gone
3 originals, outcomes       keep, read, file: one original, and what became of it
  ahead                     reading on several processes, ahead of the one that files
4 runs, importing, rereading   who goes the way: a source, files, every original again
5 indexing, auditing, healing  the index made anew; what is damaged, found and mended
"""

from archive.pipeline.ahead import Ahead, cores
from archive.pipeline.archive import Archive
from archive.pipeline.auditing import Audit, audit
from archive.pipeline.finding import Listing, fetcher_of, list_leads
from archive.pipeline.healing import heal
from archive.pipeline.importing import import_paths
from archive.pipeline.indexing import reindex
from archive.pipeline.outcomes import TakenIn, Tally
from archive.pipeline.rereading import read_again
from archive.pipeline.runs import (
    Run,
    Taken,
    collect_now,
    mistake_told,
    only_one,
    own_run,
    run_collection,
)
from archive.pipeline.way import index_marked, take_in

__all__ = [
    "Ahead",
    "Archive",
    "Audit",
    "Listing",
    "Run",
    "Taken",
    "TakenIn",
    "Tally",
    "audit",
    "collect_now",
    "cores",
    "fetcher_of",
    "heal",
    "import_paths",
    "index_marked",
    "list_leads",
    "mistake_told",
    "only_one",
    "own_run",
    "read_again",
    "reindex",
    "run_collection",
    "take_in",
]
