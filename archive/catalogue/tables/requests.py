"""Table 3 of the official forms: requests for information and what came of them.

A row is a number of requests, a column who made them. Requests come under 条例
第二十七条 (anybody may ask); what an agency may answer stands in 第三十六条.
"""

from __future__ import annotations

from archive.catalogue.tables.labels import Label

_ORGANISATIONS = "法人或其他组织"

APPLICANTS = (
    Label("natural_person", ("自然人",), english="natural persons"),
    # The five after 自然人 stand under one heading, 法人或其他组织.
    Label("enterprise", ("商业企业",), _ORGANISATIONS, "enterprises"),
    Label("research", ("科研机构",), _ORGANISATIONS, "research institutions"),
    Label(
        "social_organisation",
        # 社会组织 is a usual misprint.
        ("社会公益组织", "社会组织"),
        _ORGANISATIONS,
        "social and charitable organisations",
    ),
    Label(
        "legal_service", ("法律服务机构",), _ORGANISATIONS, "legal service providers"
    ),
    Label("other", ("其他", "其它"), _ORGANISATIONS, "other organisations"),
    Label(
        "total",
        ("总计", "合计"),
        english="total",
        explanation="The six kinds of applicants together.",
    ),
)
"""The columns of table 3; the last is the sum of the six before it."""

RESULTS_HEADING = "三、本年度办理结果"
"""Over all rows that tell what came of requests."""
_REFUSED = "（三）不予公开"
_UNAVAILABLE = "（四）无法提供"
_REJECTED = "（五）不予处理"
_CLOSED = "（六）其他处理"

