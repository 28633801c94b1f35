"""Which section of one report is to be read beside which of the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from archive.report.model import Report, Section

# The number in front of a heading, and the words of counting.
# e.g. "一、总体情况", "第一部分 概述", "（二）平台建设"
# not "总体情况"
_NUMBER = re.compile(r"^[\s第（(一二三四五六七八九十\d）)、.．章节部分]+")


class Pair(NamedTuple):
    """A section of the first report and its counterpart; one of them may be missing."""

    old: Section | None
    new: Section | None

    @property
    def number(self) -> int:
        """The number of the section, the first report's where both have one."""
        section = self.old or self.new
        assert section
        return section.number


def pairs(before: Report, after: Report) -> list[Pair]:
    """Every section of both reports, sorted by number.

    Official sections pair by number, parts of a free form by heading; what is left over
    stands alone. A free form and an official one have no sections in common.
    """
    is_free = before.form == "free"
    if is_free != (after.form == "free"):
        left_alone = [Pair(section, None) for section in before.sections]
        return left_alone + [Pair(None, section) for section in after.sections]
    part: Callable[[Section], int | str] = _own_heading if is_free else _official_number
    left = list(after.sections)
    found = []
    for old in before.sections:
        same = (new for new in left if part(new) == part(old))
        new = next(same, None)
        if new:
            left.remove(new)
        found.append(Pair(old, new))
    found += [Pair(None, new) for new in left]
    return sorted(found, key=lambda pair: pair.number)


def _official_number(section: Section) -> int:
    """What tells a section of the form: 0 (preamble) to 6."""
    return section.number


def _own_heading(section: Section) -> str:
    """What tells a part of a free report: its heading without the number.

    Such parts come and go from year to year, so that the numbers move.
    """
    return _NUMBER.sub("", section.heading)
