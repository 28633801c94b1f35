"""Whether a document breaks off before its report ends, and where. Pure.

Downloads break off, and editors lose the end of what was pasted. What would have stood
behind is not known: no report is blamed for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from archive.report.dates import find_date
from archive.report.document import Block, Document, Table
from archive.report.model import Section
from archive.report.outline.agency_names import agency_in_line
from archive.report.outline.joins import MIN_LINE, is_whole
from archive.report.plain import plain

# How a section ends that has nothing to report; and what no sentence begins with.
# e.g. "无", "暂无其他事项", "没有。", "附件：表"
# not "本年度未收取信", ""
_WHOLE = re.compile("^(?:本年度)?(?:暂|均)?(?:无|没有)|[。！：；）]")
# The end of a signature that broke off: 2024年1月2 of 2024年1月20日.
# e.g. "2024年1月2", "2024年1", "2024年1月"
# not "2024年1月20日", "2023年"
_HALF_A_DATE = re.compile(r"20\d\d年\d{1,2}(?:月\d{0,2})?$")
_LAST_SECTION = 6
_FIRST_TABLE, _LAST_TABLE = 2, 4
_LONGEST_SIGNATURE = 30
_SIGNATURE_LINES = 5
"""The signature stands in the last lines; a portal may print a few behind it."""
_DATE_SIGNS = 14
_SENTENCES = 3
"""More of them behind a table are a section whose heading was not recognised."""
_SHOWN = 12


def breaks_off(
    document: Document, sections: Sequence[Section], cells: Collection[int]
) -> bool:
    """Whether a document of the form ends before its report does.

    Known from the file's own marks (`Document.cut`); in files that have none, from a
    text that ends within a table, within a sentence, or without its last sections and
    without a signature. `cells`: the numbers of blocks that are statutory tables.
    """
    if document.cut is False or not document.blocks:
        return False
    last = document.blocks[-1]
    if not isinstance(last, Table) and _HALF_A_DATE.search(last.text):
        return True
    number = max(section.number for section in sections)
    if _is_signed(document.blocks, by_name=number >= _LAST_SECTION - 1):
        # What a page has behind its report is not missed.
        return False
    if document.cut:
        return True
    if isinstance(last, Table) or last.at.block in cells:
        return True
    if _ends_within_sentence(last.text):
        return True
    if number >= _LAST_SECTION:
        return _is_unfinished(sections[-1])
    speaks_on = sections[-1].prose.count("。") > _SENTENCES
    has_table = _FIRST_TABLE <= number <= _LAST_TABLE
    return not (has_table and speaks_on)


def last_words(blocks: Sequence[Block]) -> str:
    """The last signs of a document, by which a reader finds the place."""
    last = blocks[-1]
    holder = last.cells[-1] if isinstance(last, Table) else last
    compact = plain(holder.text)
    return compact[-_SHOWN:]


def _is_unfinished(section: Section) -> bool:
    """Whether the last section has nothing but its heading, or a sentence's beginning.

    It may have no more to say than 无.
    """
    words = plain(section.prose)
    if _WHOLE.search(words) is not None:
        return False
    return "。" not in words


def _ends_within_sentence(text: str) -> bool:
    """Whether a long last line has no end: neither a stop, nor as headings have it."""
    line = text.rstrip().rsplit("\n", 1)[-1]
    if len(plain(line)) < MIN_LINE:
        return False
    return not is_whole(line)


def _is_signed(blocks: Sequence[Block], *, by_name: bool) -> bool:
    """Whether one of the last lines is a date, or, `by_name`, an agency's name.

    行政处, the beginning of 行政处罚 in table 2, reads as a name.
    """
    lines: list[str] = []
    for block in blocks[-_SIGNATURE_LINES:]:
        if isinstance(block, Table):
            lines = []
        else:
            lines += block.text.split("\n")
    last = lines[-_SIGNATURE_LINES:]
    return any(_is_signature(line, by_name=by_name) for line in last)


def _is_signature(line: str, *, by_name: bool) -> bool:
    compact = plain(line)
    if not compact or len(compact) > _LONGEST_SIGNATURE:
        return False
    is_dated = find_date(compact[-_DATE_SIGNS:]) is not None
    if is_dated:
        return True
    return by_name and agency_in_line(compact) != ""
