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
from archive.report.identity.published import Dated
from archive.report.model import Finding, Hints, Section
from archive.report.outline import PHRASE, own_titles
from archive.report.plain import plain

# e.g. "《示例市2023年政府信息公开工作年度报告》", "《二〇二三年度报告》"
# not "《政府信息公开条例》"
_QUOTED_TITLE = re.compile(rf"《[^》]{{0,40}}?({YEAR})年?度?[^》]{{0,40}}》")
_OF_ITS_DISCLOSURE = "[^。：，]{0,20}(?:政府信息|政务|信息)公开"
# e.g. "现将我局2022年度政府信息公开工作情况报告如下", "公布2018年政府信息公开情况"
# not "2023年，我局公开"
_REPORTED_ON = re.compile(
    rf"(?:现将|现就|公布|编制了?)[^。：，]{{0,30}}?({YEAR})年度?{_OF_ITS_DISCLOSURE}"
)
# e.g. "2023年，我局", "。2023年度", "2023年全"
# not "示例市2023年度"
_SPOKEN_YEAR = re.compile(rf"(?:^|[，。；：])({YEAR})年(?:度|来|，|我|本|全)?")
"""A year at the head of a clause: what the report speaks of."""


class _Told(NamedTuple):
    """A year, and where it stands, as it is told to the reader."""

    year: int | None
    source: str


def report_year(
    title: str,
    sections: Sequence[Section],
    hints: Hints,
    meta: Mapping[str, str],
    dates: Sequence[Dated] = (),
    *,
    is_printed: bool = True,
) -> tuple[int | None, list[Finding]]:
    """The year the report is about (never that of its publication), and what is
    doubtful about it.

    The title's year counts, checked against the statistics period; of two that disagree
    the one before the publication is taken, and the disagreement told. A title from
    outside the report (not `is_printed`) gives way to the period. `meta` is the page's
    own metadata (key `title`), `dates` what may be the day of publication.
    """
    published = dates[0].day if dates else None
    titled = _year_in_title(title)
    beginning = beginning_of(sections)
    period = _period_in(beginning)
    if titled and period and titled != period and not is_printed:
        return period, [_differs(period, titled)]
    if titled and period and titled != period:
        return _one_of_two(titled, period, published)
    if titled or period:
        return titled or period, []
    told = [one for one in _surroundings(beginning, sections, hints, meta) if one.year]
    if told:
        return _inferred(told)
    return None, [Finding("year_unknown")]


def _inferred(told: Sequence[_Told]) -> tuple[int | None, list[Finding]]:
    """The surest of some years, and doubts: whence it is, and that others differ."""
    year, source = told[0]
    if year is None:
        return None, [Finding("year_unknown")]
    values: dict[str, Value] = {CASE: source, "year": year}
    others = [one.year for one in told if one.year and one.year != year]
    differ = [_differs(year, other) for other in others[:1]]
    return year, [Finding("year_inferred", values), *differ]


def _differs(year: int, other: int) -> Finding:
    """The doubt where two years are named, and one had to be taken."""
    return Finding("year_differs", {"year": year, "other": other})


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


def _surroundings(
    beginning: str, sections: Sequence[Section], hints: Hints, meta: Mapping[str, str]
) -> list[_Told]:
    """Years that stand elsewhere in a report and around it, the surest first."""
    return [
        _Told(_year_of_quoted_title(beginning), "preamble"),
        _Told(_year_of_preface(beginning), "preamble"),
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


def _year_of_preface(beginning: str) -> int | None:
    """The year on which a preface reports: 现将2022年政府信息公开…报告如下 → 2022."""
    match = _REPORTED_ON.search(plain(beginning))
    return read_year(match[1]) if match else None


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
