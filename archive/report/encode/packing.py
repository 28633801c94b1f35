"""A report as it is stored: two pressed values, of which a page of results opens only
one.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.report.encode.pressing import (
    is_whole,
    open_pressed,
    press,
    reading_back,
    size_opened,
)
from archive.report.encode.restoring import restored
from archive.report.encode.writing import Text, rest_of, texts_of
from archive.report.model import Report


@dataclass(frozen=True, slots=True)
class Packed:
    """A report in bytes."""

    texts: bytes
    """Its sections with their prose: what is quoted."""
    rest: bytes
    """Tables, figures, claims, findings, and where everything is printed."""

    @property
    def opened_size(self) -> int:
        """Bytes of the JSON in both. For what opens: damaged bytes may say anything."""
        return size_opened(self.texts) + size_opened(self.rest)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it was changed or cut: a hundredth of opening it."""
        return is_whole(self.texts) and is_whole(self.rest)


def pack(report: Report) -> Packed:
    """The whole report; `unpack` gives back an equal one."""
    texts = texts_of(report)
    return Packed(press(texts), press(rest_of(report, texts)))


def unpack(packed: Packed) -> Report:
    """The report that was packed. Raises DamagedReading."""
    texts = unpack_texts(packed.texts)
    rest = open_pressed(packed.rest)
    with reading_back():
        return restored(texts, rest)


def unpack_texts(pressed: bytes) -> list[Text]:
    """The sections of a report: number, heading, prose. Raises DamagedReading."""
    sections = open_pressed(pressed)
    with reading_back():
        return [(number, heading, prose) for number, heading, prose in sections]
