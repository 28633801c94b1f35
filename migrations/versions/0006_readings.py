"""Readings are kept in bytes in a table of their own; what they hold is kept once.

The JSON of a reading took four fifths of the database and stood in the row that every
list goes through. Sections, and the sentences of claims, are in the readings. Findings
are told apart by their version and position, claims by version and key.

What is written here is the shape of this revision, whatever later programs write: two
pressed JSON values, of which `texts` holds the sections with their prose, `rest` all
that refers to them, and `summary` the figures that the years beside it are checked
against. The dictionary that they are pressed with is named by each, and never changes.

Revision: 0006, after 0005.
"""

# What is put into statements are names of tables and columns that stand in this file.
# ruff: noqa: S608

import logging
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.readings import Json, opened, packed, whole

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

log = logging.getLogger("alembic.runtime.migration")
_BATCH = 500
_LARGEST = 2**31 - 1

_YEARS = (
    "carry_over",
    "in_force",
    "previous_items",
    "jump",
    "zero_after_large",
    "problems_repeated",
)
"""Checks that compare a year with the one before; their findings come from 1000 on."""
_versions = sa.table(
    "versions", sa.column("id", sa.Integer), sa.column("reading", sa.JSON)
)
_readings = sa.table(
    "readings",
    sa.column("version_id", sa.Integer),
    sa.column("texts", sa.LargeBinary),
    sa.column("rest", sa.LargeBinary),
    sa.column("summary", sa.LargeBinary),
)
_sections = sa.table(
    "sections",
    sa.column("version_id", sa.Integer),
    sa.column("position", sa.Integer),
    sa.column("number", sa.Integer),
    sa.column("heading", sa.Text),
    sa.column("text", sa.Text),
)
_claims = sa.table(
    "claims",
    sa.column("version_id", sa.Integer),
    sa.column("key", sa.String),
    sa.column("label", sa.Text),
    sa.column("value", sa.Numeric(20, 6)),
    sa.column("unit", sa.Text),
    sa.column("sentence", sa.Text),
    sa.column("scope", sa.String),
)
_findings = sa.table(
    "findings",
    sa.column("version_id", sa.Integer),
    sa.column("family", sa.String),
    sa.column("keys", sa.JSON),
)


def upgrade() -> None:
    connection = op.get_bind()
    op.create_table(
        "readings",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("texts", sa.LargeBinary(), nullable=False),
        sa.Column("rest", sa.LargeBinary(), nullable=False),
        sa.Column("summary", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name=op.f("fk_readings_version_id_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_readings")),
    )
    _pack_readings(connection)
    _renew_claims(connection)
    _renew_findings(connection)
    for name in ("requests", "proceedings"):
        _renew_counts(connection, name, sa.Integer(), sqlite_with_rowid=False)
    op.drop_table("sections")
    with op.batch_alter_table("versions") as versions:
        versions.drop_column("reading")


def downgrade() -> None:
    connection = op.get_bind()
    with op.batch_alter_table("versions") as versions:
        versions.add_column(
            sa.Column("reading", sa.JSON(), nullable=False, server_default="{}")
        )
    _create_sections()
    _restore_claims(connection)
    _restore_findings(connection)
    for name in ("requests", "proceedings"):
        _renew_counts(connection, name, sa.BigInteger(), sqlite_with_rowid=True)
    _unpack_readings(connection)
    with op.batch_alter_table("versions") as versions:
        versions.alter_column("reading", existing_type=sa.JSON(), server_default=None)
    op.drop_table("readings")


# Readings: JSON as programs of before wrote it, and bytes.


def _pack_readings(connection: sa.Connection) -> None:
    last, done = 0, 0
    while rows := _next_readings(connection, last):
        last = rows[-1].id
        doubted = _doubted(connection, rows[0].id, last)
        rows_packed = [
            packed(row.id, row.reading, doubted.get(row.id, set()))
            for row in rows
            if row.reading
        ]
        if rows_packed:
            connection.execute(_readings.insert(), rows_packed)
        done += len(rows)
        log.info("%d readings packed", done)


