"""One source for each list page, whatever the spelling of its address; groups, and
sources that were removed.

Sources of before that are the same list page under two spellings both stay: the key of
the later one has its number behind a blank, so that it can be told.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

from migrations.source_keys import source_key

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_sources = sa.table(
    "sources",
    sa.column("id", sa.Integer),
    sa.column("url", sa.Text),
    sa.column("key", sa.Text),
    sa.column("last_run_id", sa.Integer),
)
_runs = sa.table(
    "runs",
    sa.column("id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("source_id", sa.Integer),
)


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table("sources") as sources:
        sources.add_column(sa.Column("key", sa.Text(), nullable=True))
        group = sa.Column("group", sa.Text(), server_default="", nullable=False)
        sources.add_column(group)
        sources.add_column(sa.Column("removed_at", moment, nullable=True))
        sources.add_column(sa.Column("last_run_id", sa.Integer(), nullable=True))
    _give_keys()
    _note_latest_runs()
    with op.batch_alter_table("sources") as sources:
        sources.alter_column("key", existing_type=sa.Text(), nullable=False)
        sources.create_unique_constraint(op.f("uq_sources_key"), ["key"])
    op.create_index(op.f("ix_sources_group"), "sources", ["group"])


def downgrade() -> None:
    # A program of before knows no removed source: it must not collect one.
    op.execute("UPDATE sources SET paused = (1 = 1) WHERE removed_at IS NOT NULL")
    op.drop_index(op.f("ix_sources_group"), table_name="sources")
    with op.batch_alter_table("sources") as sources:
        sources.drop_constraint(op.f("uq_sources_key"), type_="unique")
        for name in ("last_run_id", "removed_at", "group", "key"):
            sources.drop_column(name)


def _give_keys() -> None:
    connection = op.get_bind()
    in_order = sa.select(_sources.c.id, _sources.c.url).order_by(_sources.c.id)
    given: set[str] = set()
    for number, url in connection.execute(in_order).all():
        key = source_key(url)
        if key in given:
            key = f"{key} {number}"
        given.add(key)
        is_it = _sources.c.id == number
        connection.execute(_sources.update().where(is_it).values(key=key))


def _note_latest_runs() -> None:
    is_its = (_runs.c.source_id == _sources.c.id) & (_runs.c.kind == "collect")
    latest = sa.select(sa.func.max(_runs.c.id)).where(is_its).scalar_subquery()
    op.execute(_sources.update().values(last_run_id=latest))
