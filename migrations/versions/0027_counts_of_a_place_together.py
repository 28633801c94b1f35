"""How many bodies are in which state: all levels and sectors of a place in one row.

Revision: 0027, after 0026.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_COUNTS, _BEFORE = "coverage_counts", "coverage_counts_before"
_AT_ONCE = 500
_OF_GROUP = ("level", "sector")

Row = dict[str, Any]


def upgrade() -> None:
    _tell_otherwise(_OF_GROUP, (), _together)


def downgrade() -> None:
    _tell_otherwise((), _OF_GROUP, _apart)


def _tell_otherwise(before: Iterable[str], after: Iterable[str], told: Any) -> None:
    """A table of its own takes the rows, and then the place of the one before."""
    key = op.f("pk_coverage_counts")
    op.rename_table(_COUNTS, _BEFORE)
    if op.get_bind().dialect.name == "postgresql":
        # The name of a key goes along with its table.
        op.execute(sa.text(f"ALTER INDEX {key} RENAME TO {key}_before"))
    lengths = {"level": sa.String(length=10), "sector": sa.Text()}
    op.create_table(
        _COUNTS,
        sa.Column("place", sa.String(length=4), nullable=False),
        *(sa.Column(name, lengths[name], nullable=False) for name in after),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place", *after, name=key),
        sqlite_with_rowid=False,
    )
    old = _table(_BEFORE, before)
    rows = op.get_bind().execute(sa.select(old)).mappings().all()
    new = list(told(rows))
    for at in range(0, len(new), _AT_ONCE):
        some = new[at : at + _AT_ONCE]
        op.get_bind().execute(_table(_COUNTS, after).insert(), some)
    op.drop_table(_BEFORE)


def _table(name: str, of_group: Iterable[str]) -> sa.TableClause:
    names = [sa.column(one, sa.Text()) for one in ("place", *of_group)]
    return sa.table(name, *names, sa.column("told", sa.LargeBinary()))


def _together(rows: Iterable[Row]) -> Iterator[Row]:
    def group(row: Row) -> tuple[str, ...]:
        return (row["place"], row["level"], row["sector"])

    for place, some in groupby(sorted(rows, key=group), lambda row: row["place"]):
        parts = [
            part
            for row in some
            for part in (row["level"].encode(), row["sector"].encode(), row["told"])
        ]
        yield {"place": place, "told": b"".join(map(_with_length, parts))}


def _apart(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        parts = _parts(row["told"])
        for level, sector, told in zip(parts, parts, parts, strict=True):
            names = {"level": level.decode(), "sector": sector.decode()}
            yield {"place": row["place"], **names, "told": told}


def _with_length(part: bytes) -> bytes:
    number, digits = len(part), bytearray()
    while number > 127:
        digits.append(number & 127 | 128)
        number >>= 7
    return bytes([*digits, number]) + part


def _parts(told: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(told):
        size = shift = 0
        more = 128
        while more:
            size |= (told[at] & 127) << shift
            more, shift, at = told[at] & 128, shift + 7, at + 1
        yield told[at : at + size]
        at += size
