"""What keys and codes are called in Chinese on pages and in exports."""

from __future__ import annotations

from functools import cache

from archive.catalogue import APPLICANTS, CLAIMS, FORMS, KINDS, OUTCOMES, Label
from archive.report import CHECKS
from archive.search import FACETS, facets

SITE = "政府信息公开年报档案"

FORM_NAMES = facets.FORM_NAMES
FORM_SOURCES = {
    "2021": "国办公开办函〔2021〕30号",
    "2019": "国办公开办函〔2019〕60号",
    "free": "无统一格式",
}
LEVELS = facets.LEVELS
FAMILIES = facets.FAMILIES
WEIGHTS = {1: "提示", 2: "值得核对", 3: "重要"}
STATUSES = {"exact": "照录", "inferred": "推定", "missing": "缺", "conflict": "矛盾"}
MEDIA = facets.MEDIA
RUN_KINDS = {
    "collect": "采集",
    "import": "导入",
    "rebuild": "重新读取",
    "reindex": "重建索引",
    "audit": "核验",
}
RUN_STATES = {"queued": "排队中", "running": "进行中", "done": "完成", "failed": "失败"}
ORIGINAL_STATES = {
    "new": "待读取",
    "read": "已读取",
    "not_a_report": "不是年度报告",
    "unfiled": "机关或年份未定",
    "unreadable": "无法读取",
}
TROUBLES = {
    "Unreachable": "无法访问",
    "Refused": "对方拒绝",
    "Changed": "版式有变",
    "Unreadable": "无法读取",
}

GLANCE = (
    ("requests.new.total", "新收申请", "件"),
    ("requests.carried_in.total", "上年结转", "件"),
    ("requests.granted.total", "予以公开", "件"),
    ("requests.concluded.total", "办结总计", "件"),
    ("requests.carried_out.total", "结转下年", "件"),
    ("review.total", "行政复议", "件"),
    ("lawsuits.total", "行政诉讼", "件"),
    ("proactive_total", "主动公开", "条"),
)
"""The key figures of a report: public key, short name, unit. `lawsuits.total` is the
sum of both kinds.
"""


@cache
def figure_labels() -> dict[str, tuple[str, str]]:
    """Every figure key → (table, name in it): `requests.granted.total` → (表三, 予以公
    开 · 总计).
    """
    labels: dict[str, tuple[str, str]] = {}
    for form in FORMS.values():
        for block in form.disclosures:
            for row in block.rows:
                for column in block.columns:
                    name = f"{row.title} · {column.title}"
                    labels.setdefault(
                        f"disclosure.{row.key}.{column.key}", ("主动公开", name)
                    )
        for row in form.requests:
            for applicant in APPLICANTS:
                name = f"{request_row(row)} · {applicant.title}"
                labels.setdefault(
                    f"requests.{row.key}.{applicant.key}", ("依申请公开", name)
                )
    for kind in KINDS:
        for outcome in OUTCOMES:
            name = f"{kind.title} · {outcome.title}"
            labels[f"{kind.key}.{outcome.key}"] = ("复议诉讼", name)
    return labels


def request_row(row: Label) -> str:
    """A row of table 3 with what it stands under, short: `不予公开：属于国家秘密`."""
    bare = row.title.split("（区分")[0].lstrip("0123456789.（一二三四五六七八九十）、")
    parent = (
        row.parent.lstrip("（一二三四五六七八九十）、")
        if row.parent.startswith("（")
        else ""
    )
    return f"{parent}：{bare}" if parent else bare


def figure_label(key: str) -> str:
    """A figure's or a claim's name; the key itself where it has none."""
    if key in CLAIMS:
        return CLAIMS[key]
    return figure_labels().get(key, ("", key))[1]


@cache
def check_labels() -> dict[str, str]:
    """Check → its name."""
    return {check.key: check.title for check in CHECKS}


_FACETS = {facet.key: facet for facet in FACETS}


def facet_label(facet: str, value: str) -> str:
    """What a visitor reads for a facet's value; the value itself where nothing is known
    of it.
    """
    return _FACETS[facet].name(value) if facet in _FACETS else value


def facet_name(facet: str) -> str:
    return _FACETS[facet].label if facet in _FACETS else facet


region_name = facets.region_name
