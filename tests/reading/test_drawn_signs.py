"""Drawn pages: what is struck out or can't be seen, and digits wrapped in columns."""

from __future__ import annotations

import random
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from archive.reading.printed import DrawnPage, box, read_pdf, sign_in
from archive.reading.printed.cell_texts import CellTexts
from archive.reading.printed.content_order import lines_of
from archive.reading.printed.shown_signs import unshown
from archive.report import Hints, Paragraph

SIZE = 10.0
Line = tuple[float, float, float, float]


def written(text: str, x: float, y: float, **looks: Any) -> list[dict[str, Any]]:
    """The signs of a text, each five points wide; its upper left corner is given."""
    signs = []
    for number, sign in enumerate(text):
        left = x + 5 * number
        drawn = box("char", left, y, left + 5, y + SIZE)
        signs.append({**sign_in(drawn, sign, 1), "non_stroking_color": (0,), **looks})
    return signs


def seen(
    signs: Sequence[dict[str, Any]],
    *lines: Line,
    rects: Sequence[dict[str, Any]] = (),
) -> str:
    rules = [box("line", *line) for line in lines]
    drawn = {"char": list(signs), "line": rules, "rect": list(rects)}
    page = DrawnPage(1, 600, 800, drawn)
    gone, _ = unshown(page)
    return "".join(sign["text"] for sign in signs if id(sign) not in gone)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ((100, 55.5, 110, 55.5), "34"),  # through the middle of 41
        ((100, 54, 110, 54), "34"),
        ((99, 55, 111, 56), "34"),
        ((100, 59.5, 110, 59.5), "4134"),  # an underline
        ((100, 61, 110, 61), "4134"),
        ((100, 49, 120, 49), "4134"),  # the rule above a cell
        ((20, 55, 400, 55), "4134"),  # a rule that meets a figure by chance
        ((100, 50, 110, 60), "4134"),  # a box
        ((101, 55, 102, 55), "4134"),
    ],
)
def test_a_line_through_signs_strikes_them(line: Line, left: str) -> None:
    assert seen(written("4134", 100, 50), line) == left


def test_white_signs_are_not_seen_on_paper() -> None:
    white = written("8", 100, 50, non_stroking_color=(1, 1, 1))
    black = written("34", 105, 50)
    assert seen([*white, *black]) == "34"
    inks = written("8", 100, 50, non_stroking_color=(0, 0, 0, 0))
    assert seen([*inks, *black]) == "34"
    ground = box("rect", 90, 40, 130, 70) | {
        "fill": True,
        "non_stroking_color": (0, 0, 1),
    }
    assert seen([*white, *black], rects=[ground]) == "834"
    assert seen(white) == "8"


def test_a_dot_is_no_digit() -> None:
    dot = written("8", 100, 50, size=1.0)
    assert seen([*dot, *written("34", 105, 50)]) == "34"


def in_cell(*lines: str, width: float) -> str:
    """What is read of a cell five points of margin wide, with a label beside it."""
    cells = [(0.0, 0.0, 100.0, 60.0), (100.0, 0.0, 100.0 + width, 60.0)]
    signs = written("规章制度", 5, 5)
    for number, line in enumerate(lines):
        signs += written(line, 105, 5 + 12 * number)
    page = SimpleNamespace(chars=signs)
    table = SimpleNamespace(bbox=(0.0, 0.0, 100.0 + width, 60.0), cells=cells)
    return CellTexts(page, table).within(cells[1]).text


@pytest.mark.parametrize(
    ("lines", "width", "text"),
    [
        (("222", "3"), 26, "2223"),
        (("22", "23", "5"), 21, "22235"),
        (("222", "3"), 40, "222\n3"),  # there was room for the 3
        (("25", "238"), 26, "25\n238"),
        (("22", "件"), 21, "22\n件"),
        (("本年", "收到"), 21, "本年\n收到"),
    ],
)
def test_digits_are_joined_where_their_line_was_full(
    lines: tuple[str, ...], width: float, text: str
) -> None:
    assert in_cell(*lines, width=width) == text


def in_columns(rows: Sequence[str], pitch: float) -> list[str]:
    """The lines read of a row of figures without rules; `|` wraps a figure."""
    signs = written("予以公开", 10, 10)
    for column, figure in enumerate(rows):
        for number, part in enumerate(figure.split("|")):
            signs += written(part, 60 + column * pitch, 10 + 12 * number)
    return lines_of(signs)


def test_digits_wrapped_in_narrow_columns_follow_those_above_them() -> None:
    assert in_columns(["0", "298|4", "12", "299|6"], 27) == ["予以公开 0 2984 12 2996"]
    assert in_columns(["298|4|1", "0"], 27) == ["予以公开 29841 0"]


def test_digits_one_above_the_other_in_wide_columns_stay_apart() -> None:
    assert in_columns(["0", "298|4", "12"], 60) != ["予以公开 0 2984 12"]
    assert in_columns(["0", "29|846", "12"], 24) != ["予以公开 0 29846 12"]


def test_columns_of_single_signs_stay_apart() -> None:
    signs = [sign for n in range(7) for sign in written("0", 60 + 12 * n, 10)]
    assert lines_of(signs) == ["0 0 0 0 0 0 0"]


def test_lines_of_random_signs_hold_them_all() -> None:
    chance = random.Random(3)
    signs = [
        sign
        for _ in range(300)
        for sign in written(
            chance.choice(["12", "3", "公开"]),
            chance.random() * 500,
            chance.random() * 700,
        )
    ]
    text = "".join("".join(lines_of(signs)).split())
    assert text == "".join(sign["text"] for sign in signs)


def pdf(content: bytes) -> bytes:
    """A PDF file of one page with that content."""
    resources = b"<</Font<</F 5 0 R>>>>"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 300]/Contents 4 0 R/Resources"
        + resources
        + b">>",
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + table + end


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"(In all there were ) Tj 3 Tr (8) Tj 0 Tr (34 cases in 2023) Tj", "34"),
        (b"3 Tr (In all there were 834 cases in 2023) Tj", "834"),
    ],
)
def test_text_that_is_not_drawn_is_read_only_where_it_is_all_there_is(
    content: bytes, text: str
) -> None:
    body = pdf(b"BT /F 12 Tf 20 200 Td " + content + b" ET")
    (block,) = read_pdf(body, Hints()).blocks
    assert isinstance(block, Paragraph)
    assert block.text == f"In all there were {text} cases in 2023"
