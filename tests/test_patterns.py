"""Every regular expression says what it catches, and does.

Above each pattern of a module or class stands an example of what it finds, and where it
helps one of what it leaves alone, as Python texts:

    # e.g. "2024-01-19", "2024年1月19日"
    # not "2024-13"
    DATE = re.compile(…)

A pattern of more than 60 characters is made of named parts or written with re.VERBOSE.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = [
    path
    for top in ("archive", "scrapers")
    for path in sorted((ROOT / top).rglob("*.py"))
]
LONGEST = 60


@dataclass(frozen=True)
class Named:
    """A name to which a pattern, or a collection of patterns, is bound."""

    module: str
    owner: str
    """The class it belongs to; empty for the module."""
    name: str
    line: int
    found: tuple[Any, ...]
    left_alone: tuple[Any, ...]

    def patterns(self) -> list[re.Pattern[Any]]:
        holder: Any = importlib.import_module(self.module)
        if self.owner:
            holder = getattr(holder, self.owner)
        return list(patterns_in(getattr(holder, self.name)))


def patterns_in(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for inner in (*value.keys(), *value.values()):
            yield from patterns_in(inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from patterns_in(inner)
    elif hasattr(value, "__dataclass_fields__"):
        for field in value.__dataclass_fields__:
            yield from patterns_in(getattr(value, field))


def is_compile(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "compile"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    )


def names_of(path: Path) -> Iterator[Named]:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    lines = source.splitlines()
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    module = module.removesuffix(".__init__")
    owners = [("", tree.body)]
    owners += [
        (node.name, node.body) for node in tree.body if isinstance(node, ast.ClassDef)
    ]
    for owner, body in owners:
        for node in body:
            if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
                continue
            if not any(is_compile(inner) for inner in ast.walk(node.value)):
                continue
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name):
                found, left_alone = examples_above(lines, node.lineno - 1)
                yield Named(module, owner, target.id, node.lineno, found, left_alone)


def examples_above(
    lines: list[str], at: int
) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The texts behind `# e.g.` and `# not` in the comment that ends above a line."""
    found: tuple[Any, ...] = ()
    left_alone: tuple[Any, ...] = ()
    while at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
        said = lines[at].strip().removeprefix("#").strip()
        if said.startswith("e.g. "):
            found += texts(said.removeprefix("e.g. "))
        elif said.startswith("not "):
            left_alone += texts(said.removeprefix("not "))
    return found, left_alone


def texts(printed: str) -> tuple[Any, ...]:
    try:
        values = ast.literal_eval(f"({printed},)")
    except SyntaxError:
        return ()
    return tuple(value for value in values if isinstance(value, str | bytes))


NAMED = [named for path in FILES for named in names_of(path)]


@pytest.mark.parametrize(
    "named", NAMED, ids=[f"{one.module}:{one.owner}{one.name}" for one in NAMED]
)
def test_a_pattern_catches_its_example(named: Named) -> None:
    assert named.found, f'line {named.line}: no `# e.g. "…"` stands above {named.name}'
    patterns = named.patterns()
    for example in named.found:
        fits = [one for one in patterns if isinstance(one.pattern, type(example))]
        assert any(one.search(example) for one in fits), (
            f"{named.name} misses {example!r}"
        )
    for example in named.left_alone:
        fits = [one for one in patterns if isinstance(one.pattern, type(example))]
        assert not any(one.search(example) for one in fits), (
            f"{named.name} takes {example!r}"
        )


@pytest.mark.parametrize(
    "path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES]
)
def test_no_pattern_is_a_wall_of_signs(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and is_compile(node)
    ]
    walls = [
        f"{path.relative_to(ROOT)}:{call.lineno} has a run of {longest} signs"
        for call in calls
        if not is_verbose(call) and (longest := longest_run(call)) > LONGEST
    ]
    assert not walls, "\n".join(walls)


def is_verbose(call: ast.Call) -> bool:
    flags = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
    named = {
        node.attr
        for flag in flags
        for node in ast.walk(flag)
        if isinstance(node, ast.Attribute)
    }
    return bool(named & {"VERBOSE", "X"})


def longest_run(call: ast.Call) -> int:
    """The longest literal text in a pattern, between the named parts it is made of."""
    runs = [
        len(node.value)
        for node in ast.walk(call.args[0])
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    ]
    return max(runs, default=0)
