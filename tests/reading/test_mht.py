"""Saved pages: the page inside is found, whatever stands before it."""

from __future__ import annotations

import pytest

from archive.reading import Unreadable, read
from archive.report.document import Document
from tests.reading import golden
from tests.reading.golden import prose

HEAD = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'


def saved(*parts: str, head: bytes = HEAD) -> Document:
    return read(
        head + "".join(f"--b\r\n{part}\r\n" for part in parts).encode() + b"--b--\r\n"
    )


def part(content: str, kind: str = "text/html", extra: str = "") -> str:
    return f"Content-Type: {kind}\r\n{extra}\r\n{content}"


def test_the_root_counts_not_the_first_page() -> None:
    assert "广告一则。" not in prose(golden.document("mht_root_second.mht"))


def test_an_empty_frame_gives_way_to_the_page_in_it() -> None:
    long = f"<p>{'全年主动公开政府信息。' * 20}</p>"
    document = saved(
        part("<frameset><frame src='a'></frameset>"), part("<p>短</p>"), part(long)
    )
    assert prose(document) == ["全年主动公开政府信息。" * 20]


def test_the_page_tells_what_it_is() -> None:
    assert (
        golden.document("mht_quoted_printable.mht").meta["site_name"]
        == "示例市人民政府"
    )


@pytest.mark.parametrize(
    "parts", [[], [part("a", "text/css")]], ids=["nothing", "no page"]
)
def test_no_page(parts: list[str]) -> None:
    with pytest.raises(Unreadable, match="没有网页"):
        saved(*parts)


def test_too_many_parts() -> None:
    with pytest.raises(Unreadable, match="部分过多"):
        saved(*[part("a", "text/css")] * 2100)


def test_mail_in_mail_without_end() -> None:
    body = HEAD + b'--b\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n' * 3000
    with pytest.raises(Unreadable):
        read(body)
