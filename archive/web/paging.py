"""Numbers in addresses, and pages of a list: one way to read them for every page."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

MOST_PAGES = 1_000_000
"""No list has so many pages; a greater number is a slip, or a robot's."""
_LONGEST = 9
"""Digits of a number that any database takes."""


def whole_number(text: str, most: int) -> int | None:
    """A number from 1 to `most`; None for any other text."""
    # isdigit alone is true of ² and of full-width digits, which int() refuses or reads.
    is_plain = text.isascii() and text.isdigit() and len(text) <= _LONGEST
    if not is_plain or not 1 <= int(text) <= most:
        return None
    return int(text)


def page_asked(args: MultiDict[str, str]) -> int:
    """The page an address asks for; the first where it asks for none that can be."""
    return whole_number(args.get("page", ""), MOST_PAGES) or 1


def pages_of(total: int, size: int) -> int:
    """How many pages a list has; one when it is empty."""
    return max(1, -(-total // size))
