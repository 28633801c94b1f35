"""The official forms as data: sections, tables, rows, columns and field keys. No logic.

Sources: 国办公开办函〔2021〕30号 (report years 2021 and later, form "2021"), 国办公开办
函〔2019〕60号 (2019 and 2020, form "2019"). Reports for 2008 to 2018 follow no fixed
form ("free"). A key means the same thing in every form; the keys are a public promise.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A row or column: its key and the words printed for it, the official ones first."""

    key: str
    printed: tuple[str, ...]
    parent: str = ""

    @property
    def title(self) -> str:
        return self.printed[0]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of table 2: rows and columns under a heading such as 第二十条第（一）项
    .
    """

    heading: str
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A statutory form: what its three tables hold."""

    name: str
    disclosures: tuple[Block, ...]
    requests: tuple[Label, ...]


SECTIONS: dict[int, tuple[str, ...]] = {
    1: ("总体情况", "概述", "总体工作情况", "总体概述", "基本情况", "工作基本情况"),
    2: ("主动公开政府信息情况", "行政机关主动公开政府信息情况"),
    3: ("收到和处理政府信息公开申请情况", "行政机关收到和处理政府信息公开申请情况"),
    4: (
        "政府信息公开行政复议、行政诉讼情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "政府信息公开工作被申请行政复议、提起行政诉讼情况",
    ),
    5: (
        "存在的主要问题及改进情况",
        "政府信息公开工作存在的主要问题及改进情况",
        "存在问题及改进情况",
    ),
    6: ("其他需要报告的事项",),
}
"""Section number → headings; the first is the official one."""

_REGULATIONS = Label("regulations", ("规章",))
_NORMATIVE = Label("normative_documents", ("行政规范性文件", "规范性文件"))
_LICENSING = Label("licensing", ("行政许可",))
_PENALTIES = Label("penalties", ("行政处罚",))
_COERCION = Label("coercion", ("行政强制",))
_FEES = Label("fees", ("行政事业性收费",))
_DECISIONS = Label("decisions", ("本年处理决定数量", "处理决定数量"))
_PREVIOUS = Label("previous_items", ("上一年项目数量",))
_CHANGE = Label("item_change", ("本年增/减",))

DISCLOSURES_2021 = (
    Block(
        "第二十条第（一）项",
        (_REGULATIONS, _NORMATIVE),
        (
            Label("issued", ("本年制发件数",)),
            Label("repealed", ("本年废止件数", "本年度止件数")),
            Label("in_force", ("现行有效件数",)),
        ),
    ),
    Block("第二十条第（五）项", (_LICENSING,), (_DECISIONS,)),
    Block("第二十条第（六）项", (_PENALTIES, _COERCION), (_DECISIONS,)),
    Block(
        "第二十条第（八）项",
        (_FEES,),
        (Label("amount", ("本年收费金额（单位：万元）",)),),
    ),
)

DISCLOSURES_2019 = (
    Block(
        "第二十条第（一）项",
        (_REGULATIONS, _NORMATIVE),
        (
            Label("made", ("本年新制作数量",)),
            Label("published", ("本年新公开数量",)),
            Label("public_total", ("对外公开总数量",)),
        ),
    ),
    Block(
        "第二十条第（五）项",
        (_LICENSING, Label("other_services", ("其他对外管理服务事项",))),
        (_PREVIOUS, _CHANGE, _DECISIONS),
    ),
    Block(
        "第二十条第（六）项", (_PENALTIES, _COERCION), (_PREVIOUS, _CHANGE, _DECISIONS)
    ),
    Block("第二十条第（八）项", (_FEES,), (_PREVIOUS, _CHANGE)),
    Block(
        "第二十条第（九）项",
        (Label("procurement", ("政府集中采购",)),),
        (Label("items", ("采购项目数量",)), Label("amount", ("采购总金额",))),
    ),
)

APPLICANTS = (
    Label("natural_person", ("自然人",)),
    Label("enterprise", ("商业企业",), "法人或其他组织"),
    Label("research", ("科研机构",), "法人或其他组织"),
    Label("social_organisation", ("社会公益组织", "社会组织"), "法人或其他组织"),
    Label("legal_service", ("法律服务机构",), "法人或其他组织"),
    Label("other", ("其他", "其它"), "法人或其他组织"),
    Label("total", ("总计", "合计")),
)
"""The columns of table 3; the last is the sum of the six before it."""

_RESULTS = "三、本年度办理结果"
_REFUSED = "（三）不予公开"
_UNAVAILABLE = "（四）无法提供"
_REJECTED = "（五）不予处理"
_CLOSED = "（六）其他处理"