_COME_IN = (
    Label(
        "new",
        ("一、本年新收政府信息公开申请数量",),
        english="Requests newly received this year",
        explanation="Requests for information under article 27.",
    ),
    Label(
        "carried_in",
        ("二、上年结转政府信息公开申请数量",),
        english="Requests carried over from last year",
        explanation="What last year's report counts as carried over to this year.",
    ),
)
_GRANTED = (
    Label(
        "granted",
        ("（一）予以公开",),
        RESULTS_HEADING,
        "Granted",
        "The information was given (article 36, items 1 and 2).",
    ),
    Label(
        # The words in brackets are the form's own note to whoever fills it in; many
        # offices leave them out.
        "partly_granted",
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
        RESULTS_HEADING,
        "Partly granted",
        "What could be disclosed was given and the rest left out (article 37); such a"
        " request is counted here only.",
    ),
)
_REFUSALS = (
    Label(
        "refused_state_secret",
        ("1.属于国家秘密",),
        _REFUSED,
        "Refused: state secrets",
        "Determined by law to be a state secret (article 14).",
    ),
    Label(
        "refused_by_law",
        ("2.其他法律行政法规禁止公开",),
        _REFUSED,
        "Refused: forbidden by other laws or administrative regulations",
        "Disclosure is forbidden by a law or an administrative regulation"
        " (article 14).",
    ),
    Label(
        # 三安全一稳定: 国家安全, 公共安全, 经济安全 and 社会稳定.
        "refused_security",
        ("3.危及“三安全一稳定”",),
        _REFUSED,
        "Refused: security or stability",
        "Disclosure could endanger state security, public security, economic security"
        " or social stability (article 14).",
    ),
    Label(
        "refused_third_party",
        ("4.保护第三方合法权益",),
        _REFUSED,
        "Refused: rights of third parties",
        "Business secrets or personal privacy, whose disclosure would harm a third"
        " party (article 15).",
    ),
    Label(
        # 三类: 人事管理, 后勤管理, 内部工作流程.
        "refused_internal",
        ("5.属于三类内部事务信息",),
        _REFUSED,
        "Refused: internal affairs",
        "Personnel, logistics and internal work flow of the body (article 16).",
    ),
    Label(
        # 四类: 讨论记录, 过程稿, 磋商信函, 请示报告.
        "refused_process",
        ("6.属于四类过程性信息",),
        _REFUSED,
        "Refused: records of deliberation",
        "Records of discussions, drafts, consultation letters and reports asking for"
        " instructions (article 16).",
    ),
    Label(
        "refused_enforcement_file",
        ("7.属于行政执法案卷",),
        _REFUSED,
        "Refused: enforcement case files",
        "Files of administrative law enforcement (article 16).",
    ),
    Label(
        "refused_inquiry",
        ("8.属于行政查询事项",),
        _REFUSED,
        "Refused: to be looked up in a register",
        "Registers, such as those of companies and real estate, for whose consultation"
        " special rules exist (article 36, item 7).",
    ),
)
_NOT_AVAILABLE = (
    Label(
        "unavailable_not_held",
        ("1.本机关不掌握相关政府信息",),
        _UNAVAILABLE,
        "Unavailable: not held by this body",
        "A search found nothing, or another body is in charge (article 36, items 4"
        " and 5).",
    ),
    Label(
        "unavailable_not_made",
        ("2.没有现成信息需要另行制作",),
        _UNAVAILABLE,
        "Unavailable: would have to be made",
        "Nothing ready exists; the body need not process or analyse what it has"
        " (article 38).",
    ),
    Label(
        "unavailable_unclear",
        ("3.补正后申请内容仍不明确",),
        _UNAVAILABLE,
        "Unavailable: still unclear after correction",
        "The applicant was asked to correct the request (article 30), and it is still"
        " not clear what is wanted.",
    ),
)
_REJECTIONS = (
    Label(
        # Under 第三十九条 these are no requests at all, but the form counts them.
        "rejected_petition",
        ("1.信访举报投诉类申请",),
        _REJECTED,
        "Not handled: petitions, reports or complaints",
        "A petition, report or complaint in the form of a request (article 39).",
    ),
    Label(
        "rejected_repeat",
        ("2.重复申请",),
        _REJECTED,
        "Not handled: repeated requests",
        "The same was asked by the same applicant and has been answered (article 36,"
        " item 6).",
    ),
    Label(
        "rejected_publication",
        ("3.要求提供公开出版物",),
        _REJECTED,
        "Not handled: published works",
        "Government gazettes, newspapers, journals or books (article 39).",
    ),
    Label(
        "rejected_excessive",
        ("4.无正当理由大量反复申请",),
        _REJECTED,
        "Not handled: excessive requests without good reason",
        "Number and frequency clearly exceed what is reasonable, and the reason given"
        " is not accepted (article 35).",
    ),
    Label(
        "rejected_confirmation",
        ("5.要求行政机关确认或重新出具已获取信息",),
        _REJECTED,
        "Not handled: confirmation of information already held",
        "The applicant has the information and wants it confirmed or issued again.",
    ),
)
_CLOSED_2021 = (
    Label(
        "closed_not_corrected",
        ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",),
        _CLOSED,
        "Closed: not corrected in time",
        "Asked to correct the request, the applicant did not without good reason"
        " (article 30).",
    ),
    Label(
        "closed_fee_unpaid",
        ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",),
        _CLOSED,
        "Closed: fee not paid in time",
        "The information-processing fee of article 42 was asked for and not paid in"
        " time.",
    ),
    Label("closed_other", ("3.其他", "3.其它"), _CLOSED, "Closed: other reasons"),
)
# The form of 2019 has one row where the form of 2021 has three: another meaning, and
# therefore another key.
_CLOSED_2019 = (
    Label(
        "closed_any",
        ("（六）其他处理",),
        RESULTS_HEADING,
        "Closed for any other reason",
    ),
)
# What is left is next year's 上年结转: the check `carry_over` compares the two.
_GO_OUT = (
    Label(
        "concluded",
        ("（七）总计", "（七）合计"),
        RESULTS_HEADING,
        "Requests concluded, all results",
        "The sum of all results of the year.",
    ),
    Label(
        "carried_out",
        ("四、结转下年度继续办理",),
        english="Requests carried over to next year",
        explanation="New and carried-in requests without those concluded.",
    ),
)

_BEFORE_CLOSED = (*_COME_IN, *_GRANTED, *_REFUSALS, *_NOT_AVAILABLE, *_REJECTIONS)
REQUESTS_2021 = (*_BEFORE_CLOSED, *_CLOSED_2021, *_GO_OUT)
REQUESTS_2019 = (*_BEFORE_CLOSED, *_CLOSED_2019, *_GO_OUT)
NO_RESULTS = frozenset(label.key for label in (*_COME_IN, *_GO_OUT))
"""Rows that are no single result of a request: what came in, the sum, what goes on."""
