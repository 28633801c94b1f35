"""How fast originals are read: every golden document, beside what its library alone
takes.

    python -m benchmarks.reading [ROUNDS]

Milliseconds of one document on one core (the best of 3 rounds unless told otherwise):
bytes → Document, the whole way to a Report, and the bare cost of the library that opens
the file without asking it anything.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
from bs4 import BeautifulSoup
from lxml import html as lxml_html

from archive.interpreting import interpret
from archive.reading import Unreadable, read, sniff

DOCUMENTS = Path(__file__).parents[1] / "tests" / "reports"
NO_DOCUMENTS = {".py", ".json"}


def bare(body: bytes) -> dict[str, Callable[[], object]]:
    """What opens a file of this type, by name."""
    match sniff(body):
        case "text/html":
            text = body.decode("utf-8", "replace")
            return {
                "bs4": lambda: BeautifulSoup(text, "lxml"),
                "lxml": lambda: lxml_html.fromstring(text.encode()),
            }
        case "application/pdf":
            return {
                "pdfplumber": lambda: _plumbed(body),
                "pypdfium2": lambda: _texts(body),
            }
    return {}


def _plumbed(body: bytes) -> None:
    with pdfplumber.open(io.BytesIO(body)) as file:
        for page in file.pages:
            page.find_tables()


def _texts(body: bytes) -> list[str]:
    file = pypdfium2.PdfDocument(body)
    return [page.get_textpage().get_text_bounded() for page in file]


def best(work: Callable[[], object], rounds: int) -> float:
    """Milliseconds of the fastest round."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times) * 1000


def main(rounds: int) -> None:
    print(f"{'document':36} {'kB':>6} {'read':>8} {'report':>8}   bare libraries, ms")
    for path in sorted(DOCUMENTS.iterdir()):
        if path.suffix in NO_DOCUMENTS or not path.is_file():
            continue
        body = path.read_bytes()
        try:
            reading, whole = (
                best(lambda body=body: read(body), rounds),
                best(lambda body=body: interpret(body), rounds),
            )
        except Unreadable as trouble:
            print(f"{path.name:36} {len(body) / 1000:6.0f} {str(trouble)[:40]}")
            continue
        beside = "  ".join(
            f"{name} {best(work, rounds):.1f}" for name, work in bare(body).items()
        )
        print(
            f"{path.name:36} {len(body) / 1000:6.0f} {reading:8.1f} {whole:8.1f}"
            f"   {beside}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
