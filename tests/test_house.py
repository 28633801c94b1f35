"""The rules of the house: who may import whom, and how large a room may grow."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(
    path.relative_to(ROOT)
    for top in ("archive", "scrapers")
    for path in (ROOT / top).rglob("*.py")
    if "__pycache__" not in path.parts
)
NAMES = [str(path) for path in FILES]

# Importing file or folder → what it must not import; all rules that fit a file apply.
FORBIDDEN = {
    "scrapers": {"archive", "config"},
    "archive/report": {
        "scrapers", "config", "sqlalchemy", "flask", "whoosh", "jieba", "httpx", "pathlib", "os", "io", "socket",
        "archive.reading", "archive.store", "archive.store.rows", "archive.search", "archive.pipeline.way", "archive.web",
        "archive.captures", "archive.regions", "archive.jobs", "archive.accounts", "archive.commands.group",
    },
    "archive/reading": {
        "scrapers", "config", "sqlalchemy", "flask", "whoosh", "jieba", "httpx", "archive.store", "archive.store.rows",
        "archive.search", "archive.pipeline.way", "archive.web", "archive.captures", "archive.regions", "archive.jobs",
    },
    "archive/search": {
        "scrapers", "config", "sqlalchemy", "flask", "archive.store", "archive.store.rows", "archive.pipeline.way",
        "archive.web", "archive.captures", "archive.jobs", "archive.reading",
    },
    "archive/store": {"scrapers", "flask", "whoosh", "jieba", "archive.pipeline.way", "archive.web", "archive.jobs"},
    "archive/web": {"scrapers", "sqlalchemy", "whoosh", "jieba", "archive.pipeline.way", "archive.reading", "archive.store.rows"},
}  # fmt: skip
ONLY_IN = {
    "flask": ("archive/__init__.py", "archive/web"),
    "whoosh": ("archive/search",),
    "jieba": ("archive/search",),
    "sqlalchemy": ("archive/column_types.py", "archive/rows.py", "archive/store"),
    "httpx": ("scrapers",),
    "os.environ": ("config.py",),
}
MAX_FILE_LINES = 360
LONGER = {"archive/rows.py": 370}
"""Rooms that may be longer, since they are lists without behaviour: one table after
another.
"""
MAX_FUNCTION_LINES = 50
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, `from a import b` as both `a` and `a.b`."""
    package = ".".join(path.with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                parts = package.split(".")[: len(package.split(".")) - node.level + 1]
                module = ".".join([*parts, module]).rstrip(".")
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def within(name: str, place: str) -> bool:
    return name == place or name.startswith(place + "/")


def is_part(module: str, of: str) -> bool:
    return module == of or module.startswith(of + ".")


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_imports_go_the_right_way(path: Path) -> None:
    wrong = {
        f"{path} imports {module}, which {place} must not"
        for place, forbidden in FORBIDDEN.items()
        if within(str(path), place)
        for module in imports(path)
        for name in forbidden
        if is_part(module, name)
    }
    wrong |= {
        f"{path} imports {module}, which belongs to {', '.join(places)} only"
        for name, places in ONLY_IN.items()
        for module in imports(path)
        if is_part(module, name)
        and not any(within(str(path), place) for place in places)
    }
    assert not wrong, "\n".join(sorted(wrong))


def own_lines(function: ast.AST) -> int:
    """How long a function is without the functions defined in it."""
    inner = [
        node
        for node in ast.walk(function)
        if isinstance(node, FUNCTION) and node is not function
    ]
    outermost = [
        node
        for node in inner
        if not any(node in ast.walk(other) for other in inner if other is not node)
    ]
    return length(function) - sum(map(length, outermost))


def length(node: ast.AST) -> int:
    return (getattr(node, "end_lineno", None) or 0) - getattr(node, "lineno", 0) + 1


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_rooms_stay_small(path: Path) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    limit = LONGER.get(str(path), MAX_FILE_LINES)
    assert source.count("\n") <= limit, (
        f"{path} has outgrown its room: split it by noun"
    )
    long = [
        f"{path}:{node.lineno} {node.name} has {own_lines(node)} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, FUNCTION) and own_lines(node) > MAX_FUNCTION_LINES
    ]
    assert not long, "\n".join(long)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_only_settings_read_the_environment(path: Path) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    assert "os.environ" not in source, (
        f"{path} reads the environment; that is config.py's"
    )
    assert "os.getenv" not in source, (
        f"{path} reads the environment; that is config.py's"
    )


def test_no_room_without_a_name() -> None:
    unnamed = {
        "utils",
        "util",
        "helpers",
        "helper",
        "common",
        "misc",
        "managers",
        "services",
        "base",
    }
    assert not [name for name in NAMES if Path(name).stem in unnamed]


def test_nothing_generated_is_tracked() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    assert not [
        name
        for name in listed.stdout.split()
        if name.startswith(("data/", ".venv/")) or name.endswith(".pyc")
    ]
