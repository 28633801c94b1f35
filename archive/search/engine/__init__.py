"""All that knows Whoosh's files: our codec, segments, commits, and what is read from
them. Read `codec` first: what Whoosh is to Lucene, and why it has a codec of ours.

1 schema, codec              the fields, and what a segment holds of them
2 fields, lists/, per_document, bundle  which bytes stand where in its files
3 bulk, writing, stock       making and merging segments; Whoosh's own readers
4 folder, disk               the folder in service; what makes a commit last
5 segments, snapshot, listed, columns/, recent   open for reading: lists, scores,
                             facets, figures
"""

from archive.search.engine.columns import Counts, Selection, Values
from archive.search.engine.folder import Folder
from archive.search.engine.listed import Cache
from archive.search.engine.recent import Recent
from archive.search.engine.segments import BROKEN, generation
from archive.search.engine.snapshot import Floats, Ids, Mask, Snapshot
from archive.search.engine.writing import (
    BATCH,
    batches,
    is_whole,
    make_segment,
    put_together,
    tidy,
    write,
)

__all__ = [
    "BATCH",
    "BROKEN",
    "Cache",
    "Counts",
    "Floats",
    "Folder",
    "Ids",
    "Mask",
    "Recent",
    "Selection",
    "Snapshot",
    "Values",
    "batches",
    "generation",
    "is_whole",
    "make_segment",
    "put_together",
    "tidy",
    "write",
]
