"""Every kind of portal, collected whole: found, filed, nothing taken that is no report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import collecting
from archive.interpreting import Interpreter
from archive.pipeline import Archive
from archive.webpage import source_address
from scrapers import FAMILIES, Changed
from tests.portals.kinds import KINDS, Kind
from tests.portals.kinds.kind import REPORTS
from tests.portals.server import Portals
from tests.portals.table import PLACE, Outcome, collected, row_of
from tests.running import Commands
from tests.sources import add_source


@pytest.fixture(scope="module")
def portals() -> Iterator[Portals]:
    with Portals() as running:
        yield running


@pytest.fixture(scope="module")
def interpreter() -> Iterator[Interpreter]:
    """One child reads for all archives: what a child loads takes seconds."""
    with Interpreter() as running:
        yield running


@pytest.fixture
def archive(
    tmp_path: Path, sqlite_template: Path, interpreter: Interpreter
) -> Iterator[Archive]:
    (tmp_path / "archive.sqlite3").write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{tmp_path / 'archive.sqlite3'}"
    archive = Commands(tmp_path / "data", url).archive()
    archive.interpreter = interpreter
    yield archive
    archive.index.close()
    archive.store.close()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_of_portal_is_collected_whole(
    portals: Portals, archive: Archive, kind: Kind
) -> None:
    outcome = collected(archive, portals, kind)
    assert outcome == Outcome(
        kind.name,
        kind.family,
        recognised=kind.family,
        leads=len(kind.reports),
        reports=len(kind.reports),
        wrong=0,
        filed=len(kind.reports),
        files=kind.files,
        is_told=kind.is_told,
        lacks="",
    )
    assert row_of(outcome) in PLACE.read_text(), "python -m tests.portals.table"


def test_two_columns_of_one_shell_are_two_sources(
    portals: Portals, archive: Archive
) -> None:
    """The number behind `#` is no mark in a page: it says which list is meant."""
    shell = f"{portals.url}/jyj/gkmlpt/index"
    columns = [source_address(f"{shell}#{number}") for number in (1027, 1030)]
    added = [
        archive.store.write(lambda session, url=url: add_source(session, url))
        for url in columns
    ]
    assert [is_new for _, is_new in added] == [True, True]
    with collecting.fetcher_of(archive) as fetcher:
        listing = collecting.list_leads(columns[0], "auto", False, fetcher)
        assert len(listing.leads) == len(REPORTS)
        with pytest.raises(Changed, match="/api/all/1030"):
            collecting.list_leads(columns[1], "auto", False, fetcher)


def test_every_family_has_a_kind() -> None:
    known = {kind.family for kind in KINDS} | {"trs", "hanweb", "generic"}
    assert known == set(FAMILIES)
