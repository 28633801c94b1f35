"""What the tables share: their registry, and columns that every database takes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, MetaData, Numeric, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase

# PostgreSQL refuses NUL; half a surrogate pair has no UTF-8.
# e.g. "\x00", "\ud800"
# not "示例"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


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
    """Text that every database takes.

    NUL and half surrogate pairs occur in damaged reports; they stand as U+FFFD
    afterwards, the sign for an unreadable character.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Into the database: without what it would refuse."""
        if value is None:
            return None
        return clean_text(value)


class Json(TypeDecorator[dict[str, Any]]):
    """An object as JSON, cleaned like Words.

    Not JSONB: that would lose the order of the keys.
    """

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> Any:
        """Into the database: without what it would refuse, at any depth."""
        return _clean(value)


def clean_text(text: str) -> str:
    """A text without what no database takes."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _clean(value: Any) -> Any:
    """JSON with every text in it cleaned, the names of its members too."""
    match value:
        case str():
            return clean_text(value)
        case dict():
            pairs = value.items()
            return {_clean(name): _clean(part) for name, part in pairs}
        case list() | tuple():
            return [_clean(part) for part in value]
    return value


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
