"""Kinds of agencies as people type them: 教委, 市监局, 人社厅, 环保局, 市政府.

The table of kinds (archive/regions) names what stands before 局, 厅, 委员会 and 办公室,
with short forms and with the names that the same body has had before or since. Which
suffix a body has depends on its place: the 教育局 of 重庆市 is a 教育委员会. So with a
place all of them count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, product, repeat
from pathlib import Path
from typing import NamedTuple

from archive.regions import WRITTEN, BodyKind, kinds_of_bodies, successors
from archive.search.dictionary import lines_of
from archive.search.question.tree import Fit
from archive.search.text import HAN, normal

_GOVERNMENT = "人民政府"
_WRITTEN_GOVERNMENT = (_GOVERNMENT, "政府")
_SIGNED_BY = ("行政公署", "行政公署办公室")
_WITH_OFFICE = "含其办公厅（室）"
_OFFICES = ("办公厅", "办公室", "办")
_LEVELS = {
    level: meant
    for meant, levels in (
        ("省", "省 自治区"),
        ("市", "市 州 设区市 设区的市 地级市 市州 州市 地市"),
        ("县", "县 区 区县 县区 县市区 市县区"),
    )
    for level in levels.split()
}
"""What may stand before a body without its place: 省教育厅, 市政府."""
_LONGEST_FIRST = "|".join(sorted(_LEVELS, key=len, reverse=True))
# e.g. "省", "市级", "区县的"
# not "镇"
_LEVEL = re.compile(f"(?P<level>{_LONGEST_FIRST})级?的?")
_AFTER_GOVERNMENT = "|".join((
    *("采购", "网站", "购买", "公报", "工作", "投资", "数据", "债", "性", "令"),
    *("官网", "规章", "文件", "部门", "机关", "服务", "职能", "补贴", "门户", "会议"),
    *("办事", "隐性", "储备", "预算", "合同", "专员", "特殊"),
))  # fmt: skip
# 政府信息公开, 政府采购 and 政府网站 are no government; 人民政府信息公开案 is of one.
# e.g. "信息公开", "采购"
# not "收到"
_NO_GOVERNMENT = re.compile(f"(?<!人民政府)信息|信息(?!公开)|{_AFTER_GOVERNMENT}")
# 教育局长, 城管队员, 公安局交警: somebody of it, or a part.
_PART_OF_IT = ("长", "队", "员", "吏", "级", "会", "们", "学院", "大学", "学校")
_BUREAU = "局"
# A part of a bureau, behind it: 公安局和平分局, but not 公安局和西湖区公安分局.
_OF = f"(?!关于)(?:(?![局的])[{HAN}]){{2,12}}?"
# e.g. "西湖分局", "高新区分局", "南山管理局"
# not "的分局", "局管理局", "关于分局"
_PART = re.compile(f"(?P<of>{_OF})(?P<ending>分局|管理局)")
_NAMED = 3
"""Other names that a note tells."""
_BRANCHES = Path(__file__).parent / "data" / "branches.tsv"
_BARE = {"城管": "城市管理局", "城管执法": "城市管理局"}
"""Bodies typed without a suffix; only behind their place."""


class Kind(NamedTuple):
    """A kind of agency."""

    name: str
    """In full: 教育委员会."""
    endings: tuple[str, ...]
    """What the names of such agencies end in."""
    in_a_place: tuple[str, ...]
    """The same where the place is known, under any suffix."""
    note: str = ""
    """Of a body that has had another name."""
    level: str = ""
    """Of 省教育厅 and 市政府, which name a level instead of a place."""
    needs_place: bool = False
    sector: str = ""
    """Of 教育部门, which names a sector and no body."""
    has: tuple[str, ...] = ()
    """What names of such agencies have in them, any of these."""
    ends: Fit = Fit.ENDS
    """How names of such agencies end so: those of branches have their place inside."""
    is_of_all: bool = False
    """Whether all in a place are meant, and not only that of the place itself."""


class Named(NamedTuple):
    """A kind of agency that a text names from a position on."""

    end: int
    kind: Kind


def kind_at(text: str, at: int) -> Named | None:
    """The longest name of a kind of agency at `at`, in a text in normal form."""
    known = _kinds()
    for length in _lengths().get(text[at : at + 1], ()):
        typed = text[at : at + length]
        end = at + len(typed)
        kind = known.get(typed)
        branch = _branch_at(text, end, kind) if kind else None
        if branch:
            return branch
        if kind and _may_end_here(text, end, kind):
            return Named(end, kind)
    return None


def _branch_at(text: str, end: int, kind: Kind) -> Named | None:
    """公安局西湖分局: a part that is named behind its bureau, mostly by a district."""
    part = _PART.match(text, end)
    subject = kind.name.removesuffix(_BUREAU)
    if part is None or subject in (kind.name, *part["of"].partition(subject)):
        return None
    short = part["of"].removesuffix("区")
    ends = _distinct(
        f"{bureau}{of}{part['ending']}"
        for bureau in kind.in_a_place
        for of in (short, f"{short}区")
    )
    name = kind.name + part[0]
    branch = Kind(name, ends, ends, kind.note, needs_place=True, is_of_all=True)
    return Named(part.end(), branch)


def typed_kinds() -> tuple[str, ...]:
    """Everything that can be typed for a kind of agency."""
    return tuple(_kinds())


def leveled_at(text: str, at: int) -> Named | None:
    """The same behind a level without its place: 省教育厅, 市政府, 区县的公安局."""
    match = _LEVEL.match(text, at)
    named = kind_at(text, match.end()) if match else None
    if match is None or named is None:
        return None
    level = _LEVELS[match["level"]]
    return Named(named.end, named.kind._replace(level=level, needs_place=False))


def _may_end_here(text: str, end: int, kind: Kind) -> bool:
    """Whether the name is not part of a longer word."""
    if text.startswith(_PART_OF_IT, end):
        return False
    is_government = kind.name == _GOVERNMENT
    return not (is_government and _NO_GOVERNMENT.match(text, end))


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Kind]:
    """Everything that can be typed for a kind of agency."""
    found: dict[str, Kind] = {}
    for row in kinds_of_bodies():
        for typed, kind in _typed(row):
            found.setdefault(normal(typed), kind)
    for typed, name in _BARE.items():
        found[typed] = found[name]._replace(needs_place=True)
    return found | _governments() | dict(_branches())


@lru_cache(maxsize=1)
def _lengths() -> dict[str, tuple[int, ...]]:
    """The first sign of anything typed → how long what begins so is, longest first."""
    found: dict[str, tuple[int, ...]] = {}
    for typed in sorted(_kinds(), key=len, reverse=True):
        lengths = found.get(typed[0], ())
        found[typed[0]] = tuple(dict.fromkeys((*lengths, len(typed))))
    return found


def _typed(row: BodyKind) -> Iterator[tuple[str, Kind]]:
    """What is typed for the bodies of a row, and what it means."""
    for suffix in row.suffixes:
        kind = _kind(row, suffix)
        for typed in row.typed(suffix):
            yield typed, kind


def _kind(row: BodyKind, suffix: str) -> Kind:
    """The kind of agency of a row with this suffix."""
    in_full, *_ = WRITTEN[suffix]
    name = row.name + in_full
    endings: list[str] = []
    for written in WRITTEN[suffix]:
        endings += row.under(written)
    later = [one for one in successors(name) if one not in endings]
    anywhere: list[str] = []
    for written in chain.from_iterable(WRITTEN.values()):
        anywhere += row.under(written)
    others = row.under(in_full)[1:] or later
    return Kind(
        name,
        _distinct([*endings, *later]),
        _distinct([*endings, *later, *anywhere]),
        _note(row, others),
    )


def _note(row: BodyKind, others: Sequence[str]) -> str:
    """What is said of a body that has had another name."""
    if not others:
        return ""
    named = f"一并查找{'、'.join(others[:_NAMED])}"
    if row.until:
        return f"{row.until}年前后更名，{named}"
    return named


def _governments() -> dict[str, Kind]:
    """A government and its office publish one report; either may sign it."""
    offices = ("", *_OFFICES)
    endings = [*_SIGNED_BY]
    for written, office in product(_WRITTEN_GOVERNMENT, offices):
        endings.append(written + office)
    all_of_them = tuple(endings)
    kind = Kind(_GOVERNMENT, all_of_them, all_of_them, _WITH_OFFICE, needs_place=True)
    found: dict[str, Kind] = {}
    for written, office in product(_WRITTEN_GOVERNMENT, offices):
        in_full = "办公室" if office == "办" else office
        found[written + office] = kind._replace(name=_GOVERNMENT + in_full)
    found["府办"] = found[f"{_GOVERNMENT}办"]
    for typed in ("行署", "行政公署"):
        found[typed] = kind._replace(name="行政公署")
    return found


def _branches() -> Iterator[tuple[str, Kind]]:
    """海关, 证监局, 公安分局: bodies that no subject with a suffix behind it names."""
    for line in filter(None, lines_of(_BRANCHES)):
        called, name, has, endings = line.replace("-", "").split("\t")
        ends = _distinct(endings.split())
        parts = _distinct(has.split())
        kind = Kind(name, ends, ends, needs_place=True, has=parts, ends=Fit.CLOSES)
        yield from zip(map(normal, called.split()), repeat(kind), strict=False)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Each of the texts once, in normal form."""
    return tuple(dict.fromkeys(map(normal, texts)))
