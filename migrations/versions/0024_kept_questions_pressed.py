"""Kept questions are pressed, and how many bytes each takes is known.

Revision: 0024, after 0023.
"""

import zlib
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_KEPT = "kept_questions"
_INDEX = "ix_kept_questions_size"
_AT_ONCE = 100


def upgrade() -> None:
    with op.batch_alter_table(_KEPT) as table:
        table.add_column(sa.Column("size", sa.Integer(), nullable=True))
        table.add_column(sa.Column("pressed", sa.LargeBinary(), nullable=True))
    kept = _table()
    for code, question in _all_of(kept.c.question):
        pressed = zlib.compress(question.encode(), 9)
        _set(kept, code, pressed=pressed, size=len(pressed))
    with op.batch_alter_table(_KEPT) as table:
        table.drop_column("question")
        table.alter_column("size", existing_type=sa.Integer(), nullable=False)
        table.alter_column("pressed", existing_type=sa.LargeBinary(), nullable=False)
    op.create_index(_INDEX, _KEPT, ["kept_at", "size"])


def downgrade() -> None:
    op.drop_index(_INDEX, table_name=_KEPT)
    with op.batch_alter_table(_KEPT) as table:
        table.add_column(sa.Column("question", sa.Text(), nullable=True))
    kept = _table()
    for code, pressed in _all_of(kept.c.pressed):
        _set(kept, code, question=zlib.decompress(pressed).decode())
    with op.batch_alter_table(_KEPT) as table:
        table.drop_column("pressed")
        table.drop_column("size")
        table.alter_column("question", existing_type=sa.Text(), nullable=False)


def _table() -> sa.Table:
    return sa.Table(
        _KEPT,
        sa.MetaData(),
        sa.Column("code", sa.String(10)),
        sa.Column("question", sa.Text()),
        sa.Column("size", sa.Integer()),
        sa.Column("pressed", sa.LargeBinary()),
    )


def _all_of(column: sa.Column[Any]) -> Iterator[Any]:
    """Code and value of every row, some at a time."""
    code = column.table.c.code
    last = ""
    while True:
        some = sa.select(code, column).where(code > last).order_by(code)
        rows = op.get_bind().execute(some.limit(_AT_ONCE)).all()
        if not rows:
            return
        yield from rows
        last = rows[-1][0]


def _set(kept: sa.Table, code: str, **values: Any) -> None:
    op.execute(kept.update().where(kept.c.code == code).values(**values))
