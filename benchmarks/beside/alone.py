"""Every golden document by ours alone, beside what its library takes to open it.

Milliseconds of processor time of one document: bytes → Document, the whole way to a
checked Report, and the bare cost of the library that opens the file without asking it
anything.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pdfplumber
import pypdfium2
from bs4 import BeautifulSoup
from lxml import html as lxml_html

from archive.interpreting import interpret
from archive.reading import Unreadable, read, sniff
from archive.reading.office import CONVERTED
from archive.report import check

DOCUMENTS = Path(__file__).parents[2] / "tests" / "reports"
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
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times) * 1000


def alone(rounds: int) -> Iterator[str]:
    """The lines of a table. Files that LibreOffice converts are left out: most of their
    time is its own, in another process.
    """
    yield "| document | kB | read, ms | report, ms | libraries, ms |"
    yield "|---|---|---|---|---|"
    for path in sorted(DOCUMENTS.iterdir()):
        if path.suffix in NO_DOCUMENTS or not path.is_file():
            continue
        body = path.read_bytes()
        if sniff(body) not in CONVERTED:
            yield _line(path.name, body, rounds)


def _line(name: str, body: bytes, rounds: int) -> str:
    size = f"| {name} | {len(body) / 1000:.0f} |"
    try:
        reading = best(lambda: read(body), rounds)
        whole = best(lambda: check(interpret(body)), rounds)
    except Unreadable as trouble:
        return f"{size} – | – | {str(trouble)[:40]} |"
    beside = [f"{key} {best(work, rounds):.1f}" for key, work in bare(body).items()]
    return f"{size} {reading:.1f} | {whole:.1f} | {', '.join(beside)} |"
