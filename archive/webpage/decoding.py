"""Bytes → text, for HTML pages and text dumps.

Declarations lie (gb2312 declared, GB18030 used; GB declared, UTF-8 sent), so the bytes
decide: byte order mark, then UTF-8, then what the statistics of the bytes say. gb2312
always means GB18030.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from resiliparse.parse.encoding import detect_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
_LINE_END = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_TOLERATED = 0.003
"""Share of unreadable characters up to which a text still counts as damaged UTF-8."""


def decode(body: bytes) -> str:
    """The text of the bytes; characters that can't be read become U+FFFD."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        loose = body.decode("utf-8", "replace")
    if loose.count("\N{REPLACEMENT CHARACTER}") <= max(1, len(loose) * _TOLERATED):
        return loose
    found = (detect_encoding(body[:1_000_000]) or "").lower()
    name = (
        "big5hkscs"
        if "big5" in found
        else found
        if found.startswith("utf-16")
        else "gb18030"
    )
    return body.decode(name, "replace")


def visible(text: str) -> str:
    """The text without control and zero-width characters; a no-break space becomes a
    space, every line end `\\n`.
    """
    return _INVISIBLE.sub("", _LINE_END.sub("\n", text.replace("\u00a0", " ")))


def printed(text: str) -> str:
    """Text of a PDF as its page shows it: fonts name 日, 月 and 生 as the radicals ⽇,
    ⽉ and ⽣.
    """
    return _RADICAL.sub(
        lambda found: unicodedata.normalize("NFKC", found[0]), visible(text)
    )
