"""What is written into HTML by hand."""

from __future__ import annotations

import html

from hypothesis import example, given
from hypothesis import strategies as st

from archive.web.drawn.escaping import escape


@given(st.text() | st.text("<>&\"'甲1"))
@example("示例市商务局")
@example("<b>&amp;</b>\"'")
@example("")
def test_as_the_standard_library_escapes(text: str) -> None:
    assert escape(text) == html.escape(text)
