"""What is read in a version, and can be computed anew: sections, claims, figures,
findings.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Numeric, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue import columns_of
from archive.store.rows.column_types import Base


class SectionRow(Base):
    """A section's prose: what is searched and quoted."""

    __tablename__ = "sections"
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    number: Mapped[int]
    heading: Mapped[str]
    text: Mapped[str]


class ClaimRow(Base):
    """A number stated in the text."""

    __tablename__ = "claims"
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(40), index=True)
    # The report's own words, for parts of a breakdown.
    label: Mapped[str] = mapped_column(default="")
    value: Mapped[Decimal]
    unit: Mapped[str] = mapped_column(default="")
    # A value of `ClaimScope`; empty where the report does not say.
    scope: Mapped[str] = mapped_column(String(10), default="", server_default="")
    sentence: Mapped[str]


class FindingRow(Base):
    """A finding: the check and its values, of which its sentence is made when shown."""

    __tablename__ = "findings"
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"), index=True
    )
    check: Mapped[str] = mapped_column(String(60), index=True)
    # The check's, written down again so that the database can count by it.
    family: Mapped[str] = mapped_column(String(10), index=True)
    weight: Mapped[int]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """As `archive.report.values_to_json` writes them; {"told": …} is the sentence of a
    finding from before there were values.
    """
    keys: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """{"keys": [...]}: the figures or claims it speaks of."""
    anchor: Mapped[str] = mapped_column(default="")
    """Where on the report page, as `Place.anchor`."""


# The figures once more, typed, for asking questions of numbers. The columns are made
# from the catalogue: every form's keys, NULL where a form does not print them.


def _version_key() -> Column[int]:
    return Column(
        "version_id", ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True
    )


disclosures = Table(
    "disclosures",
    Base.metadata,
    _version_key(),
    *(Column(name, Numeric(20, 6)) for name in columns_of("disclosures")),
)
"""Table 2, one row a version."""

requests = Table(
    "requests",
    Base.metadata,
    _version_key(),
    Column("applicant", String(30), primary_key=True),
    *(Column(name, BigInteger) for name in columns_of("requests")),
)
"""Table 3, one row a version and applicant."""

proceedings = Table(
    "proceedings",
    Base.metadata,
    _version_key(),
    Column("kind", String(30), primary_key=True),
    *(Column(name, BigInteger) for name in columns_of("proceedings")),
)
"""Table 4, one row a version and kind of proceedings."""

FIGURE_TABLES: dict[str, Table] = {
    table.name: table for table in (disclosures, requests, proceedings)
}
"""The tables of figures, by the names that the catalogue's records use."""

TOLD_APART_BY: dict[str, str] = {"requests": "applicant", "proceedings": "kind"}
"""Table → the column that tells the rows of one version apart."""
