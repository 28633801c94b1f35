"""`<segment>.columns`: what an index keeps of each document beside its terms.

A bundle (see `bundle`); most arrays have a place for every document of the segment. A
value of a facet is the combination of all that a document has there, of which a segment
has few different ones. Lucene calls such columns sorted doc values.

One file a segment, where Whoosh has one a column: a commit of one report waits for few
files, and merging copies whole arrays.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length, length_to_byte

from archive.search.engine.bundle import BundleWriter, read_bundle
from archive.search.engine.columns import Numbers, NumbersWriter

Array = NDArray[Any]

_LENGTH, _NUMBER, _CODE, _VALUES = "length", "number", "code", "values"
_FIGURES = "figures"
BYTE_TO_LENGTH = np.array([byte_to_length(byte) for byte in range(256)], np.float64)
"""Whoosh, as Lucene, keeps a length in a byte: exact when small, in steps above."""


def columns_path(folder: Path, segment: Any) -> Path:
    """The file of a segment (Whoosh's object)."""
    return folder / str(segment.make_filename(".columns"))


#   length.words          how long a document's words are, in a byte, roughly
#   number.version_id     whole numbers: keys, year, date, fingerprint
#   code.facet_region     0 1 1 2 …: the number of the document's value in …
#   figures.known         figures and indicators (see columns.numbers)
#   values.facet_region   … ["110000", "990100␟990121", …], as JSON in UTF-8
class ColumnsWriter:
    """Gathers the columns of a segment. Whoosh opens and closes it."""

    def __init__(self, path: Path, segment: Any) -> None:
        self._path = path
        self._segment = segment
        self._lengths: defaultdict[str, array[int]] = defaultdict(lambda: array("B"))
        self._numbers: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        self._codes: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._values: defaultdict[str, defaultdict[str, int]] = defaultdict(
            lambda: defaultdict(count().__next__)
        )
        """Column → its values, each with its number, in order of appearance."""
        self._total: defaultdict[str, int] = defaultdict(int)
        self._figures = NumbersWriter()
        self.is_closed = False

    def add_length(self, field: str, length: int) -> None:
        """The length of the next document's field."""
        self._lengths[field].append(length_to_byte(length))
        self._total[field] += length

    def add_value(self, column: str, value: int | bytes | tuple[Any, ...]) -> None:
        """The next document's value in a column of numbers, or of texts; or its figures
        and indicators, in pairs with their keys.
        """
        if isinstance(value, tuple):
            self._figures.add(value)
        elif isinstance(value, bytes):
            self._codes[column].append(self._values[column][value.decode()])
        else:
            self._numbers[column].append(value)

    def take_over(self, columns: Columns, kept: Array) -> None:
        """Some documents of another segment: those where `kept` is true."""
        for field, lengths in columns.lengths.items():
            self._lengths[field].frombytes(lengths[kept].tobytes())
            self._total[field] += int(BYTE_TO_LENGTH[lengths[kept]].sum())
        for column, numbers in columns.numbers.items():
            self._numbers[column].frombytes(numbers[kept].tobytes())
        for column, (codes, values) in columns.texts.items():
            known = self._values[column]
            here = np.array([known[value] for value in values], np.uint32)
            self._codes[column].frombytes(here[codes[kept]].tobytes())
        self._figures.take_over(columns.figures, kept)

    def close(self) -> None:
        """Write the file, and tell Whoosh's segment the sum of each field's lengths."""
        self.is_closed = True
        # Whoosh has no method for it; its own codec sets the attribute as well.
        self._segment._fieldlengths = dict(self._total)
        bundle = BundleWriter(self._path.open("wb"))
        try:
            _add_arrays(bundle, _LENGTH, self._lengths)
            _add_arrays(bundle, _NUMBER, self._numbers)
            _add_arrays(bundle, _CODE, self._codes)
            self._figures.write(bundle, _FIGURES)
            for name, texts in self._values.items():
                listed = json.dumps(list(texts)).encode()
                bundle.add(f"{_VALUES}.{name}", np.frombuffer(listed, np.uint8))
        finally:
            bundle.close()


def _add_arrays(
    bundle: BundleWriter, kind: str, columns: Mapping[str, array[int]]
) -> None:
    for name, values in columns.items():
        bundle.add(f"{kind}.{name}", np.array(values, values.typecode))


class Columns:
    """The columns of a segment, read."""

    def __init__(self, path: Path) -> None:
        arrays = read_bundle(path)
        self.lengths = _of(arrays, _LENGTH)
        self.numbers = _of(arrays, _NUMBER)
        size = len(self.numbers.get("version_id", ()))
        self.figures = Numbers(_of(arrays, _FIGURES), size)
        values = _of(arrays, _VALUES)
        self.texts: dict[str, tuple[Array, list[str]]] = {
            name: (codes, json.loads(values[name].tobytes()))
            for name, codes in _of(arrays, _CODE).items()
        }
        """For each document the number of its value, and the values."""


def _of(arrays: Mapping[str, Array], kind: str) -> dict[str, Array]:
    """The arrays of a kind, by the names of their columns."""
    return {
        name.removeprefix(f"{kind}."): array
        for name, array in arrays.items()
        if name.startswith(f"{kind}.")
    }


def read_columns(folder: Path, segment: Any) -> Columns:
    """The columns of a segment (Whoosh's object)."""
    return Columns(columns_path(folder, segment))
