"""What waits to be indexed stands beside the versions, whose rows are written once.

Revision: 0026, after 0025.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_MARKS, _VERSIONS = "index_marks", "versions"
_INDEX = "ix_versions_to_index"


def upgrade() -> None:
    op.create_table(
        _MARKS,
        sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name=op.f("fk_index_marks_version_id_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_index_marks")),
    )
    is_marked = "SELECT id, changed_at FROM versions WHERE to_index"
    op.execute(sa.text(f"INSERT INTO index_marks (version_id, changed_at) {is_marked}"))
    op.drop_index(op.f(_INDEX), table_name=_VERSIONS)
    with op.batch_alter_table(_VERSIONS) as versions:
        versions.drop_column("to_index")


def downgrade() -> None:
    with op.batch_alter_table(_VERSIONS) as versions:
        column = sa.Column(
            "to_index", sa.Boolean(), nullable=False, server_default=sa.false()
        )
        versions.add_column(column)
    marks = sa.table(_MARKS, sa.column("version_id"))
    marked = sa.select(marks.c.version_id)
    told = sa.update(sa.table(_VERSIONS, sa.column("to_index", sa.Boolean())))
    op.execute(told.where(sa.column("id").in_(marked)).values(to_index=True))
    with op.batch_alter_table(_VERSIONS) as versions:
        kind = sa.Boolean()
        versions.alter_column("to_index", existing_type=kind, server_default=None)
    op.create_index(op.f(_INDEX), _VERSIONS, ["to_index"])
    op.drop_table(_MARKS)
