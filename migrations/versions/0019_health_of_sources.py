"""Disappearances wait for a person, digests are noted, people have feeds; sources know
how many years in a row they gave reports.

Revision: 0019, after 0018.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "sources",
        sa.Column("years_given", sa.Integer(), server_default="0", nullable=False),
    )
    _make_disappearances()
    _make_digests()
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        _moment("since"),
        _moment("until"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_table(
        "feeds",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        _moment("made_at"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_feeds_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feeds_token_hash")),
    )


def downgrade() -> None:
    op.drop_table("feeds")
    op.drop_table("absences")
    op.drop_table("digests")
    op.drop_table("disappearances")
    with op.batch_alter_table("sources") as sources:
        sources.drop_column("years_given")


def _moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _make_disappearances() -> None:
    name = "disappearances"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        _moment("since"),
        _moment("seen_at"),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        _moment("accepted_at", nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        _moment("ended_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f(f"fk_{name}_source_id_sources")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f(f"fk_{name}_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("source_id", "ended_at"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _make_digests() -> None:
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(40), nullable=False),
        _moment("at"),
        sa.Column("standing", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("waits_for", sa.Text(), server_default="", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        _moment("try_at", nullable=True),
        sa.Column("trouble", sa.Text(), server_default="", nullable=False),
        _moment("sent_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("slot", name=op.f("uq_digests_slot")),
    )
    op.create_index(op.f("ix_digests_waits_for"), "digests", ["waits_for"])
