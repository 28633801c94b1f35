"""Which faults the tests would not notice: `python -m tests.mutants N [SEED]`.

N small faults are put into the code at random, one at a time, each in a copy of the tree:
a condition turned round, a limit moved by one, a statement left out. The tests that run
the line are run, those of the room itself first; a fault that none of them notices is
printed as survived, with its change, for a person to look at: a test is missing, or the
change means nothing. The seed is printed, so that the same faults can be made again.

Which tests run a line is measured once for a state of the tree (`coverage`, some minutes)
and kept in `.pytest_cache/mutants/`.
"""

from __future__ import annotations

import ast
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "mutants"
TREES = ("archive", "scrapers")
COPIED = (*TREES, "tests", "templates", "migrations", "benchmarks", "docs")
AT_ONCE = 2
MOST_TESTS = 80
"""Tests run for a fault: those of its file and room first, then others that run it."""
SECONDS = 120
"""A fault that makes the tests hang has been noticed."""
NOTICED = {1, 2, 3}
"""What pytest ends with when tests fail or can't even be loaded; 4 and 5 are our own
mistakes in asking.
"""
OPPOSITE = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
AT_THE_EDGE = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
OTHER_SIGN = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv}


@dataclass(frozen=True)
class Mutant:
    """One fault: lines `first` to `last` of a file become `text`."""

    path: Path
    first: int
    last: int
    before: str
    text: str
    name: str

    @property
    def where(self) -> str:
        return f"{self.path}:{self.first}"


# ---- faults ----------------------------------------------------------------------


def faults_of(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What can be done to a node: the name of the fault, and the node with it."""
    match node:
        case ast.Compare(ops=[op]):
            for table in (OPPOSITE, AT_THE_EDGE):
                if other := table.get(type(op)):
                    changed = ast.Compare(node.left, [other()], node.comparators)
                    yield f"{type(op).__name__} → {other.__name__}", changed
        case ast.BoolOp(op=ast.And()):
            yield "and → or", ast.BoolOp(ast.Or(), node.values)
        case ast.BoolOp(op=ast.Or()):
            yield "or → and", ast.BoolOp(ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield "not left out", node.operand
        case ast.IfExp():
            yield "the other value", ast.IfExp(node.test, node.orelse, node.body)
        case ast.BinOp() if other := OTHER_SIGN.get(type(node.op)):
            yield "another sign", ast.BinOp(node.left, other(), node.right)
        case ast.Constant(value=bool()):
            yield "the other truth", ast.Constant(not node.value)
        case ast.Constant(value=int()):
            yield "one more", ast.Constant(node.value + 1)


def statement_faults(node: ast.stmt) -> Iterator[tuple[str, ast.stmt]]:
    match node:
        case ast.If() | ast.While():
            turned = ast.UnaryOp(ast.Not(), node.test)
            yield "condition turned round", type(node)(turned, node.body, node.orelse)
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield "statement left out", ast.Pass()
        case ast.Break():
            yield "break → continue", ast.Continue()
        case ast.Continue():
            yield "continue → break", ast.Break()
        case ast.Return(value=ast.Constant(value=None)):
            return
        case ast.Return(value=ast.expr()):
            yield "nothing returned", ast.Return(ast.Constant(None))


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every fault that can be made in the functions of a file."""
    source = (ROOT / path).read_text(encoding="utf-8")
    tree = ast.parse(source)
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.stmt) and node is not function:
                for name, changed in statement_faults(node):
                    yield mutant(path, source, node, changed, name)
            elif isinstance(node, ast.expr):
                for name, changed in faults_of(node):
                    yield mutant(path, source, node, changed, name)


def mutant(
    path: Path, source: str, node: ast.expr | ast.stmt, changed: ast.AST, name: str
) -> Mutant:
    """The change as text. Expressions are put in brackets, statements behind their
    indentation; what stood over several lines comes back as one.
    """
    lines = source.encode().splitlines(keepends=True)
    first, last = node.lineno, node.end_lineno or node.lineno
    head = lines[first - 1][: node.col_offset]
    tail = lines[last - 1][node.end_col_offset or 0 :]
    text = ast.unparse(ast.fix_missing_locations(changed))
    if isinstance(node, ast.stmt):
        text = text.replace("\n", "\n" + " " * node.col_offset)
    else:
        text = f"({text})"
    before = b"".join(lines[first - 1 : last]).decode()
    return Mutant(
        path, first, last, before, (head + text.encode() + tail).decode(), name
    )


