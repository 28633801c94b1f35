from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue import ClaimScope, Status, Value
from archive.report.document import Cell, Heading, Paragraph, Place, Table
from archive.report.encode import (
    DamagedReading,
    Packed,
    content_hash,
    contract,
    pack,
    pack_summary,
    pressing,
    unpack,
    unpack_summary,
    unpack_texts,
)
from archive.report.encode.pressing import open_pressed, press
from archive.report.encode.restoring import restored
from archive.report.encode.writing import rest_of, texts_of
from archive.report.model import Agency, Claim, Figure, Finding, Region, Report, Section
from archive.report.rules import summary_of
from tests.reports import press_dictionary

TABLE = Table(
    (
        Cell("申请人情况", Place(3, 1, 1), rows=2, columns=7),
        Cell("", Place(3, 3, 1)),
        Cell("3.50", Place(3, 3, 2, page=2)),
    ),
    Place(3, page=2),
    aligned=False,
)
PARAGRAPH = Paragraph("公开60条。", Place(2))
BALANCE: dict[str, Value] = {
    "case": "outcomes",
    "total": "review.total",
    "left": Decimal("3.50"),
    "right": 4,
    "printed": "3.50",
    "columns": (1, Decimal(2), "三"),
}
"""Numbers, decimals and texts that look alike stay what they are."""
REPORT = Report(
    title="示例市商务局2023年政府信息公开工作年度报告",
    agency=Agency("示例市商务局", Region("000000", "示例省示例市"), (Region("000001", "示例"),), "市", False, "商务"),
    year=2023,
    published_on=date(2024, 1, 17),
    published_from="signed",
    form="2021",
    is_report=True,
    sections=(
        Section(0, "", ()),
        Section(1, "一、总体情况", (Heading("（一）概况", Place(1, line=4), 3), PARAGRAPH), Place(1)),
        Section(2, "二、主动公开政府信息情况", (TABLE,), Place(2, page=1)),
    ),
    figures={
        "review.total": Figure("review.total", 0, "0", Status.EXACT, Place(3, 1, 2)),
        "disclosure.fees.amount": Figure("disclosure.fees.amount", Decimal("3.50"), "3.50", Status.CONFLICT),
        "review.other": Figure("review.other", None, None, Status.MISSING),
    },
    claims=(
        Claim("proactive_total", 60, "公开60条。", "条", at=Place(2), scope=ClaimScope.OWN),
        Claim("proactive_part", 40, "其中动态40条。", "条", "动态", "proactive_total", Place(2)),
        Claim("proactive_total", 61, "共61条。", "条"),
        Claim("fee", Decimal("1.5"), "收取1.5元。", "元"),
    ),
    contact={"phone": "0000-1234567"},
    findings=(Finding("sums", BALANCE, ("review.total",), Place(3, 1, 2)),),
)  # fmt: skip


def test_packing_loses_nothing() -> None:
    assert unpack(pack(REPORT)) == REPORT
    bare = Report("", Agency(""), None, None, "free", False, "没有找到标题")
    assert unpack(pack(bare)) == bare


def test_the_texts_are_opened_alone() -> None:
    assert unpack_texts(pack(REPORT).texts) == [
        (0, "", ""),
        (1, "一、总体情况", "（一）概况\n公开60条。"),
        (2, "二、主动公开政府信息情况", ""),
    ]


def test_nothing_is_written_twice() -> None:
    rest = rest_of(REPORT, texts_of(REPORT))
    table = rest["sections"][2]["blocks"][0]
    assert table["cells"] == ["申请人情况", "", "3.50"]
    assert table["places"] == [3, [1, 3, 3], [1, 1, 2], [None, None, 2], None]
    assert table["spans"] == {"0": [2, 7]}
    assert rest["figures"]["keys"].split() == list(REPORT.figures)
    assert rest["figures"]["values"] == [0, "3.50", None]
    assert rest["figures"]["printed"] == {}
    assert rest["figures"]["statuses"] == {"1": "conflict"}
    assert [claim[2] for claim in rest["claims"]] == [
        [1, 6, 6],
        "其中动态40条。",
        "共61条。",
        "收取1.5元。",
    ]


DICTIONARIES = {
    "readings-1.zdict": "f58d6f2a532c079d4f408ac7b7dcd919a54dc1bd42f904150fc7d2f400d43619",
}
"""Each ever made, with its SHA-256: readings in databases need it as it is."""


