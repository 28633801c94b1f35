"""The sample city's portal with six reports, collected as a run of its own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from archive import collecting
from archive.pipeline import Archive, Tally
from archive.store.rows import EventRow, FailureRow, PageRow, RunRow, VersionRow
from scrapers.fetching import Fetcher
from tests.portals.reports import SampleReport, sample_reports
from tests.portals.server import Portals
from tests.sources import add_source

ALL = [report for report in sample_reports() if report.agency.portal == "trs"]
SIX = [report for report in ALL if report.kind == "html"][:6]


def hurried(archive: Archive) -> Fetcher:
    """The fetcher without its pauses."""
    return Fetcher("", pause=0, allow_private=True, sleep=lambda seconds: None)


@dataclass
class City:
    """The portal, the archive, and the source."""

    archive: Archive
    portals: Portals
    source: int

    def collect(self, accept_list: bool = False) -> Tally:
        return collecting.collect_now(
            self.archive,
            self.source,
            lambda done, total, step: None,
            accept_list=accept_list,
        )

    def trouble(self, how: str = "") -> None:
        self.portals.trouble("trs", how)

    @property
    def run(self) -> RunRow:
        """The latest run."""
        with self.archive.store.session() as session:
            question = select(RunRow).order_by(RunRow.id.desc()).limit(1)
            return session.scalars(question).one()

    @property
    def failures(self) -> list[tuple[str, str]]:
        """Kind and reason of what went wrong in the latest run."""
        run = self.run.id
        with self.archive.store.session() as session:
            rows = session.scalars(select(FailureRow).where(FailureRow.run_id == run))
            return [(row.kind, row.reason) for row in rows]

    @property
    def pages(self) -> list[PageRow]:
        with self.archive.store.session() as session:
            return list(session.scalars(select(PageRow).order_by(PageRow.id)))

    @property
    def tombstones(self) -> list[str]:
        return [page.url for page in self.pages if page.gone_at is not None]

    @property
    def versions(self) -> list[VersionRow]:
        with self.archive.store.session() as session:
            return list(session.scalars(select(VersionRow).order_by(VersionRow.id)))

    @property
    def events(self) -> list[tuple[str, str, str]]:
        """Kind, address and what was told, in order."""
        with self.archive.store.session() as session:
            rows = session.scalars(select(EventRow).order_by(EventRow.id))
            return [(row.kind, row.url, row.told) for row in rows]

    def address(self, report: SampleReport) -> str:
        return self.portals.address(report.agency.name, report.year)

    def vanish(self, report: SampleReport, how: str) -> None:
        self.portals.vanish(report.agency.name, report.year, how)


def city(archive: Archive, portals: Portals) -> City:
    """A list of six reports and three notices, three entries a page."""
    for report in ALL:
        if report not in SIX:
            portals.vanish(report.agency.name, report.year, "unlist")
    portals.paging(3)
    source = archive.store.write(
        lambda session: add_source(session, portals.trs_list)[0].id
    )
    return City(archive, portals, source)
