"""`python -m tests.portals.table`: what is collected from each kind of portal, as the
table in `docs/portals.md`. A test holds it up to date.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from archive import collecting
from archive.pipeline import Archive
from archive.store.rows import AgencyRow, FilingRow, PageRow
from scrapers import Fetcher, recognise
from tests.portals.kinds import KINDS, Kind
from tests.portals.server import Portals
from tests.running import Commands
from tests.sources import add_source

PLACE = Path(__file__).resolve().parents[2] / "docs" / "portals.md"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was collected from one kind of portal."""

    kind: str
    family: str
    recognised: str
    """The family that read the list."""
    leads: int
    reports: int
    """How many reports the portal has."""
    wrong: int
    """Leads that lead to no report."""
    filed: int
    """Reports filed under the right agency and year."""
    files: int
    """Of those, by way of a file."""
    is_told: bool
    """Whether the list says how many entries or pages it has, so that a half is seen."""
    lacks: str = ""
    """Why the run is incomplete; empty where its list is called whole."""


def collected(archive: Archive, portals: Portals, kind: Kind) -> Outcome:
    """Collects a kind of portal into an archive and looks what came of it."""
    url = portals.url + kind.start
    source = archive.store.write(lambda session: add_source(session, url)[0].id)
    with collecting.fetcher_of(archive) as fetcher:
        listing = collecting.list_leads(url, "auto", False, fetcher)
    tally = collecting.collect_now(archive, source, lambda done, total, step: None)
    with archive.store.session() as session:
        found = {
            (agency, year)
            for agency, year in session.execute(
                select(AgencyRow.name, FilingRow.year).join(FilingRow.agency)
            )
        }
        files = session.scalars(
            select(PageRow).where(PageRow.version_id.is_not(None))
        ).all()
    right = {(report.agency.name, report.year) for report in kind.reports}
    return Outcome(
        kind.name,
        kind.family,
        listing.family.name,
        len(listing.leads),
        len(kind.reports),
        max(0, len(listing.leads) - len(kind.reports)) + len(found - right),
        len(found & right),
        sum(_is_file(page.url) for page in files),
        _is_told(portals, kind),
        tally.incomplete,
    )


def _is_file(url: str) -> bool:
    return url.endswith((".pdf", ".docx")) or "download" in url


def _is_told(portals: Portals, kind: Kind) -> bool:
    """Whether one of the first pages of a list says how much there is."""
    url, form = portals.url + kind.start, ()
    with Fetcher("", pause=0, allow_private=True) as fetcher:
        for _ in range(2):
            capture = fetcher.post(url, form) if form else fetcher.get(url)
            family = recognise(capture)
            assert family is not None
            page = family.list_page(capture)
            if page.total is not None or (page.pages or 1) > 1:
                return True
            if not page.next_url:
                return False
            url, form = page.next_url, page.form
    return False


HEAD = """# What is collected from each kind of portal

Made by `python -m tests.portals.table` from the sample portals in `tests/portals`: each
kind is collected into an archive of its own. Wrong: leads to what is no report, and
reports filed under another body or year. Told: whether the list says how many entries
or pages it has; where it does, a list read by half is noticed. Incomplete said: whether
the run called its list incomplete; all of these are whole.

| kind | family | recognised | leads | wrong | filed right | by file | told | incomplete said |
|---|---|---|---|---|---|---|---|---|
"""


def row_of(outcome: Outcome) -> str:
    """The line of the table for one kind."""
    cells = (
        outcome.kind,
        outcome.family,
        _yes(outcome.recognised == outcome.family),
        f"{outcome.leads} of {outcome.reports}",
        outcome.wrong,
        f"{outcome.filed} of {outcome.reports}",
        outcome.files,
        _yes(outcome.is_told),
        _yes(bool(outcome.lacks)),
    )
    return f"| {' | '.join(map(str, cells))} |"


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def main() -> int:
    rows = []
    with Portals() as portals, tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            data = Path(folder) / kind.name
            commands = Commands(data, f"sqlite:///{data}.sqlite3")
            commands.run("migrate")
            with commands.archive() as archive:
                rows.append(row_of(collected(archive, portals, kind)))
            print(rows[-1], flush=True)
    PLACE.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
