"""Two reports side by side: differences of figures and wording, within bounds."""

from __future__ import annotations

import random
from decimal import Decimal
from difflib import SequenceMatcher

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.catalogue import Status
from archive.report.compare import Comparison, Passage, compare, differing
from archive.report.compare.shared import Codes, Shared
from archive.report.document import Cell, Paragraph, Place, Table
from archive.report.model import Agency, Figure, Number, Report, Section

Run = tuple[int, int, int]


def report(
    form: str = "2021", sections: tuple[Section, ...] = (), **figures: Number | None
) -> Report:
    return Report(
        title="示例市2023年政府信息公开工作年度报告",
        agency=Agency("示例市人民政府"),
        year=2023,
        published_on=None,
        form=form,
        is_report=True,
        sections=sections,
        figures={
            key.replace("__", "."): Figure(
                key.replace("__", "."), value, str(value), Status.EXACT
            )
            for key, value in figures.items()
        },
    )


def section(number: int, *paragraphs: str, heading: str = "一、总体情况") -> Section:
    return Section(
        number,
        heading,
        tuple(Paragraph(text, Place(at)) for at, text in enumerate(paragraphs, 1)),
    )


def passages(old: list[str], new: list[str]) -> list[Passage]:
    compared = compare(
        report(sections=(section(1, *old),)), report(sections=(section(1, *new),))
    )
    return list(compared.sections[0].passages)


def test_differences_of_figures() -> None:
    compared = compare(
        report(
            requests__new__total=40,
            review__total=0,
            disclosure__fees__amount=Decimal("2.50"),
        ),
        report(
            requests__new__total=55,
            review__total=3,
            disclosure__fees__amount=Decimal("1.25"),
        ),
    )
    changes = {
        change.key: (change.difference, change.percent) for change in compared.changes
    }
    assert changes == {
        "disclosure.fees.amount": (Decimal("-1.25"), Decimal("-50.0")),
        "requests.new.total": (15, Decimal("37.5")),
        "review.total": (3, None),
    }
    assert [change.key for change in compared.changes] == list(changes), (
        "in the order of the form"
    )


def test_nothing_is_computed_from_nothing() -> None:
    compared = compare(
        report(requests__new__total=None),
        report(requests__new__total=5, review__total=0),
    )
    changes = {change.key: change for change in compared.changes}
    assert changes["requests.new.total"].difference is None
    assert changes["requests.new.total"].percent is None
    assert changes["review.total"].before is None
    assert changes["review.total"].is_zero
    assert not changes["requests.new.total"].is_zero


def test_figures_of_both_forms_keep_the_order_of_the_tables() -> None:
    compared = compare(
        report(
            "2019",
            disclosure__procurement__items=1,
            requests__closed_any__total=1,
            review__total=1,
        ),
        report(
            "2021",
            disclosure__regulations__issued=1,
            requests__closed_other__total=1,
            review__total=1,
        ),
    )
    assert [change.key.split(".")[0] for change in compared.changes] == [
        "disclosure", "disclosure", "requests", "requests", "review",
    ]  # fmt: skip


def test_a_reworded_paragraph_shows_only_what_changed() -> None:
    old = "2022年，共收到政府信息公开申请40件，均已按期办结。"
    new = "2023年，共收到政府信息公开申请55件，均已按期办结。"
    (passage,) = passages([old], [new])
    assert passage.kind == "changed"
    assert [piece.text for piece in passage.before if piece.changed] == ["2022", "40"]
    assert [piece.text for piece in passage.after if piece.changed] == ["2023", "55"]


def test_a_single_sign_between_two_changes_belongs_to_them() -> None:
    (passage,) = passages(["于收到春雨江后申请办理"], ["于收到秋雨河后申请办理"])
    assert [piece.text for piece in passage.before] == [
        "于收到",
        "春雨江",
        "后申请办理",
    ]
    assert [piece.text for piece in passage.after] == ["于收到", "秋雨河", "后申请办理"]


def test_a_single_sign_at_the_beginning_is_no_crumb() -> None:
    (passage,) = passages(["共甲收到申请并办理"], ["共乙收到申请并办理"])
    assert [piece.text for piece in passage.before] == ["共", "甲", "收到申请并办理"]


