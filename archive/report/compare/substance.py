"""Whether a new text has at least the substance of the one it would replace. Pure.

Portals send pages that end in the middle, forms without their tables, and half-saved
edits. Such a text is kept; whether it replaces a fuller one a person decides, since
reports are shortened on purpose too.
"""

from __future__ import annotations

from collections import Counter

from archive.catalogue import FormName
from archive.report.model import Report
from archive.report.outline import own_sentences
from archive.report.plain import plain

# Shares of what was read before; a cell blanked or a paragraph shortened is an edit.
_ENOUGH_FIGURES, _ENOUGH_PROSE = 0.9, 0.75
_LITTLE_PROSE = 60
"""Signs that may be missing in any case."""
_LEAST_CUT = 10
"""Signs; what is cut off with less is a button of the page."""
_TORN = 8
"""Signs at a torn end, where a word or a tag is cut and may be read as another."""
_ENDS = "。！？；）”》"

_TABLES = {
    "disclosure": "主动公开表",
    "requests": "依申请公开表",
    "review": "行政复议诉讼表",
    "litigation_direct": "行政复议诉讼表",
    "litigation_after_review": "行政复议诉讼表",
}
"""The first part of a figure's key → its table."""
_TABLE_OF_PART = {2: "主动公开表", 3: "依申请公开表", 4: "行政复议诉讼表"}
"""The parts of the form that are tables."""


def what_is_lost(new: Report, old: Report) -> str:
    """What a new text lacks of an older one, in Chinese without full stop.

    Empty when it has at least the same substance: every part of the form that said
    something, nine of ten figures of each table, three quarters of the prose; and it is
    not the beginning of the older text, cut off.
    """
    losses = [
        _parts_lost(new, old),
        *_figures_lost(new, old),
        _prose_lost(new, old),
        _cut_off(new, old),
    ]
    return "；".join(filter(None, losses))


def _parts_lost(new: Report, old: Report) -> str:
    """The parts of the form that said something, and say nothing now."""
    # Free reports number their parts as they like.
    if FormName.FREE in {old.form, new.form}:
        return ""
    lost = _parts(old) - _parts(new) - {0}
    if not lost:
        return ""
    listed = "、".join("零一二三四五六"[number] for number in sorted(lost))
    return f"缺少第{listed}部分"


def _parts(report: Report) -> set[int]:
    """The parts that say something, be it by their tables alone.

    Tables that come as a workbook of their own stand under no heading.
    """
    told = {section.number for section in report.sections if plain(section.text)}
    figures = _figures(report)
    return told | {part for part, table in _TABLE_OF_PART.items() if figures[table]}


def _figures_lost(new: Report, old: Report) -> list[str]:
    """The tables of which much fewer figures are read."""
    before, after = _figures(old), _figures(new)
    return [
        f"{table}由{count}项数据减为{after[table]}项"
        for table, count in before.items()
        if after[table] < count * _ENOUGH_FIGURES
    ]


def _figures(report: Report) -> Counter[str]:
    """Table → how many of its figures have a value."""
    return Counter(
        _TABLES[key.split(".")[0]]
        for key, figure in report.figures.items()
        if figure.value is not None
    )


def _prose_lost(new: Report, old: Report) -> str:
    before, after = _prose(old), _prose(new)
    is_less = after < before * _ENOUGH_PROSE and before - after >= _LITTLE_PROSE
    if is_less:
        return f"正文由{before}字减为{after}字"
    return ""


def _prose(report: Report) -> int:
    """Signs of the report's own sentences."""
    return sum(map(len, own_sentences(report.sections)))


def _cut_off(new: Report, old: Report) -> str:
    """Whether the new text is the beginning of the older one and breaks off."""
    after, before = _text(new), _text(old)
    missing = len(before) - len(after)
    is_beginning = before.startswith(after[:-_TORN]) and len(after) > _TORN
    if missing <= 0 or not is_beginning:
        return ""
    is_torn = before[len(after) - 1 :][:1] not in _ENDS
    if missing >= _LEAST_CUT or is_torn:
        return "文字在中途断开"
    return ""


def _text(report: Report) -> str:
    """All that stands in a report, in order, plain."""
    texts = [f"{section.heading}{section.text}" for section in report.sections]
    return plain("".join(texts))