def is_sound(one: Mutant) -> bool:
    try:
        compile(mutated(one), str(one.path), "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def mutated(one: Mutant) -> str:
    lines = (ROOT / one.path).read_text(encoding="utf-8").splitlines(keepends=True)
    lines[one.first - 1 : one.last] = [one.text]
    return "".join(lines)


# ---- tests -----------------------------------------------------------------------


def state_of_the_tree() -> str:
    digest = hashlib.sha256()
    for tree in (*TREES, "tests"):
        for path in sorted((ROOT / tree).rglob("*.py")):
            if path != Path(__file__):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def measured() -> Path:
    """The file that says which tests run which lines; made anew for another tree."""
    file = KEPT / f"{state_of_the_tree()}.coverage"
    if file.exists():
        return file
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir(parents=True)
    print("Measuring which tests run which lines …", flush=True)
    arguments = [f"--cov={tree}" for tree in TREES]
    arguments += ["--cov-context=test", "--cov-report=", "-n", str(AT_ONCE), "-q"]
    data = KEPT / "measuring"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments, "tests"],
        cwd=ROOT,
        env={**os.environ, "COVERAGE_FILE": str(data)},
        stdout=subprocess.DEVNULL,
    )
    if done.returncode:
        raise SystemExit("The tests do not pass as they are: mend that first.")
    data.rename(file)
    return file


class Tests:
    """Which tests run a line, those of its room first."""

    def __init__(self, file: Path) -> None:
        data = CoverageData(str(file))
        data.read()
        self._lines = {
            name: data.contexts_by_lineno(name) for name in data.measured_files()
        }

    def of(self, one: Mutant) -> list[str]:
        lines = self._lines.get(str(ROOT / one.path), {})
        found = {
            context.rpartition("|")[0]
            for line in range(one.first, one.last + 1)
            for context in lines.get(line, [])
        }
        found.discard("")
        # On SQLite the same tests need no server to be started.
        quick = {test for test in found if "postgres" not in test}
        tests = sorted(
            quick or found, key=lambda test: (distance(test, one.path), test)
        )
        return tests[:MOST_TESTS]


def distance(test: str, path: Path) -> int:
    """How far a test is from a file: 0 its own, 1 of its room, 2 of the room around."""
    rooms = path.parts[1:-1]
    if f"test_{path.stem}.py" in test:
        return 0
    for away in range(len(rooms)):
        if test.startswith("tests/" + "/".join(rooms[: len(rooms) - away])):
            return 1 + away
    return 1 + len(rooms)


def is_noticed(one: Mutant, tests: list[str], tree: Path) -> bool:
    """Whether a test fails with the fault in the copied tree, which is mended again."""
    target = tree / one.path
    original = target.read_text(encoding="utf-8")
    target.write_text(mutated(one), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run(
            [*command, "-p", "no:xdist", *tests],
            cwd=tree,
            timeout=SECONDS,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_text(original, encoding="utf-8")
    return done.returncode in NOTICED


def copy_of_the_tree(folder: Path) -> Path:
    for name in COPIED:
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("config.py", "pyproject.toml", "README.md", "Makefile"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def main(count: int, seed: int) -> int:
    """Prints a line a fault; the exit status says whether any survived."""
    tests = Tests(measured())
    chance = random.Random(seed)
    files = [
        path.relative_to(ROOT) for tree in TREES for path in (ROOT / tree).rglob("*.py")
    ]
    every = [one for path in sorted(files) for one in mutants_of(path)]
    chosen = [one for one in chance.sample(every, len(every)) if is_sound(one)][:count]
    print(f"{count} of {len(every)} possible faults, seed {seed}", flush=True)
    survived: list[Mutant] = []
    started = time.monotonic()

    def work(share: list[Mutant]) -> None:
        with tempfile.TemporaryDirectory() as made:
            tree = copy_of_the_tree(Path(made))
            for one in share:
                known = tests.of(one)
                if not known:
                    print(f"not run   {one.where}  {one.name}", flush=True)
                    survived.append(one)
                elif is_noticed(one, known, tree):
                    print(f"noticed   {one.where}  {one.name}", flush=True)
                else:
                    print(f"SURVIVED  {one.where}  {one.name}", flush=True)
                    survived.append(one)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(work, [chosen[at::AT_ONCE] for at in range(AT_ONCE)]))
    for one in sorted(survived, key=lambda one: one.where):
        print(
            f"\n{one.where}  {one.name}\n- {one.before.strip()}\n+ {one.text.strip()}"
        )
    minutes = (time.monotonic() - started) / 60
    print(
        f"\n{len(survived)} of {len(chosen)} survived, {minutes:.0f} minutes, seed {seed}"
    )
    return 1 if survived else 0


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    given = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    sys.exit(main(wanted, given))
