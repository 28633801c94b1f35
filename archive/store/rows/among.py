"""A question about some of many, whose values are one parameter, however many they are.

So it reads the same each time: a database that has thought once about how to answer it
need not do so again, which would take longer than answering.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, JSON, Boolean, ColumnElement, TypeDecorator, bindparam
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine

from archive.report import storable


class _Values(TypeDecorator[Iterable[Any]]):
    """Several values of a type: an array, or JSON where a database has none."""

    impl = JSON
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        has_arrays = dialect.name == "postgresql"
        return dialect.type_descriptor(ARRAY(self.of) if has_arrays else JSON())

    def process_bind_param(self, value: Iterable[Any] | None, _: Dialect) -> Any:
        """Into the question: without what a database would refuse, as in a column."""
        return storable(list(value or ()))


class among(FunctionElement[bool]):
    """Whether a column is one of the values that are asked for under a name."""

    inherit_cache = True
    type = Boolean()

    def __init__(
        self, column: ColumnElement[Any] | InstrumentedAttribute[Any], name: str
    ) -> None:
        super().__init__(column, bindparam(name, type_=_Values(column.type)))

    def self_group(self, against: OperatorType | None = None) -> Any:
        """As it stands: a database that knows no truths would be asked whether it is 1,
        and look at all rows.
        """
        return self


@compiles(among)
def _listed(asked: among, compiler: SQLCompiler, **told: Any) -> str:
    column, values = (compiler.process(one, **told) for one in asked.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608  no values


@compiles(among, "postgresql")
def _array(asked: among, compiler: SQLCompiler, **told: Any) -> str:
    column, values = (compiler.process(one, **told) for one in asked.clauses)
    return f"{column} = ANY ({values})"
