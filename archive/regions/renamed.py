"""Under which names a body may have gone on after a reform of the administration, and
what it is called in full where people shorten it.

示例市环境保护局 is 示例市生态环境局 since 2018 or 2019, in each place on a day of its
own: that a name has a successor says that it can have ended, never when.
"""

from __future__ import annotations

from functools import lru_cache

from archive.regions.divisions import rows


@lru_cache(maxsize=1)
def _endings() -> dict[str, list[str]]:
    """What names ended in → what those of the successors end in."""
    found: dict[str, list[str]] = {}
    for old, new in rows("renamed.tsv"):
        found.setdefault(old, []).append(new)
    return found


def successors(name: str) -> list[str]:
    """The names that a body of this name can have had afterwards; mostly none.

    The longest ending that is known counts: 农村建设局 is no 建设局 of a place, but of
    that nothing is known here, so whoever asks has to find the successor as well.
    """
    return _with_other_ending(name, _endings())


@lru_cache(maxsize=1)
def _shortened() -> dict[str, list[str]]:
    """What people write → what it stands for: 发改委 → 发展和改革委员会."""
    found: dict[str, list[str]] = {}
    for short, full in rows("shortened.tsv"):
        found.setdefault(short, []).append(full)
    return found


def spelled_out(name: str) -> list[str]:
    """The names that a shortened one can stand for; none for one that nobody shortens
    so. Which of them a place has, whoever asks has to find.
    """
    return _with_other_ending(name, _shortened())


def _with_other_ending(name: str, endings: dict[str, list[str]]) -> list[str]:
    # A name is looked up from its longest ending on: 文化广电新闻出版局 before 局.
    for start in range(len(name)):
        ending = name[start:]
        if ending in endings:
            return [f"{name[:start]}{new}" for new in endings[ending]]
    return []
