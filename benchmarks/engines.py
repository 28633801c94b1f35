"""The engines one would pick instead, fed with the same words. Each answers total, the
best 20 and counts of facets.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import tantivy

from archive.search import Entry

FACETS: dict[str, Callable[[Entry], str]] = {
    "year": lambda entry: str(entry.year),
    "region": lambda entry: entry.region_codes[0],
    "level": lambda entry: entry.level,
    "sector": lambda entry: entry.sector,
    "form": lambda entry: entry.form,
}
Row = tuple[int, str, Entry]


@dataclass(frozen=True)
class Asked:
    """A question as every engine can be asked it: all, any or a row of words; values of
    facets.
    """

    how: str
    words: tuple[str, ...]
    filters: tuple[tuple[str, str], ...] = ()


class Columns:
    """Facet values as arrays, for engines that only find documents."""

    def __init__(self) -> None:
        self._codes: dict[str, list[int]] = {name: [0] for name in FACETS}
        self._numbers: dict[str, dict[str, int]] = {name: {} for name in FACETS}

    def add(self, entry: Entry) -> None:
        for name, value in FACETS.items():
            numbers = self._numbers[name]
            self._codes[name].append(numbers.setdefault(value(entry), len(numbers)))

    def done(self) -> None:
        self.codes = {
            name: np.array(codes, np.int32) for name, codes in self._codes.items()
        }

    def kept(self, ids: Any, filters: Iterable[tuple[str, str]]) -> Any:
        for name, value in filters:
            ids = ids[self.codes[name][ids] == self._numbers[name].get(value, -1)]
        return ids

    def count(self, ids: Any) -> None:
        for codes in self.codes.values():
            np.bincount(codes[ids])


class Tantivy:
    name = f"tantivy {version('tantivy')}"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=True, indexed=True, fast=True)
        builder.add_text_field(
            "body", tokenizer_name="whitespace", index_option="position"
        )
        for name in FACETS:
            builder.add_text_field(
                name, tokenizer_name="raw", fast=True, index_option="basic"
            )
        self._schema = builder.build()
        self.open()

    def open(self) -> None:
        """Anew, so that nothing of an earlier question is in its memory."""
        self._index = tantivy.Index(self._schema, path=str(self.folder))

    def build(self, rows: Iterable[Row]) -> None:
        writer = self._index.writer(256 * 1024 * 1024)
        for row in rows:
            writer.add_document(self._document(row))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def _document(self, row: Row) -> Any:
        number, cut, entry = row
        return tantivy.Document(
            id=number,
            body=cut,
            **{name: value(entry) for name, value in FACETS.items()},
        )

    def update(self, row: Row) -> None:
        writer = self._index.writer(32 * 1024 * 1024)
        writer.delete_documents("id", row[0])
        writer.add_document(self._document(row))
        writer.commit()
        self._index.reload()

    def page(self, asked: Asked) -> tuple[int, list[int]]:
        schema, query = self._index.schema, tantivy.Query
        terms = [query.term_query(schema, "body", word) for word in asked.words]
        if asked.how == "row" and len(asked.words) > 1:
            parts = [
                (
                    tantivy.Occur.Must,
                    query.phrase_query(schema, "body", list(asked.words)),
                )
            ]
        elif asked.how == "any":
            parts = [
                (
                    tantivy.Occur.Must,
                    query.boolean_query(
                        [(tantivy.Occur.Should, term) for term in terms]
                    ),
                )
            ]
        else:
            parts = [(tantivy.Occur.Must, term) for term in terms]
        for name, value in asked.filters:
            parts.append(
                (
                    tantivy.Occur.Must,
                    query.const_score_query(query.term_query(schema, name, value), 0.0),
                )
            )
        whole, searcher = query.boolean_query(parts), self._index.searcher()
        found = searcher.search(whole, 20, count=True)
        searcher.aggregate(
            whole, {name: {"terms": {"field": name, "size": 100}} for name in FACETS}
        )
        return found.count, [
            searcher.doc(address)["id"][0] for _, address in found.hits
        ]


class Fts5:
    name = f"SQLite {sqlite3.sqlite_version} FTS5"

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.open()
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.execute("CREATE VIRTUAL TABLE f USING fts5(body, content='')")
        self._columns = Columns()

    def open(self) -> None:
        """Anew, so that nothing of an earlier question is in its memory."""
        self._database = sqlite3.connect(
            self.folder / "fts.sqlite", check_same_thread=False, isolation_level=None
        )

    def build(self, rows: Iterable[Row]) -> None:
        self._database.execute("BEGIN")
        for number, cut, entry in rows:
            self._database.execute(
                "INSERT INTO f (rowid, body) VALUES (?, ?)", (number, cut)
            )
            self._columns.add(entry)
        self._database.execute("COMMIT")
        self._database.execute("INSERT INTO f (f) VALUES ('optimize')")
        self._columns.done()

    def page(self, asked: Asked) -> tuple[int, list[int]]:
        quoted = [f'"{word}"' for word in asked.words]
        row = '"' + " ".join(asked.words) + '"'
        text = (
            row
            if asked.how == "row"
            else (" OR " if asked.how == "any" else " AND ").join(quoted)
        )
        every = self._database.execute(
            "SELECT rowid, rank FROM f WHERE f MATCH ?", (text,)
        ).fetchall()
        found = np.array(every, np.float64).reshape(-1, 2)
        ids = found[:, 0].astype(np.int64)
        ranks = dict(zip(ids.tolist(), found[:, 1].tolist(), strict=True))
        kept = self._columns.kept(ids, asked.filters)
        self._columns.count(kept)
        return len(kept), sorted(kept.tolist(), key=ranks.__getitem__)[:20]


class Postgres:
    name = "PostgreSQL"

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        self._url = url
        self.open()
        self.name = (
            f"PostgreSQL {self._connection.info.server_version // 10000}, GIN, ts_rank"
        )
        self._connection.execute(
            "CREATE TABLE reports (id int PRIMARY KEY, body tsvector)"
        )
        self._columns = Columns()

    def open(self) -> None:
        """Anew; what the server itself keeps in memory stays there."""
        self._connection = psycopg.connect(self._url, autocommit=True)

    def build(self, rows: Iterable[Row]) -> None:
        self._connection.execute("CREATE TEMP TABLE raw (id int, body text)")
        with self._connection.cursor().copy("COPY raw FROM STDIN") as copy:
            for number, cut, entry in rows:
                copy.write_row((number, cut))
                self._columns.add(entry)
        self._connection.execute(
            "INSERT INTO reports SELECT id, array_to_tsvector('{}') || "
            "to_tsvector('simple', body) FROM raw"
        )
        self._connection.execute("CREATE INDEX ON reports USING gin (body)")
        self._connection.execute("VACUUM ANALYZE reports")
        self._columns.done()

    def page(self, asked: Asked) -> tuple[int, list[int]]:
        join = {"row": " <-> ", "any": " | ", "all": " & "}[asked.how]
        text = join.join(f"'{word}'" for word in asked.words)
        question = (
            "SELECT id, ts_rank(body, q) FROM reports, CAST(%s AS tsquery) q WHERE "
            "body @@ q"
        )
        every = self._connection.execute(question, (text,)).fetchall()
        ranks = dict(every)
        kept = self._columns.kept(
            np.array([number for number, _ in every], np.int64), asked.filters
        )
        self._columns.count(kept)
        return len(kept), sorted(kept.tolist(), key=lambda number: -ranks[number])[:20]
