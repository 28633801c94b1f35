"""Runs say how much a list gave and should hold; what becomes of pages is kept.

Dead addresses have a moment before which they are not asked for, and may say which page
followed their report. Failures of before that named a report's page replaced are
changes of the page.

Revision: 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_failures = sa.table("failures", sa.column("kind", sa.String))


def upgrade() -> None:
    for name in ("no_report", "moved"):
        count = sa.Column(name, sa.Integer(), server_default="0", nullable=False)
        op.add_column("runs", count)
    for name in ("listed", "expected"):
        op.add_column("runs", sa.Column(name, sa.Integer(), nullable=True))
    with op.batch_alter_table("pages") as pages:
        pages.add_column(sa.Column("ask_after", _MOMENT, nullable=True))
        pages.add_column(sa.Column("unlisted_at", _MOMENT, nullable=True))
        pages.add_column(sa.Column("moved_to_id", sa.Integer(), nullable=True))
        pages.create_foreign_key(
            op.f("fk_pages_moved_to_id_pages"), "pages", ["moved_to_id"], ["id"]
        )
    _create_events()
    replaced = _failures.update().where(_failures.c.kind == "Replaced")
    op.execute(replaced.values(kind="Changed"))


def downgrade() -> None:
    op.drop_table("events")
    with op.batch_alter_table("pages") as pages:
        pages.drop_constraint(op.f("fk_pages_moved_to_id_pages"), type_="foreignkey")
        for name in ("moved_to_id", "unlisted_at", "ask_after"):
            pages.drop_column(name)
    for name in ("expected", "listed", "moved", "no_report"):
        op.drop_column("runs", name)
    # A program of before knows no other end of a run that took in what it could.
    op.execute("UPDATE runs SET state = 'failed' WHERE state = 'incomplete'")


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        *_keys_of_events(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    for name in ("source_id", "version_id"):
        op.create_index(op.f(f"ix_events_{name}"), "events", [name])


def _keys_of_events() -> list[sa.ForeignKeyConstraint]:
    others = {"source_id": "sources", "page_id": "pages", "version_id": "versions"}
    return [
        sa.ForeignKeyConstraint(
            [name],
            [f"{table}.id"],
            name=op.f(f"fk_events_{name}_{table}"),
            ondelete="SET NULL" if name == "version_id" else None,
        )
        for name, table in others.items()
    ]
