"""What a web page is: addresses of sources, labels, dates, furniture, files."""

from __future__ import annotations

from datetime import date

import pytest

from archive.catalogue import attachment_endings
from archive.webpage import (
    LABELS,
    MAX_URL,
    Meaning,
    breaks_off,
    decode,
    first_date,
    host_key,
    is_furniture_line,
    labels_of,
    names_attachment,
    names_furniture,
    names_viewed_file,
    names_workbook,
    place_of,
    source_address,
    without_date,
)


@pytest.mark.parametrize(
    "text",
    [
        "http://www.shili.gov.cn/nb/",
        " https://a.cn:8443/x?y=1#z\n",
        "http://示例.cn:8080/年报",
        "http://1.2.3.4:81/",
        "http://a.cn:1024/",
        "http://a.cn/" + "a" * (MAX_URL - 12),
        "http://a.cn/" + "年" * ((MAX_URL - 12) // 3),
    ],
)
def test_addresses_of_sources(text: str) -> None:
    assert source_address(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "http"),
        ("www.shili.gov.cn", "http"),
        ("ftp://a.cn/", "http"),
        ("http:///nb/", "http"),
        ("http://a.cn/" + "a" * (MAX_URL - 11), "字节"),
        ("http://a.cn/" + "年" * ((MAX_URL - 12) // 3 + 1), "字节"),
        ("http://a\x00b.cn/", "不可见"),
        ("http://[::1", "无法识别"),
        ("http://a.cn:99999/", "端口"),
        ("http://a.cn:6379/", "6379"),
        ("http://a.cn:1023/", "1023"),
        ("http://u:secret@a.cn/", "密码"),
        ("http://:secret@a.cn:22/", "密码"),
    ],
)
def test_what_is_no_address_of_a_source(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as refused:
        source_address(text)
    assert "secret" not in str(refused.value)


def test_every_label_has_one_meaning() -> None:
    texts = [label.text for label in LABELS]
    assert len(set(texts)) == len(texts)
    assert labels_of(Meaning.PUBLISHED)[0] == "发布日期"
    weak = [label.text for label in LABELS if label.is_weak]
    assert {"发布单位", "稿源"} <= set(weak)
    assert "发布机构" not in weak


def test_days_as_pages_print_them() -> None:
    day = date(2024, 1, 9)
    for text in ("2024-01-09", "[2024.1.9]", "2024/1/9", "2024 年 1 月 9 日"):
        assert first_date(text) == day
    assert first_date("电话：02024-1-9") is None
    assert without_date("2023年年报（01-09）") == "2023年年报"


def test_files_by_their_endings() -> None:
    for ending in attachment_endings():
        assert names_attachment(f"/f/年报{ending.upper()}")
    assert not names_attachment("/f/年报.html")
    assert [names_workbook(f"a.{kind}") for kind in ("et", "ods", "xlsx", "pdf")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert names_viewed_file("/web/viewer.html?file=/f/a.PDF#page=1")
    assert not names_viewed_file("/f/a.zip")


@pytest.mark.parametrize(
    ("mark", "is_furniture"),
    [("footer", True), ("dl_nav01", True), ("sideMenu", True), ("content", False)],
)
def test_names_of_furniture(mark: str, is_furniture: bool) -> None:
    assert names_furniture(mark) is is_furniture


def test_lines_of_furniture_are_short() -> None:
    assert is_furniture_line(" 【打印】【关闭】 ")
    assert is_furniture_line("附件2：汇总表.xls")
    assert not is_furniture_line("上一篇：" + "公开" * 60)


def test_one_lost_byte_is_no_other_encoding() -> None:
    text = "示例市教育局政府信息公开工作年度报告"
    for sign in range(len(text)):
        lost = 3 * sign + 1
        damaged = text.encode()[:lost] + text.encode()[lost + 1 :]
        expected = f"{text[:sign]}\N{REPLACEMENT CHARACTER}{text[sign + 1 :]}"
        assert decode(damaged) == expected
    assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("http://a.example/1.html", " https://a.example:443/1.html#top", True),
        ("http://A.example", "http://a.example/", True),
        ("http://a.example:8080/", "http://a.example/", False),
        ("http://a.example/1.html", "http://a.example/1.html?id=2", False),
        ("http://a.example/1.html", "http://a.example/1.htm", False),
        ("http://a.example/a", "http://a.example/A", False),
        ("http://a.example/", "http://www.a.example/", False),
        ("http://a.example:port/", "http://a.example:port/", True),
    ],
)
def test_which_addresses_are_one_place(one: str, other: str, is_same: bool) -> None:
    assert (place_of(one) == place_of(other)) is is_same


@pytest.mark.parametrize(
    ("text", "holders", "is_cut"),
    [
        ("<ul><li>甲</li></ul></body></html>", ("ul",), False),
        ("<ul><li>甲</li><li>乙", ("ul",), True),
        ("<ul><li>甲</li><li>乙", ("table",), None),
        ("<ul><li>甲</li></ul>", ("ul",), None),
        ("<table><tr><td>甲", ("table",), True),
        ("<ul><li>甲</li></ul><di", (), True),
    ],
)
def test_a_page_that_breaks_off(
    text: str, holders: tuple[str, ...], is_cut: bool | None
) -> None:
    assert breaks_off(text, *holders) is is_cut


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://A.example/1.html", "a.example"),
        ("https://a.example:443/", "a.example"),
        ("http://www.a.example:8080/list", "www.a.example:8080"),
        ("http://示例.example./", "xn--fsq092h.example"),
        ("http://[2001:DB8::1]:81/", "[2001:db8::1]:81"),
        ("http://a.example:port/", ""),
        ("file:///list", ""),
    ],
)
def test_the_host_of_an_address(address: str, host: str) -> None:
    assert host_key(address) == host
