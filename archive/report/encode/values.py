"""The values of a finding as JSON: as they are stored, and as they are given out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from archive.catalogue import TOLD, Value, Values

_DECIMAL = "decimal"
"""Marks a decimal, kept as its text, among names and whole numbers."""
_NOTE = "note"
"""What readers noted was a whole sentence in readings of before."""


def values_to_json(values: Values) -> dict[str, Any]:
    """The values as JSON; `values_from_json` gives back equal ones."""
    return {name: _stored(value) for name, value in values.items()}


def values_from_json(stored: Mapping[str, Any]) -> dict[str, Value]:
    """The values that `values_to_json` has written."""
    if stored.keys() == {_NOTE}:
        return {TOLD: stored[_NOTE]}
    return {name: _restored(value) for name, value in stored.items()}


def public_values(values: Values) -> dict[str, Any]:
    """The values as programs outside know JSON: numbers, texts, lists of them."""
    return {name: _public(value) for name, value in values.items()}


def _stored(value: Value) -> Any:
    if isinstance(value, tuple):
        return [_stored(one) for one in value]
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    return value


def _restored(stored: Any) -> Any:
    if isinstance(stored, list):
        return tuple(map(_restored, stored))
    if isinstance(stored, dict):
        return Decimal(stored[_DECIMAL])
    return stored


def _public(value: Value) -> Any:
    if isinstance(value, tuple):
        return [_public(one) for one in value]
    if isinstance(value, Decimal):
        return float(value)
    return value
