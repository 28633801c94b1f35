"""THE WAY: find → capture → keep → read → file → index. Read `way` first.

Finding and capturing are `archive/collecting`: here begins what needs no network.

1 way, archive              the whole of it, and the rooms it leads through
  belonging                 whether database and folder of data are of one archive
2 originals, outcomes       keep, read, file: one original, and what became of it
  ahead                     reading on several processes, ahead of the one that files
3 runs, importing, rereading   who goes the way: files, every original again
4 indexing, auditing, healing  the index made anew; what is damaged, found and mended

What no import needs is loaded when it is first named.
"""

from typing import TYPE_CHECKING

from archive import later
from archive.pipeline.ahead import Ahead, cores
from archive.pipeline.archive import Archive, Stopped
from archive.pipeline.belonging import NotTogether, require_together
from archive.pipeline.importing import import_paths
from archive.pipeline.indexing import reindex
from archive.pipeline.originals import (
    NotFiled,
    file,
    keep,
    read_and_file,
    read_files,
    set_aside,
    taken_in,
)
from archive.pipeline.outcomes import Left, Progress, TakenIn, Tally
from archive.pipeline.runs import (
    HostBusy,
    Noting,
    Run,
    Taken,
    beating,
    lock_of,
    make_way,
    mistake_told,
    only_one,
    own_run,
    take_up_killed,
    take_up_silent,
    unnoted,
)
from archive.pipeline.way import index_marked, take_in

if TYPE_CHECKING:
    from archive.pipeline.auditing import Audit, audit
    from archive.pipeline.healing import heal
    from archive.pipeline.rereading import read_again
else:
    __getattr__ = later(__name__, "auditing", "healing", "rereading")

__all__ = [
    "Ahead",
    "Archive",
    "Audit",
    "HostBusy",
    "Left",
    "NotFiled",
    "NotTogether",
    "Noting",
    "Progress",
    "Run",
    "Stopped",
    "Taken",
    "TakenIn",
    "Tally",
    "audit",
    "beating",
    "cores",
    "file",
    "heal",
    "import_paths",
    "index_marked",
    "keep",
    "lock_of",
    "make_way",
    "mistake_told",
    "only_one",
    "own_run",
    "read_again",
    "read_and_file",
    "read_files",
    "reindex",
    "require_together",
    "set_aside",
    "take_in",
    "take_up_killed",
    "take_up_silent",
    "taken_in",
    "unnoted",
]
