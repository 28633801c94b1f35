"""Numbers that reports state in running text: the claims.

Sections 1, 5 and 6 of the forms are prose. Some of their numbers repeat the tables and
must agree with them (`same_as`); others stand nowhere else, like how much was disclosed
in the year.
"""

from __future__ import annotations

from archive.catalogue.figure_record import FigureRecord, Stored

BREAKDOWN_PART = "proactive_part"
"""The key of the parts of a breakdown; the report's own wording is their label."""


def _claim(
    key: str,
    label: str,
    english: str,
    unit: str,
    explanation: str,
    same_as: tuple[str, ...] = (),
    short: str = "",
) -> FigureRecord:
    return FigureRecord(
        key,
        label,
        english,
        unit,
        explanation,
        stored=Stored("claims", "value", key),
        same_as=same_as,
        short=short,
    )


_RECORDS = (
    _claim(
        # What counts as a piece of information is up to each office: 条 may be articles
        # of a website as well as documents.
        "proactive_total",
        "主动公开信息",
        "Information disclosed on the body's own initiative",
        "条",
        "How many pieces of information the text says were disclosed in the year; the"
        " tables do not carry it.",
        short="主动公开",
    ),
    _claim(
        "applications_received",
        "收到申请",
        "Requests received",
        "件",
        "New requests of the year, as the text states them.",
        ("requests.new.total",),
    ),
    _claim(
        "applications_answered",
        "答复申请",
        "Requests answered",
        "件",
        "Requests that were answered or concluded, as the text states them.",
    ),
    _claim(
        "carried_in",
        "上年结转",
        "Requests carried over from last year",
        "件",
        "As the text states them.",
        ("requests.carried_in.total",),
    ),
    _claim(
        "carried_out",
        "结转下年",
        "Requests carried over to next year",
        "件",
        "As the text states them.",
        ("requests.carried_out.total",),
    ),
    _claim(
        # By 行政复议 alone the text may mean all reviews of the body; only those about
        # disclosure are read as claims.
        "reviews",
        "行政复议",
        "Administrative reviews",
        "件",
        "Reviews about disclosure, as the text states them.",
        ("review.total",),
    ),
    _claim(
        # Text rarely splits lawsuits as table 4 does, so both kinds are added up.
        "lawsuits",
        "行政诉讼",
        "Administrative lawsuits",
        "件",
        "Lawsuits about disclosure, with or without a review before, as the text"
        " states them.",
        ("litigation_direct.total", "litigation_after_review.total"),
    ),
    _claim(
        # One channel each: their sum is no total of what was disclosed.
        "website",
        "网站发布",
        "Published on the website",
        "条",
        "Pieces of information published on the body's website.",
    ),
    _claim(
        "wechat",
        "微信发布",
        "Published on WeChat",
        "条",
        "Pieces of information published on the body's WeChat account.",
    ),
    _claim(
        "weibo",
        "微博发布",
        "Published on Weibo",
        "条",
        "Pieces of information published on the body's Weibo account.",
    ),
    _claim(
        "documents_issued",
        "制发规范性文件",
        "Normative documents issued",
        "件",
        "Normative documents made by the body in the year, as the text states them.",
        ("disclosure.normative_documents.issued",),
    ),
    _claim(
        "documents_repealed",
        "废止规范性文件",
        "Normative documents repealed",
        "件",
        "Normative documents of the body repealed in the year, as the text states"
        " them.",
        ("disclosure.normative_documents.repealed",),
    ),
    _claim(
        "proposals",
        "建议提案办理",
        "Proposals of deputies and members handled",
        "件",
        "Proposals of deputies to the people's congress (建议) and of members of the"
        " consultative conference (提案).",
    ),
    _claim(
        "trainings",
        "培训",
        "Trainings held",
        "次",
        "Trainings about disclosure.",
    ),
    _claim(
        # Stated in 元, while table 2 counts fees in 万元.
        "fee",
        "信息处理费",
        "Information-processing fee collected",
        "元",
        "What was collected under article 42 for requests beyond a reasonable number;"
        " section 6 of the form of 2021 must state it.",
    ),
)

CLAIMS: dict[str, FigureRecord] = {one.key: one for one in _RECORDS}
"""Claim key → its record."""

PART = _claim(
    BREAKDOWN_PART,
    "主动公开分项",
    "Part of the information disclosed",
    "条",
    "A part of `proactive_total`, under the wording of the report.",
)
"""The record of what has no name of its own: a part of a breakdown."""
