from __future__ import annotations

import pytest

from archive.catalogue import CLAIMS
from archive.report.claims.stated import read_claims
from archive.report.claims.things import THINGS, Thing
from archive.report.document import Paragraph, Place
from archive.report.model import Section


def test_every_thing_has_a_name_in_the_catalogue_and_every_name_a_thing() -> None:
    assert sorted(thing.key for thing in THINGS) == sorted(CLAIMS)


@pytest.mark.parametrize("thing", THINGS, ids=[thing.key for thing in THINGS])
def test_a_sign_stands_in_its_pattern(thing: Thing) -> None:
    signs = [(one.sign, one.pattern) for one in (*thing.before, *thing.behind)]
    if thing.none is not None:
        signs.append((thing.none_sign, thing.none))
    assert all(sign in pattern.pattern for sign, pattern in signs)


def test_of_denials_at_one_place_the_fee_comes_last() -> None:
    section = Section(
        4,
        "四、政府信息公开行政复议、行政诉讼情况",
        (Paragraph("未发生上访、无费用、无复议。", Place(1)),),
    )
    found = read_claims([section], 2023)
    assert [(claim.key, claim.value) for claim in found] == [
        ("reviews", 0),
        ("fee", 0),
    ]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "通过门户网251条、微信公众号983条，共发布信息1234条。",
            {"website": 251, "wechat": 983, "proactive_total": 1234},
        ),
        (
            "通过门户网251条、微信公众号983条，共发布信息1300条。",
            {"website": 251, "wechat": 983},
        ),
        (
            "代表市政府共受理政府信息公开申请458件，另有9件顺延。",
            {"applications_received": 458, "carried_out": 9},
        ),
        (
            "收到政府信息公开申请458件，9件顺延答复期限。",
            {"applications_received": 458},
        ),
    ],
)
def test_parts_before_their_total_and_what_is_put_off(
    text: str, stated: dict[str, int]
) -> None:
    section = Section(1, "一、总体情况", (Paragraph(text, Place(1)),))
    found = read_claims([section], 2023, agency="示例市示例局")
    assert {claim.key: claim.value for claim in found} == stated
