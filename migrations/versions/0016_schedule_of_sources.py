"""Sources say when they are looked at again, pages how often they were without a change,
and a host belongs to one run of collecting at a time.

Revision: 0016, after 0015.
"""

from contextlib import suppress
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_USUAL_PORTS = {None, 80, 443}
_MOMENTS = ("due_at", "failing_since", "last_success_at", "last_new_at")
_NUMBERS = {"season_hours": "24", "rest_hours": "336", "failures": "0"}
_TEXTS = ("host", "paused_why")
_AT_WORK = sa.text("state = 'running' AND host <> ''")
_sources = sa.table(
    "sources",
    sa.column("id", sa.Integer),
    sa.column("url", sa.Text),
    sa.column("host", sa.Text),
)


def upgrade() -> None:
    for name in _TEXTS:
        op.add_column("sources", _text(name))
    for name, value in _NUMBERS.items():
        op.add_column("sources", _number(name, value))
    for name in _MOMENTS:
        moment = sa.Column(name, sa.DateTime(timezone=True), nullable=True)
        op.add_column("sources", moment)
    for name in ("host", "due_at"):
        op.create_index(op.f(f"ix_sources_{name}"), "sources", [name])
    for name in ("looks", "failures"):
        op.add_column("pages", _number(name, "0"))
    scheduled = sa.Column("scheduled", sa.Boolean(), server_default="0", nullable=False)
    op.add_column("runs", scheduled)
    op.add_column("runs", _text("host"))
    op.create_index(
        "uq_runs_host_at_work",
        "runs",
        ["host"],
        unique=True,
        sqlite_where=_AT_WORK,
        postgresql_where=_AT_WORK,
    )
    _give_hosts()


def downgrade() -> None:
    op.drop_index("uq_runs_host_at_work", table_name="runs")
    with op.batch_alter_table("runs") as runs:
        runs.drop_column("host")
        runs.drop_column("scheduled")
    with op.batch_alter_table("pages") as pages:
        for name in ("failures", "looks"):
            pages.drop_column(name)
    for name in ("host", "due_at"):
        op.drop_index(op.f(f"ix_sources_{name}"), table_name="sources")
    with op.batch_alter_table("sources") as sources:
        for name in (*_TEXTS, *_NUMBERS, *_MOMENTS):
            sources.drop_column(name)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str, value: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default=value, nullable=False)


def _give_hosts() -> None:
    connection = op.get_bind()
    for number, url in connection.execute(
        sa.select(_sources.c.id, _sources.c.url)
    ).all():
        is_it = _sources.c.id == number
        connection.execute(_sources.update().where(is_it).values(host=_host(url)))


def _host(address: str) -> str:
    """The host of an address, as this revision has it."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return ""
    name = (parts.hostname or "").rstrip(".")
    with suppress(UnicodeError):
        name = name.encode("idna").decode("ascii")
    name = f"[{name}]" if ":" in name else name.lower()
    return name if port in _USUAL_PORTS else f"{name}:{port}"
