"""What an index keeps of each document beside its terms: columns of numbers and of
facets, and lengths of fields.

One file a segment, where Whoosh has one a column: a commit of one report waits for few
files, and merging copies whole arrays.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3PerDocReader
from whoosh.columns import ColumnReader
from whoosh.util.numeric import byte_to_length, length_to_byte

from archive.search.engine.bundle import BundleWriter, read_bundle

Array = NDArray[Any]

_LENGTH, _NUMBER, _CODE, _VALUES = "length", "number", "code", "values"
BYTE_TO_LENGTH = np.array([byte_to_length(byte) for byte in range(256)], np.float64)


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
        self._total: defaultdict[str, int] = defaultdict(int)
        self.is_closed = False

    def add_length(self, field: str, length: int) -> None:
        """The length of the next document's field: kept as Whoosh keeps it, roughly, in
        a byte.
        """
        self._lengths[field].append(length_to_byte(length))
        self._total[field] += length

    def add_value(self, column: str, value: int | bytes) -> None:
        """The next document's value in a column of numbers, or of texts."""
        if isinstance(value, bytes):
            self._codes[column].append(self._values[column][value.decode()])
        else:
            self._numbers[column].append(value)

    def take_over(self, columns: Columns, kept: Array) -> None:
        """Some documents of another segment."""
        for field, lengths in columns.lengths.items():
            self._lengths[field].frombytes(lengths[kept].tobytes())
            self._total[field] += int(BYTE_TO_LENGTH[lengths[kept]].sum())
        for column, numbers in columns.numbers.items():
            self._numbers[column].frombytes(numbers[kept].tobytes())
        for column, (codes, values) in columns.texts.items():
            known = self._values[column]
            here = np.array([known[value] for value in values], np.uint32)
            self._codes[column].frombytes(here[codes[kept]].tobytes())

    def close(self) -> None:
        self.is_closed = True
        self._segment._fieldlengths = dict(self._total)
        bundle = BundleWriter(self._path.open("wb"))
        try:
            for kind, columns in (
                (_LENGTH, self._lengths),
                (_NUMBER, self._numbers),
                (_CODE, self._codes),
            ):
                for name, values in columns.items():
                    bundle.add(f"{kind}.{name}", np.array(values, values.typecode))
            for name, texts in self._values.items():
                bundle.add(
                    f"{_VALUES}.{name}",
                    np.frombuffer(json.dumps(list(texts)).encode(), np.uint8),
                )
        finally:
            bundle.close()


class Columns:
    """The columns of a segment, read."""

    def __init__(self, path: Path) -> None:
        arrays = read_bundle(path)
        self.lengths = _of(arrays, _LENGTH)
        self.numbers = _of(arrays, _NUMBER)
        texts = {
            name: json.loads(array.tobytes())
            for name, array in _of(arrays, _VALUES).items()
        }
        self.texts: dict[str, tuple[Array, list[str]]] = {
            name: (codes, texts[name]) for name, codes in _of(arrays, _CODE).items()
        }
        """For each document the number of its value, and the values."""


def _of(arrays: Mapping[str, Array], kind: str) -> dict[str, Array]:
    return {
        name.partition(".")[2]: array
        for name, array in arrays.items()
        if name.startswith(kind + ".")
    }


class StockColumns(W3PerDocReader):  # type: ignore[misc]
    """The same for Whoosh's own readers."""

    def __init__(self, storage: Any, segment: Any, columns: Columns) -> None:
        super().__init__(storage, segment)
        self._columns: dict[str, list[Any]] = {
            **{
                f"_{field}_len": lengths.tolist()
                for field, lengths in columns.lengths.items()
            },
            **{name: numbers.tolist() for name, numbers in columns.numbers.items()},
            **{
                name: [values[code].encode() for code in codes]
                for name, (codes, values) in columns.texts.items()
            },
        }

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self._columns

    def column_reader(self, fieldname: str, column: Any) -> StockColumn:
        return StockColumn(self._columns[fieldname])

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {}


class StockColumn(ColumnReader):  # type: ignore[misc]
    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)
