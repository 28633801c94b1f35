"""The figures of all current reports of a year as columns.

They are made by whoever counts next: a worker, or a command that takes reports in.

Revision: 0023, after 0022.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure_columns",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("year", "part", name="pk_figure_columns"),
    )


def downgrade() -> None:
    op.drop_table("figure_columns")
