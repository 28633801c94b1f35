"""A text with less than the current one waits for a person, whose choice is kept.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_hash", sa.String(length=64), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_choices_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choices")),
        sa.UniqueConstraint("document_hash", name=op.f("uq_choices_document_hash")),
    )
    with op.batch_alter_table("versions") as versions:
        versions.add_column(
            sa.Column("waits", sa.Text(), nullable=False, server_default="")
        )
    with op.batch_alter_table("runs") as runs:
        runs.add_column(
            sa.Column("held", sa.Integer(), nullable=False, server_default="0")
        )


def downgrade() -> None:

    with op.batch_alter_table("runs") as runs:
        runs.drop_column("held")
    with op.batch_alter_table("versions") as versions:
        versions.drop_column("waits")
    op.drop_table("choices")