def test_a_single_sign_at_the_end_is_no_crumb() -> None:
    (passage,) = passages(["收到申请并办理。共甲。"], ["收到申请并办理，共乙丙。"])
    assert passage.before[-1].text == passage.after[-1].text == "。"
    assert not passage.before[-1].changed


@given(st.text("甲乙丙，", max_size=20), st.text("甲乙丙，", max_size=20))
@example("戊己庚甲乙，丙丁", "戊己庚丙丁。甲乙")
def test_the_longest_run_is_common_then_the_longest_beside_it(
    before: str, after: str
) -> None:
    assert [
        (old.start, new.start, old.stop - old.start)
        for old, new in Shared(codes(before), codes(after)).runs()
    ] == longest_first(before, after, 0, 0)


def codes(text: str) -> Codes:
    return np.array(list(map(ord, text)), np.int64)


def longest_first(before: str, after: str, old: int, new: int) -> list[Run]:
    """The same, all of it tried out; `old` and `new` signs stand before the texts."""
    found = SequenceMatcher(None, before, after, autojunk=False)
    run = found.find_longest_match()
    if run.size < 2:
        return []
    end, end_new = run.a + run.size, run.b + run.size
    return [
        *longest_first(before[: run.a], after[: run.b], old, new),
        (old + run.a, new + run.b, run.size),
        *longest_first(before[end:], after[end_new:], old + end, new + end_new),
    ]


def test_words_of_several_signs_change_as_a_whole() -> None:
    old = "共收到1,315件，App下载  12.5万次，占\ud800比5.5。"
    new = "共收到1,415件，Apple下载 12.6万次，占\ud800比5.5。"
    (passage,) = passages([old], [new])
    changed = [piece.text for piece in passage.before if piece.changed]
    assert changed == ["1,315", "App", "  12.5"]
    changed = [piece.text for piece in passage.after if piece.changed]
    assert changed == ["1,415", "Apple", " 12.6"]


def test_what_would_cost_too_much_is_shown_as_wholly_changed() -> None:
    old, new = "甲" * 500, "甲" * 499
    (passage,) = passages([old], [new])
    assert [piece.changed for piece in passage.before] == [True]
    assert [piece.text for piece in passage.after] == [new]
    # Signs that both have many times cost nothing where they stand beside others.
    signs = [chr(code) for code in range(0x4E00, 0x4E00 + 1_000)]
    old, new = "甲".join(signs), "甲".join(reversed(signs))
    (passage,) = passages([old], [new])
    assert [piece.changed for piece in passage.before].count(False) == 1


def test_paragraphs_that_share_a_few_words_are_not_taken_for_one() -> None:
    old = "全年主动公开政府信息，涉及财政预算和决算。"
    new = "平台建设方面，政府信息专栏改版上线，访问更加便捷。"
    assert [passage.kind for passage in passages([old], [new])] == ["removed", "added"]


def test_signs_in_front_hide_no_new_wording() -> None:
    old = "主动公开政府信息"
    for new in (f"全{old}", f"全年{old}", f"𠮷{old}", f"\ud800{old}"):
        assert [passage.kind for passage in passages([old], [new])] == ["changed"]
    assert [passage.kind for passage in passages(["甲"], ["乙"])] == [
        "removed",
        "added",
    ]


def test_every_word_of_both_texts_is_shown() -> None:
    old = [
        "第一段保持不变。",
        "第二段说明主动公开的情况与数量。",
        "第三段只在旧报告里，讲旧事。",
    ]
    new = ["第一段保持不变。", "新加的一段，谈平台。", "第二段说明主动公开情况和数量。"]
    shown = passages(old, new)
    assert "".join(
        piece.text for passage in shown for piece in passage.before
    ) == "".join(old)
    assert "".join(
        piece.text for passage in shown for piece in passage.after
    ) == "".join(new)
    assert [passage.kind for passage in shown] == [
        "same",
        "added",
        "changed",
        "removed",
    ]


