"""JSON values ↔ few bytes: compact JSON, compressed with a dictionary of what all
reports say.

Each frame names its dictionary, so what is stored stays readable when a better one is
made: a new one gets a file and a number of its own, and none is ever changed.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

import zstandard

LEVEL = 9
"""Of 22; more takes twice the time for a hundredth less."""
NEWEST = 1
"""The dictionary that is written with."""
LARGEST = 256 * 1024 * 1024
"""Bytes that a pressed value may have when it is opened."""

_NOT_AS_WRITTEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What reading back meets in bytes that open, but say something else."""

_of_thread = threading.local()

# Half surrogate pairs have no UTF-8; PostgreSQL refuses NUL.
# e.g. "\x00", "\ud800"
# not "示例"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NUL = "\\u0000"
"""As JSON writes it."""


class DamagedReading(ValueError):
    """Stored bytes that are not as they were written; `rebuild` writes them anew."""


@contextmanager
def reading_back() -> Iterator[None]:
    """Raises DamagedReading for whatever comes up in values that nobody has written."""
    try:
        yield
    except DamagedReading:
        raise
    except _NOT_AS_WRITTEN as trouble:
        raise DamagedReading(f"A stored reading is damaged: {trouble!r}") from trouble


def press(value: Any) -> bytes:
    """JSON values as bytes; what is not `storable` is made so."""
    return _compressor().compress(written(value))


def open_pressed(pressed: bytes) -> Any:
    """The values that `press` was given; tuples are lists.

    Raises DamagedReading for bytes that are damaged or of a dictionary that is not
    here.
    """
    try:
        text = _unpressed(pressed)
    except (zstandard.ZstdError, FileNotFoundError) as trouble:
        told = f"A stored reading can't be opened: {trouble}"
        raise DamagedReading(told) from trouble
    with reading_back():
        return json.loads(text)


def is_whole(pressed: bytes) -> bool:
    """Whether the bytes are those that `press` made; what they say is not looked at."""
    try:
        _unpressed(pressed)
    except (zstandard.ZstdError, FileNotFoundError, DamagedReading):
        return False
    return True


def size_opened(pressed: bytes) -> int:
    """Bytes of the JSON in what `press` has made."""
    return zstandard.get_frame_parameters(pressed).content_size


def _unpressed(pressed: bytes) -> bytes:
    frame = zstandard.get_frame_parameters(pressed)
    # Room is made for as much as the frame says; one that does not say was not ours.
    if frame.content_size > LARGEST:
        raise DamagedReading(f"A stored reading claims {frame.content_size} bytes.")
    # A turned bit of the header may call the checksum something that follows the frame.
    return _decompressor(frame.dict_id).decompress(pressed, allow_extra_data=False)


def written(value: Any) -> bytes:
    """JSON values as they are pressed."""
    text = _compact(value)
    try:
        if _NUL not in text:
            return text.encode()
    except UnicodeEncodeError:  # half surrogate pairs
        pass
    return _compact(storable(value)).encode()


# One for all: a new one each time takes longer than a small value.
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def storable(value: Any) -> Any:
    """A text, or JSON values at any depth, without what no database takes.

    NUL and half surrogate pairs occur in damaged reports; they stand as U+FFFD
    afterwards, the sign for an unreadable character.
    """
    match value:
        case str():
            return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)
        case dict() if not _is_storable(value):
            pairs = value.items()
            return {storable(name): storable(part) for name, part in pairs}
        case list() | tuple() if not _is_storable(value):
            return [storable(part) for part in value]
    return value


def _is_storable(value: Any) -> bool:
    """Whether JSON values are as every database takes them: nearly all are."""
    text = _compact(value)
    return _NUL not in text and _UNSTORABLE.search(text) is None


def _compressor() -> zstandard.ZstdCompressor:
    """One a thread: it may be used by one at a time."""
    if not hasattr(_of_thread, "compressor"):
        words = _dictionary(NEWEST)
        # Four bytes more; without them, of bits that turn two in five turn a figure.
        _of_thread.compressor = zstandard.ZstdCompressor(
            LEVEL, dict_data=words, write_checksum=True
        )
    return _of_thread.compressor  # type: ignore[no-any-return]


def _decompressor(number: int) -> zstandard.ZstdDecompressor:
    known = _of_thread.__dict__.setdefault("decompressors", {})
    if number not in known:
        known[number] = zstandard.ZstdDecompressor(dict_data=_dictionary(number))
    return known[number]  # type: ignore[no-any-return]


@cache
def _dictionary(number: int) -> zstandard.ZstdCompressionDict:
    """What all readings have in common; 0 names none, and has no file."""
    name = f"readings-{number}.zdict"
    content = files(__package__).joinpath(name).read_bytes()
    return zstandard.ZstdCompressionDict(content)
