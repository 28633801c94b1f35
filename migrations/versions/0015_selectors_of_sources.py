"""Sources may say where on their pages what stands, for what no family reads.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("selectors", sa.Text(), server_default="", nullable=False)
    op.add_column("sources", column)


def downgrade() -> None:
    with op.batch_alter_table("sources") as sources:
        sources.drop_column("selectors")
