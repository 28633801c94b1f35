"""The findings of a report as its page shows them: in three groups, never mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.catalogue import Decision, FindingFamily
from archive.report import Report
from archive.store import Note
from archive.web import labels
from archive.web.shown import number


@dataclass(frozen=True, slots=True)
class Spot:
    """A number that a finding speaks of, and where on the page it is printed."""

    name: str
    printed: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding with the numbers that it speaks of."""

    note: Note
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one family under their heading."""

    family: FindingFamily
    heading: str
    lead: str
    anchor: str
    style: str
    noted: tuple[Noted, ...]

    @property
    def standing(self) -> int:
        """How many a person has not dismissed."""
        decisions = [one.note.decision for one in self.noted]
        return sum(decision != Decision.DISMISSED for decision in decisions)


_HEADINGS = {
    FindingFamily.REPORT: (
        "报告自身矛盾",
        "按本站所读，下列数字或文字不能同时成立，原文各在何处附有链接。"
        "原因由发布机关说明。",
        "contradictions",
        "is-clash",
    ),
    FindingFamily.NOTABLE: (
        "值得留意",
        "变化较大、为零、文字较短或重复、与规定格式不同等情况。可能确有其事，"
        "不表示报告有误。",
        "notable",
        "is-notable",
    ),
    FindingFamily.READING: (
        "读取存疑",
        "原件空白、错位或模糊，本站的读取没有把握。这是我们的疑问，不表示报告有误，"
        "请以原件为准。",
        "doubts",
        "is-doubt",
    ),
}
"""Family → heading, what it means, its address on the page, its look."""


def groups(report: Report, notes: Sequence[Note]) -> list[Group]:
    """The findings of a report by family; a family without any is left out."""
    found = []
    for family, (heading, lead, anchor, style) in _HEADINGS.items():
        noted = tuple(
            Noted(note, _spots(report, note)) for note in notes if note.family == family
        )
        if noted:
            found.append(Group(family, heading, lead, anchor, style, noted))
    return found


def _spots(report: Report, note: Note) -> tuple[Spot, ...]:
    """The numbers of a contradiction, each with its place.

    Of other findings the one place they have is enough.
    """
    if note.family != FindingFamily.REPORT:
        return ()
    spots = [spot for key in note.keys for spot in _of_key(report, key)]
    return tuple(spots)


def _of_key(report: Report, key: str) -> list[Spot]:
    """A figure of the tables, or what the text states, as often as it does."""
    name = labels.figure_label(key)
    figure = report.figures.get(key)
    if figure is not None:
        anchor = figure.at.anchor if figure.at else ""
        printed = figure.printed or number(figure.value)
        return [Spot(name, printed, anchor)]
    claims = [one for one in report.claims if one.key == key and not one.part_of]
    return [
        Spot(
            f"正文：{name}",
            f"{number(claim.value)}{claim.unit}",
            claim.at.anchor if claim.at else "",
        )
        for claim in claims
    ]
