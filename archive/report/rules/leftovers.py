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
from archive.report.rules.rule import Said

# e.g. "《2020年工作要点》", "“互联网＋”", "〔2021〕"
_QUOTED = re.compile(r"《[^》]{0,80}》|“[^”]{0,60}”|〔[^〕]{0,12}〕")
# e.g. "收到申请3件。", "均已答复"
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")

_CHINESE_DIGITS = "一二三四五六七八九十"
_NUMBERED = (
    f"[{_CHINESE_DIGITS}]+是",
    rf"[（(][{_CHINESE_DIGITS}\d]+[）)]",
    r"\d+[.．、]",
)
"""How an item of a list begins: 一是, （二）, 3."""
_OWN_WORK = (
    *("我", "本", "全[省市县区镇乡局委厅]", "共", "累计"),
    *("主动公开", "主动发布", "收到", "受理", "办理", "通过", "未", "无", "没有"),
    *("认真", "积极", "切实", "严格", "继续", "坚持", "进一步", "不断"),
)
"""What goes on with the body's own work."""
# e.g. "2020年，我局收到申请3件", "（一）2020年度主动公开信息5条"
# not "根据2020年，我局收到申请3件"
_AS_OWN = re.compile(
    rf"^(?:{'|'.join(_NUMBERED)})?({YEAR})年(?:度|来|以来|里)?[，,]?"
    rf"(?:{'|'.join(_OWN_WORK)})"
)
_COMPARING = (
    *("上年", "去年", "上一年", "往年", "同比", "同期", "环比", "较", "比", "相比"),
    *("增长", "下降", "结转", "以来", "截至", "截止", "历年", "年均", "至今", "曾"),
    *("原", r"[—\-~～至到]{1,2}20\d\d"),
)
# e.g. "较2020年增长5%", "2020—2022", "自2020年以来"
_COMPARES = re.compile("|".join(_COMPARING))
_LEVEL_WORDS = "省市县区州盟旗镇乡"
# e.g. "我市", "我旗"
# not "自我区分", "我市场"
_OUR = re.compile(rf"(?<![自大小忘无])我([{_LEVEL_WORDS}])(?![场域间块划位])")
_PERIOD_WORDS = ("统计", "期限", "时间", "起止", "数据")
_DAY = r"(\d{1,2})月(\d{1,2})日"
_UNTIL = r"(?:至|到|[-—~～]{1,2})"
# e.g. "2023年1月1日至12月31日", "2022年12月1日起,至2023年11月30日"
_PERIOD = re.compile(
    rf"({YEAR})年{_DAY}(?:起|开始)?[，,]?{_UNTIL}(?:({YEAR})年)?{_DAY}"
)
_WHOLE_YEAR = (1, 1, 12, 31)
_YEARS_BACK = 3
"""An older year is history, not last year's file."""
_SHOWN = 60


def other_year(report: Report, previous: Report | None) -> Iterator[Said]:
    """A sentence that tells an earlier year's work as this year's.

    Comparisons and histories are none. At most one is said of a report.
    """
    if report.year is None or not report.form:
        return
    for block in _paragraphs(report):
        text = plain(block.text)
        if f"{report.year}年" in text:
            continue  # two years told side by side
        for sentence in _sentences(text):
            year = _told_as_own(sentence)
            if year and report.year - _YEARS_BACK <= year < report.year:
                message = (
                    f"本报告为 {report.year} 年度，正文以 {year} 年叙述："
                    f"“{_short(sentence)}”，可能是沿用往年文字。"
                )
                yield Said(message, (), block.at)
                return


def _told_as_own(sentence: str) -> int | None:
    """The year whose own work a sentence tells, without comparing it to another."""
    match = _AS_OWN.match(sentence.strip())
    if match is None or _COMPARES.search(sentence):
        return None
    return read_year(match[1])


def other_level(report: Report, previous: Report | None) -> Iterator[Said]:
    """我区 in the report of a body none of whose divisions is a 区: geography decides,
    not style. At most one is said of a report.
    """
    region, agency = report.agency.region, report.agency
    if region is None or agency.level in {"", "国家"}:
        return
    # The corps has its own divisions (师, 团) beside those of the region it lies in.
    if "新疆生产建设兵团" in region.name + agency.name:
        return
    names = region.name + agency.name + report.title
    own = {word for word in _LEVEL_WORDS if word in names}
    # A township's own name need not tell which of the two it is.
    if agency.level == "乡镇":
        own |= set("镇乡")
    for block in _paragraphs(report):
        for sentence in _sentences(plain(block.text)):
            foreign = _foreign_level(sentence, own)
            if foreign:
                message = (
                    f"本机关属于{region.name}，正文却出现“{foreign}”："
                    f"“{_short(sentence)}”，"
                    "可能是沿用其他报告的文字。"
                )
                yield Said(message, (), block.at)
                return


def _foreign_level(sentence: str, own: set[str]) -> str:
    """The first 我市, 我区, … of a level that is not the body's own; or nothing."""
    for match in _OUR.finditer(sentence):
        if match[1] not in own:
            return match[0]
    return ""


def period_partial(report: Report, previous: Report | None) -> Iterator[Said]:
    """The statistics of a year are those of the whole year: the first period stated
    decides.
    """
    if report.year is None:
        return
    for block in _paragraphs(report):
        text = plain(block.text)
        # Other periods in a report are those of projects and campaigns.
        if not any(word in text for word in _PERIOD_WORDS):
            continue
        match = _PERIOD.search(text)
        if match is None:
            continue
        first, last = read_year(match[1]), read_year(match[4] or match[1])
        days = tuple(int(match[number]) for number in (2, 3, 5, 6))
        if first == last == report.year and days != _WHOLE_YEAR:
            message = f"所述统计期限为“{match[0]}”，不是 {report.year} 年全年。"
            yield Said(message, (), block.at)
        return


def _paragraphs(report: Report) -> Iterator[Heading | Paragraph]:
    for section in report.sections:
        for block in section.blocks:
            if not isinstance(block, Table):
                yield block


def _sentences(text: str) -> list[str]:
    """The sentences of a text, without what is quoted in them."""
    return _SENTENCE.findall(_QUOTED.sub("", text))


def _short(sentence: str) -> str:
    sentence = sentence.strip()
    return sentence if len(sentence) <= _SHOWN else f"{sentence[:_SHOWN]}…"