def test_no_dictionary_is_changed_or_gone() -> None:
    folder = Path(str(pressing.__file__)).parent
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("*.zdict")
    }
    assert found == DICTIONARIES
    assert f"readings-{pressing.NEWEST}.zdict" in found
    with pytest.raises(SystemExit, match="raise NEWEST first"):
        press_dictionary.main()


def test_what_is_damaged_is_said() -> None:
    packed = pack(REPORT)
    with pytest.raises(ValueError, match="can't be opened"):
        unpack(replace(packed, rest=packed.rest[:-3]))
    of_another_dictionary = zstandard.train_dictionary(
        4096, [bytes([n % 251, n % 7]) * 40 for n in range(4000)], dict_id=77
    )
    other = zstandard.ZstdCompressor(dict_data=of_another_dictionary)
    pressed = other.compress(b"[]")
    with pytest.raises(ValueError, match="readings-77"):
        unpack_texts(pressed)


def _turned(pressed: bytes, bit: int) -> bytes:
    """The same bytes with one bit turned."""
    turned = bytearray(pressed)
    turned[bit // 8] ^= 1 << bit % 8
    return bytes(turned)


def test_a_turned_bit_never_turns_a_figure() -> None:
    packed, summary = pack(REPORT), summary_of(REPORT)
    assert summary is not None
    pressed = pack_summary(summary)
    told = 0
    for bit in range(len(packed.rest) * 8):
        told += not _is_as_written(replace(packed, rest=_turned(packed.rest, bit)))
    for bit in range(len(packed.texts) * 8):
        told += not _is_as_written(replace(packed, texts=_turned(packed.texts, bit)))
    for bit in range(len(pressed) * 8):
        try:
            assert unpack_summary(_turned(pressed, bit)) == summary
        except DamagedReading:
            told += 1
    # A few bits of a frame's header say nothing about what it holds.
    bits = 8 * (len(packed.rest) + len(packed.texts) + len(pressed))
    assert told > 0.98 * bits


def _is_as_written(packed: Packed) -> bool:
    """Whether these bytes open; then to nothing else than what was written."""
    try:
        read = unpack(packed)
    except DamagedReading:
        return False
    assert read == REPORT
    return True


@given(st.data())
def test_no_damage_reads_as_something_else(data: st.DataObject) -> None:
    packed = pack(REPORT)
    name = data.draw(st.sampled_from(["texts", "rest"]))
    damaged = bytearray(getattr(packed, name))
    places = st.integers(0, len(damaged) - 1)
    begin, end = sorted(data.draw(st.tuples(places, places)))
    damaged[begin:end] = data.draw(st.binary(max_size=40))
    if data.draw(st.booleans()):
        del damaged[data.draw(places) :]
    _is_as_written(replace(packed, **{name: bytes(damaged)}))


@pytest.mark.parametrize("stored", [b"", b"?", bytes(100), b"\x28\xb5\x2f\xfd"])
def test_what_was_never_ours_is_said(stored: bytes) -> None:
    with pytest.raises(DamagedReading):
        unpack_texts(stored)
    with pytest.raises(DamagedReading):
        unpack_summary(stored)


@pytest.mark.parametrize("value", [None, 1, [1], [[1, "一"]], {}, {"keys": "a"}, "x"])
def test_whole_bytes_that_say_something_else_are_said(value: object) -> None:
    pressed = press(value)
    with pytest.raises(DamagedReading):
        unpack(Packed(pack(REPORT).texts, pressed))
    with pytest.raises(DamagedReading):
        unpack_summary(pressed)


def test_a_frame_that_claims_too_much_is_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pressed = press(["示例" * 100])
    monkeypatch.setattr(pressing, "LARGEST", 99)
    with pytest.raises(DamagedReading, match="claims"):
        open_pressed(pressed)


def test_what_was_written_without_a_checksum_still_opens() -> None:
    """Readings of before have none until they are read again."""
    words = zstandard.ZstdCompressionDict(
        (Path(str(pressing.__file__)).parent / "readings-1.zdict").read_bytes()
    )
    before = zstandard.ZstdCompressor(pressing.LEVEL, dict_data=words)
    texts = texts_of(REPORT)
    pressed = [
        before.compress(pressing.written(one))
        for one in (texts, rest_of(REPORT, texts))
    ]
    assert not zstandard.get_frame_parameters(pressed[0]).has_checksum
    assert unpack(Packed(*pressed)) == REPORT
    assert zstandard.get_frame_parameters(pack(REPORT).rest).has_checksum


def test_signs_that_no_database_takes_are_replaced() -> None:
    assert open_pressed(press(["\x00甲\ud800", {"乙\x00": "\\u0000"}])) == [
        "\ufffd甲\ufffd",
        {"乙\ufffd": "\\u0000"},
    ]


PLACES = st.builds(Place, st.integers(1, 99), *[st.none() | st.integers(1, 9)] * 4)
TEXTS = st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=9)
CELLS = st.builds(Cell, TEXTS, PLACES, st.integers(1, 3), st.integers(1, 3))
BLOCKS = st.one_of(
    st.builds(Paragraph, TEXTS, PLACES),
    st.builds(Heading, TEXTS, PLACES, st.integers(1, 6)),
    st.builds(Table, st.lists(CELLS, max_size=4).map(tuple), PLACES, st.booleans()),
)


