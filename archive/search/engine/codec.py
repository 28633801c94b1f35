"""How Whoosh keeps a segment here: a codec of arrays.

Whoosh is built like Lucene. A commit writes a segment that never changes, and a new
list of segments (`_MAIN_7.toc`, Lucene's `segments_7`) that also names the deleted
documents. What the files of a segment look like is the codec's affair:

    Lucene                 Whoosh's own codec (W3)      here
    terms, .tim            .trm, a hash of each term    `names` or `keys`  ┐
    postings, .doc         .pst, blocks of 128, each    `content`,         │ .lists
                           pickled by itself            `weights`          ┘
    norms, .nvd            a file a column              `length.…`         ┐ .columns
    doc values, .dvd       a file a column              `number.…` and so  ┘
    positions, .pos        in .pst                      none
    stored fields, .fdt    a column, pickled            none: the database has them

Why not W3: it is read posting by posting, by Python objects, and a faceted page over
10,000 reports takes it a third of a second. numpy does the same over whole arrays in a
few milliseconds, if it finds them as arrays. And a commit of one report waits for the
disk file by file, so a segment should have two files instead of eighteen.

Whoosh's readers and searchers work on it as on any index (`stock`), which is what the
tests compare with; the archive's own search reads the arrays directly (`segments`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Codec

from archive.search.engine.fields import FieldsWriter, lists_path, read_fields
from archive.search.engine.per_document import (
    ColumnsWriter,
    columns_path,
    read_columns,
)
from archive.search.engine.stock import StockColumns, StockTerms


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """What Whoosh asks for a segment's writers and readers."""

    def per_document_writer(self, storage: Any, segment: Any) -> ColumnsWriter:
        return ColumnsWriter(columns_path(Path(storage.folder), segment), segment)

    def per_document_reader(self, storage: Any, segment: Any) -> StockColumns:
        columns = read_columns(Path(storage.folder), segment)
        return StockColumns(storage, segment, columns)

    def field_writer(self, storage: Any, segment: Any) -> FieldsWriter:
        return FieldsWriter(lists_path(Path(storage.folder), segment))

    def terms_reader(self, storage: Any, segment: Any) -> StockTerms:
        return StockTerms(read_fields(Path(storage.folder), segment))
