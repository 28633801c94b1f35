"""In which ways a style hides or strikes text: what is declared → how it looks.

Pages hide by display and visibility, by letters without size, by a colour that is the
ground's, and by boxes that are clipped, without size, or beside the screen.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from archive.reading.page.rules import Declared


class Look(Enum):
    """What a style makes of an element's text."""

    GONE = auto()
    """Not displayed, and no place is left for it."""
    VOID = auto()
    """Out of sight with all that is inside."""
    BLANK = auto()
    """Invisible, but what is inside may be visible again."""
    SEEN = auto()
    TINY = auto()
    """Letters without size."""
    SIZED = auto()
    STRUCK = auto()
    RAISED = auto()


_FAR = -400.0
"""So many pixels to the left or above, nothing is on the screen."""
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "em": 16.0,
    "rem": 16.0,
    "cm": 38.0,
    "mm": 3.8,
    "in": 96.0,
    "vw": 12.0,
    "vh": 8.0,
    "%": 10.0,
}
_LEAST_SIZE = 1.5
"""Letters of so many pixels are a dot."""
# e.g. "0", "14px", "-9999px", ".5em", "100%"
# not "auto", "inherit", "calc(1px)"
_LENGTH = re.compile(r"^(-?(?:\d{1,9}\.?\d{0,6}|\.\d{1,6}))([a-z]{0,3}|%)$")
# e.g. "rect(0,0,0,0)", "rect(1px 1px 1px 1px)"
# not "rect(0,100px,20px,0)", "auto"
_NO_RECTANGLE = re.compile(r"rect\((?:[01](?:px)?[ ,]*){4}\)")
# e.g. "inset(50%)", "inset(100%)", "circle(0)"
# not "inset(0)", "circle(50%)"
_NO_PATH = re.compile(r"inset\((?:[5-9]\d|100)%\)|circle\(0(?:px|%)?\)")
# e.g. "scale(0)", "rotate(3deg) scale(0)"
# not "scale(0.5)"
_NO_SCALE = re.compile(r"\bscale\(0(?:, ?0)?\)")
_RAISING = frozenset(["super", "sub"])
_SIZE_WORDS = frozenset(
    ["medium", "small", "large", "x-small", "x-large", "xx-small", "xx-large"]
)
# The size in front of the family, in the property that sets both.
# e.g. "0/0 a", "bold 14px 宋体"
_SIZE_IN_FONT = re.compile(r"(?:^|\s)(\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|%)?)[\s/]")


def looks_of(declared: Declared) -> set[Look]:
    """How a style makes an element look."""
    if not declared:
        return set()
    looks: set[Look] = set()
    if declared.get("display") == "none":
        looks.add(Look.GONE)
    if _is_void(declared):
        looks.add(Look.VOID)
    visibility = declared.get("visibility")
    if visibility in {"hidden", "collapse"}:
        looks.add(Look.BLANK)
    elif visibility == "visible":
        looks.add(Look.SEEN)
    looks |= _by_size(declared)
    lines = declared.get("text-decoration", "") + declared.get(
        "text-decoration-line", ""
    )
    if "line-through" in lines:
        looks.add(Look.STRUCK)
    if declared.get("vertical-align") in _RAISING:
        looks.add(Look.RAISED)
    return looks


def _by_size(declared: Declared) -> set[Look]:
    """Whether the letters have no size, or one again inside of such."""
    size = declared.get("font-size", "")
    if not size and "font" in declared:
        found = _SIZE_IN_FONT.search(declared["font"] + " ")
        size = found[1] if found else ""
    if size in _SIZE_WORDS:
        return {Look.SIZED}
    found = _LENGTH.fullmatch(size)
    if not found:
        return set()
    if float(found[1]) == 0:
        return {Look.TINY}
    # 1em of nothing is nothing.
    if found[2] in {"em", "%"}:
        return set()
    pixels = float(found[1]) * _PIXELS.get(found[2], 1.0)
    return {Look.TINY if pixels < _LEAST_SIZE else Look.SIZED}


def _is_void(declared: Declared) -> bool:
    """Whether nothing of a box is on the screen."""
    opacity = _LENGTH.fullmatch(declared.get("opacity", ""))
    if opacity and float(opacity[1]) == 0:
        return True
    if _NO_SCALE.search(declared.get("transform", "")):
        return True
    if _NO_PATH.fullmatch(declared.get("clip-path", "")):
        return True
    if _pixels(declared, "text-indent", 0.0) < _FAR:
        return True
    is_placed = declared.get("position") in {"absolute", "fixed"}
    if is_placed and _NO_RECTANGLE.fullmatch(declared.get("clip", "")):
        return True
    is_moved = declared.get("position") in {"absolute", "fixed", "relative"}
    farthest = min(_pixels(declared, side, 0.0) for side in ("left", "top"))
    if is_moved and farthest < _FAR:
        return True
    if declared.get("overflow") not in {"hidden", "clip"}:
        return False
    return _has_no_size(declared)


def _has_no_size(declared: Declared) -> bool:
    """Whether a box is no wider or no higher than a pixel."""
    sides = ("width", "height", "max-width", "max-height")
    return any(_pixels(declared, side, 99.0) <= 1.0 for side in sides)


def _pixels(declared: Declared, name: str, otherwise: float) -> float:
    """A length in pixels; percents and relative ones as on a usual screen."""
    found = _LENGTH.fullmatch(declared.get(name, ""))
    if not found:
        return otherwise
    return float(found[1]) * _PIXELS.get(found[2], 1.0)
