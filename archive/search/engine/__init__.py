"""All that knows Whoosh's files: our codec, segments, commits, and what is read from
them.

1 schema, codec, lists, bundle, per_document what a segment holds, and how it is laid
out
2 bulk, writing      making and merging segments
3 folder, disk       the folder in service, sums over files, one writer at a time
4 segments, snapshot what is open for reading: lists of terms, columns, scores
5 columns, recent    values of facets as arrays; what was used last
"""

from archive.search.engine.columns import Counts, Together, Values
from archive.search.engine.folder import Folder
from archive.search.engine.listed import Cache
from archive.search.engine.recent import Recent
from archive.search.engine.segments import generation
from archive.search.engine.snapshot import BROKEN, Floats, Ids, Mask, Snapshot
from archive.search.engine.writing import batches, is_whole, tidy, write

__all__ = [
    "BROKEN",
    "Cache",
    "Counts",
    "Floats",
    "Folder",
    "Ids",
    "Mask",
    "Recent",
    "Snapshot",
    "Together",
    "Values",
    "batches",
    "generation",
    "is_whole",
    "tidy",
    "write",
]
