"""What readers leave out to be quick changes nothing of what they read."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from archive.reading.page.carried import _unescaped
from archive.reading.sniff import _ODD, _may_be_odd
from archive.webpage import decode

ONE_BY_ONE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
SIGNS = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": "", "v": "", "0": "", "\n": ""}

pieces = st.lists(
    st.sampled_from(
        [
            "\\",
            "u",
            "4e3b",
            "\\u4e3b",
            "\\ud83d",
            "\\ude00",
            "\\x3c",
            "\\n",
            "\\/",
            "主",
        ]
    ),
    max_size=10,
)


@given(pieces)
@example(["\\", "\\u4e3b", "\\u4e3b"])
@example(["\\ud83d", "\\ude00", "\\ud83d"])
def test_a_run_of_escapes_is_what_its_escapes_are(parts: list[str]) -> None:
    literal = "".join(parts)

    def sign(found: re.Match[str]) -> str:
        code = found[1]
        return chr(int(code[1:], 16)) if len(code) > 1 else SIGNS.get(code, code)

    text = ONE_BY_ONE.sub(sign, literal)
    expected = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert _unescaped(literal) == expected


@given(
    st.one_of(
        st.binary(max_size=40),
        st.text(max_size=20).flatmap(
            lambda text: st.sampled_from(
                ["utf-8", "gb18030", "utf-16", "big5hkscs"]
            ).map(lambda code: text.encode(code, "replace"))
        ),
    )
)
@example("\x07".encode("utf-16"))
@example("\x1f主动公开政府信息".encode("gb18030"))
def test_no_odd_sign_is_overlooked_among_bytes(body: bytes) -> None:
    text = decode(body)
    assert _may_be_odd(body, text) or not _ODD.search(text)
