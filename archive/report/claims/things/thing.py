"""A thing that reports count in prose, and the words that name it: a claim's record.

How a number is read: the words before it in its clause are held against `before`, those
behind it against `behind`. Both stop at a comma, a full stop and the next number, so
that a number goes with its own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archive.report.claims.mention import Denial, Mention

COUNT = frozenset(
    {"件", "件次", "条", "次", "份", "宗", "例", "个", "起", "案", "人次", "项"}
)
"""Units of what is filed: offices count applications in any of them."""
PAPERS = frozenset({"件", "份", "个"})

GAP = r"[^，。；！？\d]"
"""A sign that may stand between a thing and its number: no clause ends, no digit."""

_SUMMED_UP = "共计?|合计|累计|总计"
_QUANTITY = "总数|总量|数量|件数|条数|数|量"
_LINKS = "为|有|是|了|的|达到?|约|近|：|均|各"
HOW_MANY = rf"(?:{_SUMMED_UP}|{_QUANTITY}|申请|{_LINKS}|案件|案|情况|仅|也|都)*+"
"""What may stand between a thing and its number without changing what is counted:
收到申请[数量共计为]5件. Possessive, so that no text is slow to search.
"""


class Wording(NamedTuple):
    """Words before a number that say what it counts; they end where it begins."""

    sign: str
    """Stands in every text that fits: a cheap look before the pattern."""
    pattern: re.Pattern[str]
    never_in: frozenset[str] = frozenset()
    """Units of the thing that these words do not take."""

    def search(self, words: str) -> re.Match[str] | None:
        """The match at the end of the words before a number.

        None where they tell something else.
        """
        if self.sign not in words:
            return None
        return self.pattern.search(words)


# e.g. "引发行政复议", "诉讼"
_CASES = re.compile("复议|诉讼")


class Behind(NamedTuple):
    """Words behind a number that say what it counts: 举办3场[政务公开培训]."""

    sign: str
    pattern: re.Pattern[str]
    verb: re.Pattern[str] | None = None
    """What must end the words before the number: [举办]3场政务公开培训. Without one any
    words do, unless the number is already one of reviews or lawsuits.
    """

    def match(self, words: str, behind: str) -> re.Match[str] | None:
        """What told it: the match of the verb where there is one, else of the words
        behind the number. None where they tell something else.
        """
        if self.sign not in behind:
            return None
        found = self.pattern.match(behind)
        if found is None:
            return None
        if self.verb is not None:
            return self.verb.search(words)
        # 行政复议3件上年结转: a number that has its word before it needs none behind
        nearest = words.rpartition("、")[2]
        is_taken = _CASES.search(nearest) is not None
        return None if is_taken else found


def _always(_: Mention) -> bool:
    """For a thing whose words can mean nothing else."""
    return True


def _never(_: Denial) -> bool:
    """For a thing that reports do not deny in words."""
    return False


@dataclass(frozen=True, eq=False)
class Thing:
    """Something that reports count in prose, under the key of its claim.

    To add one: a record like this in a file of this folder, a line in `THINGS`, and a
    name for its key in `CLAIMS` of the catalogue.
    """

    key: str
    units: frozenset[str]
    """Units of its numbers; 3场 is no number of applications."""
    before: tuple[Wording, ...]
    """The better wording first: of two numbers told the first is kept."""
    behind: tuple[Behind, ...] = ()
    continued: tuple[Wording, ...] = ()
    """Short words that go on with an earlier part of the sentence, where `sign` stands
    in that: 制定规范性文件5件，[废止]3件.
    """
    is_meant: Callable[[Mention], bool] = _always
    """Whether words that fit mean the thing: its whole, and no other business."""
    none: re.Pattern[str] | None = None
    """Words that state 0: 未收到政府信息公开申请."""
    none_sign: str = ""
    """Stands in every text that `none` fits."""
    is_denied: Callable[[Denial], bool] = _never
    """Whether words that `none` fits deny that any of it happened to this body."""
    none_in: str = "件"
    """Unit of a 0 stated in words."""
    is_left_to_the_whole: bool = False
    """Whether a part of a larger number (其中…) never states it."""

    def worded(self, unit: str | None) -> Iterator[Wording]:
        """The words before a number of a unit that can make it one of this thing.

        A bare 0 has no unit and can be a number of anything.
        """
        if unit is not None and unit not in self.units:
            return
        for wording in self.before:
            if unit not in wording.never_in:
                yield wording

    def told_before(self, words: str, unit: str | None) -> Iterator[re.Match[str]]:
        """Each match of the words before a number that make it one of this thing."""
        found = (wording.search(words) for wording in self.worded(unit))
        return filter(None, found)