def _next_readings(connection: sa.Connection, last: int) -> Any:
    question = sa.select(_versions.c.id, _versions.c.reading)
    following = question.where(_versions.c.id > last).order_by(_versions.c.id)
    return connection.execute(following.limit(_BATCH)).all()


def _doubted(connection: sa.Connection, first: int, last: int) -> dict[int, set[str]]:
    """Version → the figures that our reading doubts."""
    question = sa.select(_findings.c.version_id, _findings.c["keys"])
    question = question.where(_findings.c.version_id.between(first, last))
    doubted: dict[int, set[str]] = {}
    for version_id, keys in connection.execute(
        question.where(_findings.c.family == "reading")
    ):
        doubted.setdefault(version_id, set()).update(keys.get("keys", ()))
    return doubted


# Claims and findings: told apart by version and position.


def _set_aside(connection: sa.Connection, name: str, indexes: tuple[str, ...]) -> str:
    """Renames a table, so that a new one can have its name; returns what it is now."""
    for index in indexes:
        op.drop_index(index, name)
    before = f"{name}_before"
    op.rename_table(name, before)
    if connection.dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {before} RENAME CONSTRAINT pk_{name} TO pk_{before}")
    return before


def _key_of(name: str, *columns: str) -> tuple[Any, ...]:
    """What tells the rows of a computed table apart, and leads to their version."""
    return (
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name=op.f(f"fk_{name}_version_id_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{name}")),
    )


