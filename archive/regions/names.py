"""Under which names a division is written.

攀枝花市 has its full name and its *stem*, the name without the word for its level
(攀枝花). Autonomous divisions have a short name too: 黔东南州 for 黔东南苗族侗族自治州.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from archive.regions.divisions import Division, Divisions, divisions, rank, rows

# The nationalities whose names stand in the names of autonomous divisions; 各 for the
# 各族自治县 (龙胜各族自治县).
_PEOPLES = "|".join((
    *("维吾尔", "哈萨克", "塔吉克", "柯尔克孜", "蒙古", "锡伯", "壮", "回", "藏", "苗"),
    *("彝", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼", "傣", "黎", "傈僳"),
    *("佤", "畲", "拉祜", "水", "东乡", "纳西", "景颇", "土", "达斡尔", "仫佬", "羌"),
    *("布朗", "撒拉", "毛南", "仡佬", "阿昌", "普米", "怒", "鄂温克", "德昂", "保安"),
    *("裕固", "独龙", "鄂伦春", "各"),
))  # fmt: skip
# Written without 族 in 伊犁哈萨克自治州 and the like.
_WITHOUT_ZU = "蒙古|哈萨克|柯尔克孜|塔吉克|锡伯"
# e.g. "黔东南苗族侗族自治州", "长阳土家族自治县", "伊犁哈萨克自治州", "鄂温克族自治旗"
# not "攀枝花市", "西藏自治区"
_AUTONOMOUS = re.compile(
    rf"^(.{{2,}}?)(?:(?:{_PEOPLES})族|{_WITHOUT_ZU})*自治([州县旗])$"
)
# The words for a level, the longer ones first.
_LEVELS = (
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "地区",
    *("省", "市", "县", "区", "州", "盟", "旗"),
)
_NEW_AREA = "新区"
Index = dict[str, Divisions]


def short_name(name: str) -> str:
    """`黔东南州` of 黔东南苗族侗族自治州, `长阳县`, `鄂温克旗`.

    The name itself where nothing is shortened.
    """
    if "自治" not in name:
        return name
    match = _AUTONOMOUS.match(name)
    if match is None:
        return name
    return match[1].removesuffix("族") + match[2]


def stem(name: str) -> str:
    """`攀枝花` of 攀枝花市, `广西` of 广西壮族自治区.

    Empty when fewer than two characters are left: 沙 of 沙县 is no name of a place.
    """
    short = short_name(name)
    for level in _LEVELS:
        if short.endswith(level):
            rest = short.removesuffix(level)
            if len(rest) > 1:
                return rest
            return ""
    return ""


@lru_cache(maxsize=1)
def _by_full_name() -> dict[str, list[Division]]:
    """Divisions of all years by their full name alone, without ancestors.

    {"鼓楼区": [those of 南京市, 徐州市, 福州市, 开封市]}
    """
    named: dict[str, list[Division]] = {}
    for division in chain.from_iterable(divisions().values()):
        named.setdefault(division.name, []).append(division)
    return named


@lru_cache(maxsize=1)
def by_name() -> Index:
    """Divisions of all years by full name (without ancestors) and by short name."""
    full = _by_full_name()
    # dictionaries as sets that keep their order
    index: dict[str, dict[Division, None]] = {}
    for name, found in full.items():
        for written in {name, short_name(name)}:
            index.setdefault(written, {}).update(dict.fromkeys(found))
    for short, name in rows("short_names.tsv"):
        index.setdefault(short, {}).update(dict.fromkeys(full[name]))
    return {name: tuple(found) for name, found in index.items()}


@lru_cache(maxsize=1)
def by_stem() -> Index:
    """Divisions of all years by stem, the higher ones first."""
    index: dict[str, list[Division]] = {}
    for name, found in _by_full_name().items():
        short = stem(name)
        # The invented ones of the demonstration count only where written in full.
        is_invented = short.startswith("示例")
        if short and not is_invented:
            index.setdefault(short, []).extend(found)
    return {short: _higher_first(found) for short, found in index.items()}


@lru_cache(maxsize=1)
def by_stem_of_area() -> Index:
    """New areas that are districts, without the word for it: 浦东 of 浦东新区.

    Only questions leave it out; an agency that is named so, as 浦东机场海关, need not
    be the district's.
    """
    index: Index = {}
    for name, found in _by_full_name().items():
        short = name.removesuffix(_NEW_AREA)
        if short != name and len(short) > 1:
            index[short] = tuple(found)
    return index


@lru_cache(maxsize=1)
def by_name_without_peoples() -> Index:
    """黔东南自治州 of 黔东南苗族侗族自治州, as questions have it; names of agencies
    have 黔东南州.
    """
    index: Index = {}
    for name, found in _by_full_name().items():
        short = short_name(name)
        if short != name:
            index[f"{short[:-1]}自治{short[-1]}"] = tuple(found)
    return index


@lru_cache(maxsize=1)
def by_earlier_name() -> Index:
    """What places are today that had another name before there were reports, as
    questions have it: 鄞县 is 鄞州区, 伊克昭盟 is 鄂尔多斯市.
    """
    index: Index = {}
    for name, code in rows("earlier.tsv"):
        index[name] = (*index.get(name, ()), *divisions()[code])
    return index


def _higher_first(found: list[Division]) -> Divisions:
    """吉林省 before 吉林市."""
    return tuple(sorted(found, key=lambda division: rank(division.code)))


def pieces(text: str, at: int) -> Iterator[tuple[str, int]]:
    """The beginnings of `text[at:]` that may be a name or a stem, longest first.

    Each with the position behind it. A piece is only as long as some name that begins
    with the same two characters; whether it is one, the caller looks up.
    """
    for length in _lengths().get(text[at : at + 2], ()):
        if at + length <= len(text):
            yield text[at : at + length], at + length


def prepare() -> None:
    """Make what places are found by, a tenth of a second: before a process is forked,
    else each of its children makes its own.
    """
    _lengths()


@lru_cache(maxsize=1)
def _lengths() -> dict[str, tuple[int, ...]]:
    """The first two characters of any name or stem → how long those beginning so are.

    Longest first: {"攀枝": (4, 3)} for 攀枝花市 and 攀枝花.
    """
    found: dict[str, set[int]] = {}
    asked = (*by_stem_of_area(), *by_name_without_peoples(), *by_earlier_name())
    for name in (*by_name(), *by_stem(), *asked):
        found.setdefault(name[:2], set()).add(len(name))
    return {start: tuple(sorted(known, reverse=True)) for start, known in found.items()}
