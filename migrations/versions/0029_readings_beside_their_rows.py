"""PostgreSQL keeps readings and columns of figures in their rows, two or more a page.

Above 2 kB it moves bytes to a second table with an index of its own; a reading has
about as many, and there it took a tenth more room and a second look. What is larger
than half a page still goes there. And the name of an agency is indexed once: by its
key with the region.

Revision: 0029, after 0028.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_PRESSED = ("readings", "figure_columns")
_INDEX, _AGENCIES = "ix_agencies_name", "agencies"


def upgrade() -> None:
    _tell("SET (toast_tuple_target = 4080)")
    op.drop_index(_INDEX, table_name=_AGENCIES)


def downgrade() -> None:
    op.create_index(_INDEX, _AGENCIES, ["name"])
    _tell("RESET (toast_tuple_target)")


def _tell(how: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in _PRESSED:
            op.execute(sa.text(f"ALTER TABLE {table} {how}"))
