"""Sources say whether their pages are drawn by a browser.

Revision: 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("rendered", sa.Boolean(), server_default="0", nullable=False)
    op.add_column("sources", column)


def downgrade() -> None:
    with op.batch_alter_table("sources") as sources:
        sources.drop_column("rendered")
