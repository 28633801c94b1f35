"""Named arrays in one file, read by mapping it into memory.

The table ends the file, as in a ZIP archive, so the file is written in one go. Nothing
is read but what is used: the operating system fetches the pages of the mapping that are
touched, and all processes share them.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

#   ┌──────────┬──────────┬─────┬──────────┬─────┬───┬──────────────┬────────┐
#   │ arrays01 │ array    │ 0 0 │ array    │ 0 0 │ … │ table        │ length │
#   └──────────┴──────────┴─────┴──────────┴─────┴───┴──────────────┴────────┘
#     8 bytes    each begins at a multiple of 8        JSON:          of the
#                of bytes; little-endian               name → type,   table,
#                                                      start, count   8 bytes
_MAGIC = b"arrays01"
_ALIGNED = 8
"""An array of 64-bit numbers that begins elsewhere would be copied before use."""
_LENGTH_BYTES = 8
_AT_ONCE = 1 << 16
"""Bytes that Linux maps around one that is asked for."""


class BundleWriter:
    """Writes arrays of one dimension to an open file.

    Those of the same name, in turn, become one.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: dict[str, tuple[str, int, int]] = {}
        """Name → numpy's code of the type, first byte, how many numbers."""
        self._file.write(_MAGIC)
        self._end = len(_MAGIC)

    def add(self, name: str, array: NDArray[Any]) -> None:
        """Append to the array `name`, which must be the last one there, or begin it."""
        if name in self._places:
            typecode, start, count = self._places[name]
        else:
            self._write(b"\0" * (-self._end % _ALIGNED))
            typecode = array.dtype.newbyteorder("<").str
            start, count = self._end, 0
        self._places[name] = typecode, start, count + len(array)
        self._write(array.astype(typecode, copy=False).tobytes())

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._end += len(content)

    def close(self) -> None:
        """Write the table and close the file."""
        with self._file:
            table = json.dumps(self._places).encode()
            self._write(table + len(table).to_bytes(_LENGTH_BYTES, "little"))


def read_bundle(path: Path) -> Mapping[str, NDArray[Any]]:
    """The arrays of a file; threads may share them.

    Raises ValueError when it is no such file.
    """
    with path.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    length = int.from_bytes(content[-_LENGTH_BYTES:], "little")
    if content[: len(_MAGIC)] != _MAGIC or length > len(content):
        raise ValueError(f"{path.name} holds no arrays")
    places = json.loads(content[-_LENGTH_BYTES - length : -_LENGTH_BYTES])
    return {
        name: np.frombuffer(content, typecode, count, start)
        for name, (typecode, start, count) in places.items()
    }


def touch(arrays: Iterable[NDArray[Any]]) -> None:
    """Have the system map the pages of arrays, as it does for many at a time.

    Whoever bisects one would wait for a dozen pages, a few microseconds each.
    """
    for array in arrays:
        if array.nbytes > _AT_ONCE:
            array.view(np.uint8)[::_AT_ONCE].max()
