"""What is known of a figure's or a claim's key: its record."""

from __future__ import annotations

from dataclasses import dataclass

from archive.catalogue.tables import Label

# Table 1 does not exist: section 1 of the forms is prose.
TABLES = {2: "主动公开", 3: "依申请公开", 4: "复议诉讼"}
"""The statutory tables, by the number of their section, as pages call them."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the database keeps a number: a column of a table, in the row of a report
    that `row` names (an applicant, a kind of proceedings, a claim); table 2 has one
    row a report.
    """

    table: str
    column: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """Where the forms print a figure: the number of the table, row and column."""

    table: int
    row: Label
    column: Label
    forms: tuple[str, ...]
    """The forms that have it; a free report has no tables."""


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """A number that a report may give, under its lasting public key."""

    key: str
    label: str
    """In Chinese, whole: `予以公开 · 总计`."""
    english: str
    unit: str
    explanation: str = ""
    printed: Printed | None = None
    """None for claims, which stand in the text, and for sums that are ours."""
    stored: Stored | None = None
    """None for sums that are ours: made of `parts` whenever they are asked for."""
    parts: tuple[str, ...] = ()
    """The keys of which a sum of ours is made; with one unknown it is unknown."""
    same_as: tuple[str, ...] = ()
    """For a claim: the figures of the tables whose sum it states in words."""
    short: str = ""
    """The name as the heading of a list, where the label is too long for one."""
    spoken: str = ""
    """The name within a sentence."""

    @property
    def table(self) -> str:
        """What pages call the table it stands in; empty for claims."""
        if self.printed:
            return TABLES[self.printed.table]
        return ""

    @property
    def heading(self) -> str:
        """The name as the heading of a list."""
        return self.short or self.label
