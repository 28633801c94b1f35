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