@given(st.lists(BLOCKS, max_size=6))
def test_any_blocks_come_back(blocks: list[Heading | Paragraph | Table]) -> None:
    report = replace(REPORT, sections=(Section(1, "一", tuple(blocks)),))
    assert unpack(pack(report)) == report


def test_the_contract() -> None:
    line = contract(REPORT, "示例.docx")
    assert list(line) == [
        "file", "title", "agency", "region", "level", "sector", "year", "published_on", "published_from", "form", "is_report",
        "why", "sections", "figures", "claims", "findings",
    ]  # fmt: skip
    assert line["region"] == {"code": "000000", "name": "示例省示例市"}
    assert line["published_on"] == "2024-01-17"
    assert line["sections"][2] == {
        "number": 2,
        "heading": "二、主动公开政府信息情况",
        "text": "申请人情况\n\n\t3.50",
    }
    assert line["figures"]["disclosure.fees.amount"] == {
        "value": 3.5,
        "printed": "3.50",
        "status": "conflict",
    }
    assert line["figures"]["review.other"] == {
        "value": None,
        "printed": None,
        "status": "missing",
    }
    assert line["claims"] == {
        "proactive_total": {
            "value": 60,
            "sentence": "公开60条。",
            "unit": "条",
            "scope": "本级",
            "parts": [{"label": "动态", "value": 40, "unit": "条"}],
        },
        "fee": {"value": 1.5, "sentence": "收取1.5元。", "unit": "元", "scope": ""},
    }
    assert line["findings"] == [
        {
            "check": "sums",
            "family": "report",
            "weight": 3,
            "message": "表四“行政复议”一行：四类结果之和为 3.50，总计为 4，两者不等。",
            "values": {
                "case": "outcomes",
                "total": "review.total",
                "left": 3.5,
                "right": 4,
                "printed": "3.50",
                "columns": [1, 2.0, "三"],
            },
            "keys": ["review.total"],
        }
    ]
    nowhere = contract(replace(REPORT, agency=Agency("示例局"), published_on=None), "a")
    assert (nowhere["region"], nowhere["published_on"]) == (None, None)
    json.dumps(line)


def test_the_hash_tells_what_is_said_not_how_it_is_laid_out() -> None:
    same = replace(
        REPORT,
        sections=(
            Section(
                1,
                "一、 总体情况",
                (Paragraph("（一） 概况\n公开\u3000６０条。", Place(9, page=4)),),
            ),
            Section(
                2, "二、主动公开政府信息情况", (Paragraph("申请人情况 3.50", Place(7)),)
            ),
        ),
        published_on=None,
        findings=(),
    )
    assert content_hash(same) == content_hash(REPORT)
    other = replace(
        REPORT,
        sections=(
            *REPORT.sections[:2],
            Section(
                2, REPORT.sections[2].heading, (Paragraph("申请人情况3.51", Place(1)),)
            ),
        ),
    )
    assert content_hash(other) != content_hash(REPORT)
    assert content_hash(replace(REPORT, title="示例市教育局年报")) != content_hash(
        REPORT
    )


def test_a_title_told_outside_is_not_said() -> None:
    outside = (Finding("title_outside", {"case": "file"}),)
    one, other = (
        replace(REPORT, title=title, findings=outside) for title in ("甲", "乙")
    )
    assert content_hash(one) == content_hash(other)


def test_a_note_that_was_kept_as_a_sentence_is_still_told() -> None:
    noted = Finding("document_note", {"case": "sheet_hidden", "name": "字典"})
    texts = texts_of(REPORT)
    rest = rest_of(replace(REPORT, findings=(noted,)), texts)
    rest["findings"][0][2] = {"note": "文中有划去的文字，未读取。"}
    (finding,) = restored(texts, rest).findings
    assert finding.message == "文中有划去的文字，未读取。"
    assert finding.about == "文中有划去的文字，未读取。"
