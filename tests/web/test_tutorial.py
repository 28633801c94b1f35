"""The addresses of docs/questions.md are addresses of the site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

QUESTIONS = Path(__file__).parents[2] / "docs" / "questions.md"
# e.g. "`/search?q=收取信息处理费`"
# not "`/embed/…`", "`/indicators`"
ADDRESS = re.compile(r"`(/[a-z]+[^`…\s]*[?/][^`…]+)`")
ADDRESSES = ADDRESS.findall(QUESTIONS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_of_the_tutorial_is_answered(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(address, follow_redirects=True)
    # The archive of these tests has not all bodies of the one that the tutorial is of.
    is_of_another = answer.status_code == 404 and "shilishi" in address
    assert answer.status_code == 200 or is_of_another, address


def test_all_twenty_questions_are_asked() -> None:
    numbers = re.findall(r"^\| (\d+) \|", QUESTIONS.read_text("utf-8"), re.M)
    assert numbers == [str(number) for number in range(1, 21)]
    assert len(ADDRESSES) >= 20
