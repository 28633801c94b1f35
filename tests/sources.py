"""Sources for tests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from archive.catalogue import Act
from archive.store import SourceFields, sources
from archive.store.sources import Source


def add_source(
    session: Session,
    url: str,
    agency: str = "",
    family: str = "auto",
    may_be_empty: bool = False,
    group: str = "",
    rendered: bool = False,
) -> tuple[Source, bool]:
    """The source at that address, and whether it is new; a known one stays as it is."""
    said = SourceFields(agency, family, group, may_be_empty, rendered)
    row, act = sources.register(session, url, said)
    return row, act == Act.SOURCE_ADDED
