"""Damaged golden documents: `python -m tests.reading.damage [N]` reads N of them (1000
if not told).

Whatever the bytes, a reader gives a Document or raises Unreadable, within its time.
Printed at the end: what was caught as an unforeseen error, by the reader that had it,
with the seed that makes it again.
"""

from __future__ import annotations

import io
import random
import re
import signal
import sys
import time
import zipfile
from collections import Counter
from types import FrameType

from archive.reading import Unreadable, read, sniff
from archive.report.document import Document
from tests.reading import golden

NAMES = sorted(golden.EXPECTED["files"])
CONVERTED = [name for name in NAMES if sniff(golden.body(name)) in golden.CONVERTED]
"""Those that LibreOffice opens: a second or two each."""
QUICK = [name for name in NAMES if name not in CONVERTED and not name.startswith("pdf")]
_NUMBER = re.compile(rb"(?<![A-Za-z#])\d+(?:\.\d+)?")
_ODD = (b"-1", b"0", b"99999999999", b"1e308", b"NaN", b"", b"65536", b"0.0000001")
_SECONDS = 100
_UNFORESEEN = re.compile(r"格式异常（(\w+)）")


def damaged(body: bytes, chance: random.Random) -> bytes:
    """The bytes changed, cut, or without a stretch; of an archive also its members,
    packed again.
    """
    if body.startswith(b"PK") and chance.random() < 0.7:
        return _repacked(body, chance)
    return _bytes(body, chance)


def _bytes(body: bytes, chance: random.Random) -> bytes:
    if not body:
        return body
    changed = bytearray(body)
    for _ in range(chance.choice((1, 5, 40))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    cut = chance.randrange(len(changed))
    way = chance.randrange(5)
    if way == 1:
        del changed[cut : cut + chance.randrange(1, 2000)]
    elif way == 2:
        del changed[cut:]
    elif way == 3:
        changed[cut:cut] = changed[chance.randrange(len(changed)) :][:3000]
    return bytes(changed)


def _repacked(body: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        members = [(name, file.read(name)) for name in file.namelist()]
    chance.shuffle(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        hit = chance.randrange(len(members))
        for number, (name, content) in enumerate(members):
            way = chance.randrange(6) if number == hit or chance.random() < 0.1 else 9
            if way == 0:
                continue
            if way == 1:
                name = members[chance.randrange(len(members))][0].swapcase()
            elif way == 2:
                content = _bytes(content, chance)
            elif way < 6:
                content = _NUMBER.sub(lambda found: _number(found[0], chance), content)
            if name not in made.NameToInfo:
                made.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _number(number: bytes, chance: random.Random) -> bytes:
    return chance.choice(_ODD) if chance.random() < 0.02 else number


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def main(count: int) -> int:
    """Reads so many damaged documents; the exit status says whether one hung."""
    signal.signal(signal.SIGALRM, _stop)
    outcomes: Counter[str] = Counter()
    unforeseen: dict[str, int] = {}
    slowest = (0.0, "")
    for seed in range(count):
        chance = random.Random(seed)
        name = (
            chance.choice(CONVERTED)
            if chance.random() < 0.01
            else chance.choice([*QUICK, *QUICK, "pdf_2019.pdf"])
        )
        body = damaged(golden.body(name), chance)
        started = time.monotonic()
        signal.alarm(_SECONDS)
        try:
            assert isinstance(read(body), Document)
            outcomes["read"] += 1
        except Unreadable as refusal:
            outcomes["refused"] += 1
            if found := _UNFORESEEN.search(str(refusal)):
                outcomes["unforeseen"] += 1
                unforeseen.setdefault(f"{found[1]} in {name}", seed)
        except TimeoutError:
            outcomes["hung"] += 1
            print(f"hung: seed {seed}, {name}")
        signal.alarm(0)
        slowest = max(slowest, (time.monotonic() - started, f"{name}, seed {seed}"))
    print(
        f"{count} documents: {dict(outcomes)}; slowest {slowest[0]:.1f} s ("
        f"{slowest[1]})"
    )
    for what, seed in sorted(unforeseen.items()):
        print(f"  {what}, seed {seed}")
    return 1 if outcomes["hung"] else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
