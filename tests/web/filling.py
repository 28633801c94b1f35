"""A small archive for the pages' tests: sample reports taken in by the real way, and
one hostile report.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import pipeline
from archive.pipeline import Archive
from archive.report.model import Hints
from archive.store import count_columns, count_expected, recount
from archive.store.filing.saving import Origin, Sighting
from archive.store.rows import (
    FailureRow,
    FilingRow,
    FindingRow,
    PageRow,
    RulingRow,
    RunRow,
    SourceRow,
    VersionRow,
)
from config import Settings
from tests.portals.pages import article
from tests.portals.reports import report_of

NOW = datetime(2025, 4, 2, 3, 30, tzinfo=UTC)
SAMPLES = (
    ("示例市人民政府", 2022),
    ("示例市人民政府", 2024),
    ("示例市商务局", 2020),
    ("示例市商务局", 2021),
    ("示例市商务局", 2022),
    ("示例县商务局", 2022),
    ("示例县商务局", 2023),
)
HOSTILE = '=HYPERLINK("http://x.example")<script>alert(1)</script>'
"""A title that tries to become a script on a page and a formula in a spreadsheet."""
GONE = "javascript:alert(3)"


def settings(folder: Path) -> Settings:
    return Settings(
        data=folder,
        database_url=f"sqlite:///{folder / 'archive.sqlite3'}",
        jobs_url="",
        secret_key="only for tests, but as long as a secret key must be",
        allow_private_hosts=True,
        contact_url="",
        host_pause=0.0,
        secure_cookies=False,
        max_file_bytes=10_000_000,
    )


def fill(chosen: Settings, samples: Sequence[tuple[str, int]] = SAMPLES) -> None:
    """Take in these sample reports and the hostile one, and index them."""
    reports = [report_of(name, year) for name, year in samples]
    with Archive(chosen) as archive:
        for at, sample in enumerate(reports):
            url = f"http://sample.example/{sample.number}.html"
            body = article(sample, reports, 0).encode()
            _take_in(
                archive,
                body,
                Hints(agency=sample.agency.name, url=url),
                NOW - timedelta(hours=at),
            )
        page_id = archive.store.write(_gone_page)
        for words in ("旧的说法", "新的说法"):
            _take_in(
                archive,
                _hostile(words),
                Hints(url=GONE),
                NOW - timedelta(days=400),
                page_id,
            )
        archive.store.write(_spoil)
        archive.store.write(_sources)
        pipeline.index_marked(archive)
        archive.store.write(recount)
        count_expected(archive.store, NOW)
        count_columns(archive.store)


def _take_in(
    archive: Archive,
    body: bytes,
    hints: Hints,
    at: datetime,
    page_id: int | None = None,
) -> None:
    sighting = Sighting(hints.url, at, 200, page_id=page_id)
    outcome = pipeline.take_in(
        archive, body, hints, sighting, Origin(at, hints.url, "", page_id)
    )
    assert outcome.is_filed, outcome


def _gone_page(session: Session) -> int:
    source = SourceRow(
        url="http://gone.example/list",
        key="gone.example/list",
        host="gone.example",
        added_at=NOW,
    )
    session.add(source)
    session.flush()
    page = PageRow(
        source_id=source.id,
        url=GONE,
        first_seen_at=NOW,
        last_seen_at=NOW,
        gone_at=NOW,
        gone_why="404 页面不存在",
    )
    session.add(page)
    session.flush()
    return page.id


def _hostile(words: str) -> bytes:
    """A free-form report; `words` makes it a version of its own."""
    body = (
        "<html><body><h1>示例区司法局2016年政府信息公开工作年度报告</h1>"
        "<h2>一、概述</h2><p>根据《政府信息公开条例》编制本报告。"
        f"{words}&lt;img src=x onerror=alert(2)&gt;。</p>"
        "<h2>二、依申请公开情况</h2><p>2016年，本机关收到政府信息公开申请3件，"
        "均已答复。</p>"
        "<h2>三、收费情况</h2><p>未收取费用，示例。</p></body></html>"
    )
    return body.encode()


def _spoil(session: Session) -> None:
    """Words the readers would have cleaned, straight into the rows; and a person's
    decision about a finding.
    """
    version = session.scalars(
        select(VersionRow)
        .join(FilingRow)
        .where(FilingRow.year == 2016, VersionRow.current)
    ).one()
    version.title = HOSTILE
    contradicted = session.scalars(
        select(VersionRow)
        .join(FilingRow)
        .where(FilingRow.year == 2023, VersionRow.id.in_(select(FindingRow.version_id)))
    ).first()
    assert contradicted
    of_it = select(FindingRow).where(FindingRow.version_id == contradicted.id)
    found = session.scalars(of_it.order_by(FindingRow.position)).all()
    check = found[0].check
    for keys in {finding.keys for finding in found if finding.check == check}:
        session.add(
            RulingRow(
                document_hash=contradicted.document_hash,
                check=check,
                keys=keys,
                decision="dismissed",
                note="与发布机关核对过（示例）",
                at=NOW,
            )
        )


def _sources(session: Session) -> None:
    """Sources in every state."""
    states = (
        ("示例市人民政府", "done", 0, ""),
        ("示例市公安局", "done", 2, ""),
        (
            "示例县商务局",
            "failed",
            0,
            "对方网站返回 412（要求浏览器验证），已停止采集，请人工处理。",
        ),
        ("示例县教育局", "", 0, ""),
    )
    for at, (agency, state, failed, reason) in enumerate(states):
        source = SourceRow(
            url=f"http://sample.example/list/{at}",
            key=f"sample.example/list/{at}",
            host="sample.example",
            agency=agency,
            added_at=NOW,
        )
        session.add(source)
        session.flush()
        if not state:
            continue
        run = RunRow(
            kind="collect",
            source_id=source.id,
            state=state,
            queued_at=NOW,
            started_at=NOW,
            finished_at=NOW + timedelta(minutes=at),
            new=3 - at,
            same=at * 4,
            failed=failed,
            reason=reason,
        )
        session.add(run)
        session.flush()
        source.last_run_id = run.id
        for number in range(failed):
            session.add(
                FailureRow(
                    run_id=run.id,
                    where=f"http://sample.example/{number}.pdf",
                    kind="Unreachable",
                    reason="连接超时，将在下次采集时再试。",
                    at=NOW,
                )
            )
