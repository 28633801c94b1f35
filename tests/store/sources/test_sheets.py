"""Sources by the file: read as spreadsheets write it, every line answered."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue import Act
from archive.store import Session, SourceWish, Store, sources
from archive.store.rows import SourceRow
from archive.store.sources import BadSheet, Came, Taking, read_sheet, sheet_of
from archive.store.sources.sheets import MAX_BYTES, MAX_LINES
from scrapers import wrong_selectors
from tests.sources import add_source

FAMILIES = {"trs": "拓尔思", "hanweb": "大汉"}
PLAIN = "网址,机关,分组\r\nhttp://sample.example/1,示例市商务局,示例市\r\n"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("gbk"),
        PLAIN.encode("utf-16"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").replace("\r\n", "\n").encode(),
        PLAIN.replace("\r\n", "\r").encode(),
        f"\n\n{PLAIN}\n,,\n\n".encode(),
        "group,URL,Agency\n示例市,http://sample.example/1,示例市商务局".encode(),
        '"网址","机关","分组"\nhttp://sample.example/1,"示例市商务局 ","示例市"'.encode(),
    ],
)
def test_files_as_spreadsheets_write_them(data: bytes) -> None:
    (line,) = read_sheet(data).lines
    assert line.given == {
        "url": "http://sample.example/1",
        "agency": "示例市商务局",
        "group": "示例市",
    }


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = 'url,agency,x,备注\r\n"http://a.cn/","甲\r\n乙",1,\r\n\r\nhttp://b.cn/,,,,多\r\n'
    sheet = read_sheet(text.encode())
    assert [line.number for line in sheet.lines] == [2, 5]
    assert sheet.unknown == ["x", "备注"]
    assert "格数" in sheet.lines[1].wrong


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "网址"),
        ("机关,分组\n甲,乙".encode(), "网址"),
        (b"url,URL\n", "含义相同"),
        (b"url\n" + b"\xff\xff\x81", "编码"),
        (b"url\nhttp://a.cn/\0", "编码"),
        (b"url\n" + b"http://a.cn/\n" * (MAX_LINES + 1), "20000 行"),
        (b"url\n" + b"a" * MAX_BYTES, "5 MB"),
        (b'url\n"' + b"a" * 200_000, "第 2 行"),
    ],
)
def test_files_that_are_no_table_of_sources(data: bytes, why: str) -> None:
    with pytest.raises(BadSheet, match=why):
        read_sheet(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    for content in (data, b"url,agency\n" + data):
        try:
            read_sheet(content)
        except BadSheet:
            continue


@given(st.text("'=+-@＝甲,;\" a\n", max_size=8), st.booleans())
def test_what_is_written_is_read_as_the_same(agency: str, paused: bool) -> None:
    kept = sources.SourceFields(agency).cleaned().agency
    row = SourceRow(
        url="http://a.cn/",
        agency=kept,
        family="auto",
        group=kept,
        may_be_empty=False,
        rendered=not paused,
        selectors="list: ul > li\nnext: a.on",
        paused=paused,
        season_hours=6,
        rest_hours=336,
    )
    data = sheet_of([row])
    (line,) = read_sheet(data).lines
    assert (line.given["agency"], line.given["group"]) == (kept, kept)
    assert line.given["selectors"] == "list: ul > li; next: a.on"
    assert line.given["rendered"] == ("否" if paused else "是")
    assert line.given["paused"] == ("是" if paused else "否")
    cells = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1]
    assert not [one for one in cells if one.startswith(("=", "+", "-", "@", "＝"))]


def take_in(
    session: Session, text: str, **how: Any
) -> tuple[list[tuple[int, Came, str]], list[tuple[Act, str, str]]]:
    noted: list[tuple[Act, str, str]] = []
    answers = sources.take_in(
        session,
        read_sheet(text.encode()),
        Taking(FAMILIES, wrong_selectors, **how),
        lambda _, *line: noted.append(line),
    )
    return [(one.number, one.came, one.told) for one in answers], noted


SELECTORS = "list: ul.news > li\nnext: a.onward"


def test_how_a_portal_is_read_stands_in_the_file(store: Store) -> None:
    text = """url,由浏览器绘制,选择器
