"""What a report is: sections, figures, claims, findings. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from archive.catalogue import (
    CHECK_OF,
    ClaimScope,
    FindingFamily,
    Status,
    Values,
    family_of,
    sentence,
    weight_of,
)
from archive.report.document import Block, Place, Table

Number = int | Decimal


class Figure(NamedTuple):
    """One number of the statutory tables.

    `key` is a public key of the catalogue (FIGURES); `printed` is what stands in the
    cell, None where there is no cell.
    """

    key: str
    value: Number | None
    printed: str | None
    status: Status
    at: Place | None = None


# A hedge makes a number inexact.
_BEFORE_UNIT = "余多"
"""Hedges before a unit, a sign each: 60余条, 60多件."""
_BEHIND_UNIT = ("左右", "以上")
"""Hedges behind a unit: 60件左右, 60件以上."""


def split_unit(unit: str) -> tuple[str, str]:
    """A unit with its hedge, as JSON and the database have it: 余条 is (条, 余)."""
    for hedge in _BEHIND_UNIT:
        if unit.endswith(hedge):
            return unit.removesuffix(hedge), hedge
    counted_in = unit.lstrip(_BEFORE_UNIT)
    return counted_in, unit.removesuffix(counted_in)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number stated in the running text, with the sentence that states it."""

    key: str
    value: Number
    sentence: str
    counted_in: str = ""
    """The unit alone: 件, 条, 元."""
    label: str = ""
    """The report's own wording, for parts of a breakdown."""
    part_of: str = ""
    """The key of the claim that this one is a part of."""
    at: Place | None = None
    hedge: str = ""
    """What makes the number inexact: 余, 多, 左右, 以上; empty where nothing does."""
    scope: ClaimScope = ClaimScope.UNSAID
    """Whose number it is: of the body alone, or of a whole area."""

    @property
    def is_exact(self) -> bool:
        """Whether the text states just this number."""
        return not self.hedge

    @property
    def unit(self) -> str:
        """The unit with its hedge, as the report words it: 余条, 件左右."""
        if self.hedge in _BEHIND_UNIT:
            return f"{self.counted_in}{self.hedge}"
        return f"{self.hedge}{self.counted_in}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a report that a reader should know.

    A check of the catalogue, and the values of this report: the sentence is made of
    them when it is shown. `keys` are the figures or claims it speaks of.
    """

    check: str
    values: Values = field(default_factory=dict)
    """What the wording of the check names; `case` says which of several it is."""
    keys: tuple[str, ...] = ()
    at: Place | None = None
    weight: int = 0
    """1 a remark, 2 worth a look, 3 serious; that of the check where it is left out."""

    def __post_init__(self) -> None:
        if not self.weight:
            object.__setattr__(self, "weight", weight_of(self.check))

    @property
    def family(self) -> FindingFamily:
        """Whose the finding is: it follows from the check."""
        return family_of(self.check)

    @property
    def message(self) -> str:
        """One neutral Chinese sentence with both values where there are two."""
        return sentence(self.check, self.values, self.keys)

    @property
    def figures(self) -> str:
        """Its keys joined by a space."""
        return " ".join(self.keys)

    @property
    def about(self) -> str:
        """What a person's ruling on it is bound to, beside the document and the check.

        The figures, and what else the check tells its findings apart by; never the
        wording.
        """
        check = CHECK_OF.get(self.check)
        others = check.told_apart_by if check else ()
        told = (str(self.values[name]) for name in others if name in self.values)
        return " ".join((*self.keys, *told))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report.

    `number` is 0 (what stands before the first heading) to 6; the parts of a free
    report count on from 1.
    """

    number: int
    heading: str
    blocks: tuple[Block, ...]
    at: Place | None = None

    @property
    def text(self) -> str:
        """All that stands below the heading.

        A line a paragraph, and a line a row of a table with tabs between its cells.
        """
        return "\n".join(map(_text, self.blocks))

    @property
    def prose(self) -> str:
        """The text without tables: what is searched and quoted."""
        texts = [block.text for block in self.blocks if not isinstance(block, Table)]
        return "\n".join(texts)


def _text(block: Block) -> str:
    """The text of a block as `Section.text` has it."""
    if not isinstance(block, Table):
        return block.text
    rows = ["\t".join(cell.text for cell in row) for row in block.rows()]
    return "\n".join(rows)


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative division."""

    code: str
    """Six digits, of GB/T 2260."""
    name: str
    """The full name, such as 四川省攀枝花市西区."""


@dataclass(frozen=True, slots=True)
class Agency:
    """Who reports."""

    name: str
    region: Region | None = None
    candidates: tuple[Region, ...] = ()
    """The regions that a bare name could mean, where it is left open which."""
    level: str = ""
    """A value of `archive.catalogue.Level`; empty when unknown."""
    is_government: bool = False
    """True for a people's government itself, false for a department."""
    sector: str = ""
    """A key of `archive.catalogue.SECTORS` (商务, 教育, …); empty when unknown."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known about an original besides its bytes; all optional.

    Taken from the list page, the article page around an attachment, or the person
    importing.
    """

    file_name: str = ""
    url: str = ""
    title: str = ""
    agency: str = ""
    publisher: str = ""
    site_name: str = ""
    site_code: str = ""
    """SiteIDCode of the portal; its first six digits are a GB/T 2260 code."""
    published: date | None = None
    body: str = ""
    """A CSS selector of the element that holds the report, where a person told one."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read, or a document that turned out to be none."""

    title: str
    agency: Agency
    year: int | None
    """The year reported on; the report comes out in the next one."""
    published_on: date | None
    form: str
    """A value of `archive.catalogue.FormName`."""
    is_report: bool
    why: str = ""
    """What the document is instead, in Chinese, where it is no report."""
    sections: tuple[Section, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    """Key → figure; every key of the form is there, be it missing in print."""
    claims: tuple[Claim, ...] = ()
    contact: Mapping[str, str] = field(default_factory=dict)
    """`address`, `phone`, `postcode`, `email` where the report states them."""
    findings: tuple[Finding, ...] = ()
    published_from: str = ""
    """A value of `archive.catalogue.PublishedFrom`: who says when it was published.
    Empty where no day is known."""
