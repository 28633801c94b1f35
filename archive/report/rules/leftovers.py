"""What in a text seems left over from another report. Pure.

Reports are often written over last year's file or a neighbour's, and still tell of that
year or of that kind of place. What is found is said neutrally, with the sentence;
whether it is a slip a reader decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.catalogue import FindingFamily, Value
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
    *("认真", "积极", "切实", "严格", "坚持", "进一步", "不断"),
)
"""What goes on with the body's own work."""
# e.g. "2020年，我局收到申请3件", "（一）2020年度主动公开信息5条"
# not "根据2020年，我局收到申请3件"
_AS_OWN = re.compile(
    rf"^(?:{'|'.join(_NUMBERED)})?({YEAR})年(?:度|来|以来|里)?[，,]?"
    rf"(?:{'|'.join(_OWN_WORK)})(?!的)"
)
_COMPARING = (
    *("上年", "去年", "上一年", "往年", "同比", "同期", "环比", "较", "比", "相比"),
    *("增长", "下降", "结转", "以来", "截至", "截止", "历年", "年均", "至今", "曾"),
    *("原", r"[—\-~～至到]{1,2}20\d\d"),
)
# e.g. "较2020年增长5%", "2020—2022", "自2020年以来"
_COMPARES = re.compile("|".join(_COMPARING))
_LOOKING_BACK = (
    *("继续", "持续", "仍", "目前", "现已", "已于", "已按", "已全部", "已在", "已得到"),
    *("考核", "评估", "检查", "审计", "巡[视察]", "通报", "反馈", "整改"),
    *("不足", "问题"),
    *("评为", "获得?", "先进", "入选", "试点", "决算", "年度报告", "年报", "编制"),
    *("改革", "更名", "合并", "组建", "成立", "挂牌", "办结", "首次", "此后", "随后"),
    *("方案", "规划", "计划", "(?:出台|印发|制定|通过|收到|公开|发布|开展)的"),
)
# e.g. "印发的方案继续执行", "被评为先进单位", "存在的不足已得到改进"
# not "我局收到申请3件"
_LOOKS_BACK = re.compile("|".join(_LOOKING_BACK))
"""What a report has to tell of a year before: what goes on from it, or ended in it."""
# e.g. "今年", "本年度", "本报告年度"
# not "全年"
_THIS_YEAR = re.compile("今年|本年|本报告")
_LEVEL_WORDS = "省市县区州盟旗镇乡"
# e.g. "我市", "我旗"
# not "自我区分", "我市场", "我县区", "我县（区）", "我市级"
_OUR = re.compile(
    rf"(?<![自大小忘无原])我([{_LEVEL_WORDS}])(?![场域间块划位级（{_LEVEL_WORDS}]|两级)"
)
_BECAME = "更名|改名|改称|改为|改设|改制|升格|现为|前身|划[入归转]|并入|区划"
# e.g. "撤县设区", "撤销原县", "更名为", "区划调整"
# not "设立专栏"
_REORGANISED = re.compile(rf"撤[县市区乡镇地销]|设[区市](?!级)|{_BECAME}")
"""A county that became a district speaks of both, all through its report."""
_ASKED = "反映|咨询|来[函信电]|留言|网[友民]|群众|市民|提问|诉求|热线"
_SAID = "表示|指出|强调|讲话|发言|提出|认为|建议|转载|转发|来自|某"
# e.g. "群众反映我县道路", "会议指出，我省"
# not "我县收到申请"
_TOLD_BY_OTHERS = re.compile(f"{_ASKED}|{_SAID}")
_DAY = r"(\d{1,2})月(\d{1,2})日"
_UNTIL = r"(?:至|到|[-—~～]{1,2})"
_WHAT_IS_COUNTED = (
    "统计(?:期限|期间|时间|时限|周期|区间|范围|数据|截止)|数据统计|数据的?(?:期限|时限)|"
    "所列数据|报告期"
)
_OF_STATISTICS = rf"(?:{_WHAT_IS_COUNTED})[^，。；！？\d]{{0,16}}"
# e.g. "统计期限自2023年1月1日至12月31日"
# e.g. "所列数据统计期限为2022年12月1日起,至2023年11月30日"
# not "征求意见时间为2023年6月1日至6月30日"
_PERIOD = re.compile(
    rf"(?:{_OF_STATISTICS})"
    rf"(?P<period>({YEAR})年{_DAY}(?:起|开始)?[，,]?{_UNTIL}(?:({YEAR})年)?{_DAY})"
)
# e.g. "3月1日挂牌成立", "机构改革后新组建"
# not "成立领导小组"
_FOUNDED = re.compile(
    "挂牌|新?组建|新成立|正式成立|成立于|机构改革|合并|更名|撤[销县并]"
)
_WHOLE_YEAR = (1, 1, 12, 31)
_TWO_LEVELS = 2
_YEARS_BACK = 3
"""An older year is history, not last year's file."""
_SHOWN = 60


