"""The segments of an index, and the lists of them that its commits leave.

    _MAIN_6.toc   segments a, b        the generation before; removed by the next commit
    _MAIN_7.toc   segments a, b, c     the newest generation; a without document 3

A segment never changes after its commit. Deletions belong to a generation, not to the
segment; so everything here may be shared between threads.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.index import TOC

from archive.search.engine.disk import read_summed
from archive.search.engine.fields import FieldLists, read_fields
from archive.search.engine.per_document import BYTE_TO_LENGTH, read_columns

STRETCHES = "stretches"
"""The field of what many print; its terms are asked for by a part of them."""
BROKEN = "搜索索引已损坏，无法读取。请运行 python -m archive reindex 重建索引。"

_LIST = ".toc"
NAME = "MAIN"
"""The name Whoosh gives an index unless told otherwise."""


class Segment:
    """The files of one Whoosh segment."""

    def __init__(self, folder: Path, segment: Any, facets: tuple[str, ...]) -> None:
        """`segment` is Whoosh's object; `facets` name the columns read by `codes`."""
        self.name: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        # Kept by Whoosh in the list of segments, not in a file of the segment.
        self.total_length = float(segment._fieldlengths.get("words", 0))
        self._fields = read_fields(folder, segment)
        columns = read_columns(folder, segment)
        self.version_ids = columns.numbers["version_id"]
        self.filing_ids = columns.numbers["filing_id"]
        self.reported = columns.numbers["reported"]
        self.published = columns.numbers["published"]
        self.fingerprints = columns.numbers["fingerprint"]
        self.figures = columns.figures
        self.lengths = BYTE_TO_LENGTH[columns.lengths["words"]]
        """The sum of the words' weights in each document, as roughly as Whoosh keeps
        it.
        """
        self.codes = {facet: columns.texts[f"facet_{facet}"] for facet in facets}

    def find(self, field: str, term: str) -> Term | None:
        """A term; None when no document has it."""
        lists = self._fields.get(field)
        if lists is None:  # no document of this segment has a term there
            return None
        number = lists.find(term)
        if number is None:
            return None
        return Term(lists, number)

    def printing(self, text: str, among: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
        """The documents with a text that stands in a stretch which many print; all that
        may have it are `among` these.

        None where no stretch has it. See `lists.stretches` for what follows.
        """
        lists = self._fields.get(STRETCHES)
        if lists is None:
            return None
        numbers = lists.holding(text)
        if not len(numbers):
            return None
        return lists.in_any(numbers, among)


class Term:
    """Which documents of a segment have a term."""

    def __init__(self, lists: FieldLists, number: int) -> None:
        self._lists = lists
        self._number = number

    def bits(self) -> NDArray[np.uint8] | None:
        """A bit for each document of the segment, or None.

        Where the list is kept so: those of frequent terms.
        """
        return self._lists.bits(self._number)

    @cached_property
    def documents(self) -> NDArray[np.int64]:
        """The documents, rising."""
        return self._lists.documents(self._number)

    def weights(self, count: int) -> NDArray[Any]:
        """The weight in each of so many documents; of a word alone."""
        return self._lists.weights(self._number, count)


def generation(folder: Path) -> int:
    """The newest commit's number, without opening it; -1 when there is none."""
    # Asked before every question: `iterdir` would make an object of every name.
    names = os.listdir(folder)  # noqa: PTH208
    lists = [name.removesuffix(_LIST) for name in names if name.endswith(_LIST)]
    return max((int(name.rpartition("_")[2]) for name in lists), default=-1)


def read_toc(folder: Path, number: int, schema: Schema) -> TOC:
    """The list of segments, and of deleted documents, of a generation.

    Raises FileNotFoundError, and anything else when it is damaged.
    """
    return TOC.read(_ReadStorage(str(folder)), NAME, gen=number, schema=schema)


class _ReadStorage(FileStorage):  # type: ignore[misc]
    """Whoosh leaves a list of segments open when it can't read it.

    What is read already needs no closing.
    """

    def open_file(self, name: str, **kwargs: Any) -> BufferFile:
        return BufferFile(read_summed(Path(self._fpath(name))))
