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
        """What it shows of a report; looked for once."""
        return signs_of(self.document)

    @property
    def is_whole(self) -> bool:
        """Whether it holds the text as well as tables."""
        if not self.signs.has_text:
            return False
        return bool(self.signs.tables)


def chosen_of(found: Sequence[Candidate]) -> list[Candidate]:
    """The file that holds text and tables; else the text and what completes its tables.

    All of them when all are pictures: those are pages. Raises Unreadable when there are
    several reports, of different agencies or years.
    """
    if len(found) == 1:
        return list(found)
    if all(one.is_picture for one in found):
        return list(found)
    whole = [one for one in found if one.is_whole]
    if len(whole) > 1:
        _refuse_different(whole)
    if whole:
        return [max(whole, key=_rank)]
    chosen = _put_together(found)
    if chosen:
        return chosen
    return [max(found, key=_likely)]


def _rank(one: Candidate) -> tuple[int, int]:
    """The larger, the more of a report."""
    return one.signs.rank


def _likely(one: Candidate) -> tuple[bool, tuple[int, int]]:
    """For files of which none has enough for a report."""
    return one.signs.is_report, one.signs.rank


def _put_together(found: Sequence[Candidate]) -> list[Candidate]:
    """The best text, if there is one, and the files with tables that no better has."""
    texts = [one for one in found if one.signs.has_text]
    # of those that rank alike the last
    chosen = sorted(texts, key=_rank)[-1:]
    known: set[str] = set()
    for one in sorted(found, key=_rank, reverse=True):
        tables = one.signs.tables
        if not tables:
            continue
        if not tables & known:
            known |= tables
            chosen.append(one)
    return chosen


def _refuse_different(whole: Sequence[Candidate]) -> None:
    """Raises Unreadable when files are reports of different agencies or years.

    What a file does not tell speaks for nothing: only what two files tell differently
    makes them two reports.
    """
    agencies: set[str] = set()
    years: set[int] = set()
    for one in whole:
        agency, year = whose(one)
        if agency:
            agencies.add(agency)
        if year:
            years.add(year)
    if len(agencies) > 1 or len(years) > 1:
        names = _listed(one.name for one in whole[:_SHOWN])
        raise Unreadable(
            f"压缩包中有 {len(whole)} 份不同的年报（{names}），请解压后逐份导入。"
        )


def whose(one: Candidate) -> tuple[str, int | None]:
    """The agency and the year that a file tells by its title, its signature or name."""
    document = one.document
    hints = Hints(file_name=one.name)
    told = (
        find_title(document.blocks).text,
        document.meta.get("title", ""),
        one.name,
    )
    title = next(filter(None, told), "")
    everything = [Section(0, "", document.blocks, Place(1))]
    agency, _ = agency_name(title, everything, hints, document.meta)
    year, _ = report_year(title, everything, hints, document.meta)
    return agency, year


def _listed(names: Iterable[str]) -> str:
    """Names as they stand in a sentence: “a”、“b”."""
    return "、".join(f"“{name}”" for name in names)
