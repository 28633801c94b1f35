"""People have roles, sessions, one-time links and a second factor; the audit log is a
chain of hashes, and attempts to log in are counted in a table of their own.

Everybody with an account could do everything: they are admins. The lines of before are
chained as they stand.

Revision: 0009, after 0008.
"""

import hashlib
import json
from datetime import UTC

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BEGINNING = "0" * 64
ACCOUNT = "fk_{}_account_id_accounts"
PROTECTED = "lines of the audit log are never changed or deleted"


def upgrade() -> None:
    _extend_accounts()
    _make_tables()
    _chain_lines()
    _protect_lines()


def _extend_accounts() -> None:
    op.execute("UPDATE accounts SET role = 'admin'")
    for name in ("factor", "factor_offered"):
        op.add_column(
            "accounts", sa.Column(name, sa.Text(), server_default="", nullable=False)
        )
    op.add_column(
        "accounts",
        sa.Column("factor_step", sa.BigInteger(), server_default="0", nullable=False),
    )


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"], ["accounts.id"], name=op.f(ACCOUNT.format(table))
    )


def _make_tables() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("seen_at", moment, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        _of_account("sessions"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_account_id"), "sessions", ["account_id"])
    op.create_table(
        "links",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        _of_account("links"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_links_token_hash")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        _of_account("recovery_codes"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_index(
        op.f("ix_recovery_codes_account_id"), "recovery_codes", ["account_id"]
    )
    op.create_table(
        "attempts",
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_attempts")),
    )
    op.create_index(op.f("ix_attempts_at"), "attempts", ["at"])
    op.create_table(
        "audit_end",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_end")),
    )


def _chain_lines() -> None:
    with op.batch_alter_table("audit") as audit:
        audit.add_column(sa.Column("number", sa.Integer(), nullable=True))
        for name in ("actor", "address"):
            audit.add_column(
                sa.Column(name, sa.Text(), server_default="", nullable=False)
            )
        audit.add_column(sa.Column("hash", sa.String(length=64), nullable=True))
    number, last = _number_lines()
    with op.batch_alter_table("audit") as audit:
        audit.alter_column("number", existing_type=sa.Integer(), nullable=False)
        audit.alter_column("hash", existing_type=sa.String(length=64), nullable=False)
        for name in ("actor", "address"):
            audit.alter_column(name, existing_type=sa.Text(), server_default=None)
        audit.create_unique_constraint(op.f("uq_audit_number"), ["number"])
        audit.create_index(op.f("ix_audit_at"), ["at"])
        audit.create_index(op.f("ix_audit_account_id"), ["account_id"])
        audit.create_index(op.f("ix_audit_action"), ["action"])
    end = sa.table("audit_end", sa.column("id"), sa.column("number"), sa.column("hash"))
    op.execute(end.insert().values(id=1, number=number, hash=last))


def _number_lines() -> tuple[int, str]:
    """Chains all lines, in the order written; the last number and hash."""
    connection = op.get_bind()
    tables = sa.MetaData()
    audit = sa.Table("audit", tables, autoload_with=connection)
    accounts = sa.Table("accounts", tables, autoload_with=connection)
    names = dict(connection.execute(sa.select(accounts.c.id, accounts.c.name)).all())
    number, last = 0, BEGINNING
    for line in connection.execute(sa.select(audit).order_by(audit.c.id)).all():
        number += 1
        actor = names.get(line.account_id, "")
        address = line.detail.removeprefix("ip ")
        told = [line.account_id, actor, address, line.action, line.subject, ""]
        at = line.at if line.at.tzinfo else line.at.replace(tzinfo=UTC)
        last = _hash(last, number, at.astimezone(UTC).isoformat(), *told)
        values = {"number": number, "hash": last, "actor": actor, "address": address}
        connection.execute(
            audit.update().where(audit.c.id == line.id).values(detail="", **values)
        )
    return number, last


def _hash(*told: str | int | None) -> str:
    """As the program made it when this was written."""
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _protect_lines() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_{event.lower()} BEFORE {event} ON audit "
                f"BEGIN SELECT RAISE(ABORT, '{PROTECTED}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{PROTECTED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            op.execute(f"DROP TRIGGER audit_{event}")
    else:
        op.execute("DROP TRIGGER audit_stays ON audit")
        op.execute("DROP FUNCTION audit_stays()")
    # The programs of before let everybody do everything.
    accounts = sa.table("accounts", sa.column("role"), sa.column("disabled"))
    is_lesser = accounts.c.role != "admin"
    op.execute(accounts.update().where(is_lesser).values(disabled=sa.true()))
    # They keep the address there.
    op.execute("UPDATE audit SET detail = address")
    with op.batch_alter_table("audit") as audit:
        audit.drop_constraint(op.f("uq_audit_number"), type_="unique")
        for name in ("at", "account_id", "action"):
            audit.drop_index(op.f(f"ix_audit_{name}"))
        for name in ("hash", "address", "actor", "number"):
            audit.drop_column(name)
    for table in ("audit_end", "attempts", "recovery_codes", "links", "sessions"):
        op.drop_table(table)
    for name in ("factor_step", "factor_offered", "factor"):
        op.drop_column("accounts", name)
