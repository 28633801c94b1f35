"""A part of a question, and what it was taken for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from archive.regions import Place
from archive.search.question.understanding.bodies import Kind


class ChipKind(StrEnum):
    """What a chip is about."""

    PLACE = "place"
    AGENCY = "agency"
    YEARS = "years"
    ORDER = "order"
    REPORTS = "reports"
    """Words for what every report is, 年报: not searched for."""

    @property
    def label(self) -> str:
        """In Chinese."""
        return _LABELS[self]


_LABELS = {
    ChipKind.PLACE: "地区",
    ChipKind.AGENCY: "机关",
    ChipKind.YEARS: "年度",
    ChipKind.ORDER: "排序",
    ChipKind.REPORTS: "文件",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the question, and what it was taken for."""

    kind: ChipKind
    typed: str
    """As it stands in the question, from `start` to `end`."""
    start: int
    end: int
    label: str
    """What it means, in Chinese."""
    note: str = ""
    """What else is to be said of it; mostly nothing."""
    is_ruled_out: bool = False
    choices: tuple[str, ...] = ()
    """Names in full, of which one can be typed instead, where the words leave open
    which is meant; all of them are searched.
    """
    places: tuple[Place, ...] = ()
    agency: Kind | None = None
    years: tuple[int, ...] = ()
    is_each_year: bool = False
    """Whether something is to be true in each of the years."""
    sort: str = ""
    """The key of an order of results."""

    @property
    def is_of_sort(self) -> bool:
        """Whether it names a sort of bodies, 镇政府, and no single one."""
        if self.agency is None:
            return False
        return self.agency.is_of_all or not self.agency.endings

    def ruled_out(self) -> Chip:
        """The same, ruling out what it is about."""
        return replace(self, is_ruled_out=True)
