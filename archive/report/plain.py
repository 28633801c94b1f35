"""Text as it is compared, never as it is shown: no blanks, one width, one kind of bracket."""

from __future__ import annotations

import unicodedata

_SAME = dict(zip("()[]【】﹙﹚,;:!?．﹒○◯", "（）（）（）（），；：！？..〇〇", strict=True))
_KEEP = set("（），；：！？…")


def squeeze(text: str) -> tuple[str, list[int]]:
    """The text to compare, and for each of its signs the position in `text` it stands for.

    Blanks, control and zero-width signs fall away; full-width letters and digits, and the radicals
    that some PDF fonts print for characters, become the ordinary ones; brackets and commas full-width.
    """
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        same = _SAME.get(sign) or (sign if sign in _KEEP or sign.isascii() else _ordinary(sign))
        if same.isspace() or unicodedata.category(same[0]) in {"Cc", "Cf"}:
            continue
        signs.append(same)
        places.append(place)
    return "".join(signs), places


def plain(text: str) -> str:
    """`squeeze` without the positions."""
    return squeeze(text)[0]


def _ordinary(sign: str) -> str:
    normal = unicodedata.normalize("NFKC", sign)
    return normal if len(normal) == 1 else sign
