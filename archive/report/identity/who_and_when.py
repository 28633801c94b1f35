"""Whose report, of which year, published when: weighed from all that says so. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from archive.catalogue import FindingFamily
from archive.report.dates import (
    YEAR,
    find_date,
    find_periods,
    find_years,
    is_date,
    read_year,
)
from archive.report.document import Table
from archive.report.model import Finding, Hints, Section
from archive.report.outline import (
    PHRASE,
    agency_in_line,
    agency_in_preface,
    agency_in_title,
    own_titles,
    same_agency,
)
from archive.report.plain import plain

_LAST_LINES = 10
_FIRST_LINES = 4
_FURNITURE_LINES = 10
"""How far down the portal prints when a page was published."""
_DATED = re.compile(r"(?:发布|发文|生成|成文|印发)(?:时间|日期)")
_LONGEST_DATE = 20
_BEGINNING = 10_000
_OWN_TITLE = re.compile(rf"《[^》]{{0,40}}?({YEAR})年?度?[^》]{{0,40}}》")
_SPOKEN_YEAR = re.compile(rf"(?:^|[，。；：])({YEAR})年(?:度|来|，|我|本|全)?")
_SITE = re.compile(r"(?:门户)?网站?$|政务网$|信息网$")


def publication_date(
    sections: Sequence[Section], hints: Hints, meta: Mapping[str, str]
) -> date | None:
    """The date under the signature or the title; else what the list page or the page's
    own metadata say.
    """
    ending = _ending(sections)
    for line in reversed(ending):
        if is_date(line) or (agency_in_line(line) and find_date(line)):
            return find_date(line)
    above = _lines(sections[:1])[:_FURNITURE_LINES]
    for line in above[:_FIRST_LINES]:
        if is_date(line):
            return find_date(line)
    for line in above:
        if (label := _DATED.search(line)) and (
            found := find_date(line[label.end() : label.end() + _LONGEST_DATE])
        ):
            return found
    return hints.published or find_date(meta.get("published", ""))


def agency_name(
    title: str, sections: Sequence[Section], hints: Hints, meta: Mapping[str, str]
) -> tuple[str, list[Finding]]:
    """The reporting agency's name, empty when nothing tells it, and what is doubtful
    about it.
    """
    named = agency_in_title(title)
    signature = _signature(sections)
    if named:
        findings = []
        if signature and not same_agency(named, signature):
            message = f"标题所写机关为“{named}”，落款为“{signature}”，两者不一致。"
            findings.append(
                Finding("agency_disagreement", FindingFamily.REPORT, 2, message)
            )
        fuller = (
            name
            for name in (signature, hints.agency)
            if len(name) > len(named) and name.endswith(named)
        )
        return next(fuller, named), findings
    preface = agency_in_preface(_beginning(sections))
    if signature or preface:
        return signature or preface, []
    for name, source in _outside(hints, meta):
        weight = 1 if source == "来源登记" else 2
        message = f"标题和落款均未写明机关，据{source}判断为“{name}”。"
        return name, [
            Finding("agency_inferred", FindingFamily.READING, weight, message)
        ]
    return "", [
        Finding(
            "agency_unknown",
            FindingFamily.READING,
            3,
            "标题、落款和来源均未写明报告机关，未能确定是哪个机关的报告。",
        )
    ]


def _outside(hints: Hints, meta: Mapping[str, str]) -> list[tuple[str, str]]:
    told = [
        (hints.agency, "来源登记"),
        (agency_in_title(hints.title), "列表标题"),
        (hints.publisher, "发布机构"),
        (meta.get("publisher", ""), "发布机构"),
        (meta.get("source", ""), "网页所注来源"),
        (_SITE.sub("", plain(hints.site_name)), "网站名称"),
        (_SITE.sub("", plain(meta.get("site_name", ""))), "网站名称"),
    ]
    return [
        (name, source)
        for name, source in told
        if name and (source == "来源登记" or agency_in_line(name))
    ]


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
    the one before the publication is taken, and the disagreement told.
    """
    titled = _titled(title)
    beginning = _beginning(sections)
    periods = find_periods(beginning)
    period = periods[0] if periods else None
    if titled and period and titled != period:
        year = (
            period
            if published
            and published.year == period + 1
            and published.year != titled + 1
            else titled
        )
        message = (
            f"标题所写年度为{titled}年，正文所述统计期限为{period}年，两者不一致；"
            f"暂按{year}年归档。"
        )
        return year, [Finding("year_disagreement", FindingFamily.REPORT, 3, message)]
    if titled or period:
        return titled or period, []
    for found, source in _other_years(beginning, sections, hints, meta):
        if found:
            message = f"标题和统计期限均未写明年度，据{source}判断为{found}年。"
            return found, [Finding("year_inferred", FindingFamily.READING, 2, message)]
    return None, [
        Finding(
            "year_unknown",
            FindingFamily.READING,
            3,
            "标题、统计期限和正文均未写明报告年度，未能确定年度。",
        )
    ]


def _titled(title: str) -> int | None:
    compact = plain(title)
    match = PHRASE.search(compact)
    years = find_years(
        compact[: match.end()] if match else compact, short=True
    ) or find_years(compact, short=True)
    return years[0] if years else None


def _other_years(
    beginning: str, sections: Sequence[Section], hints: Hints, meta: Mapping[str, str]
) -> list[tuple[int | None, str]]:
    own: list[int | None] = [
        year for printed in own_titles(beginning) for year in find_years(printed)[:1]
    ]
    own += [
        read_year(match[1])
        for match in _OWN_TITLE.finditer(plain(beginning))
        if PHRASE.search(match[0])
    ]
    spoken = Counter(
        year
        for section in sections[1:2] or sections[:1]
        for line in _lines([section])
        for match in _SPOKEN_YEAR.finditer(plain(line))
        if (year := read_year(match[1]))
    )
    return [
        (own[0] if own else None, "前言所引报告名称"),
        (_titled(hints.title), "列表标题"),
        (_titled(meta.get("title", "")), "网页标题"),
        (_titled(hints.file_name), "文件名"),
        (spoken.most_common(1)[0][0] if spoken else None, "总体情况部分所述年份"),
    ]


def _signature(sections: Sequence[Section]) -> str:
    return next(
        (
            name
            for line in reversed(_ending(sections))
            if (name := agency_in_line(line))
        ),
        "",
    )


def _beginning(sections: Sequence[Section]) -> str:
    """The first lines, where period and contact stand."""
    return "\n".join(_lines(sections[:2])[:12])[:_BEGINNING]


def _ending(sections: Sequence[Section]) -> list[str]:
    """The last lines of text, where agency and date stand."""
    return _lines(sections[-1:])[-_LAST_LINES:]


def _lines(sections: Sequence[Section]) -> list[str]:
    return [
        line.strip()
        for section in sections
        for block in section.blocks
        if not isinstance(block, Table)
        for line in block.text.split("\n")
        if line.strip()
    ]
