"""What is told of a table or index to one database alone, noted beside it.

SQLAlchemy would load the dialect of that database to be told, and with PostgreSQL's all
drivers of it: whoever works on the other waits for that, and only what makes tables or
compares them with these needs to know.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, MetaData, Table, text

_NOTED = "of_databases"


def _noted(**told: Any) -> dict[str, Any]:
    """Arguments of a Table or Index; in: `sqlite_where=…` and the like, as SQLAlchemy
    takes them.
    """
    return {"info": {_NOTED: told}}


def of_rows(condition: str) -> dict[str, Any]:
    """Arguments of an Index: it holds only the rows for which this is true."""
    return _noted(sqlite_where=text(condition), postgresql_where=text(condition))


HALF_A_PAGE = _noted(postgresql_with={"toast_tuple_target": 4080})
"""On PostgreSQL rows of up to half a page stay whole: pressed bytes that would go to a
second table, with an index of its own, from 2 kB on.
"""
IN_THEIR_KEY = _noted(sqlite_with_rowid=False)
"""On SQLite small rows lie in the index of their key, and not once more beside it."""


def with_all_told(metadata: MetaData) -> MetaData:
    """The same tables, which now say themselves what is noted beside them."""
    for table in metadata.tables.values():
        parts: tuple[Table | Index, ...] = (table, *table.indexes)
        for one in parts:
            for name, value in one.info.get(_NOTED, {}).items():
                dialect, _, option = name.partition("_")
                one.dialect_options[dialect][option] = value
    return metadata
