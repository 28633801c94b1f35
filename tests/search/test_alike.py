"""Near-identical reports fold into one hit; totals stay those of reports."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from archive.search import Entry, Query
from archive.search.alike import NEAR, fingerprint, fold
from tests.search.conftest import Indexed, invented

TEMPLATE = (
    "本年度本机关认真贯彻落实《政府信息公开条例》，坚持以公开为常态、"
    "不公开为例外，主动公开政府信息，"
    "及时回应社会关切，规范办理依申请公开，不断完善工作制度，加强平台建设，"
    "强化监督保障，"
    "组织业务培训，开展考核评议，公开质量稳步提升，群众满意度进一步提高，"
    "全年没有因政府信息公开被追究责任的情况。"
)


def copied(number: int) -> Entry:
    agency = f"示例{'甲乙丙丁戊'[number % 5]}镇人民政府"
    prose = f"{agency}{TEMPLATE}共办理{number}件。"
    return replace(
        invented(number),
        agency=agency,
        title=f"{agency}年报",
        sections=((1, "总体情况", prose),),
    )


def bits(one: str, other: str) -> int:
    return ((fingerprint(one, "") ^ fingerprint(other, "")) & (2**64 - 1)).bit_count()


def test_fingerprints_of_copies_are_near_and_of_others_far() -> None:
    other = "".join(prose for _, _, prose in invented(1).sections)
    assert fingerprint(f"甲镇{TEMPLATE}办理12件", "甲镇") == fingerprint(
        f"乙镇{TEMPLATE}办理3件", "乙镇"
    )
    long = TEMPLATE + "".join(
        prose for number in range(40) for _, _, prose in invented(number).sections
    )
    assert bits(long, long.replace("社会关切", "群众关切")) <= NEAR
    assert bits(TEMPLATE, other) > 2 * NEAR
    assert fingerprint("很短", "") == 0


@pytest.mark.parametrize(
    ("times", "known"),
    [(1, 8519486286977063098), (2, 8519486286985451706), (600, 8519486286985451706)],
)
def test_fingerprints_stay_what_they_are(times: int, known: int) -> None:
    """Those of indexes that stand: of few runs, of more than a byte counts, of many."""
    text = "".join(f"{TEMPLATE}{'甲乙丙丁'[at % 4]}" for at in range(times))
    assert fingerprint(text, "") == known


def test_folding_keeps_the_order_and_every_report() -> None:
    prints = np.array([1, -1, 0b11, 0, 0, -1, 1 << 40], np.int64)
    assert fold(prints) == [[0, 2, 6], [1, 5], [3], [4]]
    assert fold(np.zeros(0, np.int64)) == []


def test_copies_are_one_hit(indexed: Indexed) -> None:
    indexed.add(
        [*(copied(number) for number in range(1, 31)), *map(invented, range(31, 41))]
    )
    plain = indexed.index.search(Query("公开", size=100))
    folded = indexed.index.search(Query("公开", size=100, fold=True))
    assert folded.total == plain.total == len(plain.hits)
    assert folded.facets == plain.facets
    assert len(folded.hits) == folded.total - folded.folded
    assert [len(hit.alike) for hit in folded.hits if hit.version_id <= 30] == [29]
    shown = [one for hit in folded.hits for one in (hit.version_id, *hit.alike)]
    assert sorted(shown) == sorted(hit.version_id for hit in plain.hits), (
        "every report once"
    )


def test_pages_of_a_folded_list_hold_every_hit_once(indexed: Indexed) -> None:
    indexed.add(
        [*(copied(number) for number in range(1, 31)), *map(invented, range(31, 41))]
    )
    whole = [
        hit.version_id
        for hit in indexed.index.search(Query("公开", size=100, fold=True)).hits
    ]
    paged = [
        hit.version_id
        for page in range(1, 5)
        for hit in indexed.index.search(
            Query("公开", size=4, page=page, fold=True)
        ).hits
    ]
    assert paged == whole[:16]
