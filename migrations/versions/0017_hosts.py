"""Hosts are asked in turns that the database gives, and pages know when they were asked.

Revision: 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hosts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pause", sa.Double(), server_default="0", nullable=False),
        sa.Column("answer_seconds", sa.Double(), server_default="0", nullable=False),
        sa.Column("held_by", sa.Text(), server_default="", nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("closed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_hosts")),
    )
    asked_at = sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("pages", asked_at)


def downgrade() -> None:
    with op.batch_alter_table("pages") as pages:
        pages.drop_column("asked_at")
    op.drop_table("hosts")
