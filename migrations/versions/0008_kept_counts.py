"""Counts of all that is held are kept, and pages are found by their address.

The index on which versions are current is of no use: most are.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counts",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", name=op.f("pk_counts")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_pages_url"), "pages", ["url"])
    op.drop_index(op.f("ix_versions_current"), "versions")


def downgrade() -> None:
    op.create_index(op.f("ix_versions_current"), "versions", ["current"])
    op.drop_index(op.f("ix_pages_url"), "pages")
    op.drop_table("counts")
