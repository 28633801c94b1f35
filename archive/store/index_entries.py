"""What the search indexes and quotes of reports, taken from the database."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.catalogue import CONDITIONS, INDICATORS, OF, QUANTITIES
from archive.regions import region_path
from archive.report import DamagedReading, Number, Text, unpack_texts
from archive.search import Entry
from archive.store.database import Store, plain_rows
from archive.store.figures import Valued, values_of
from archive.store.rows import (
    AgencyRow,
    FilingRow,
    FindingRow,
    OriginalRow,
    ReadingRow,
    VersionRow,
    among,
)
from archive.store.rulings import dismissed

log = logging.getLogger("archive.store")


def entries(session: Session, version_ids: Sequence[int]) -> Mapping[int, Entry]:
    """The entries of these versions (at most some hundred at once).

    Unknown ids are left out.
    """
    sections = _sections(session, version_ids)
    findings = _findings(session, version_ids)
    values = values_of(session, version_ids, _KEYS)
    question = (
        select(VersionRow, FilingRow, AgencyRow, OriginalRow.media_type)
        .join(FilingRow, VersionRow.filing_id == FilingRow.id)
        .join(AgencyRow, FilingRow.agency_id == AgencyRow.id)
        .join(OriginalRow, VersionRow.digest == OriginalRow.digest)
        .where(VersionRow.id.in_(version_ids))
    )
    return {
        version.id: Entry(
            version_id=version.id,
            filing_id=filing.id,
            title=version.title,
            agency=agency.name,
            year=filing.year,
            region_codes=_region_codes(agency.region_code, filing.year),
            sector=agency.sector,
            level=agency.level,
            form=version.form,
            findings=findings.get(version.id, ()),
            sections=tuple(sections.get(version.id, ())),
            published_on=version.published_on,
            published_from=version.published_from,
            is_government=agency.is_government,
            has=_had(values[version.id]),
            media_type=media_type,
            values=tuple(_sure(values[version.id])),
        )
        for version, filing, agency, media_type in session.execute(question)
    }


@lru_cache(5_000)
def _region_codes(code: str, year: int) -> tuple[str, ...]:
    """From the province down. Divisions are renamed and merged: that of the year."""
    return tuple(region.code for region in region_path(code, year))


_KEYS = tuple(key for key, one in QUANTITIES.items() if not one.of)
"""All that is asked for in numbers; denominators come with their shares."""


def _had(values: Mapping[str, Valued]) -> tuple[str, ...]:
    """The conditions that hold: those whose figure is more than nothing."""
    return tuple(one.key for one in CONDITIONS if values[one.figure].value)


def _sure(values: Mapping[str, Valued]) -> Iterator[tuple[str, Number]]:
    """The numbers that are exact or inferred; what is doubtful is no number."""
    for key, one in values.items():
        if one.value is None:
            continue
        is_share = key in INDICATORS and one.under is not None
        if is_share and one.over is not None and one.under is not None:
            yield key, one.over
            yield key + OF, one.under
        else:
            yield key, one.value


def _findings(
    session: Session, version_ids: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """Version → the checks that found something, without what was dismissed."""
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    ruled_out = dismissed(session, version_ids)
    left_out = {(row.version_id, row.position) for row in ruled_out}
    question = (
        select(FindingRow.version_id, FindingRow.position, FindingRow.check)
        .where(FindingRow.version_id.in_(version_ids))
        .order_by(FindingRow.version_id, FindingRow.position)
    )
    # A check stays while one of its findings stands.
    for version_id, position, check in session.execute(question):
        if (version_id, position) not in left_out:
            found[version_id][check] = None
    return {version_id: tuple(checks) for version_id, checks in found.items()}


def _sections(session: Session, version_ids: Sequence[int]) -> dict[int, list[Text]]:
    rows = plain_rows(session, _texts(), {"ids": version_ids})
    return {version_id: _opened(version_id, texts) for version_id, texts in rows}


@cache
def _texts() -> Select[int, bytes]:
    """Version, and its sections in bytes."""
    is_asked = among(ReadingRow.version_id, "ids")
    return select(ReadingRow.version_id, ReadingRow.texts).where(is_asked)


def _opened(version_id: int, texts: bytes) -> list[Text]:
    """The sections of a report; none where they are damaged, which its page says."""
    try:
        return unpack_texts(texts)
    except DamagedReading as damage:
        # All others are indexed and found; `rebuild` has this one indexed again.
        log.error("version %d is indexed without its text: %s", version_id, damage)
        return []


def quoted(session: Session, version_ids: Sequence[int]) -> Mapping[int, Entry]:
    """The entries with what is read and quoted of them and nothing else: a page of
    results needs no more.
    """
    rows = plain_rows(session, _quoted(), {"ids": version_ids})
    return {
        version_id: Entry(
            version_id,
            filing_id,
            title,
            agency,
            year,
            sections=tuple(_opened(version_id, texts)) if texts else (),
        )
        for version_id, filing_id, title, agency, year, texts in rows
    }


@cache
def _quoted() -> Select[int, int, str, str, int, bytes]:
    """Version, filing, title, agency, year, and the sections in bytes."""
    return (
        select(
            VersionRow.id,
            VersionRow.filing_id,
            VersionRow.title,
            AgencyRow.name,
            FilingRow.year,
            ReadingRow.texts,
        )
        .join(FilingRow, VersionRow.filing_id == FilingRow.id)
        .join(AgencyRow, FilingRow.agency_id == AgencyRow.id)
        .outerjoin(ReadingRow, ReadingRow.version_id == VersionRow.id)
        .where(among(VersionRow.id, "ids"))
    )


def texts_of(store: Store) -> Callable[[Sequence[int]], Mapping[int, Entry]]:
    """`quoted` as a function the index can keep."""

    def texts(version_ids: Sequence[int]) -> Mapping[int, Entry]:
        with store.asking() as session:
            return quoted(session, version_ids)

    return texts


def entries_of(store: Store) -> Callable[[Sequence[int]], Iterable[Entry]]:
    """`entries` as a function: each call a transaction of its own."""

    def loaded(version_ids: Sequence[int]) -> Iterable[Entry]:
        with store.session() as session:
            return entries(session, version_ids).values()

    return loaded
