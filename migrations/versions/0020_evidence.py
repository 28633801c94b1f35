"""Sightings keep each request and answer; days are sealed by a hash and a time stamp.

Sightings of before have no exchanges, and are sealed with the next day as they are.

Revision: 0020, after 0019.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_INDEX = "ix_sightings_sealed_on"


def upgrade() -> None:
    words = {"server_default": "", "nullable": False}
    exchanges = sa.Column("exchanges", sa.JSON(), server_default="{}", nullable=False)
    op.add_column("sightings", exchanges)
    op.add_column("sightings", sa.Column("sealed_on", sa.String(10), **words))
    op.add_column("sightings", sa.Column("leaf", sa.String(64), **words))
    op.create_index(_INDEX, "sightings", ["sealed_on"])
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "days",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(10), nullable=False),
        sa.Column("root", sa.String(64), nullable=False),
        sa.Column("sealed_at", moment, nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("stamped_at", moment, nullable=True),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_days"),
    )


def downgrade() -> None:
    op.drop_table("days")
    op.drop_index(_INDEX, "sightings")
    with op.batch_alter_table("sightings") as sightings:
        for name in ("leaf", "sealed_on", "exchanges"):
            sightings.drop_column(name)
