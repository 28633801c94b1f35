"""A text that is too long for a page loses its end, and says how much."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.report import Document, Paragraph, Place, parse, shortened
from archive.report.encode.shortening import signs

LINES = st.lists(
    st.sampled_from(["一、总体情况", "公开。", "甲" * 40, "二、其他"]), max_size=20
)


@given(lines=LINES, most=st.integers(1, 300))
def test_what_is_shown_and_what_is_not_are_the_whole(
    lines: list[str], most: int
) -> None:
    blocks = tuple(Paragraph(line, Place(block=at)) for at, line in enumerate(lines))
    report = parse(Document(blocks, "text/plain"))
    cut, left_out = shortened(report, most)
    whole = signs(report.sections)
    assert left_out == max(0, whole - most)
    assert signs(cut.sections) <= max(most, whole if not left_out else most + 40)
    if not left_out:
        assert cut is report
    shown = "".join(one.text for one in cut.sections).replace("\n", "")
    assert (
        "".join(one.text for one in report.sections).replace("\n", "").startswith(shown)
    )
    assert cut.figures == report.figures
