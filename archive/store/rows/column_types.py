"""What the tables share: their registry, and columns that every database takes."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, MetaData, Numeric, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase

from archive.report import storable


class Moment(TypeDecorator[datetime]):
    """A point in time, always UTC and aware; SQLite gives back naive ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Into the database: as UTC, whatever zone it was told in."""
        if value is None:
            return None
        return value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Out of the database: aware that it is UTC."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """Text that every database takes, as `storable` makes it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Into the database: without what it would refuse."""
        if value is None:
            return None
        text: str = storable(value)
        return text


class Json(TypeDecorator[dict[str, Any]]):
    """An object as JSON, cleaned like Words.

    Not JSONB: that would lose the order of the keys.
    """

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> Any:
        """Into the database: without what it would refuse, at any depth."""
        return storable(value)


class Base(DeclarativeBase):
    """The registry of all tables, and which column a Python type becomes."""

    # Named, so that a migration can speak of a constraint on every database.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        datetime: Moment,
        dict[str, Any]: Json,
        Decimal: Numeric(20, 6),
        str: Words,
    }
