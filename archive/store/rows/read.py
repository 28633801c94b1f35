"""What is read in a version, and can be computed anew: its reading, claims, figures,
findings.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Table,
)
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue import columns_of
from archive.store.rows.column_types import Base
from archive.store.rows.of_databases import HALF_A_PAGE, IN_THEIR_KEY


class ReadingRow(Base):
    """A version as it was read, in bytes: far from the rows that lists go through.

    What they hold is made and opened by `archive.report`: pack, unpack.
    """

    __tablename__ = "readings"
    __table_args__ = HALF_A_PAGE
    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True
    )
    texts: Mapped[bytes] = mapped_column(LargeBinary)
    """The sections with their prose: what is searched and quoted."""
    rest: Mapped[bytes] = mapped_column(LargeBinary)
    """Tables, figures, claims, findings, and where everything is printed."""
    summary: Mapped[bytes] = mapped_column(LargeBinary)
    """The few figures that the years beside it are checked against."""


class ClaimRow(Base):
    """A number stated in the text: of several under a key the first.

    Its sentence, and all the others, stand in the reading.
    """

    __tablename__ = "claims"
    __table_args__ = IN_THEIR_KEY
    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    # The report's own words, for parts of a breakdown.
    label: Mapped[str] = mapped_column(default="")
    value: Mapped[Decimal]
    unit: Mapped[str] = mapped_column(default="")
    # A value of `ClaimScope`; empty where the report does not say.
    scope: Mapped[str] = mapped_column(String(10), default="", server_default="")


class FindingRow(Base):
    """A finding: the check and its values, of which its sentence is made when shown."""

    __tablename__ = "findings"
    __table_args__ = IN_THEIR_KEY
    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """In the order found; from `FROM_YEARS` on those that are owed to the year before
    as well.
    """
    check: Mapped[str] = mapped_column(String(60))
    # The check's, written down again so that the database can count by it.
    family: Mapped[str] = mapped_column(String(10))
    weight: Mapped[int]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """As `archive.report.values_to_json` writes them; {"told": …} is the sentence of a
    finding from before there were values.
    """
    keys: Mapped[str] = mapped_column(default="")
    """The figures or claims it speaks of, joined by a space."""
    anchor: Mapped[str] = mapped_column(default="")
    """Where on the report page, as `Place.anchor`."""


class UnsureRow(Base):
    """A number of a version that is neither exact nor missing, and how it came about.

    Without these the typed figures and claims would be taken for what was printed and
    read for sure.
    """

    __tablename__ = "unsure"
    __table_args__ = IN_THEIR_KEY
    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    """Of the figure or claim; `ALL_KEYS` where nothing of the version is known."""
    status: Mapped[str] = mapped_column(String(10))
    """A value of `Status`; `HEDGED` for a claim with 余, 左右; `UNREAD`."""


ALL_KEYS, HEDGED, UNREAD = "*", "about", "unread"
"""A version whose reading was lost when its figures were asked for how they came about
has one row for all of its keys, until `rebuild` reads it anew.
"""

FROM_YEARS = 1000
"""The first position of findings that compare a year with the one before: they are made
anew when that one changes, the others stay.
"""

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
    *(Column(name, Integer) for name in columns_of("requests")),
    **IN_THEIR_KEY,
)
"""Table 3, one row a version and applicant."""

proceedings = Table(
    "proceedings",
    Base.metadata,
    _version_key(),
    Column("kind", String(30), primary_key=True),
    *(Column(name, Integer) for name in columns_of("proceedings")),
    **IN_THEIR_KEY,
)
"""Table 4, one row a version and kind of proceedings."""

FIGURE_TABLES: dict[str, Table] = {
    table.name: table for table in (disclosures, requests, proceedings)
}
"""The tables of figures, by the names that the catalogue's records use."""

TOLD_APART_BY: dict[str, str] = {"requests": "applicant", "proceedings": "kind"}
"""Table → the column that tells the rows of one version apart."""
