"""By what results can be narrowed: one line a facet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from archive.regions import region_path
from archive.report import CHECKS, Check
from archive.search.entry import Entry

LEVELS = {"国家": "国家", "省": "省级", "市": "市级", "县": "县级", "乡镇": "乡镇街道"}
FORM_NAMES = {"2021": "2021年起格式", "2019": "2019–2020年格式", "free": "自由格式"}
HAS = {
    "application": "有新收申请",
    "carried": "有结转申请",
    "review": "有行政复议",
    "litigation": "有行政诉讼",
}
"""What a report tells of, by its figures: Entry.has."""
PUBLISHED = {
    "january": "次年1月31日及以前",
    "march": "次年2月1日至3月31日",
    "late": "次年3月31日以后",
    "unknown": "发布日期不详",
}
"""《政府信息公开条例》第五十条: agencies publish by 31 January, governments for their
whole area by 31 March.
"""
MEDIA = {
    "text/html": "网页",
    "application/pdf": "PDF",
    "application/msword": "Word（doc）",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word（docx）",
    "text/plain": "文本",
    "application/ofd": "OFD",
    "application/rtf": "RTF",
    "application/vnd.oasis.opendocument.text": "OpenDocument（odt）",
    "application/vnd.oasis.opendocument.spreadsheet": "电子表格（ods）",
    "application/vnd.ms-word.xml": "Word（xml）",
    "application/vnd.ms-word.flat-opc": "Word（xml）",
    "application/vnd.ms-excel": "电子表格（xls）",
    "application/vnd.ms-excel.xml": "电子表格（xml）",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "电子表格（xlsx）",
    "application/zip": "压缩包（zip）",
    "application/gzip": "压缩包（gz）",
    "multipart/related": "网页归档（mht）",
    "image/png": "图片（png）",
    "image/jpeg": "图片（jpg）",
    "image/tiff": "图片（tiff）",
    "image/bmp": "图片（bmp）",
    "image/gif": "图片（gif）",
    "image/webp": "图片（webp）",
    "image": "图片",
}
FAMILIES = {"reading": "读取存疑", "report": "自身矛盾"}


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of reports. `key` is its name in addresses, `label` what a visitor
    reads.
    """

    key: str
    label: str
    values: Callable[[Entry], Sequence[str]]
    """The values of an entry; several are allowed, empty ones are left out."""
    call: Callable[[str], str] = str
    """What a visitor reads for a value that is not in `names`."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What a visitor reads for values, in the order in which they are shown; others
    follow, frequent ones first.
    """
    parent: Callable[[str], str] = lambda value: ""
    """In a facet that is a tree: the value a value stands under, empty at the top."""
    newest_first: bool = False
    """Show values in descending order instead of the most frequent first."""
    zeros: bool = True
    """Show also values that would find nothing."""
    most: int = 0
    """Only so many of the most frequent values, the highest in the tree first, are
    counted out, beside those chosen and what stands under them; 0: all.
    """

    def name(self, value: str) -> str:
        return self.names.get(value) or self.call(value)


@cache
def region_name(code: str) -> str:
    """Full name of a division by its code, or the code."""
    path = (
        region_path(code)
        if code.isascii() and code.isdigit() and len(code) == 6
        else ()
    )
    return path[-1].name if path else code


@cache
def _region_above(code: str) -> str:
    path = (
        region_path(code)
        if len(code) == 6 and code.isascii() and code.isdigit()
        else ()
    )
    return path[-2].code if len(path) > 1 else ""


@cache
def _checks() -> dict[str, Check]:
    return {check.key: check for check in CHECKS}


def _family(check: str) -> str:
    return _checks()[check].family.value if check in _checks() else ""


def _check_title(check: str) -> str:
    return _checks()[check].title if check in _checks() else check


def _findings(entry: Entry) -> list[str]:
    """The checks that found something, and their families."""
    return [*sorted({_family(check) for check in entry.findings}), *entry.findings]


def _punctuality(entry: Entry) -> str:
    if entry.published_on is None:
        return "unknown"
    if entry.published_on <= date(entry.year + 1, 1, 31):
        return "january"
    return "march" if entry.published_on <= date(entry.year + 1, 3, 31) else "late"


def _source(entry: Entry) -> str:
    return "image" if entry.media_type.startswith("image/") else entry.media_type


FACETS: tuple[Facet, ...] = (
    Facet(
        "year",
        "年份",
        lambda entry: (str(entry.year),),
        "{}年".format,
        newest_first=True,
    ),
    Facet(
        "region",
        "地区",
        lambda entry: entry.region_codes,
        region_name,
        parent=_region_above,
        zeros=False,
        most=100,
    ),
    Facet("level", "层级", lambda entry: (entry.level,), names=LEVELS),
    Facet("sector", "领域", lambda entry: (entry.sector,)),
    Facet("agency", "机关", lambda entry: (entry.agency,), zeros=False, most=200),
    Facet("has", "内容", lambda entry: entry.has, names=HAS),
    Facet(
        "findings", "核对提示", _findings, _check_title, FAMILIES, _family, zeros=False
    ),
    Facet(
        "published", "发布时间", lambda entry: (_punctuality(entry),), names=PUBLISHED
    ),
    Facet("form", "格式", lambda entry: (entry.form,), names=FORM_NAMES),
    Facet("source", "原件", lambda entry: (_source(entry),), names=MEDIA),
)
"""Values of one facet are alternatives; different facets must all hold. A region counts
for all its ancestors.
"""


@dataclass(
    slots=True
)  # not frozen: a page may have thousands, and they are made twice as fast
class FacetValue:
    """How many results there would be with this value, were its facet open."""

    value: str
    count: int
    selected: bool = False
