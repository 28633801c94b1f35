"""Which divisions a text begins with: from left to right, the longest names, each
inside the one before.

四川省攀枝花市西区经济合作局 → 四川省, 攀枝花市, 西区. Only the beginning counts: 西区
in 江西区域… is no division.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from archive.regions.divisions import Division, divisions, is_within, rank, rows
from archive.regions.names import by_name, by_stem, pieces

_OTHER_WORD = re.compile(
    r"域|间|街道|街办|(?:镇|乡|苏木)(?:人民政府|政府|党|便民|综合|$)|村(?:民)?委|社区居"
)
"""After a division's name: it was a part of another word (区域, 城区街道, 新市镇人民政
府).
"""
_NOT_AFTER_STEM = re.compile(
    r"[省市区县州盟旗镇乡街路村道湾]|.{0,8}(?:街道|街办|(?:镇|乡)(?:人民)?政府)"
)
ZONE = re.compile(
    r"^.{0,14}?(?:开发区|高新区|高新技术产业园区|产业园区|工业园区|工业园|园区|新区|保税区|保税港区|试验区|示范区|度假区|"
    r"风景名胜区|风景区|实验区|合作区|经开区|功能区|经济区|集聚区|管理区)(?:管理委员会|管委会|管理局)?"
)
_ZONE_WORDS = re.compile(
    r"(?:国家级|国家)?(?:.{0,4}(?:经济技术开发区|经济开发区|高新技术产业开发区|新技术开发区|新区|高新区)|经济|高新|高技术|保税|综合保税|出口加工|工业园|新区|航空港|自贸|自由贸易|旅游度假|循环经济|经开)"
)
VERTICAL = re.compile(
    r"^(?:海关|证监局|海事局|银保监局|银保监分局|银监局|银监分局|保监局|监管局|监管分局|金融监管局|通信管理局|"
    r"邮政管理局|出入境检验检疫局|调查总?队|专员办|铁路局|民航)"
)


class Found(NamedTuple):
    """The divisions a text can begin with (several: ambiguous), and where they end.

    `stem`: the place is named without its level (成都海关, 广西商务厅).
    `unknown_below`: a division follows that is not in that year's list below the ones
    found.
    """

    divisions: tuple[Division, ...]
    end: int
    stem: bool = False
    unknown_below: bool = False


@lru_cache(maxsize=1)
def _zones() -> tuple[tuple[str, str], ...]:
    """Names of zones that are known without their province, and the divisions they lie
    in.
    """
    return tuple((zone, code) for zone, code in rows("zones.tsv"))


def leading(text: str, year: int | None, national: bool = False) -> Found | None:
    """The divisions at the beginning of a text. `national`: it stands after the name of
    a national body.
    """
    for zone, code in _zones():
        if text.startswith(zone):
            return Found(
                (next(each for each in divisions()[code] if each.exists(year)),),
                0,
                stem=True,
            )
    ends = list(_follow(text, 0, None, year))
    if not ends:
        return _by_stem(text, 0, None, year, national)
    end = max(end for end, _ in ends)
    reached = _distinct(division for at, division in ends if at == end)
    if len(reached) == 1 and rank(reached[0].code) < 2:
        if closer := _by_stem(text, end, reached[0], year, national):
            return closer
        elsewhere = _named_elsewhere(text, end, reached[0], year)
        if elsewhere is not None:
            return Found(_distinct((reached[0], *elsewhere)), end, unknown_below=True)
    return Found(reached, end)


def _follow(
    text: str, at: int, parent: Division | None, year: int | None
) -> Iterator[tuple[int, Division]]:
    """Every end that a row of names can reach, with the last division of the row."""
    if parent is not None and rank(parent.code) == 2:
        return
    names, stems = by_name(), by_stem()
    for piece, end in pieces(text, at):
        for division in _inside(names.get(piece, ()), parent, year):
            deeper = list(_follow(text, end, division, year))
            if deeper:
                yield from deeper
            elif not _OTHER_WORD.match(text, end):
                yield end, division
        for division in _inside(stems.get(piece, ()), parent, year):
            if rank(division.code) < 2 and piece != division.name:
                yield from _follow(text, end, division, year)


def _inside(
    found: tuple[Division, ...], parent: Division | None, year: int | None
) -> Iterator[Division]:
    for division in found:
        if division.exists(year) and (
            parent is None
            or (division.code != parent.code and is_within(division.code, parent.code))
        ):
            yield division


def _by_stem(
    text: str, at: int, parent: Division | None, year: int | None, national: bool
) -> Found | None:
    """A place named without its level, where nothing else can be meant by it."""
    for piece, end in pieces(text, at):
        known = tuple(_inside(by_stem().get(piece, ()), parent, year))
        chosen = (
            _meant_by_stem(known, text[end : end + 40], parent is None, national)
            if known
            else ()
        )
        if chosen:
            return Found(_distinct(chosen), end, stem=True)
    return None


def _meant_by_stem(
    known: tuple[Division, ...], rest: str, first: bool, national: bool
) -> tuple[Division, ...]:
    """Which of the divisions of one stem the words behind it allow."""
    if national or VERTICAL.match(rest):
        if "调查总队" in rest:  # a 总队 stands at the province, a 调查队 below it
            return tuple(each for each in known if rank(each.code) == 0)
        return tuple(
            each for each in known if "调查队" not in rest or rank(each.code) > 0
        )
    if _ZONE_WORDS.match(rest) and ZONE.match(rest):
        higher = tuple(each for each in known if rank(each.code) < 2)
        # a zone is rarely named after a district, and 滨江, 城南 are words too
        return higher or (
            known
            if len(_distinct(known)) > 1 or known[0].name.endswith(("市", "县", "旗"))
            else ()
        )
    if not first or rank(known[0].code) > 0 or _NOT_AFTER_STEM.match(rest):
        return ()
    # 吉林 and 海南 are stems of prefectures too; a 厅 exists at the province only
    return tuple(
        each
        for each in known
        if rank(each.code) == 0 or (rank(each.code) == 1 and "厅" not in rest)
    )


def _named_elsewhere(
    text: str, at: int, parent: Division, year: int | None
) -> tuple[Division, ...] | None:
    """Divisions named next that do not lie in the one before; () when they do, but not
    in that year; None: no such.
    """
    if ZONE.match(text[at : at + 24]):
        return None
    for piece, end in pieces(text, at):
        known = (
            by_name().get(piece, ()) if len(piece) > 2 else ()
        )  # 城区 and 郊区 are words too
        if not known or _OTHER_WORD.match(text, end):
            continue
        if any(
            is_within(each.code, parent.code) and each.code != parent.code
            for each in known
        ):
            return ()
        now = tuple(
            each for each in known if each.exists(year) and each.code != parent.code
        )
        if now:
            return now
    return None


def _distinct(found: Iterable[Division]) -> tuple[Division, ...]:
    """One division a code, the newest; of a division that only changed its code, the
    newest code.
    """
    newest: dict[tuple[str, str], Division] = {}
    for division in {
        each.code: each for each in sorted(found, key=lambda each: each.last)
    }.values():
        newest[division.code[:4], division.name] = division
    return tuple(sorted(newest.values()))
