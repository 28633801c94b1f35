"""Which addresses and file names are those of files, by the catalogue's endings."""

from __future__ import annotations

import re

from archive.catalogue import FORMATS, ODS, XLS, XLSX, attachment_endings

_ATTACHMENTS = attachment_endings()
_WORKBOOKS = tuple(
    ending
    for one in FORMATS
    if one.media_type in {ODS, XLS, XLSX}
    for ending in one.endings
)
# Archives are not shown inside a page; the others have not been met there.
_NOT_VIEWED = frozenset((".docm", ".ods", ".mht", ".mhtml", ".zip", ".rar", ".7z"))
_VIEWED = tuple(ending for ending in _ATTACHMENTS if ending not in _NOT_VIEWED)
# A line such as 附件1：年度报告.docx is the page's, not the report's. Pages of a scan
# are listed as well; the endings taken out have not been met in such lines.
_NOT_LISTED = frozenset((".docm", ".odt", ".ods", ".et", ".mht", ".mhtml", ".7z"))
_SCANNED = (".jpg", ".jpeg", ".png")
_LISTED = (
    *(ending for ending in _ATTACHMENTS if ending not in _NOT_LISTED),
    *_SCANNED,
)


def _any_of(endings: tuple[str, ...]) -> str:
    """Pattern of one of some endings."""
    return "(?:" + "|".join(map(re.escape, endings)) + ")"


LISTED_ENDING = _any_of(_LISTED)
"""Pattern of the ending of a file that is named in the lines below a report."""

# A viewer gets its file within its own address.
# e.g. "/pdfjs/web/viewer.html?file=/a/P020240101.pdf", "a.ofd#page=2", "b.docx"
# not "/video.mp4", "/pdf/index.html", "a.pdfx"
_VIEWED_FILE = re.compile(rf"{_any_of(_VIEWED)}\b")


def names_attachment(path: str) -> bool:
    """Whether a path or file name ends as files that may be attached to a report."""
    return path.strip().lower().endswith(_ATTACHMENTS)


def names_workbook(path: str) -> bool:
    """Whether a path or file name is a workbook's: it holds a report's tables only."""
    return path.strip().lower().endswith(_WORKBOOKS)


def names_viewed_file(address: str) -> bool:
    """Whether the address of a frame or an embedded object shows a file in the page."""
    return _VIEWED_FILE.search(address.lower()) is not None
