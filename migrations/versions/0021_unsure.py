"""What is unsure of typed figures and claims stands beside them, without a reading
being opened.

It is taken out of the readings, some hundred at a time. A version whose reading can't
be opened has one row for all of its keys, until it is read again. The shape of readings
is that of 0006, whose dictionary never changes; what it calls usual stands there too.

Revision: 0021, after 0020.
"""

import logging
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
import zstandard
from alembic import op

from migrations.readings import opened

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

log = logging.getLogger("alembic.runtime.migration")
_BATCH = 500
_versions = sa.table("versions", sa.column("id", sa.Integer))
_readings = sa.table(
    "readings",
    sa.column("version_id", sa.Integer),
    sa.column("rest", sa.LargeBinary),
)
_claims = sa.table(
    "claims",
    sa.column("version_id", sa.Integer),
    sa.column("key", sa.String),
    sa.column("unit", sa.Text),
)
_unsure = sa.table(
    "unsure",
    sa.column("version_id", sa.Integer),
    sa.column("key", sa.String),
    sa.column("status", sa.String),
)


def upgrade() -> None:
    op.create_table(
        "unsure",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name=op.f("fk_unsure_version_id_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "key", name=op.f("pk_unsure")),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    _of_figures(connection)
    _of_claims(connection)


def downgrade() -> None:
    op.drop_table("unsure")


def _of_figures(connection: sa.Connection) -> None:
    last, done = 0, 0
    while found := _next_readings(connection, last):
        last = found[-1].id
        rows = [row for one in found for row in _rows(one.id, one.rest)]
        if rows:
            connection.execute(_unsure.insert(), rows)
        done += len(found)
        log.info("%d readings asked for what is unsure", done)


def _next_readings(connection: sa.Connection, last: int) -> Any:
    question = (
        sa.select(_versions.c.id, _readings.c.rest)
        .outerjoin_from(_versions, _readings, _readings.c.version_id == _versions.c.id)
        .where(_versions.c.id > last)
        .order_by(_versions.c.id)
        .limit(_BATCH)
    )
    return connection.execute(question).all()


def _rows(version_id: int, rest: bytes | None) -> Iterator[dict[str, Any]]:
    """The rows of a version: one for all where its reading is gone or damaged."""
    try:
        unsure = dict(_told(opened(rest)["figures"])) if rest else {"*": "unread"}
    except (zstandard.ZstdError, ValueError, LookupError, TypeError, AttributeError):
        unsure = {"*": "unread"}
    for key, status in unsure.items():
        yield {"version_id": version_id, "key": key, "status": status}


def _told(figures: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Key and status of what is not as usual: exact with a value, missing without."""
    keys = figures["keys"].split()
    for at, status in figures["statuses"].items():
        yield keys[int(at)], status


def _of_claims(connection: sa.Connection) -> None:
    """What the text hedges: 60余件, 60件左右."""
    unit = _claims.c.unit
    hedges = [unit.startswith("余"), unit.startswith("多")]
    hedges += [unit.endswith("左右"), unit.endswith("以上")]
    hedged = sa.select(_claims.c.version_id, _claims.c.key, sa.literal("about"))
    hedged = hedged.where(sa.or_(*hedges))
    names = ["version_id", "key", "status"]
    connection.execute(_unsure.insert().from_select(names, hedged))
