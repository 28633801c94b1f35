"""Searches for columns are runs: what each was asked, and the lists that it offers.

Revision: 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    subject = sa.Column("subject", sa.Text(), server_default="", nullable=False)
    op.add_column("runs", subject)
    op.create_table(
        "offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["runs.id"],
            name=op.f("fk_offers_run_id_runs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
    )
    op.create_index(op.f("ix_offers_run_id"), "offers", ["run_id"])


def downgrade() -> None:
    op.drop_table("offers")
    op.execute(
        "DELETE FROM failures WHERE run_id IN (SELECT id FROM runs WHERE kind = 'find')"
    )
    # A program of before knows no such runs, nor who would take up one that waits.
    op.execute("DELETE FROM runs WHERE kind = 'find'")
    op.drop_column("runs", "subject")
