"""Alembic's entry: the program hands its connection in; from the shell it is made from
the settings.
"""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection

from archive.store.rows import Base, Json, Moment, Words, with_all_told

_PLAIN = {Words: "sa.Text()", Moment: "sa.DateTime(timezone=True)", Json: "sa.JSON()"}


def render_item(kind: str, item: Any, autogenerate: Any) -> str | bool:
    """Writes our types as the database's own, so that old revisions never depend on the
    program's code.
    """
    return _PLAIN.get(type(item), False) if kind == "type" else False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=with_all_told(Base.metadata),
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        compare_type=True,
        transactional_ddl=True,
    )
    # The caller's transaction holds everything: alembic must neither commit nor roll
    # back.
    context.run_migrations()


def main() -> None:
    connection = context.config.attributes.get("connection")
    if connection is not None:
        run(connection)
        return
    from archive.store import Store, schema
    from config import Settings

    store = Store(Settings.from_environment().database_url)
    schema.migrate(store, run)
    store.close()


main()
