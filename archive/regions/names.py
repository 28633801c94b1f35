"""Under which names a division can be meant: its own, its short names, and its stem (攀
枝花 of 攀枝花市).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from archive.regions.divisions import Division, divisions, rank, rows

_PEOPLES = (
    "维吾尔|哈萨克|塔吉克|柯尔克孜|蒙古|锡伯|壮|回|藏|苗|彝|布依|朝鲜|满|侗|瑶|白"
    "|土家|哈尼|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|"
    "土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|阿昌|普米|怒|鄂温克|德昂|保安|裕固|独"
    "龙|鄂伦春|各"
)
_AUTONOMOUS = re.compile(
    rf"^(.{{2,}}?)(?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)*自治([州县旗])$"
)
_LEVELS = (
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "地区",
    *"省市县区州盟旗",
)
Index = dict[str, tuple[Division, ...]]


def short_name(name: str) -> str:
    """`黔东南州` of 黔东南苗族侗族自治州, `长阳县`, `鄂温克旗`; the name itself where
    nothing is shortened.
    """
    match = _AUTONOMOUS.match(name) if "自治" in name else None
    return match[1].removesuffix("族") + match[2] if match else name


def stem(name: str) -> str:
    """`攀枝花` of 攀枝花市, `广西` of 广西壮族自治区; empty when fewer than two
    characters are left.
    """
    short = short_name(name)
    for level in _LEVELS:
        if short.endswith(level):
            return short.removesuffix(level) if len(short) - len(level) > 1 else ""
    return ""


@lru_cache(maxsize=1)
def by_name() -> Index:
    """Divisions of all years by full name (without ancestors) and by short name."""
    index: dict[str, dict[Division, None]] = {}
    full: dict[str, list[Division]] = {}
    for entries in divisions().values():
        for division in entries:
            full.setdefault(division.name, []).append(division)
            for name in {division.name, short_name(division.name)}:
                index.setdefault(name, {})[division] = None
    for short, name in rows("short_names.tsv"):
        index.setdefault(short, {}).update(dict.fromkeys(full[name]))
    return {name: tuple(found) for name, found in index.items()}


@lru_cache(maxsize=1)
def by_stem() -> Index:
    """Divisions of all years by stem."""
    named: dict[str, list[Division]] = {}
    for entries in divisions().values():
        for division in entries:
            named.setdefault(division.name, []).append(division)
    index: dict[str, list[Division]] = {}
    for name, found in named.items():
        # the invented ones are meant only where they are written in full
        if (short := stem(name)) and not short.startswith("示例"):
            index.setdefault(short, []).extend(found)
    return {
        short: tuple(sorted(found, key=lambda each: rank(each.code)))
        for short, found in index.items()
    }


def pieces(text: str, at: int) -> Iterator[tuple[str, int]]:
    """What of a text at a place is as long as a name that begins like it, with its end;
    longest first.
    """
    for length in _lengths().get(text[at : at + 2], ()):
        if at + length <= len(text):
            yield text[at : at + length], at + length


@lru_cache(maxsize=1)
def _lengths() -> dict[str, tuple[int, ...]]:
    """The first two characters of any name or stem → how long those beginning so are,
    longest first.
    """
    found: dict[str, set[int]] = {}
    for name in (*by_name(), *by_stem()):
        found.setdefault(name[:2], set()).add(len(name))
    return {start: tuple(sorted(known, reverse=True)) for start, known in found.items()}
