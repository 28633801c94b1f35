"""Reports made up and filed, for the tests of the database."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import func, select

from archive.catalogue import Status
from archive.report import prepare
from archive.report.document import Paragraph, Place
from archive.report.model import Agency, Claim, Figure, Hints, Region, Report, Section
from archive.store import Session, Store, refiling, saving, sources
from archive.store.filing.saving import Origin, Sighting
from archive.store.rows import (
    Base,
    VersionRow,
)
from tests.sources import add_source

NOW = datetime(2024, 1, 20, 8, 0, tzinfo=UTC)


def figure(key: str, value: int | Decimal | None) -> Figure:
    return Figure(
        key,
        value,
        None if value is None else str(value),
        Status.EXACT if value is not None else Status.MISSING,
    )


def report(
    text: str = "本年度收到申请2件。",
    *,
    name: str = "示例市商务局",
    year: int | None = 2023,
    **figures: int | Decimal,
) -> Report:
    keys = {
        key.replace("__", "."): figure(key.replace("__", "."), value)
        for key, value in figures.items()
    }
    return Report(
        title=f"{name}{year}年政府信息公开工作年度报告",
        agency=Agency(
            name, Region("990101", "示例省示例市"), level="市", sector="商务"
        ),
        year=year,
        published_on=None,
        form="2021",
        is_report=True,
        sections=(Section(1, "一、总体情况", (Paragraph(text, Place(1)),)),),
        figures=keys,
        claims=(Claim("applications_received", 2, text, "件"),),
    )


def body_digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def keep(
    session: Session, body: str, page_id: int | None = None, hints: Hints = Hints()
) -> str:
    digest = body_digest(body)
    saving.keep_original(
        session,
        digest,
        len(body),
        hints,
        Sighting(f"file:{body}", NOW, 200, page_id=page_id),
    )
    return digest


def file(store: Store, body: str, said: Report, page_id: int | None = None) -> str:
    store.write(lambda session: keep(session, body, page_id))
    source = Origin(NOW, url="http://sample.example/1.html", page_id=page_id)
    return store.write(
        lambda session: saving.file_report(
            session, prepare(said), body_digest(body), source
        )
    )


def refile(store: Store, body: str, said: Report) -> str:
    digest = body_digest(body)
    return store.write(
        lambda session: refiling.refile(session, prepare(said), digest, "")
    )


def new_page(store: Store, url: str = "http://sample.example/1.html") -> int:
    def work(session: Session) -> int:
        source, _ = add_source(session, "http://sample.example/")
        return sources.see_page(session, source.id, url).id

    return store.write(work)


def versions(store: Store) -> list[tuple[int, bool, str]]:
    with store.session() as session:
        rows = session.scalars(
            select(VersionRow).order_by(VersionRow.filing_id, VersionRow.number)
        )
        return [(row.number, row.current, row.digest[:6]) for row in rows]


def count(store: Store, row: type[Base]) -> int:
    with store.session() as session:
        return session.scalar(select(func.count()).select_from(row)) or 0