def other_year(report: Report) -> Iterator[Said]:
    """A sentence that tells an earlier year's work as this year's.

    Comparisons and histories are none. At most one is said of a report, and none where
    its own year is in doubt.
    """
    if report.year is None or not report.form or _year_is_in_doubt(report):
        return
    earlier = range(report.year - _YEARS_BACK, report.year)
    # Where the report's own year is named as well, two are told side by side.
    own_year = re.compile(rf"{report.year}年|{_THIS_YEAR.pattern}")
    for sentence, at in _sentences(report, but_beside=own_year):
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
    if match is None or _COMPARES.search(sentence) or _LOOKS_BACK.search(sentence):
        return None
    return read_year(match[1])


def _year_is_in_doubt(report: Report) -> bool:
    """Whether a doubt of our reading is on the report's year."""
    return any(
        one.family is FindingFamily.READING and one.check.startswith("year")
        for one in report.findings
    )


def other_level(report: Report) -> Iterator[Said]:
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
            if any(_REORGANISED.search(text) for text, _ in _paragraphs(report)):
                return
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
    """The first 我市, 我区, … of a level that is not the body's own; or nothing.

    What others said, and what is quoted of them, is in their words.
    """
    if "我" not in sentence:
        return ""
    found = list(_OUR.finditer(sentence))
    foreign = [match[0] for match in found if match[1] not in own]
    # 我市、我县、我乡三级 names levels, not places
    are_levels = len({match[1] for match in found}) > _TWO_LEVELS
    if not foreign or are_levels or _TOLD_BY_OTHERS.search(sentence):
        return ""
    return foreign[0]


def period_partial(report: Report) -> Iterator[Said]:
    """The statistics of a year are those of the whole year.

    The first period stated decides. A body founded in the year has no whole year.
    """
    if report.year is None:
        return
    for text, at in _paragraphs(report):
        # Other periods in a report are those of projects and campaigns.
        period = _PERIOD.search(text)
        if period is None:
            continue
        first, last = read_year(period[2]), read_year(period[5] or period[2])
        days = tuple(int(period[number]) for number in (3, 4, 6, 7))
        is_whole = days == _WHOLE_YEAR or _FOUNDED.search(text)
        if first == last == report.year and not is_whole:
            values: dict[str, Value] = {
                "period": period["period"],
                "year": report.year,
            }
            yield Said(values, (), at)
        return


def _paragraphs(report: Report) -> Iterator[tuple[str, Place]]:
    """The text of each heading and paragraph in plain form, and where it stands."""
    for section in report.sections:
        for block in section.blocks:
            if not isinstance(block, Table):
                yield plain(block.text), block.at


def _sentences(
    report: Report, *, but_beside: re.Pattern[str] | None = None
) -> Iterator[tuple[str, Place]]:
    """The sentences of a report, without what is quoted in them, and where they stand.

    `but_beside`: paragraphs with these words are left out.
    """
    for text, at in _paragraphs(report):
        if but_beside and but_beside.search(text):
            continue
        for sentence in _SENTENCE.findall(_QUOTED.sub("", text)):
            yield sentence, at


def _short(sentence: str) -> str:
    """A sentence as it is quoted: its beginning, where it is long."""
    sentence = sentence.strip()
    if len(sentence) <= _SHOWN:
        return sentence
    return f"{sentence[:_SHOWN]}…"
