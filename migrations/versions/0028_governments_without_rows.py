"""Governments that nothing is known of have no rows: it is noted on which day that was.

Which ones they are follows from the divisions, until all is counted again. A program of
before counts all anew, and makes their rows.

Revision: 0028, after 0027.
"""

from datetime import datetime, timedelta, timezone

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_CHINA = timezone(timedelta(hours=8))
_COUNTED, _SILENT = "expected", "silent"
_ANY_DIVISIONS = "00000000"
"""No number of divisions that a program has: all that have no row are meant."""


def upgrade() -> None:
    texts = [sa.column(name, sa.Text()) for name in ("kind", "value")]
    counts = sa.table("counts", *texts, sa.column("number", sa.Integer()))
    told = sa.select(counts.c.value).where(counts.c.kind == _COUNTED)
    moment = op.get_bind().scalar(told)
    if moment is None:
        return
    silent = sa.text(
        "DELETE FROM reporters WHERE NOT is_department AND agency_key = ''"
        " AND source_id IS NULL AND CAST(own AS TEXT) = '{}' AND id NOT IN"
        " (SELECT reporter_id FROM reporter_agencies)"
    )
    number = op.get_bind().execute(silent).rowcount
    day = datetime.fromisoformat(moment).astimezone(_CHINA).date()
    value = f"{day.isoformat()} {_ANY_DIVISIONS} "
    row = {"kind": _SILENT, "value": value, "number": number}
    op.get_bind().execute(counts.insert(), [row])


def downgrade() -> None:
    counts = sa.table("counts", sa.column("kind", sa.Text()))
    op.execute(sa.delete(counts).where(counts.c.kind.in_([_COUNTED, _SILENT])))
