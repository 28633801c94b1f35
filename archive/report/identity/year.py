"""Of which year a report is: weighed from title, period and the rest. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from archive.catalogue import CASE, Value
from archive.report.dates import YEAR, find_periods, find_years, read_year
from archive.report.identity.first_and_last import beginning_of, lines_of
from archive.report.model import Finding, Hints, Section
from archive.report.outline import PHRASE, own_titles
from archive.report.plain import plain

# e.g. "《示例市2023年政府信息公开工作年度报告》", "《二〇二三年度报告》"
# not "《政府信息公开条例》"
_QUOTED_TITLE = re.compile(rf"《[^》]{{0,40}}?({YEAR})年?度?[^》]{{0,40}}》")
# e.g. "2023年，我局", "。2023年度", "2023年全"
# not "示例市2023年度"
_SPOKEN_YEAR = re.compile(rf"(?:^|[，。；：])({YEAR})年(?:度|来|，|我|本|全)?")
"""A year at the head of a clause: what the report speaks of."""


def report_year(
    title: str,
    sections: Sequence[Section],
    hints: Hints,
    meta: Mapping[str, str],
    published: date | None,
) -> tuple[int | None, list[Finding]]:
    """The year the report is about (never that of its publication), and what is
    doubtful about it.

    The title's year counts, checked against the statistics period; of two that disagree
    the one before the publication is taken, and the disagreement told. `meta` is the
    page's own metadata (key `title`).
    """
    titled = _year_in_title(title)
    beginning = beginning_of(sections)
    period = _period_in(beginning)
    if titled and period and titled != period:
        return _one_of_two(titled, period, published)
    if titled or period:
        return titled or period, []
    for year, source in _surroundings(beginning, sections, hints, meta):
        if year:
            values: dict[str, Value] = {CASE: source, "year": year}
            return year, [Finding("year_inferred", values)]
    return None, [Finding("year_unknown")]


def _one_of_two(
    titled: int, period: int, published: date | None
) -> tuple[int, list[Finding]]:
    """The year of a report whose title and statistics period disagree.

    A report is due in the January behind its year (条例第四十九条): the period counts
    where it alone agrees with the publication, else the title.
    """
    due = published.year - 1 if published else None
    year = period if period == due else titled
    values: dict[str, Value] = {"titled": titled, "period": period, "filed": year}
    return year, [Finding("year_disagreement", values)]


def _year_in_title(title: str) -> int | None:
    """The year of 示例市商务局2023年政府信息公开工作年度报告; 23年 is 2023 as well.

    What stands behind the phrase counts only where no year stands before it.
    """
    compact = plain(title)
    phrase = PHRASE.search(compact)
    up_to_it = compact[: phrase.end()] if phrase else compact
    years = find_years(up_to_it, short=True)
    if not years:
        years = find_years(compact, short=True)
    return years[0] if years else None


def _period_in(beginning: str) -> int | None:
    """The year of the statistics period, which the preamble has to name.

    本报告所列数据的统计期限为2023年1月1日至2023年12月31日 → 2023.
    """
    periods = find_periods(beginning)
    if not periods:
        return None
    return periods[0]


class _Told(NamedTuple):
    """A year, and where it stands: a case of `year_inferred`."""

    year: int | None
    source: str


def _surroundings(
    beginning: str, sections: Sequence[Section], hints: Hints, meta: Mapping[str, str]
) -> list[_Told]:
    """Years that stand elsewhere in a report and around it, the surest first."""
    return [
        _Told(_year_of_quoted_title(beginning), "preamble"),
        _Told(_year_in_title(hints.title), "list"),
        _Told(_year_in_title(meta.get("title", "")), "page"),
        _Told(_year_in_title(hints.file_name), "file"),
        _Told(_year_spoken_of(sections), "overview"),
    ]


def _year_of_quoted_title(beginning: str) -> int | None:
    """The year of the report's own name where the preamble quotes it.

    现公布《示例市2023年政府信息公开工作年度报告》 → 2023.
    """
    for printed in own_titles(beginning):
        years = find_years(printed)
        if years:
            return years[0]
    for match in _QUOTED_TITLE.finditer(plain(beginning)):
        is_report = PHRASE.search(match[0])
        if is_report:
            return read_year(match[1])
    return None


def _year_spoken_of(sections: Sequence[Section]) -> int | None:
    """The year that 总体情况 begins most of its clauses with; of two the first.

    总体情况 follows the preamble; a report without one begins with it.
    """
    overview = sections[1:2] or sections[:1]
    spoken: Counter[int] = Counter()
    for line in lines_of(overview):
        for match in _SPOKEN_YEAR.finditer(plain(line)):
            year = read_year(match[1])
            if year is not None:
                spoken[year] += 1
    if not spoken:
        return None
    ((most_spoken_of, _),) = spoken.most_common(1)
    return most_spoken_of
