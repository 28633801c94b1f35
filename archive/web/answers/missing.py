"""Something that a question names and that is not here, in words: which years of what,
and what is known of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

from archive.catalogue import COVERED_SINCE, Coverage
from archive.search import ChipKind
from archive.store import YearState
from archive.web.addresses import address, public_address

_NOT_COUNTED = "该年度的收录情况尚未统计。"
_SEE_LIST = "可以指几个机关，各年度的情况见名单。"
_SEE_BODY = "各年度的情况见机关页面。"
_UNKNOWN = "可能以别的名称收录，可换一个名称查找。"
_NOT_LISTED = "应当报告的机关名单中没有它。"
_BEFORE_ANY_WAS_DUE = (
    f"不计入应有。《政府信息公开条例》{COVERED_SINCE}年起施行，"
    "此前没有应当公布的年度报告。"
)
_SPAN = 3
"""So many years in a row are told by the first and the last."""


@dataclass(frozen=True, slots=True)
class NotHeld:
    """Something named that is not here."""

    kind: ChipKind
    name: str
    """What was named: 示例市教育局; empty where only years were."""
    years: tuple[int, ...]
    """The years of it that are not here; none where no year was named."""
    is_open: bool
    """Whether it may be one of several bodies, or a body of any place."""
    region: str
    """The code of its place."""
    level: str = ""
    """Of which bodies may be meant; empty for any."""
    body_key: str = ""
    """The address of the body, if it is known."""
    states: tuple[YearState, ...] = ()
    """What is known of these years, or of the newest that is missing."""
    held_as: str = ""
    """The name of the body, where it is here after all, though under no name asked for:
    it is called otherwise, or the search is a moment behind.
    """

    apart_from: tuple[str, ...] = ()
    """What the question rules out, where something of it is here."""
    is_to_come: bool = False
    """Whether the years are not over, so that nobody can have reported on them."""
    is_unknown: bool = False
    """Whether only its name tells that it is a body, which may have another here."""

    @property
    def sentence(self) -> str:
        """What is not here."""
        when = f"{_in_runs(self.years)}年" if self.years else ""
        if self.is_unknown:
            return f"档案中没有找到名为“{self.name}”的机关。"
        if self.is_to_come:
            return f"{when}尚未结束，该年度的报告要到次年才公布。"
        if self.held_as:
            return f"{self.name}{when}的年度报告收录在“{self.held_as}”之下。"
        whose = f"{self.name}{when}的" if self.name or when else ""
        if self.apart_from:
            others = "、".join(self.apart_from)
            return f"除去不要的（{others}），档案中没有{whose or '别的'}年度报告。"
        return f"档案中没有{whose}年度报告。"

    @property
    def known(self) -> str:
        """What is known of it, with the word of the states of coverage."""
        told = [*self._before_any_was_due(), *_told(self.states)]
        if told:
            return "".join(told)
        if self.is_to_come:
            return f"{Coverage.NOT_DUE.label}。"
        if self.is_unknown:
            return _UNKNOWN
        if self.held_as:
            return _SEE_BODY
        if self.body_key:
            return _SEE_BODY if self.apart_from else _NOT_COUNTED
        if self.is_open or self.apart_from:
            return _SEE_LIST
        return f"{Coverage.NO_SOURCE.label}：{_NOT_LISTED}"

    def _before_any_was_due(self) -> Iterator[str]:
        """What is said of years before there was a law."""
        early = [year for year in self.years if year < COVERED_SINCE]
        if early:
            yield f"{_in_runs(early)}年：{_BEFORE_ANY_WAS_DUE}"

    @property
    def page(self) -> tuple[str, dict[str, Any]]:
        """The page that says more: the body's, or the list of what is missing."""
        if self.body_key:
            return "agencies.agency", {"key": self.body_key}
        if self.is_unknown:
            return "agencies.agencies", {"name": self.name}
        is_one = len(self.years) == 1 and not self.is_to_come
        year = self.years[-1] if is_one else None
        of_place = {"region": self.region or None, "level": self.level or None}
        return "coverage.missing", {**of_place, "year": year}

    @property
    def link(self) -> str:
        """Its address within the site."""
        endpoint, values = self.page
        return address(endpoint, **values)


def _in_runs(years: Sequence[int]) -> str:
    """Years in order, those in a row by the first and the last: 2010、2012—2018."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    told = (
        [f"{run[0]}—{run[-1]}"] if len(run) >= _SPAN else map(str, run) for run in runs
    )
    return "、".join(chain.from_iterable(told))


def _told(states: Sequence[YearState]) -> Iterator[str]:
    """What is known of years, once for those of which the same is known."""
    for (label, why), same in groupby(states, key=_label_and_why):
        yield f"{_in_runs([one.year for one in same])}年：{label}。{why}"


def _label_and_why(one: YearState) -> tuple[str, str]:
    return one.state.label, one.why


def not_held_told(one: NotHeld) -> dict[str, Any]:
    """What is not here, as JSON."""
    endpoint, values = one.page
    return {
        "kind": one.kind.value,
        "name": one.name or None,
        "years": list(one.years),
        "text": one.sentence,
        "known": one.known,
        "states": [
            {"year": each.year, "state": each.state.value, "label": each.state.label}
            for each in one.states
        ],
        "url": public_address(endpoint, **values),
    }
