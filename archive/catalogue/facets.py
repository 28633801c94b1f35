"""By what results can be narrowed, and the fields of a question.

How a value is taken from a report, and names that are computed (a region's), are bound
to a facet by its key in `archive.search.facets`. To add one: a record here, a binding
there; the help page and the addresses follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.catalogue.figures import LAWSUITS
from archive.catalogue.formats import FORMATS
from archive.catalogue.states import (
    FindingFamily,
    FormName,
    Level,
    Punctuality,
    labels_of,
)

PICTURE = "image"
"""The value of the facet `source` for pictures of every format."""

LEVELS = labels_of(Level)
FORM_NAMES = labels_of(FormName)
FAMILIES = labels_of(FindingFamily)
PUBLISHED = labels_of(Punctuality)
MEDIA: dict[str, str] = {
    **{one.media_type: one.label for one in FORMATS},
    PICTURE: "图片",
}
"""Media type → what visitors read for it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something a report has: true where its figure is more than nothing."""

    key: str
    label: str
    figure: str


# Zero and blank are both "no": a report that says 0 has none of it.
CONDITIONS: tuple[Condition, ...] = (
    Condition("application", "有新收申请", "requests.new.total"),
    Condition("carried", "有结转申请", "requests.carried_in.total"),
    Condition("review", "有行政复议", "review.total"),
    Condition("litigation", "有行政诉讼", LAWSUITS),
)
HAS: dict[str, str] = {one.key: one.label for one in CONDITIONS}


@dataclass(frozen=True, slots=True)
class Field:
    """What can stand before a colon in a question: `机关:商务局`."""

    key: str
    """A facet's, or SECTION."""
    names: tuple[str, ...]
    """What it is called in a question, the English name first."""
    help: str
    """What visitors read about it."""
    example: str


SECTION = "section"

FIELDS: tuple[Field, ...] = (
    Field(
        "agency",
        ("agency", "机关", "单位"),
        "机关名称中有这些字",
        "机关:商务局,财政局",
    ),
    Field(
        "region",
        ("region", "地区", "区划"),
        "报告机关所在的行政区划，包括下级地区",
        "地区:示例市",
    ),
    Field("year", ("year", "年份", "年度"), "报告年度，可以是一段", "年份:2021..2023"),
    Field(
        SECTION,
        (SECTION, "章节"),
        "其余的词都要在同一个章节里：写标题中的字，或序号一至六",
        "章节:问题 人员",
    ),
    Field("sector", ("sector", "领域", "部门"), "机关的领域", "领域:教育"),
    Field("level", ("level", "层级"), "国家、省、市、县、乡镇", "层级:县"),
    Field("form", ("form", "格式"), "2021、2019 或自由格式", "格式:2021"),
    Field(
        "findings",
        # The singular is understood in addresses too.
        ("finding", "findings", "问题", "核对"),
        "核对提示：名称中的字，或“自身矛盾”“值得留意”“读取存疑”",
        "问题:自身矛盾",
    ),
    Field(
        "has",
        ("has", "含", "包含"),
        "报告的数字中有：申请、结转、复议、诉讼",
        "含:诉讼",
    ),
    Field(
        "published",
        ("published", "发布"),
        "发布时间：january（1月底前）、march（3月底前）、later（更晚）、"
        "late（晚于法定期限）、unknown（不详）",
        "发布:late",
    ),
    Field("source", ("source", "原件"), "原件是网页、PDF、Word 等", "原件:pdf"),
)
"""In the order of the help page."""

FIELD_NAMES: dict[str, tuple[str, ...]] = {one.key: one.names for one in FIELDS}


@dataclass(frozen=True, slots=True)
class FacetRecord:
    """A property of reports by which results are narrowed."""

    key: str
    """Its name in addresses."""
    label: str
    names: Mapping[str, str] = field(default_factory=dict)
    """What a visitor reads for values, in the order in which they are shown; others
    follow, frequent ones first.
    """
    is_tree: bool = False
    """Whether a value can stand under another, as 区 under 市 does."""
    newest_first: bool = False
    """Show values in descending order instead of the most frequent first."""
    zeros: bool = True
    """Show also values that would find nothing."""
    most: int = 0
    """Only so many of the most frequent values, the highest in the tree first, are
    counted out, beside those chosen and what stands under them; 0: all.
    """


FACETS: tuple[FacetRecord, ...] = (
    FacetRecord("year", "年份", newest_first=True),
    # There are thousands of divisions; a page can show only the largest.
    FacetRecord("region", "地区", is_tree=True, zeros=False, most=100),
    FacetRecord("level", "层级", LEVELS),
    FacetRecord("sector", "领域"),
    FacetRecord("agency", "机关", zeros=False, most=200),
    FacetRecord("has", "内容", HAS),
    # A check stands under its family, so that doubts and contradictions never mix.
    FacetRecord("findings", "核对提示", FAMILIES, is_tree=True, zeros=False),
    # Late is measured by 条例 第四十九条, as in `duties`.
    FacetRecord("published", "发布时间", PUBLISHED),
    FacetRecord("form", "格式", FORM_NAMES),
    FacetRecord("source", "原件", MEDIA),
)
"""In the order in which pages offer them. Values of one facet are alternatives;
different facets must all hold. A region counts for all its ancestors.
"""
