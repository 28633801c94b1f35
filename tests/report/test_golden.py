"""The same two reports in every format: all must say the same once parsed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from archive.report.encode import content_hash, pack, unpack
from archive.report.model import Report
from archive.report.parse import parse
from tests.reading import golden
from tests.report.documents import signs

NAMES = sorted(golden.EXPECTED["files"])
MODELS = {"2021": "html_plain.html", "2019": "html_2019.html"}

ONLY_IN = {
    "docx_content_control.docx": re.compile(
        "修订时加入的一句。域的结果。文本框中的一句。"
    ),
    "html_gb18030_declared_gb2312.html": re.compile(
        "联系人：示例镕、示例喆、示例𠮷，二〇二四年。"
    ),
    "markdown_damaged_headings.md": re.compile(
        "[（）。]|第二十条第.项"
    ),  # lost brackets; rows without a tab
    "text_one_cell_a_line.txt": re.compile("其他"),  # a label torn off its number
}
"""What only one file says, or says otherwise."""
NOTHING = re.compile("(?!)")


def report(name: str) -> Report:
    return parse(golden.document(name))


def compared(prose: str, name: str) -> str:
    prose = golden.simplified(prose)
    return ONLY_IN.get(name, NOTHING).sub(
        "", re.sub(r"(第二十条第)（(.)）项", r"\1\2项", signs(prose))
    )


def truth(name: str) -> dict[str, Any]:
    found: dict[str, Any] = golden.EXPECTED["reports"][golden.EXPECTED["files"][name]]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_report_is_parsed_whole(name: str) -> None:
    read, expected = report(name), truth(name)
    assert read.is_report, read.why
    assert (read.title, read.agency.name) == (expected["title"], expected["agency"])
    assert (read.year, read.form) == (expected["year"], expected["form"])
    assert read.published_on
    assert read.published_on.isoformat() == expected["published_on"]
    assert {key: figure.value for key, figure in read.figures.items()} == {
        key: Decimal(str(value)) for key, value in expected["figures"].items()
    }
    stated = {
        claim.key: claim.value for claim in reversed(read.claims) if not claim.part_of
    }
    assert {key: stated.get(key) for key in expected["claims"]} == expected["claims"]
    assert unpack(pack(read)) == read


@pytest.mark.parametrize("name", NAMES)
def test_every_format_gives_the_same_sections(name: str) -> None:
    model = report(MODELS[golden.EXPECTED["files"][name]])
    assert [section.number for section in report(name).sections] == [
        0,
        1,
        2,
        3,
        4,
        5,
        6,
    ]
    for section, same in zip(report(name).sections, model.sections, strict=True):
        assert golden.simplified(signs(section.heading)) == signs(same.heading)
        assert compared(section.prose, name) == compared(same.prose, name)


@pytest.mark.parametrize(
    "name", ["docx_plain.docx", "html_layout_tables.html", "html_word_paste.html"]
)
def test_the_same_report_has_the_same_hash_in_another_format(name: str) -> None:
    assert content_hash(report(name)) == content_hash(report(MODELS["2021"]))


def test_a_page_with_nothing_but_a_link_is_no_report() -> None:
    read = report("html_attachment_only.html")
    assert not read.is_report
    assert "附件" in read.why