def test_sections_pair_by_number_and_stand_alone_where_missing() -> None:
    compared = compare(
        report(
            sections=(
                section(1, "甲"),
                section(5, "乙", heading="五、存在的主要问题及改进情况"),
            )
        ),
        report(
            sections=(
                section(1, "甲", heading="一、概述"),
                section(6, "丙", heading="六、其他需要报告的事项"),
            )
        ),
    )
    assert [(pair.number, pair.before, pair.after) for pair in compared.sections] == [
        (1, "一、总体情况", "一、概述"),
        (5, "五、存在的主要问题及改进情况", ""),
        (6, "", "六、其他需要报告的事项"),
    ]
    assert compared.sections[0].is_same
    assert not compared.sections[1].is_same


def test_free_forms_pair_by_heading() -> None:
    old = report(
        "free",
        (
            section(1, "甲", heading="一、概述"),
            section(2, "乙", heading="二、收费情况"),
        ),
    )
    new = report(
        "free",
        (
            section(1, "丙", heading="一、收费情况"),
            section(2, "丁", heading="二、概述"),
        ),
    )
    pairs = {(pair.before, pair.after) for pair in compare(old, new).sections}
    assert pairs == {("一、概述", "二、概述"), ("二、收费情况", "一、收费情况")}


def test_a_free_form_has_no_section_in_common_with_an_official_one() -> None:
    compared = compare(
        report("free", (section(1, "甲", heading="一、总体情况"),)),
        report("2021", (section(1, "甲", heading="一、总体情况"),)),
    )
    assert [(pair.before, pair.after) for pair in compared.sections] == [
        ("一、总体情况", ""),
        ("", "一、总体情况"),
    ]


def test_tables_are_not_compared_as_words() -> None:
    table = Table((Cell("自然人", Place(2, 1, 1)),), Place(2))
    compared = compare(
        report(sections=(Section(3, "三", (table,)),)),
        report(sections=(Section(3, "三", ()),)),
    )
    assert compared.sections[0].passages == ()


def test_text_goes_on_behind_a_table() -> None:
    table = Table((Cell("规章", Place(2, 1, 1)),), Place(2))
    blocks = (Paragraph("表前。", Place(1)), table, Paragraph("表后。", Place(3)))
    one = report(sections=(Section(2, "二、主动公开", blocks),))
    shown = [
        passage for each in compare(one, one).sections for passage in each.passages
    ]
    assert len(shown) == 2


@pytest.mark.timeout(60)
def test_hostile_texts_end_soon() -> None:
    chance = random.Random(7)
    old, new = (
        ["".join(chance.choices("甲乙", k=600)) for _ in range(300)] for _ in range(2)
    )
    old.append("甲" * 1_000_000)
    new.append("甲乙" * 400_000)
    compared: Comparison = compare(
        report(sections=(section(1, *old),)), report(sections=(section(1, *new),))
    )
    assert compared.sections


@pytest.mark.timeout(10)
def test_a_paragraph_of_many_small_changes_ends_soon() -> None:
    signs = [chr(code) for code in range(0x4E00, 0x4E00 + 18_000)]
    pairs = ["".join(signs[at : at + 2]) for at in range(0, len(signs), 2)]
    (passage,) = passages(["1".join(pairs)], ["2".join(pairs)])
    assert len(passage.before) == 2 * len(pairs) - 1


def test_at_a_glance_only_values_of_both_differ() -> None:
    one = report(
        sections=(section(1, "甲。", "乙。"),),
        requests__new__total=1,
        review__total=None,
        review__upheld=3,
        review__corrected=4,
    )
    other = report(
        sections=(section(1, "甲。乙。"),),
        requests__new__total=2,
        review__total=5,
        review__upheld=3,
        review__corrected=None,
    )
    found = differing(one, other)
    assert [change.key for change in found.figures] == ["requests.new.total"]
    assert found.only_before == ("review.corrected",)
    assert found.only_after == ("review.total",)
    assert found.sections == (), "how paragraphs are divided does not count"
    changed = differing(one, report(sections=(section(1, "甲。", "丙。"),)))
    assert [pair.number for pair in changed.sections] == [1]
