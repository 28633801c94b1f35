"""A rebuild remembers which readers it works with, and can be gone on with.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "runs",
        sa.Column("readers", sa.String(length=16), server_default="", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("runs", "readers")