_REQUESTS_HEAD = (
    Label("new", ("一、本年新收政府信息公开申请数量",)),
    Label("carried_in", ("二、上年结转政府信息公开申请数量",)),
    Label("granted", ("（一）予以公开",), _RESULTS),
    Label(
        "partly_granted",
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
        _RESULTS,
    ),
    Label("refused_state_secret", ("1.属于国家秘密",), _REFUSED),
    Label("refused_by_law", ("2.其他法律行政法规禁止公开",), _REFUSED),
    Label("refused_security", ("3.危及“三安全一稳定”",), _REFUSED),
    Label("refused_third_party", ("4.保护第三方合法权益",), _REFUSED),
    Label("refused_internal", ("5.属于三类内部事务信息",), _REFUSED),
    Label("refused_process", ("6.属于四类过程性信息",), _REFUSED),
    Label("refused_enforcement_file", ("7.属于行政执法案卷",), _REFUSED),
    Label("refused_inquiry", ("8.属于行政查询事项",), _REFUSED),
    Label("unavailable_not_held", ("1.本机关不掌握相关政府信息",), _UNAVAILABLE),
    Label("unavailable_not_made", ("2.没有现成信息需要另行制作",), _UNAVAILABLE),
    Label("unavailable_unclear", ("3.补正后申请内容仍不明确",), _UNAVAILABLE),
    Label("rejected_petition", ("1.信访举报投诉类申请",), _REJECTED),
    Label("rejected_repeat", ("2.重复申请",), _REJECTED),
    Label("rejected_publication", ("3.要求提供公开出版物",), _REJECTED),
    Label("rejected_excessive", ("4.无正当理由大量反复申请",), _REJECTED),
    Label(
        "rejected_confirmation", ("5.要求行政机关确认或重新出具已获取信息",), _REJECTED
    ),
)
_CLOSED_2021 = (
    Label(
        "closed_not_corrected",
        ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",),
        _CLOSED,
    ),
    Label(
        "closed_fee_unpaid",
        ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",),
        _CLOSED,
    ),
    Label("closed_other", ("3.其他", "3.其它"), _CLOSED),
)
_CLOSED_2019 = (Label("closed_any", ("（六）其他处理",), _RESULTS),)
_REQUESTS_TAIL = (
    Label("concluded", ("（七）总计", "（七）合计"), _RESULTS),
    Label("carried_out", ("四、结转下年度继续办理",)),
)

KINDS = (
    Label("review", ("行政复议",)),
    Label("litigation_direct", ("未经复议直接起诉",), "行政诉讼"),
    Label("litigation_after_review", ("复议后起诉",), "行政诉讼"),
)
"""The three column groups of table 4."""

OUTCOMES = (
    Label("upheld", ("结果维持",)),
    Label("corrected", ("结果纠正",)),
    Label("other", ("其他结果", "其它结果")),
    Label("pending", ("尚未审结", "未审结")),
    Label("total", ("总计", "合计")),
)
"""The columns of each group of table 4; the last is the sum of the four before it."""

FORMS: dict[str, Form] = {
    "2021": Form(
        "2021", DISCLOSURES_2021, (*_REQUESTS_HEAD, *_CLOSED_2021, *_REQUESTS_TAIL)
    ),
    "2019": Form(
        "2019", DISCLOSURES_2019, (*_REQUESTS_HEAD, *_CLOSED_2019, *_REQUESTS_TAIL)
    ),
}

RESULT_ROWS: dict[str, tuple[str, ...]] = {
    name: tuple(
        row.key
        for row in form.requests
        if row.key not in {"new", "carried_in", "concluded", "carried_out"}
    )
    for name, form in FORMS.items()
}
"""The rows of table 3 that add up to （七）总计."""


def disclosure_keys(form: Form) -> list[str]:
    """Keys of table 2, `disclosure.<row>.<column>`, in printed order."""
    return [
        f"disclosure.{row.key}.{column.key}"
        for block in form.disclosures
        for row in block.rows
        for column in block.columns
    ]


def request_keys(form: Form) -> list[str]:
    """Keys of table 3, `requests.<row>.<applicant>`, row by row."""
    return [
        f"requests.{row.key}.{column.key}"
        for row in form.requests
        for column in APPLICANTS
    ]


def proceeding_keys() -> list[str]:
    """Keys of table 4, `<kind>.<outcome>`."""
    return [f"{kind.key}.{outcome.key}" for kind in KINDS for outcome in OUTCOMES]


def keys(form: Form) -> list[str]:
    """Every figure key of a form: 200 for 2021, 198 for 2019."""
    return [*disclosure_keys(form), *request_keys(form), *proceeding_keys()]


CLAIMS: dict[str, str] = {
    "proactive_total": "主动公开信息",
    "applications_received": "收到申请",
    "applications_answered": "答复申请",
    "carried_in": "上年结转",
    "carried_out": "结转下年",
    "reviews": "行政复议",
    "lawsuits": "行政诉讼",
    "website": "网站发布",
    "wechat": "微信发布",
    "weibo": "微博发布",
    "documents_issued": "制发规范性文件",
    "documents_repealed": "废止规范性文件",
    "proposals": "建议提案办理",
    "trainings": "培训",
    "fee": "信息处理费",
}
"""Claim key → Chinese name. Parts of a breakdown have the key `proactive_part`."""
