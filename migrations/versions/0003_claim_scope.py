"""Whose number a claim is: of the body alone or of a whole area.

Claims of before stay without one until their original is read again.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("scope", sa.String(10), nullable=False, server_default="")
    with op.batch_alter_table("claims") as claims:
        claims.add_column(column)


def downgrade() -> None:
    with op.batch_alter_table("claims") as claims:
        claims.drop_column("scope")
