"""Bytes → text, for web pages and text dumps.

Declarations lie (gb2312 declared, GB18030 used; GB declared, UTF-8 sent), so the bytes
decide: byte order mark, then UTF-8, then what the statistics of the bytes say.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

from resiliparse.parse.encoding import detect_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNSEEN = "\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
_ENDS = "\v\f\u0085\u2028\u2029"
"""Ends of lines other than those of the usual systems."""
# Zero-width and control characters come with text pasted from office programs. A byte
# order mark stands in mid-page where a server put a page together from several files.
# e.g. "总体\u200b情况", "\ufeff正文", "正\u00ad文", "\x07"
# not "总体\n情况", "一\t二"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
# e.g. "\v", "\x0c", "\u2028"
# not "\n"
_LINE_END = re.compile(f"[{_ENDS}]")
# e.g. "总体\u200b情况", "\x0c"
# not "总体\n情况"
_RARE = re.compile(f"[{_UNSEEN}{_ENDS}]")
# The radicals of Kangxi's dictionary, which PDF fonts name in place of the characters.
# e.g. "\u2f47", "\u2f49"
# not "日", "月"
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_TOLERATED = 0.003
"""Share of unreadable characters up to which a text still counts as damaged UTF-8."""
_JUDGED = 1_000_000
"""So many bytes tell the encoding of all."""


def decode(body: bytes) -> str:
    """The text of a page or dump; characters that can't be read become U+FFFD.

    One lost byte does not make a page mojibake: a text is UTF-8 up to 0.3 % of
    unreadable characters.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        damaged = body.decode("utf-8", "replace")
    lost = damaged.count("\N{REPLACEMENT CHARACTER}")
    if lost <= max(1, len(damaged) * _TOLERATED):
        return damaged
    return body.decode(_chinese_encoding(body[:_JUDGED]), "replace")


# The same bytes are asked twice: of what type they are, and what they say.
@lru_cache(maxsize=2)
def _chinese_encoding(begins: bytes) -> str:
    """Big5, UTF-16 or GB18030: what bytes are in that are no UTF-8."""
    found = (detect_encoding(begins) or "").lower()
    if "big5" in found:
        return "big5hkscs"
    if found.startswith("utf-16"):
        return found
    # Pages in "gb2312" hold characters outside of it (镕, 喆, 堃): always GB18030.
    return "gb18030"


def visible(text: str) -> str:
    """The text without control and zero-width characters.

    A no-break space becomes a space, every line end `\\n`.
    """
    text = text.replace("\u00a0", " ").replace("\r\n", "\n").replace("\r", "\n")
    # Most texts hold none of the rest: looking is quicker than replacing twice.
    if not _RARE.search(text):
        return text
    return _INVISIBLE.sub("", _LINE_END.sub("\n", text))


def printed(text: str) -> str:
    """Text of a PDF as its page shows it, without invisible characters.

    Fonts name 日, 月 and 生 as the radicals ⽇, ⽉ and ⽣; these become characters.
    """
    return _RADICAL.sub(
        lambda found: unicodedata.normalize("NFKC", found[0]), visible(text)
    )
