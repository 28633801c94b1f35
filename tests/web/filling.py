"""A small archive for the pages' tests: the sample portals' reports, read by the real readers and filed by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.captures import Captures
from archive.reading import read
from archive.regions import agency_key, identify
from archive.report.checks import check
from archive.report.encode import content_hash, to_json
from archive.report.forms import APPLICANTS, FORMS, KINDS, OUTCOMES
from archive.report.model import Figure, Hints, Report
from archive.report.parse import parse
from archive.rows import (
    AgencyRow,
    ClaimRow,
    FailureRow,
    FilingRow,
    FindingRow,
    OriginalRow,
    PageRow,
    RunRow,
    SectionRow,
    SourceRow,
    VersionRow,
    disclosures,
    proceedings,
    requests,
)
from archive.search import Index
from archive.store import Store
from archive.store.entries import texts_of
from config import Settings
from tests.portals.pages import article
from tests.portals.reports import sample_reports

NOW = datetime(2025, 4, 2, 3, 30, tzinfo=UTC)


def settings(folder: Path) -> Settings:
    return Settings(
        data=folder,
        database_url=f"sqlite:///{folder / 'archive.sqlite3'}",
        jobs_url="",
        secret_key="only for tests",
        allow_private_hosts=True,
        contact_url="",
        host_pause=0.0,
        secure_cookies=False,
        max_file_bytes=10_000_000,
    )


def fill(chosen: Settings, names: Sequence[str] = (), hostile: bool = False) -> None:
    """File the sample reports (of these agencies; all unless named) and index them."""
    store, captures = Store(chosen.database_url), Captures(chosen.originals)
    samples = [one for one in sample_reports() if one.kind == "html" and (not names or one.agency.name in names)]
    with store.session() as session:
        previous: Report | None = None
        for at, sample in enumerate(samples):
            body = article(sample, samples, 0).encode()
            hints = Hints(agency=sample.agency.name, url=f"http://sample.example/{sample.number}.html")
            report = parse(read(body, hints), hints)
            known = previous if previous and previous.agency.name == report.agency.name else None
            file_report(session, captures, body, report, known, hints.url, NOW - timedelta(hours=at))
            previous = report
        if hostile:
            _hostile(session, captures)
        _sources(session)
        identifiers = list(session.scalars(select(VersionRow.id).where(VersionRow.current)))
        session.query(VersionRow).update({"to_index": False})
    index = Index(chosen.index, texts_of(store))
    index.update(texts_of(store)(identifiers).values())
    index.close()
    store.close()


def file_report(
    session: Session, captures: Captures, body: bytes, report: Report, previous: Report | None, url: str, at: datetime
) -> VersionRow:
    """One report into the database, as the pipeline would."""
    digest = captures.keep(body)
    if not session.get(OriginalRow, digest):
        session.add(
            OriginalRow(digest=digest, size=len(body), media_type="text/html", first_seen_at=at, state="read", hints={})
        )
    filing = _filing(session, report)
    for other in filing.versions:
        other.current = False
    session.flush()
    version = VersionRow(
        filing=filing, number=len(filing.versions) + 1, current=True, digest=digest, document_hash=content_hash(report),
        source_url=url, captured_at=at, changed_at=at, title=report.title, published_on=report.published_on,
        form=report.form, reading=to_json(report),
    )  # fmt: skip
    session.add(version)
    session.flush()
    for place, section in enumerate(report.sections):
        session.add(
            SectionRow(
                version_id=version.id, position=place, number=section.number, heading=section.heading,
                text=section.prose,
            )  # fmt: skip
        )
    for claim in report.claims:
        session.add(
            ClaimRow(
                version_id=version.id, key=claim.key, label=claim.label, value=claim.value, unit=claim.unit,
                sentence=claim.sentence,
            )  # fmt: skip
        )
    for finding in (*report.findings, *check(report, previous)):
        session.add(
            FindingRow(
                version_id=version.id, check=finding.check, family=finding.family.value, weight=finding.weight,
                message=finding.message, keys={"keys": list(finding.keys)},
                anchor=finding.at.anchor if finding.at else "",
            )  # fmt: skip
        )
    _typed(session, version.id, report)
    return version


def _filing(session: Session, report: Report) -> FilingRow:
    named = identify(report.agency.name, report.year, Hints())
    key = agency_key(named)
    agency = session.scalar(select(AgencyRow).where(AgencyRow.key == key))
    if agency is None:
        region = named.region
        agency = AgencyRow(
            key=key, name=named.name, region_code=region.code if region else "",
            region_name=region.name if region else "", level=named.level, is_government=named.is_government,
            sector=named.sector,
        )  # fmt: skip
        session.add(agency)
        session.flush()
    filing = session.scalar(
        select(FilingRow).where(FilingRow.agency_id == agency.id, FilingRow.year == report.year)
    )
    if filing is None:
        filing = FilingRow(agency=agency, year=report.year)
        session.add(filing)
        session.flush()
    return filing


def _typed(session: Session, version_id: int, report: Report) -> None:
    figures: dict[str, Figure] = report.figures
    form = FORMS.get(report.form)
    if not form:
        return

    def value(key: str) -> object:
        return figures[key].value if key in figures else None

    told = {
        key.removeprefix("disclosure.").replace(".", "__"): value(key) for key in figures if key.startswith("disclosure.")
    }
    session.execute(disclosures.insert().values(version_id=version_id, **told))
    for applicant in APPLICANTS:
        row = {label.key: value(f"requests.{label.key}.{applicant.key}") for label in form.requests}
        session.execute(requests.insert().values(version_id=version_id, applicant=applicant.key, **row))
    for kind in KINDS:
        row = {outcome.key: value(f"{kind.key}.{outcome.key}") for outcome in OUTCOMES}
        session.execute(proceedings.insert().values(version_id=version_id, kind=kind.key, **row))


HOSTILE = "示例<script>alert(1)</script>=HYPERLINK(\"x\")&amp;报告"


def _hostile(session: Session, captures: Captures) -> None:
    """A report whose every text tries to break out of the page or into a spreadsheet; its page has vanished too."""
    lines = (
        f"<p>一、总体情况</p><p>=1+1 示例正文&lt;img src=x onerror=alert(2)&gt;，共收到政府信息公开申请3件。</p>"
        "<p>六、其他需要报告的事项</p><p>无。</p>"
    )
    body = f"<html><head><title>x</title></head><body><h1>示例区司法局2016年政府信息公开工作年度报告</h1>{lines}</body></html>"
    hints = Hints(agency="示例区司法局", title="示例区司法局2016年政府信息公开工作年度报告")
    report = parse(read(body.encode(), hints), hints)
    for title, extra in ((report.title, b""), ('=HYPERLINK("http://x.example")<script>alert(1)</script>', b"<!-- 2 -->")):
        version = file_report(
            session, captures, body.encode() + extra, report, None, "javascript:alert(3)", NOW - timedelta(days=400)
        )
        version.title = title
        version.document_hash = hashlib.sha256(title.encode()).hexdigest()
        session.flush()
    source = SourceRow(url="http://gone.example/list", added_at=NOW)
    session.add(source)
    session.flush()
    session.add(
        PageRow(
            source_id=source.id, url="javascript:alert(3)", first_seen_at=NOW, last_seen_at=NOW, gone_at=NOW,
            gone_why="404", version_id=version.id,
        )  # fmt: skip
    )


def _sources(session: Session) -> None:
    """Sources in every state."""
    for at, (agency, state, failed, reason) in enumerate(
        (
            ("示例市人民政府", "done", 0, ""),
            ("示例市公安局", "done", 2, ""),
            ("示例县商务局", "failed", 0, "对方网站返回 412（要求浏览器验证），已停止采集，请人工处理。"),
            ("示例县教育局", "", 0, ""),
        )
    ):
        source = SourceRow(url=f"http://sample.example/list/{at}", agency=agency, family="auto", added_at=NOW)
        session.add(source)
        session.flush()
        if not state:
            continue
        run = RunRow(
            kind="collect", source_id=source.id, state=state, queued_at=NOW, started_at=NOW,
            finished_at=NOW + timedelta(minutes=at), new=3 - at, same=at * 4, failed=failed, reason=reason,
        )  # fmt: skip
        session.add(run)
        session.flush()
        for number in range(failed):
            session.add(
                FailureRow(
                    run_id=run.id, where=f"http://sample.example/{number}.pdf", kind="Unreachable",
                    reason="连接超时，将在下次采集时再试。", at=NOW,
                )  # fmt: skip
            )
