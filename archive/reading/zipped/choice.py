"""Which of the files of an archive are the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from archive.reading.unreadable import Unreadable
from archive.reading.zipped.signs import Signs, signs_of
from archive.report import (
    Document,
    Hints,
    Place,
    Section,
    agency_name,
    find_title,
    report_year,
)

_SHOWN = 8


@dataclass(frozen=True, eq=False)
class Candidate:
    """A file that was read and may be the report or a part of it."""

    name: str
    document: Document
    is_picture: bool

    @cached_property
    def signs(self) -> Signs:
        return signs_of(self.document)

    @property
    def is_whole(self) -> bool:
        """Whether it holds the text as well as tables."""
        return self.signs.has_text and bool(self.signs.tables)


def chosen_of(found: Sequence[Candidate]) -> list[Candidate]:
    """The file that holds text and tables; else the text and what completes its tables.

    All of them when all are pictures: those are pages. Raises Unreadable when there are
    several reports, of different agencies or years.
    """
    if len(found) == 1 or all(one.is_picture for one in found):
        return list(found)
    whole = [one for one in found if one.is_whole]
    if len(whole) > 1:
        _refuse_different(whole)
    if whole:
        return [max(whole, key=_rank)]
    texts = [one for one in found if one.signs.has_text]
    # the last of those that rank alike, as copies are put behind what they copy
    chosen = sorted(texts, key=_rank)[-1:]
    chosen += _completing(found)
    return chosen or [max(found, key=lambda one: (one.signs.is_report, _rank(one)))]


def _rank(one: Candidate) -> tuple[int, int]:
    return one.signs.rank


def _completing(found: Sequence[Candidate]) -> list[Candidate]:
    """Files with tables that no better file has."""
    chosen: list[Candidate] = []
    known: set[str] = set()
    for one in sorted(found, key=_rank, reverse=True):
        tables = one.signs.tables
        if tables and not tables & known:
            known |= tables
            chosen.append(one)
    return chosen


def _refuse_different(whole: Sequence[Candidate]) -> None:
    """Raises Unreadable when files are reports of different agencies or years."""
    told = [_whose(one) for one in whole]
    agencies = {agency for agency, _ in told if agency}
    years = {year for _, year in told if year}
    if len(agencies) > 1 or len(years) > 1:
        names = listed(one.name for one in whole[:_SHOWN])
        raise Unreadable(
            f"压缩包中有 {len(whole)} 份不同的年报（{names}），请解压后逐份导入。"
        )


def _whose(one: Candidate) -> tuple[str, int | None]:
    """The agency and the year that a file tells by its title, its signature or name."""
    document = one.document
    hints = Hints(file_name=one.name)
    title = find_title(document.blocks).text
    title = title or document.meta.get("title", "") or one.name
    everything = [Section(0, "", document.blocks, Place(1))]
    agency, _ = agency_name(title, everything, hints, document.meta)
    year, _ = report_year(title, everything, hints, document.meta, None)
    return agency, year


def listed(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names)
