"""What a reader says when it can't go on, and how much it takes on."""

from __future__ import annotations

from collections.abc import Sequence

_MEGABYTE = 1024 * 1024
MAX_BYTES = 50 * _MEGABYTE
MAX_CHARACTERS = 5_000_000
MAX_CELLS = 20_000
"""Of all tables of a file; those of a whole report have about 350."""


class Unreadable(Exception):
    """The original can't be read.

    The message is one Chinese line that names what it is and what to do.
    """

    @property
    def reason(self) -> str:
        """The message without its full stop, to be quoted in a sentence."""
        return str(self).rstrip("。")


def too_large(size: int, limit: int) -> Unreadable:
    """What is said of a file with more bytes than are taken on."""
    return Unreadable(
        f"文件有 {size / _MEGABYTE:.0f} MB，超过上限 {limit // _MEGABYTE} MB。"
    )


class OnlyPictures(Exception):
    """A file holds its pages as pictures and no text; they are to be recognised.

    Offices print a report, sign and seal it, and put the scan online as a PDF, in a
    Word file or in an OFD file.
    """

    def __init__(self, pictures: Sequence[bytes] = (), title: str = "") -> None:
        super().__init__("文件中只有图片")
        self.pictures = pictures
        """In the order of pages. A PDF file is drawn by page and gives none."""
        self.title = title
        """What the file itself says it is called; empty when it says nothing."""