def _renew_claims(connection: sa.Connection) -> None:
    before = _set_aside(connection, "claims", ("ix_claims_key", "ix_claims_version_id"))
    op.create_table(
        "claims",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("value", sa.Numeric(precision=20, scale=6), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("scope", sa.String(length=10), server_default="", nullable=False),
        *_key_of("claims", "version_id", "key"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO claims (version_id, key, label, value, unit, scope) "
        f"SELECT version_id, key, label, value, unit, scope FROM {before} "
        f"WHERE id IN (SELECT min(id) FROM {before} GROUP BY version_id, key)"
    )
    op.drop_table(before)


def _renew_findings(connection: sa.Connection) -> None:
    names = ("check", "family", "version_id")
    indexes = tuple(f"ix_findings_{name}" for name in names)
    before = _set_aside(connection, "findings", indexes)
    op.create_table(
        "findings",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("family", sa.String(length=10), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        *_key_of("findings", "version_id", "position"),
        sqlite_with_rowid=False,
    )
    joined = (
        "SELECT string_agg(one, ' ') FROM json_array_elements_text(keys -> 'keys') "
        "AS told(one)"
        if connection.dialect.name == "postgresql"
        else "SELECT group_concat(value, ' ') FROM json_each(keys, '$.keys')"
    )
    years = ", ".join(f"'{check}'" for check in _YEARS)
    op.execute(
        'INSERT INTO findings (version_id, position, "check", family, weight, '
        '"values", keys, anchor) SELECT version_id, '
        "row_number() OVER (PARTITION BY version_id ORDER BY id) - 1 + "
        f'CASE WHEN "check" IN ({years}) THEN 1000 ELSE 0 END, "check", family, '
        f"weight, \"values\", coalesce(({joined}), ''), anchor FROM {before}"
    )
    op.drop_table(before)


def _renew_counts(
    connection: sa.Connection,
    name: str,
    kind: sa.Integer,
    sqlite_with_rowid: bool,
) -> None:
    """Counts take four bytes instead of eight: what is greater stays in the reading.

    On SQLite the rows lie in their index, and not once more beside it.
    """
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    counts = [one.name for one in table.columns if isinstance(one.type, sa.Integer)]
    counts.remove("version_id")
    if not isinstance(kind, sa.BigInteger):
        for count in counts:
            column = table.c[count]
            too_great = sa.func.abs(column) > _LARGEST
            op.execute(table.update().where(too_great).values({column: None}))
    if connection.dialect.name == "postgresql":
        word = kind.compile(connection.dialect)
        changes = ", ".join(f'ALTER COLUMN "{one}" TYPE {word}' for one in counts)
        op.execute(f"ALTER TABLE {name} {changes}")
        return
    kept = {"sqlite_with_rowid": sqlite_with_rowid}
    with op.batch_alter_table(name, recreate="always", table_kwargs=kept) as batch:
        for count in counts:
            batch.alter_column(count, type_=kind, existing_nullable=True)


# The way back, for a program of before.


def _create_sections() -> None:
    op.create_table(
        "sections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_key_of("sections", "id"),
    )
    op.create_index(op.f("ix_sections_version_id"), "sections", ["version_id"])


def _restore_claims(connection: sa.Connection) -> None:
    before = _set_aside(connection, "claims", ())
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("value", sa.Numeric(precision=20, scale=6), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), server_default="", nullable=False),
        sa.Column("scope", sa.String(length=10), server_default="", nullable=False),
        *_key_of("claims", "id"),
    )
    # They are taken from the readings, which have all of them.
    op.drop_table(before)
    op.create_index(op.f("ix_claims_key"), "claims", ["key"])
    op.create_index(op.f("ix_claims_version_id"), "claims", ["version_id"])


def _restore_findings(connection: sa.Connection) -> None:
    before = _set_aside(connection, "findings", ())
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(length=60), nullable=False),
        sa.Column("family", sa.String(length=10), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        *_key_of("findings", "id"),
    )
    # Keys have neither quotes nor commas.
    listed = "'{\"keys\": [\"' || replace(keys, ' ', '\", \"') || '\"]}'"
    told = f"CASE keys WHEN '' THEN '{{\"keys\": []}}' ELSE {listed} END"
    if connection.dialect.name == "postgresql":
        told = f"({told})::json"
    names = 'version_id, "check", family, weight, "values", anchor'
    op.execute(
        f"INSERT INTO findings ({names}, keys) SELECT {names}, {told} FROM {before} "
        "ORDER BY version_id, position"
    )
    op.drop_table(before)
    for name in ("check", "family", "version_id"):
        op.create_index(op.f(f"ix_findings_{name}"), "findings", [name])


def _unpack_readings(connection: sa.Connection) -> None:
    numbers = connection.scalars(sa.select(_readings.c.version_id)).all()
    for number in numbers:
        question = sa.select(_readings).where(_readings.c.version_id == number)
        row = connection.execute(question).one()
        texts, rest = opened(row.texts), opened(row.rest)
        reading = whole(texts, rest)
        change = _versions.update().where(_versions.c.id == number)
        connection.execute(change.values(reading=reading))
        _insert_sections(connection, number, texts)
        _insert_claims(connection, number, reading["claims"])


def _insert_sections(connection: sa.Connection, number: int, texts: list[Any]) -> None:
    rows = [
        {
            "version_id": number,
            "position": position,
            "number": section,
            "heading": heading,
            "text": prose,
        }
        for position, (section, heading, prose) in enumerate(texts)
    ]
    if rows:
        connection.execute(_sections.insert(), rows)


def _insert_claims(connection: sa.Connection, number: int, claims: list[Json]) -> None:
    names = ("key", "label", "unit", "sentence", "scope")
    rows = [
        {
            "version_id": number,
            "value": Decimal(claim["value"]),
            **{name: claim[name] for name in names},
        }
        for claim in claims
        if _is_storable(Decimal(claim["value"]))
    ]
    if rows:
        connection.execute(_claims.insert(), rows)


def _is_storable(value: Decimal) -> bool:
    return value.is_finite() and abs(value) < 10**14