http://a.cn/,是,list: ul.news > li; next: a.onward
http://b.cn/,,list：ul.news > li；next：a.onward
http://c.cn/,,list: ul >
http://d.cn/,,next: a.onward
http://e.cn/,也许,
"""
    with store.session() as session:
        answers, _ = take_in(session, text)
        told = [(number, came, why[:9]) for number, came, why in answers]
        assert told == [
            (2, Came.NEW, ""),
            (3, Came.NEW, ""),
            (4, Came.WRONG, "选择器 list "),
            (5, Came.WRONG, "选择器中缺少 li"),
            (6, Came.WRONG, "“也许”不是“是”"),
        ]
        first, second = sources.list_sources(session)
        assert (first.rendered, second.rendered) == (True, False)
        assert first.selectors == SELECTORS
        lines = [line.split("：") for line in second.selectors.splitlines()]
        assert lines == [["list", "ul.news > li"], ["next", "a.onward"]]
        # An empty cell empties it, a column that is not there leaves it.
        answers, _ = take_in(session, "url,agency\nhttp://a.cn/,甲\n", updates=True)
        assert (answers[0][2], first.selectors) == ("机关：（无） → 甲", SELECTORS)
        answers, _ = take_in(session, "url,selectors\nhttp://a.cn/,\n", updates=True)
        said = SELECTORS.replace("\n", "; ")
        assert (answers[0][2], first.selectors) == (f"选择器：{said} → （无）", "")


LINES = """url,机关,family,分组,可为空,暂停
http://a.cn/nb/,甲,trs,一组,是,
https://www.a.cn/nb/index.html,乙
ftp://b.cn/,乙
http://b.cn:22/,乙
http://b.cn/,乙,无此系统
http://c.cn/,丙,大汉,,也许
http://d.cn/,丁,大汉,,否,1
http://e.cn/,,,长
""".replace("长", "长" * 61)


def test_every_line_is_answered_and_the_good_ones_taken(store: Store) -> None:
    with store.session() as session:
        answers, noted = take_in(session, LINES, saves=False)
        assert sources.list_sources(session) == []
        assert noted == []
        again, noted = take_in(session, LINES)
        assert again == answers
        told = [(number, came, why[:8]) for number, came, why in answers]
        assert told == [
            (2, Came.NEW, ""),
            (3, Came.WRONG, "与第 2 行是同"),
            (4, Came.WRONG, "地址“ftp:/"),
            (5, Came.WRONG, "地址“http:"),
            (6, Came.WRONG, "没有“无此系统”"),
            (7, Came.WRONG, "“也许”不是“是"),
            (8, Came.NEW, ""),
            (9, Came.WRONG, "分组“长长长长长"),
        ]
        assert noted == [(Act.SOURCES_IMPORTED, "8 行", "新登记 2，有误 6")]
        first, second = sources.list_sources(session)
        assert (first.agency, first.family, first.group) == ("甲", "trs", "一组")
        assert (first.may_be_empty, first.paused) == (True, False)
        assert (second.family, second.paused, second.group) == ("hanweb", True, "")


def test_known_sources_change_only_when_asked_to(store: Store) -> None:
    text = "url,agency\nhttps://www.sample.example/1,乙\n"
    with store.session() as session:
        row, _ = add_source(session, "http://sample.example/1", "甲", group="组")
        spelled = f"即来源 {row.id}：{row.url}"
        answers, noted = take_in(session, text)
        assert answers == [(2, Came.DIFFERS, f"{spelled}；机关：甲 → 乙")]
        assert (row.agency, noted) == ("甲", [])
        answers, noted = take_in(session, text, updates=True)
        assert answers == [(2, Came.CHANGED, f"{spelled}；机关：甲 → 乙")]
        # What the file has no column for stays.
        assert (row.agency, row.group) == ("乙", "组")
        assert noted[0] == (Act.SOURCE_EDITED, row.url, "机关：甲 → 乙")
        assert take_in(session, text, updates=True)[0][0][1] == Came.KNOWN
        sources.remove(session, row)
        assert take_in(session, text)[0][0][1] == Came.RESTORED
        assert row.removed_at is None


def test_twins_of_before_are_two_lines_of_an_export(store: Store) -> None:
    with store.session() as session:
        first, _ = add_source(session, "http://sample.example/nb/")
        later, _ = add_source(session, "http://sample.example/2")
        later.url = "https://www.sample.example/nb/index.html"
        later.key = f"{first.key} {later.id}"
        session.flush()
        data = sheet_of(sources.listed(session, SourceWish()))
        answers, _ = take_in(session, data.decode(), updates=True)
        assert [came for _, came, _ in answers] == [Came.KNOWN] * 2
        # A third spelling leads to the first.
        third = "url\nhttp://sample.example/nb/\nhttp://sample.example/nb\n"
        answers, _ = take_in(session, third)
        assert [came for _, came, _ in answers] == [Came.KNOWN, Came.WRONG]


def test_an_export_taken_in_is_nothing_new(store: Store) -> None:
    with store.session() as session:
        for at, agency in enumerate(("=1+1", "'@甲", "甲,乙", '甲"', "")):
            url = f"http://sample.example/{at}#102{at}"
            row, _ = add_source(session, url, agency, "trs", at > 2, "一组")
            sources.set_paused(session, row, at == 1)
            row.rendered, row.selectors = at == 2, SELECTORS if at == 3 else ""
        session.flush()
        data = sheet_of(sources.listed(session, SourceWish()))
        answers, noted = take_in(session, data.decode(), updates=True)
        assert [came for _, came, _ in answers] == [Came.KNOWN] * 5
        assert noted == []
