"""Whatever the bytes: a Document or Unreadable, nothing else."""

from __future__ import annotations

import random
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.reading import Unreadable, read
from archive.report.document import Document
from tests.reading import golden
from tests.reading.damage import CONVERTED, QUICK, damaged
from tests.reading.test_golden import check_places


def outcome(body: bytes) -> None:
    try:
        document = read(body)
    except Unreadable as refusal:
        document, reason = None, str(refusal)
    if document is None:
        assert reason
        assert "\n" not in reason
    else:
        assert isinstance(document, Document)
        check_places(document)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes(body: bytes) -> None:
    outcome(body)


@settings(max_examples=40, deadline=None)
@given(
    st.text(alphabet="\t\n#|<>/=\"'&;tdr- 0123一、（）规章\u3000\u200b", max_size=300)
)
def test_random_markup(text: str) -> None:
    outcome(text.encode())
    outcome(f"<table><tr><td>{text}".encode())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(QUICK), chance=st.randoms(use_true_random=False))
def test_damaged_golden_documents(name: str, chance: random.Random) -> None:
    outcome(damaged(golden.body(name), chance))


@pytest.mark.parametrize("seed", range(4))
def test_damaged_pdf_files(seed: int) -> None:
    outcome(damaged(golden.body("pdf_2019.pdf"), random.Random(seed)))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", CONVERTED[::4])
def test_damaged_files_for_libreoffice(name: str) -> None:
    outcome(damaged(golden.body(name), random.Random(name)))
