"""Under which names a division can be meant: its own, its short names, and its stem (攀枝花 of 攀枝花市)."""

from __future__ import annotations

import re
from functools import lru_cache

from archive.regions.divisions import Division, divisions, rank, rows

_PEOPLES = (
    "维吾尔|哈萨克|塔吉克|柯尔克孜|蒙古|锡伯|壮|回|藏|苗|彝|布依|朝鲜|满|侗|瑶|白|土家|哈尼|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|"
    "土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|阿昌|普米|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)*自治([州县旗])$")
_STEM = re.compile(r"^(.{2,}?)(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|地区|省|市|县|区|州|盟|旗)$")
Index = dict[str, tuple[Division, ...]]


def short_name(name: str) -> str:
    """`黔东南州` of 黔东南苗族侗族自治州, `长阳县`, `鄂温克旗`; the name itself where nothing is shortened."""
    match = _AUTONOMOUS.match(name)
    return match[1].removesuffix("族") + match[2] if match else name


def stem(name: str) -> str:
    """`攀枝花` of 攀枝花市, `广西` of 广西壮族自治区; empty when fewer than two characters are left."""
    match = _STEM.match(short_name(name))
    return match[1] if match else ""


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
    index: dict[str, list[Division]] = {}
    for entries in divisions().values():
        for division in entries:
            # the invented ones are meant only where they are written in full
            if (found := stem(division.name)) and not found.startswith("示例"):
                index.setdefault(found, []).append(division)
    return {name: tuple(sorted(found, key=lambda each: rank(each.code))) for name, found in index.items()}


@lru_cache(maxsize=1)
def longest() -> int:
    return max(map(len, by_name()))
