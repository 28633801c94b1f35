"""What in a text seems left over from another report. Pure.

Reports are often written over last year's file or a neighbour's, and still tell of that
year or of that kind of place. What is found is said neutrally, with the sentence;
whether it is a slip a reader decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.catalogue import Value
from archive.report.dates import YEAR, read_year
from archive.report.document import Place, Table
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
    earlier = range(report.year - _YEARS_BACK, report.year)
    # Where the report's own year is named as well, two are told side by side.
    for sentence, at in _sentences(report, but_beside=f"{report.year}年"):
        year = _told_as_own(sentence)
        if year is not None and year in earlier:
            values: dict[str, Value] = {
                "year": report.year,
                "told_year": year,
                "quoted": _short(sentence),
            }
            yield Said(values, (), at)
            return


def _told_as_own(sentence: str) -> int | None:
    """The year whose own work a sentence tells, without comparing it to another."""
    match = _AS_OWN.match(sentence.strip())
    if match is None or _COMPARES.search(sentence):
        return None
    return read_year(match[1])


def other_level(report: Report, previous: Report | None) -> Iterator[Said]:
    """我区 in the report of a body none of whose divisions is a 区.

    Geography decides, not style. At most one is said of a report.
    """
    region, agency = report.agency.region, report.agency
    if region is None or agency.level in {"", "国家"}:
        return
    # The corps has its own divisions (师, 团) beside those of the region it lies in.
    if "新疆生产建设兵团" in region.name + agency.name:
        return
    own = _own_levels(region.name + agency.name + report.title, agency.level)
    for sentence, at in _sentences(report):
        foreign = _foreign_level(sentence, own)
        if foreign:
            values: dict[str, Value] = {
                "region": region.name,
                "word": foreign,
                "quoted": _short(sentence),
            }
            yield Said(values, (), at)
            return


def _own_levels(names: str, level: str) -> set[str]:
    """The words by which a body may speak of its place: 市 and 区 for 示例市西区."""
    own = {word for word in _LEVEL_WORDS if word in names}
    # A township's own name need not tell which of the two it is.
    if level == "乡镇":
        own |= set("镇乡")
    return own


def _foreign_level(sentence: str, own: set[str]) -> str:
    """The first 我市, 我区, … of a level that is not the body's own; or nothing."""
    for match in _OUR.finditer(sentence):
        if match[1] not in own:
            return match[0]
    return ""


def period_partial(report: Report, previous: Report | None) -> Iterator[Said]:
    """The statistics of a year are those of the whole year.

    The first period stated decides.
    """
    if report.year is None:
        return
    for text, at in _paragraphs(report):
        period = _period_of_statistics(text)
        if period is None:
            continue
        first, last = read_year(period[1]), read_year(period[4] or period[1])
        days = tuple(int(period[number]) for number in (2, 3, 5, 6))
        if first == last == report.year and days != _WHOLE_YEAR:
            yield Said({"period": period[0], "year": report.year}, (), at)
        return


def _period_of_statistics(text: str) -> re.Match[str] | None:
    """The first period of a paragraph that speaks of statistics.

    Other periods in a report are those of projects and campaigns.
    """
    if not any(word in text for word in _PERIOD_WORDS):
        return None
    return _PERIOD.search(text)


def _paragraphs(report: Report) -> Iterator[tuple[str, Place]]:
    """The text of each heading and paragraph in plain form, and where it stands."""
    for section in report.sections:
        for block in section.blocks:
            if not isinstance(block, Table):
                yield plain(block.text), block.at


def _sentences(report: Report, *, but_beside: str = "") -> Iterator[tuple[str, Place]]:
    """The sentences of a report, without what is quoted in them, and where they stand.

    `but_beside`: paragraphs with these words are left out.
    """
    for text, at in _paragraphs(report):
        if but_beside and but_beside in text:
            continue
        for sentence in _SENTENCE.findall(_QUOTED.sub("", text)):
            yield sentence, at


def _short(sentence: str) -> str:
    """A sentence as it is quoted: its beginning, where it is long."""
    sentence = sentence.strip()
    return sentence if len(sentence) <= _SHOWN else f"{sentence[:_SHOWN]}…"
