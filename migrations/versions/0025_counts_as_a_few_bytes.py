"""How many bodies are in which state is kept as a few bytes; lists of bodies are sorted
within a place when they are asked for.

Revision: 0025, after 0024.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_COUNTS, _BEFORE = "coverage_counts", "coverage_counts_before"
_IN_ORDER = "ix_reporters_in_order"
_AT_ONCE = 500
_SINCE, _ANY = 2008, "any"
_STATES = (
    *("held", "unread", "withheld", "unreachable", "not_due"),
    *("not_seen", "no_source", "missing"),
)


def upgrade() -> None:
    op.drop_index(_IN_ORDER, table_name="reporters")
    op.create_index(_IN_ORDER, "reporters", ["region_code", "is_department"])
    _tell_otherwise(sa.JSON(), sa.LargeBinary(), _packed)


def downgrade() -> None:
    _tell_otherwise(sa.LargeBinary(), sa.JSON(), _unpacked)
    op.drop_index(_IN_ORDER, table_name="reporters")
    order = ["region_code", "is_department", "name", "id"]
    op.create_index(_IN_ORDER, "reporters", order)


def _tell_otherwise(before: Any, after: Any, told_anew: Any) -> None:
    """A table of its own takes the rows, and then the place of the one before."""
    key = op.f("pk_coverage_counts")
    op.rename_table(_COUNTS, _BEFORE)
    if op.get_bind().dialect.name == "postgresql":
        # The name of a key goes along with its table.
        op.execute(sa.text(f"ALTER INDEX {key} RENAME TO {key}_before"))
    op.create_table(
        _COUNTS,
        sa.Column("place", sa.String(length=4), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("told", after, nullable=False),
        sa.PrimaryKeyConstraint("place", "level", "sector", name=key),
        sqlite_with_rowid=False,
    )
    old, new = _table(_BEFORE, before), _table(_COUNTS, after)
    rows = op.get_bind().execute(sa.select(old)).all()
    for at in range(0, len(rows), _AT_ONCE):
        some = [
            {**row._asdict(), "told": told_anew(row.told)}
            for row in rows[at : at + _AT_ONCE]
        ]
        op.get_bind().execute(new.insert(), some)
    op.drop_table(_BEFORE)


def _table(name: str, told: Any) -> sa.TableClause:
    names = [sa.column(one, sa.Text()) for one in ("place", "level", "sector")]
    return sa.table(name, *names, sa.column("told", told))


def _packed(tally: dict[str, dict[str, int]]) -> bytes:
    if not tally:
        return b""
    years = sorted(tally.keys() - {_ANY})
    numbers = [len(years)]
    for at, state in enumerate(_STATES):
        ever = tally[_ANY].get(state, 0)
        if ever:
            numbers += [at, ever]
            for number, alike in groupby(tally[year].get(state, 0) for year in years):
                numbers += [len(list(alike)), number]
    return b"".join(map(_written, numbers))


def _unpacked(told: bytes) -> dict[str, dict[str, int]]:
    numbers = _read(told)
    years = [str(_SINCE + at) for at in range(next(numbers, 0))]
    if not years:
        return {}
    found: dict[str, dict[str, int]] = {year: {} for year in years}
    found[_ANY] = {}
    for at in numbers:
        state = _STATES[at]
        found[_ANY][state] = next(numbers)
        begin = 0
        while begin < len(years):
            end = begin + next(numbers)
            number = next(numbers)
            for year in years[begin:end]:
                if number:
                    found[year][state] = number
            begin = end
    return found


def _written(number: int) -> bytes:
    digits = bytearray()
    while number > 127:
        digits.append(number & 127 | 128)
        number >>= 7
    return bytes([*digits, number])


def _read(told: bytes) -> Iterator[int]:
    number = shift = 0
    for digit in told:
        number |= (digit & 127) << shift
        shift += 7
        if digit < 128:
            yield number
            number = shift = 0
