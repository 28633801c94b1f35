from __future__ import annotations

import pytest

from archive.report.document import Paragraph, Place
from archive.report.identity.contact import read_contact
from archive.report.model import Section

PLACE = "示例市示例路1号"
EXTENSION = "0000-1234567转8"
CODE = "100000"
PHONE = "0000-1234567"
WIDE = "００００－１２３４５６７"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"如有疑问，请联系示例市商务局办公室（地址：{PLACE}，邮编：100000，" f"电话：{PHONE}，邮箱：a@example.cn）。",
            {"address": PLACE, "postcode": "100000", "phone": PHONE, "email": "a@example.cn"},
        ),
        (
            "請與辦公室聯系（地址：示例市示例路1號，郵編：100000，聯系電話：" f"{PHONE}）。",
            {"address": "示例市示例路1號", "postcode": "100000", "phone": PHONE},
        ),
        (f"联系电话（传真）：{PHONE}", {"phone": PHONE}),
        (f"电话/传真：{PHONE}", {"phone": PHONE}),
        ("电话：0000—1234567、7654321", {"phone": "0000—1234567"}),
        ("联系方式：示例市示例路1号，0000-1234567，100000", {"phone": PHONE}),
        (
            f"地址位于{PLACE}示例大厦3楼，邮政编码100000，联系电话0000 1234567。",
            {"address": f"{PLACE}示例大厦3楼", "postcode": "100000", "phone": "0000 1234567"},
        ),
        (f"（地址：{PLACE};电话:（0000）1234567;传真:0000-7654321）", {"address": PLACE, "phone": "（0000）1234567"}),
        ("邮箱：a＠example.cn；电话：００００－１２３４５６７", {"phone": WIDE, "email": "a＠example.cn"}),
        (f"邮 编：100000 电 话：{PHONE} 地 址：{PLACE}", {"postcode": "100000", "phone": PHONE, "address": PLACE}),
        (f"监督电话：0000-7654321；联系电话：{PHONE}", {"phone": PHONE}),
        ("监督电话：12345", {}),
        (f"监督电话（{PHONE}），欢迎监督。", {}),
        (f"联系方式：监督电话{PHONE}。", {}),
        (f"投诉举报热线（{PHONE}）", {}),
        (f"联系人：示例，监督电话：{PHONE}，联系电话：0000-7654321", {"phone": "0000-7654321"}),
        ("地址" + " " * 15_000, {}),
        (f"设在{PLACE}（邮编：{CODE}；电话：{PHONE}转8）", {"address": PLACE, "postcode": CODE, "phone": EXTENSION}),
        (f"联系电话：{PHONE}-801。", {"phone": f"{PHONE}-801"}),
        (f"请致电示例市商务局（{PHONE}）。", {"phone": PHONE}),
        (f"请与示例市商务局联系（{PHONE}）。", {"phone": PHONE}),
        ("电话:86-0000-12345678", {"phone": "86-0000-12345678"}),
        ("联系电话：00001234。", {"phone": "00001234"}),
        ("咨询电话 13800000000", {"phone": "13800000000"}),
        (f"地址：{PLACE}（3层）；邮编：１０００００", {"address": PLACE + "（3层）", "postcode": "１０００００"}),
        (f"通讯地址：{PLACE}  邮政编码：100000", {"address": PLACE, "postcode": "100000"}),
        ("邮箱：示例，xxgk#example.gov.cn", {"email": "xxgk#example.gov.cn"}),
        ("电子邮箱：xxgk(at)example.gov.cn", {"email": "xxgk(at)example.gov.cn"}),
        ("电子邮件：ｘｘｇｋ＠ｅｘａｍｐｌｅ．ｃｎ", {"email": "ｘｘｇｋ＠ｅｘａｍｐｌｅ．ｃｎ"}),
        ("统一社会信用代码：100000000012345678，文号〔2023〕12号。", {}),
        ("数据统计期限为2023-01-01至2023-12-31。", {}),
        ("门户网站设在示例市政务服务平台，位于全国前列。", {}),
        ("受理热线12345接到电话12345678个。", {}),
    ],
)  # fmt: skip
def test_how_an_agency_can_be_reached(text: str, expected: dict[str, str]) -> None:
    assert read_contact([Section(0, "", (Paragraph(text, Place(1)),))]) == expected


@pytest.mark.timeout(20)
def test_hostile_text() -> None:
    for piece in (
        "地址",
        "地址：",
        "电话：0",
        "a",
        "a@a.",
        "（",
        "0000-",
        "联系方式",
        "邮编1",
    ):
        read_contact([Section(0, "", (Paragraph(piece * 20_000, Place(1)),))])
