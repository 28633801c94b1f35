"""The form of an export: the numbers that can be chosen, and how much it will be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import render_template

from archive.catalogue import CLAIMS, FIGURES, GLANCE, INDICATOR_GROUPS
from archive.web.export.asked import KEYS, Question
from archive.web.export.columns import name_of
from archive.web.export.expected import Expected


@dataclass(frozen=True, slots=True)
class Choice:
    """A number, and whether it is among those asked for."""

    key: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Choices under one heading."""

    title: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> int:
        """How many of them are asked for."""
        return sum(choice.is_chosen for choice in self.choices)


def form(of: str, ask: Question, expected: Expected, keys: Sequence[str]) -> str:
    """The page of it, for the list whose endpoint is `of`."""
    return render_template(
        "find/export.html",
        ask=ask,
        expected=expected,
        groups=_groups(keys),
        has_all=keys == KEYS,
        back=of,
        files=f"{of}_export",
        definitions=f"{of}_definitions",
    )


def _groups(chosen: Sequence[str]) -> list[Group]:
    """Everything there is, once: the key figures, indicators, claims, the tables."""
    asked = frozenset(chosen)
    return [
        Group(title, tuple(Choice(key, name_of(key), key in asked) for key in keys))
        for title, keys in _grouped()
    ]


def _grouped() -> Iterator[tuple[str, Iterable[str]]]:
    yield "常用数字", GLANCE
    for title, indicators in INDICATOR_GROUPS.items():
        yield f"指标：{title}", [one.key for one in indicators]
    yield "正文写出的数字", [key for key in CLAIMS if key not in GLANCE]
    for table, keys in _by_table().items():
        yield f"{table}表", keys


def _by_table() -> dict[str, list[str]]:
    """The figures of each table but those that stand first."""
    found: dict[str, list[str]] = {}
    for key in KEYS:
        record = FIGURES.get(key)
        if key in GLANCE or record is None:
            continue
        if record.table:
            found.setdefault(record.table, []).append(key)
    return found
