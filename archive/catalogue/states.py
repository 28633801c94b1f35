"""The states that things are in, each a text in the database with its name in Chinese.

A member is its own text: `RunState.QUEUED == "queued"`, so that rows, JSON and
addresses hold plain words.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """Texts of a closed list, each with what visitors read for it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


def labels_of(states: type[Labelled]) -> dict[str, str]:
    """Value → what visitors read for it, in the order of the list."""
    return {state.value: state.label for state in states}


class Status(Labelled):
    """How a figure came about. Whatever is not EXACT comes with a finding."""

    EXACT = "exact", "照录"
    """Read as printed, at a known place, and no relation contradicts our reading."""
    # What we infer is never counted as printed: it carries a mark wherever it is shown.
    INFERRED = "inferred", "推定"
    """Blank, shifted or damaged in the original; settled by arithmetic or layout."""
    MISSING = "missing", "缺"
    """Not printed, or not to be settled. The value is None, never 0."""
    CONFLICT = "conflict", "矛盾"
    """Printed, but a relation through this cell does not hold; the value is kept."""


MARKS: dict[Status, str] = {
    Status.EXACT: "",
    Status.INFERRED: "†",
    Status.MISSING: "缺",
    Status.CONFLICT: "‡",
}
"""What stands beside a figure, so that nobody takes a guess for what was printed."""


class ValueState(Labelled):
    """What is known of a number that somebody asks for: there it is, or why not."""

    EXACT = "exact", "照录"
    INFERRED = "inferred", "推定"
    """A figure of it was inferred, as `Status` says; there is a value all the same."""
    ABOUT = "about", "约数"
    """The text hedges: 60余件, 60件左右. No number to count with."""
    NOT_IN_FORM = "not_in_form", "本格式无此项"
    """The form of that year has no such rows, or the report follows none."""
    MISSING = "missing", "未印出或读不出"
    IN_DOUBT = "in_doubt", "存疑"
    """A figure contradicts others of the same report, or waits to be read anew."""
    OF_NOTHING = "of_nothing", "分母为 0"
    """There was nothing of which it could be a share."""
    NO_YEAR_BEFORE = "no_year_before", "无上年报告"
    YEAR_BEFORE_NOT_IN_FORM = "year_before_not_in_form", "上年格式无此项"
    """The year before is held, in a form without such rows, or in none at all."""

    has_value: bool
    """Whether there is a number that may be added, ranked and drawn."""


# A name on each: a page of values asks two thousand times.
for _state in ValueState:
    _state.has_value = _state in (ValueState.EXACT, ValueState.INFERRED)


class ClaimScope(Labelled):
    """Whose number a claim is: of the body alone, or of all bodies of its area.

    Governments report for themselves or for all below them; tables seldom say which.
    """

    OWN = "本级", "本级"
    """Of the body alone: 本机关, 市本级, 市政府办公室, 我局."""
    AREA = "汇总", "含下级汇总"
    """Of all bodies of an area: 全市, 全县各级行政机关."""
    UNSAID = "", "未说明"


class FindingFamily(Labelled):
    """What a finding says, and of whom. Never mixed, never added up.

    Which family a finding is of follows from its check alone.
    """

    REPORT = "report", "自身矛盾"
    """What the report says cannot be true at once."""
    # Reorganisations, new duties and quiet years are real: nobody is accused.
    NOTABLE = "notable", "值得留意"
    """Unusual or other than the form has it, and perhaps so."""
    READING = "reading", "读取存疑"
    """Our reading is uncertain: it says nothing of the report."""


class OriginalState(Labelled):
    """What became of an original."""

    NEW = "new", "待读取"
    """Kept, not yet read."""
    READ = "read", "已读取"
    # A workbook with the tables of a page, a page whose report is the PDF beside it.
    PART = "part", "与另一原件合读"
    """Read together with another original, which carries the version."""
    NOT_A_REPORT = "not_a_report", "不是年度报告"
    # Who reports, or for which year, can often be told only from the page around it.
    UNFILED = "unfiled", "机关或年份未定"
    """Agency or year unknown: a person decides."""
    UNREADABLE = "unreadable", "无法读取"


class Outcome(Labelled):
    """What came of taking in one original, or of asking for one page."""

    # Also a differing text from another address: nobody has changed anything there.
    NEW = "new", "新"
    SAME = "same", "相同"
    # Another text at the same address, or an older text shown there again.
    CHANGED = "changed", "更新"
    # Another text with less than the current one: a person decides.
    HELD = "held", "内容变少，待核定"
    # The portal answers 404, or says in words that the page is no more.
    GONE = "gone", "消失"
    # The address is dead, and another one of the source has the same text.
    MOVED = "moved", "迁移"
    UNREADABLE = "unreadable", "无法读取"
    NOT_A_REPORT = "not_a_report", "不是年度报告"
    # The list calls it a report, and its page shows none.
    NO_REPORT = "no_report", "未见报告"
    UNFILED = "unfiled", "机关或年份未定"
    FAILED = "failed", "失败"


