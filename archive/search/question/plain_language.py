"""Questions in plain language: what in them is the subject, and what only asks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from archive.search.text import normal
from archive.search.words import words

# What makes a sentence a question tells next to nothing of its subject, and is rare in
# what answers it: no text need hold it. The longer of two that begin alike comes first.
_WHY_AND_HOW = ("为什么", "什么样", "什么", "怎么样", "怎么办", "怎么", "怎样", "如何")
_WHICH = ("哪一些", "哪些", "哪个", "哪里", "哪儿", "哪种")
_HOW_MUCH = ("多少钱", "多少", "多久", "几个")
_WHETHER = ("是不是", "有没有", "能不能", "可不可以", "请问", "是否")
_WHO_AND_WHEN = ("何时", "何地", "谁")
_ENDINGS = ("吗", "呢", "吧", "啊")
_COURTESIES = ("一下", "告诉我", "想知道", "想问", "谢谢")

# e.g. "年报什么时候公布", "谁来答复", "收费多少钱"
# not "年报公布时间"
_ASKING = re.compile(
    "|".join(
        (
            *_WHY_AND_HOW,
            *_WHICH,
            *_HOW_MUCH,
            *_WHETHER,
            *_WHO_AND_WHEN,
            *_ENDINGS,
            *_COURTESIES,
        )
    )
)

_PARTICLES = "的 了 着 过 地 得 之 所 是 在 有 也 就 都 还 又 再 很 最 更 太 已经 已"
_CONJUNCTIONS = (
    "而 且 与 和 及 或 并 但 但是 因为 因 所以 如果 若 则 虽然 "
    "把 被 给 对 向 从 到 以 于 为 为了 由 让 使 将"
)
_PRONOUNS = (
    "这 那 这个 那个 这些 那些 这样 那样 其 其他 此 该 每 某 各 个 们 "
    "我 你 您 他 她 它 我们 你们 您们 他们 她们 它们 自己 咱们 人家 大家"
)
_AUXILIARIES = "可以 可 能 能够 会 要 应该 应当 需要 想 请 不 没 没有"
_PLACES_AND_TIMES = "上 中 下 里 内 后 前 时 时候 等 现在 一个 一些 一种 种"
_ENGLISH = "a an the of to in is and or for on"
EMPTY = frozenset(
    " ".join(
        (
            _PARTICLES,
            _CONJUNCTIONS,
            _PRONOUNS,
            _AUXILIARIES,
            _PLACES_AND_TIMES,
            _ENGLISH,
        )
    ).split()
)
"""Words that stand in any text, and tell next to nothing."""


@lru_cache(1_000)
def subject(text: str) -> tuple[str, ...]:
    """What is asked about: the question in normal form, cut where it only asks; all of
    it if nothing else is left.
    """
    plain = normal(text)
    parts = []
    at = 0
    for start, end in _asking(plain):
        parts.append(plain[at:start])
        at = end
    parts.append(plain[at:])
    telling = [part for part in parts if any(map(_tells, part))]
    return tuple(telling) or (plain,)


@lru_cache(1_000)
def only_asking(text: str) -> tuple[str, ...]:
    """The words of a text that only ask, in order; none where it has no others."""
    plain = normal(text)
    if subject(text) == (plain,):
        return ()
    asking = [plain[start:end] for start, end in _asking(plain)]
    return tuple(word for part in asking for word in words(part))


def _asking(plain: str) -> list[tuple[int, int]]:
    """Where a text in normal form only asks, and where each such place ends."""
    places = [match.span() for match in _ASKING.finditer(plain)]
    if not places:
        return []
    # 吧 asks at the end of a sentence, and is a part of 酒吧.
    borders = _borders(plain)
    return [place for place in places if place[1] - place[0] > 1 or borders >= {*place}]


def _borders(plain: str) -> set[int]:
    """Where the words of a text begin, and where they end."""
    borders: set[int] = set()
    end = 0
    for word in words(plain):
        start = plain.index(word, end)
        end = start + len(word)
        borders |= {start, end}
    return borders


def _tells(sign: str) -> bool:
    """Letters and digits do, and signs that mean something: ℃, +."""
    if sign.isalnum():
        return True
    return unicodedata.category(sign).startswith("S")
