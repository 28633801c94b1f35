"""Small reports are read several at once: with the results that each has by itself."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from archive import interpreting
from archive.captures import DamagedOriginal
from archive.interpreting import Interpreter, Whole
from archive.pipeline import Ahead, NotFiled, ahead
from archive.pipeline.ahead import Files, Result
from archive.reading import File, Unreadable
from archive.report import Hints

REPORT = Path(__file__).parents[1] / "reports" / "text_tabs.txt"
CRASH, HANG = b"crash", b"hang"


def files(*bodies: bytes) -> list[list[File]]:
    return [[File(body, Hints(file_name=f"{at}.txt"))] for at, body in enumerate(bodies)]  # fmt: skip


def reports() -> list[bytes]:
    """Of three years, and one that is none."""
    text = REPORT.read_text(encoding="utf-8")
    years = [text.replace("2023", str(year)).encode() for year in (2021, 2022, 2023)]
    return [years[0], b"", years[1], years[2], "通知".encode()]


def damaged() -> Sequence[File]:
    raise DamagedOriginal("damaged")


def read(wanted: Sequence[Files]) -> list[Result]:
    with Ahead(2) as ahead:
        ((_, found),) = ahead.read([("batch", wanted)])
    return found


def told(one: Result) -> tuple[str, ...]:
    if isinstance(one, NotFiled):
        return one.state.value, one.reason
    return one.report.text, one.media_type


@pytest.mark.parametrize("small", [0, 200_000])
def test_each_has_its_own_result_in_order(
    monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    wanted: list[Files] = [partial(list, one) for one in files(*reports() * 3)]
    wanted.insert(4, damaged)
    alone = [told(read([one])[0]) for one in wanted[:6]]
    monkeypatch.setattr(ahead, "SMALL", small)
    found = list(map(told, read(wanted)))
    assert found[:6] == alone
    assert found[4] == ("unreadable", "damaged")
    assert found == [*alone, *(alone[:4] + alone[5:]) * 2]


def _read(wanted: str, some: Sequence[File]) -> Whole:
    """In a child that is forked: a reader that crashes or hangs at some bytes."""
    if some[0].body == CRASH:
        os.kill(os.getpid(), signal.SIGKILL)
    if some[0].body == HANG:
        time.sleep(60)
    return interpreting.interpret_together(some)


@pytest.mark.parametrize(("body", "why"), [(CRASH, "程序中止"), (HANG, "已停止")])
def test_one_that_crashes_or_hangs_takes_no_other_with_it(
    monkeypatch: pytest.MonkeyPatch, body: bytes, why: str
) -> None:
    monkeypatch.setattr(interpreting, "_interpreted", _read)
    good = reports()[0]
    with Interpreter(seconds=3, forked=True) as interpreter:
        first, second, third = interpreter.each(files(good, body, good))
    assert isinstance(first, Whole)
    assert isinstance(second, Unreadable)
    assert why in str(second)
    assert isinstance(third, Whole)
    assert third.report.text == first.report.text
