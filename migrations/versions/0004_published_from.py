"""Who says when a report was published stands beside the day.

Revision: 0004, after 0003. Empty until a version is read again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column(
        "published_from", sa.String(length=10), nullable=False, server_default=""
    )
    op.add_column("versions", column)


def downgrade() -> None:
    op.drop_column("versions", "published_from")
