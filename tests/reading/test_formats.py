"""Every format of the catalogue is told by its bytes, has a reader, and is tested on a
document.
"""

from __future__ import annotations

import io
import sys

import pytest
from PIL import Image

from archive.catalogue import ARCHIVES, FORMATS, PICTURES, Format
from archive.reading import READERS, Unreadable, read, sniff
from archive.reading.readers import reader_of
from tests.reading import golden

GOLDEN = {sniff(golden.body(name)): name for name in golden.EXPECTED["files"]}
"""Media type → a golden document of it."""
MADE = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
    "image/gif": "GIF",
    "image/webp": "WEBP",
}
"""Pictures: Pillow's name of the format. `test_scan` reads pages of golden documents that
it saves in such formats.
"""


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("L", (900, 1200), 255).save(out, kind)
    return out.getvalue()


def test_every_format_has_a_reader_and_every_reader_a_format() -> None:
    assert {one.media_type for one in FORMATS} == set(READERS)


@pytest.mark.parametrize("media_type", READERS)
def test_every_reader_is_where_the_table_says(media_type: str) -> None:
    assert callable(reader_of(media_type))


def test_every_format_has_a_document() -> None:
    assert set(GOLDEN) | set(MADE) == set(READERS)
    assert set(MADE) == set(PICTURES)


@pytest.mark.parametrize("media_type", MADE)
def test_pictures_are_told_by_their_bytes(media_type: str) -> None:
    body = picture(MADE[media_type])
    assert sniff(body) == media_type
    with pytest.raises(Unreadable, match="没有识别出文字"):
        read(body)


@pytest.mark.parametrize(
    "one",
    [one for one in FORMATS if one.media_type in GOLDEN],
    ids=lambda one: one.label,
)
def test_a_document_says_what_it_was_read_from(one: Format) -> None:
    name = GOLDEN[one.media_type]
    if one.media_type not in ARCHIVES:
        assert golden.document(name).media_type == one.media_type


def test_without_the_models_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "archive.reading.scanned.recognised_page", None)
    with pytest.raises(Unreadable, match="rapidocr"):
        read(picture("PNG"))


def test_archives_of_one_text_say_what_it_is() -> None:
    assert golden.document("gzip_page.html.gz").media_type == "text/html"
