"""When a report was published: the date it prints, else what the portal says. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from archive.report.dates import find_date, is_date
from archive.report.identity.first_and_last import ending_of, lines_of
from archive.report.model import Hints, Section
from archive.report.outline import agency_in_line

_UNDER_THE_TITLE = 4
"""Lines under the title in which a date alone can stand."""
_FURNITURE_LINES = 10
"""How far down the portal prints when a page was published."""
# e.g. "发布时间：2024-01-19", "成文日期"
# not "统计时间"
_DATED = re.compile("(?:发布|发文|生成|成文|印发)(?:时间|日期)")
_LONGEST_DATE = 20


def publication_date(
    sections: Sequence[Section], hints: Hints, meta: Mapping[str, str]
) -> date | None:
    """The date a report was published; None where nothing tells it.

    The date under the signature or the title counts before one that the portal prints
    (发布时间：…), and that before the list page (`hints`) and the page's own metadata
    (`meta`, key `published`).
    """
    for line in reversed(ending_of(sections)):
        if _dates_the_signature(line):
            return find_date(line)
    above = lines_of(sections[:1])[:_FURNITURE_LINES]
    for line in above[:_UNDER_THE_TITLE]:
        if is_date(line):
            return find_date(line)
    for line in above:
        labelled = _labelled_date(line)
        if labelled:
            return labelled
    return hints.published or find_date(meta.get("published", ""))


def _dates_the_signature(line: str) -> bool:
    """Whether a line is a date alone, or agency and date in one.

    示例市商务局 2024年1月19日 and （2024年1月19日） are.
    """
    if is_date(line):
        return True
    if not agency_in_line(line):
        return False
    return find_date(line) is not None


def _labelled_date(line: str) -> date | None:
    """The date right behind a label of the portal: 发布时间：2024-01-19."""
    label = _DATED.search(line)
    if label is None:
        return None
    behind = line[label.end() : label.end() + _LONGEST_DATE]
    return find_date(behind)
