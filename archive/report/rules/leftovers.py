"""What in a text seems left over from another report: another year, another kind of
place. Pure.

Reports are often written over last year's file or a neighbour's. What is found is said
neutrally, with the sentence; whether it is a slip a reader decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.report.dates import YEAR, read_year
from archive.report.document import Heading, Paragraph, Table
from archive.report.model import Report
from archive.report.plain import plain
from archive.report.rules.one_report import Said

_QUOTED = re.compile(r"《[^》]{0,80}》|“[^”]{0,60}”|〔[^〕]{0,12}〕")
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_AS_OWN = re.compile(
    rf"^(?:[一二三四五六七八九十]+是|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])?({YEAR})年(?:度|来|以来|里)?[，,]?"
    r"(?:我|本|全[省市县区镇乡局委厅]|共|累计|主动公开|主动发布|收到|受理|办理|通过|未|无|没有|认真|积极|切实|严格|继续|坚持|进一步|不断)"
)
_COMPARES = re.compile(
    r"上年|去年|上一年|往年|同比|同期|环比|较|比|相比|增长|下降|结转|以来|截至|截止|历年|年均|至今|曾|原|[—\-~～至到]{1,2}20\d\d"
)
_OUR = re.compile(r"(?<![自大小忘无])我([省市县区州盟旗镇乡])(?![场域间块划位])")
_LEVEL_WORDS = "省市县区州盟旗镇乡"
_PERIOD = re.compile(
    rf"({YEAR})年(\d{{1,2}})月(\d{{1,2}})日(?:起|开始)?[，,]?(?:至|到|[-—~～]{{1,2}})(?:({YEAR})年)?(\d{{1,2}})月(\d{{1,2}})日"
)
_SHOWN = 60


def other_year(report: Report, previous: Report | None) -> Iterator[Said]:
    """A sentence that tells an earlier year's work as this year's; comparisons and
    histories are none.
    """
    if report.year is None or not report.form:
        return
    for block in _paragraphs(report):
        text = plain(block.text)
        if f"{report.year}年" in text:
            continue  # two years told side by side
        for sentence in _SENTENCE.findall(_QUOTED.sub("", text)):
            match = _AS_OWN.match(sentence.strip())
            year = read_year(match[1]) if match else None
            if (
                year
                and report.year - 3 <= year < report.year
                and not _COMPARES.search(sentence)
            ):
                message = (
                    f"本报告为 {report.year} 年度，正文以 {year} 年叙述："
                    f"“{_short(sentence)}”，可能是沿用往年文字。"
                )
                yield Said(message, (), block.at)
                return


def other_level(report: Report, previous: Report | None) -> Iterator[Said]:
    """我区 in the report of a body none of whose divisions is a 区: geography decides,
    not style.
    """
    region, agency = report.agency.region, report.agency
    if region is None or agency.level in {"", "国家"}:
        return
    own = {
        sign
        for sign in _LEVEL_WORDS
        if sign in region.name + agency.name + report.title
    }
    if agency.level == "乡镇":
        own |= set("镇乡")
    if "新疆生产建设兵团" in region.name + agency.name:
        return
    for block in _paragraphs(report):
        for sentence in _SENTENCE.findall(_QUOTED.sub("", plain(block.text))):
            for match in _OUR.finditer(sentence):
                if match[1] not in own:
                    message = (
                        f"本机关属于{region.name}，正文却出现“{match[0]}”："
                        f"“{_short(sentence)}”，"
                        "可能是沿用其他报告的文字。"
                    )
                    yield Said(message, (), block.at)
                    return


def period_partial(report: Report, previous: Report | None) -> Iterator[Said]:
    """The statistics of a year are those of the whole year."""
    if report.year is None:
        return
    for block in _paragraphs(report):
        text = plain(block.text)
        if not re.search(r"统计|期限|时间|起止|数据", text):
            continue
        match = _PERIOD.search(text)
        if match is None:
            continue
        first, last = read_year(match[1]), read_year(match[4] or match[1])
        days = tuple(int(match[number]) for number in (2, 3, 5, 6))
        if (first, last) == (report.year, report.year) and days != (1, 1, 12, 31):
            message = f"所述统计期限为“{match[0]}”，不是 {report.year} 年全年。"
            yield Said(message, (), block.at)
        return


def _paragraphs(report: Report) -> Iterator[Heading | Paragraph]:
    for section in report.sections:
        for block in section.blocks:
            if not isinstance(block, Table):
                yield block


def _short(sentence: str) -> str:
    sentence = sentence.strip()
    return sentence if len(sentence) <= _SHOWN else sentence[:_SHOWN] + "…"