class RunKind(Labelled):
    """What a run does."""

    COLLECT = "collect", "采集"
    # From any address of a portal to its lists of reports; takes nothing in.
    FIND = "find", "查找栏目"
    IMPORT = "import", "导入"
    REBUILD = "rebuild", "重新读取"
    REINDEX = "reindex", "重建索引"
    # Reads every original again and compares it with its SHA-256.
    AUDIT = "audit", "核验"


class RunState(Labelled):
    """How far a run is."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    # A list that gave less than it should hold: what it gave was taken in.
    INCOMPLETE = "incomplete", "不完整"
    FAILED = "failed", "失败"


class SourceCondition(Labelled):
    """How a source is, by its latest run of collecting."""

    FAILING = "failing", "失败"
    INCOMPLETE = "incomplete", "不完整"
    # Well when last looked at, and not for long, or without news for a year.
    STALE = "stale", "久无更新"
    # Its list was whole; some pages failed or showed no report.
    PARTLY = "partly", "部分失败"
    WELL = "well", "正常"
    WORKING = "working", "排队或进行中"
    NEVER = "never", "尚未采集"
    PAUSED = "paused", "已暂停"
    # Neither listed nor collected; what it gave stays.
    REMOVED = "removed", "已移除"


class Trouble(Labelled):
    """Why a page or file gave nothing; the names of `scrapers.source`'s errors."""

    UNREACHABLE = "Unreachable", "无法访问"
    # A challenge for browsers, a log-in, or a rule in robots.txt.
    REFUSED = "Refused", "对方拒绝"
    CHANGED = "Changed", "版式有变"
    UNREADABLE = "Unreadable", "无法读取"
    UNFILED = "Unfiled", "机关或年份未定"
    NOT_A_REPORT = "NotAReport", "不是年度报告"
    NO_REPORT = "NoReport", "未见报告"
    INCOMPLETE = "Incomplete", "列表不完整"
    HELD = "Held", "内容变少，待核定"


class EventKind(Labelled):
    """What became of an address that showed a report, as far as it was seen."""

    GONE = "gone", "网页消失"
    RETURNED = "returned", "网页恢复"
    # The old address is dead, and another one of the source has the same text.
    MOVED = "moved", "网址迁移"
    UNLISTED = "unlisted", "从列表撤下"
    LISTED_AGAIN = "listed_again", "重新列出"
    OTHER_AGENCY = "other_agency", "同一网址改为其他机关的报告"
    OTHER_YEAR = "other_year", "同一网址改为其他年度的报告"


class Choice(Labelled):
    """A person's decision about a text with less than the one it would replace."""

    ACCEPTED = "accepted", "采用新文本"
    KEPT = "kept", "保留现有文本"


class Decision(Labelled):
    """A person's ruling on a finding."""

    CONFIRMED = "confirmed", "已确认"
    DISMISSED = "dismissed", "已排除"


class FormName(Labelled):
    """Which statutory form a report follows."""

    FORM_2021 = "2021", "2021年起格式"
    """国办公开办函〔2021〕30号, report years from 2021."""
    FORM_2019 = "2019", "2019–2020年格式"
    """国办公开办函〔2019〕60号, report years 2019 and 2020."""
    # No form was prescribed before the report year 2019.
    FREE = "free", "自由格式"
    """No fixed form: reports for 2008 to 2018."""


class Level(Labelled):
    """Of the government that an agency belongs to."""

    NATION = "国家", "国家"
    PROVINCE = "省", "省级"
    PREFECTURE = "市", "市级"
    COUNTY = "县", "县级"
    # Subdistrict offices (街道办事处) too, though they are no level of their own.
    TOWNSHIP = "乡镇", "乡镇街道"


class PublishedFrom(Labelled):
    """Who says when a report was published, the surest first."""

    STATED = "stated", "页面注明"
    """Printed under a label of publication: 发布日期, 公开时间."""
    PAGE = "page", "见于页面"
    """The page's metadata (PubDate), or a day it prints under another label."""
    LIST = "list", "见于列表"
    """The day in the list of reports, or on the page that the file hangs on."""
    # A report is signed before it is published: such a day proves no punctuality.
    SIGNED = "signed", "落款日期"
    """The day under the signature, or of writing (成文日期)."""


class Punctuality(Labelled):
    """When a report was published, and whether that was late: see `duties`.

    By 条例 第四十九条 departments publish by 31 January of the next year, governments
    by 31 March; townships have no day of their own.
    """

    # A report for 2023 is due in January 2024.
    JANUARY = "january", "次年1月31日及以前"
    MARCH = "march", "次年2月1日至3月31日，未逾期限"
    LATER = "later", "次年3月31日以后，期限不明或无期限"
    LATE = "late", "晚于法定期限"
    UNKNOWN = "unknown", "发布日期不详"
