"""Datasette over the same texts: what one would put on the web in an afternoon.

A table of reports with an FTS5 index of their words (cut by jieba, as ours are) and
indexes of the columns that are counted; three facets on every page of results. Its
limits of time are lifted: a page without its facets would be no answer.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from archive.catalogue import SECTORS
from archive.search import prepare, words
from archive.search.text import normal
from benchmarks.beside.environments import Peer, python_of
from benchmarks.site.archives import show
from benchmarks.site.made import Made, all_made
from benchmarks.site.pages import province_of
from benchmarks.site.serving import HOST, Served, free_port, running

DATASETTE = Peer("datasette", "Datasette 0.65.5", "datasette==0.65.5", frozenset())
SETTINGS = {
    "sql_time_limit_ms": "60000",
    "facet_time_limit_ms": "60000",
    "suggest_facets": "off",
    "truncate_cells_html": "300",
    "max_returned_rows": "1000",
}
_TABLES = """
CREATE TABLE reports (id INTEGER PRIMARY KEY, title TEXT, agency TEXT, year INTEGER,
    region TEXT, sector TEXT, level TEXT, form TEXT, findings TEXT, body TEXT);
CREATE TABLE agencies (name TEXT PRIMARY KEY, region TEXT, sector TEXT, level TEXT,
    reports INTEGER);
CREATE VIRTUAL TABLE reports_fts USING fts5(words, content='');
"""
_INDEXES = """
CREATE INDEX by_year ON reports (year);
CREATE INDEX by_region ON reports (region);
CREATE INDEX by_sector ON reports (sector);
CREATE INDEX by_agency ON reports (agency);
CREATE INDEX by_place ON agencies (region);
INSERT INTO agencies SELECT agency, region, sector, level, count(*) FROM reports
    GROUP BY agency;
INSERT INTO reports_fts (reports_fts) VALUES ('optimize');
ANALYZE;
"""
_OF_REPORTS = {"fts_table": "reports_fts", "fts_pk": "id"}
_METADATA = {"databases": {"bench": {"tables": {"reports": _OF_REPORTS}}}}


def built(folder: Path, size: int) -> Path:
    """Its database of so many reports, made if it is not there."""
    path = folder / f"datasette-{size}" / "bench.db"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    prepare()
    with closing(sqlite3.connect(unfinished)) as database:
        database.executescript(_TABLES)
        for one in all_made(range(size)):
            _add(database, one)
            if not one.number % 500:
                show(f"{DATASETTE.shown} {size:,}: {one.number:,} reports")
        database.commit()
        database.executescript(_INDEXES)
    show("")
    unfinished.rename(path)
    return path


def _add(database: sqlite3.Connection, one: Made) -> None:
    report, agency = one.report, one.report.agency
    body = "\n".join(f"{each.heading}\n{each.text}" for each in report.sections)
    pieces = [report.title, *(piece for each in report.sections for piece in (each.heading, each.prose))]  # fmt: skip
    cut = " ".join(word for piece in pieces for word in words.words(normal(piece)))
    findings = " ".join(finding.check for finding in report.findings)
    assert agency.sector in {"", *SECTORS}
    row = (
        *(one.number, report.title, agency.name, report.year),
        *(province_of(one.number), agency.sector, agency.level),
        *(report.form, findings, body),
    )
    marks = ", ".join("?" * len(row))
    database.execute(f"INSERT INTO reports VALUES ({marks})", row)
    question = "INSERT INTO reports_fts (rowid, words) VALUES (?, ?)"
    database.execute(question, (one.number, cut))


@contextmanager
def datasette(folder: Path, size: int) -> Iterator[Served]:
    """Raises Missing where it can't be installed."""
    python = python_of(DATASETTE)
    path, port = built(folder, size), free_port()
    notes = path.with_name("metadata.json")
    notes.write_text(json.dumps(_METADATA))
    command = [str(python), "-m", "datasette", "serve", str(path), "-m", str(notes)]
    command += ["--host", HOST, "--port", str(port)]
    for name, value in SETTINGS.items():
        command += ["--setting", name, value]
    with running(command, port, "/", {}, path.with_name("log")) as server:
        yield server
