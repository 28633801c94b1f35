"""Every check: a report that triggers it and one that doesn't; a doubt of ours accuses
nobody.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from archive.catalogue import (
    BEFORE_AT,
    CASE,
    CHECK_OF,
    CHECKS,
    CLAIMS,
    FindingFamily,
    Status,
)
from archive.catalogue.checks import fields_of
from archive.catalogue.forms import FORMS, SECTIONS, keys
from archive.report.checks import RULES, YEAR_RULES
from archive.report.checks import check as checked
from archive.report.document import Document, Paragraph, Place
from archive.report.model import (
    Agency,
    Claim,
    Figure,
    Finding,
    Number,
    Region,
    Report,
    Section,
    split_unit,
)
from archive.report.relations import relations
from archive.report.tables.statutory import read_tables
from tests.report.layouts import consistent, dump, grid, printed

PROBLEMS = (
    "示例问题：公开内容不够全面，更新不够及时；下一步将加强培训，完善制度，明确责任，"
    "按时更新。"
)
FEE = "本年度没有收取信息处理费。"


def report(form: str = "2021", year: int = 2023, **figures: Number | None) -> Report:
    """A report that agrees with itself; `requests__new__total=5` changes a figure, None
    takes it away.
    """
    values: dict[str, Number | None] = {**consistent(form, year)}
    for row in ("regulations", "normative_documents") if form == "2019" else ():
        made = values[f"disclosure.{row}.published"]
        values[f"disclosure.{row}.public_total"] = (made or 0) + 7
    values |= {key.replace("__", "."): value for key, value in figures.items()}
    texts = dict.fromkeys(SECTIONS, "示例正文。") | {5: PROBLEMS, 6: FEE}
    return Report(
        title="示例市商务局政府信息公开工作年度报告",
        agency=Agency("示例市商务局"),
        year=year,
        published_on=None,
        form=form,
        is_report=True,
        sections=tuple(
            Section(number, SECTIONS[number][0], _prose(text))
            for number, text in texts.items()
        ),
        figures={
            key: Figure(
                key,
                value,
                str(value),
                Status.MISSING if value is None else Status.EXACT,
            )
            for key, value in values.items()
        },
    )


def _prose(text: str) -> tuple[Paragraph, ...]:
    return (Paragraph(text, Place(1)),)


def with_text(source: Report, number: int, text: str) -> Report:
    sections = tuple(
        replace(one, blocks=_prose(text)) if one.number == number else one
        for one in source.sections
    )
    return replace(source, sections=sections)


def stating(source: Report, key: str, value: Number, unit: str = "件") -> Report:
    counted_in, hedge = split_unit(unit)
    claim = Claim(key, value, "示例句子。", counted_in, hedge=hedge)
    return replace(source, claims=(*source.claims, claim))


def value(source: Report, *cells: str) -> Number:
    return sum(source.figures[cell].value or 0 for cell in cells)


def check(source: Report, previous: Report | None = None) -> tuple[Finding, ...]:
    """The findings of a report, which hold what their checks promise and no more."""
    found = checked(source, previous)
    for finding in found:
        record = CHECK_OF[finding.check]
        case = str(finding.values.get(CASE, ""))
        promised = {name for name, _ in fields_of(record, case)} - {"keys"}
        if record.looks_back:
            promised.add(BEFORE_AT)
        assert finding.values.keys() - {CASE} == promised, finding
    return found


def triggered(source: Report, previous: Report | None = None) -> set[str]:
    return {finding.check for finding in check(source, previous)}


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_a_report_that_agrees_with_itself_has_no_findings(form: str) -> None:
    assert check(report(form)) == ()


@pytest.mark.parametrize(("form", "count"), [("2021", 42), ("2019", 40)])
def test_every_relation_is_tested_alone(form: str, count: int) -> None:
    rules = relations(form)
    assert len(rules) == count
    assert {key for rule in rules for key in rule.keys} == {
        k for k in keys(FORMS[form]) if not k.startswith("disc")
    }
    for rule in rules:
        key = rule.right[0]
        good = report(form)
        figure = good.figures[key]._replace(value=(good.figures[key].value or 0) + 1)
        found = check(replace(good, figures={**good.figures, key: figure}))
        assert rule.keys in {finding.keys for finding in found}
        assert all(key in finding.keys for finding in found)
        assert {finding.check for finding in found} == {"sums"}


def test_a_broken_sum_names_both_values() -> None:
    column = {
        "new": 12,
        "carried_in": 3,
        "concluded": 14,
        "carried_out": 0,
        "granted": 14,
    }
    figures = {
        f"requests__{row.key}__natural_person": column.get(row.key, 0)
        for row in FORMS["2021"].requests
    }
    sums = [
        finding.message
        for finding in check(report(**figures))
        if "一列" in finding.message and "自然人" in finding.message
    ]
    assert sums == [
        "表三“自然人”一列：本年新收 12 ＋ 上年结转 3 ＝ 15，"
        "（七）总计 14 ＋ 结转下年度 0 ＝ 14，两者不等。"
    ]


def test_a_relation_with_a_missing_cell_is_not_tested() -> None:
    broken = report(review__total=999)
    assert triggered(broken) == {"sums"}
    assert not triggered(report(review__total=999, review__upheld=None))


@pytest.mark.parametrize("status", [Status.INFERRED, Status.MISSING])
def test_what_we_inferred_accuses_nobody(status: Status) -> None:
    broken = report(review__total=999)
    figure = broken.figures["review.total"]._replace(status=status)
    assert not check(
        replace(broken, figures={**broken.figures, "review.total": figure})
    )


def test_what_a_doubt_of_ours_speaks_of_accuses_nobody() -> None:
    broken = report(review__total=999)
    doubt = Finding("scan_unsure", {}, ("review.total",))
    assert not check(replace(broken, findings=(doubt,)))


@pytest.mark.parametrize(
    ("key", "cells"),
    [
        ("applications_received", ["requests.new.total"]),
        ("carried_in", ["requests.carried_in.total"]),
        ("carried_out", ["requests.carried_out.total"]),
        ("reviews", ["review.total"]),
        ("lawsuits", ["litigation_direct.total", "litigation_after_review.total"]),
        ("documents_issued", ["disclosure.normative_documents.issued"]),
        ("documents_repealed", ["disclosure.normative_documents.repealed"]),
    ],
)
def test_the_text_against_the_tables(key: str, cells: list[str]) -> None:
    good = report()
    right = value(good, *cells)
    assert not check(stating(good, key, right))
    found = check(stating(good, key, right + 1))
    assert [finding.check for finding in found] == [f"text_{key}"]
    assert str(right) in found[0].message
    assert str(right + 1) in found[0].message
    assert found[0].keys == (key, *cells)
    assert not check(stating(stating(good, key, right + 1), key, right)), (
        "one of two numbers stated is right"
    )
    assert not check(stating(good, key, right + 1, "余件")), "十余件 is no exact number"
    assert not check(stating(good, key, right + 1, "件左右")), (
        "约10件 is no exact number"
    )
    missing = {cells[0]: Figure(cells[0], None, "", Status.MISSING)}
    assert not check(
        replace(stating(good, key, right + 1), figures={**good.figures, **missing})
    )


@pytest.mark.parametrize(
    ("fee", "unit", "fees", "is_said"),
    [
        (Decimal("120.5"), "元", 0, False),
        (150, "元", 0, True),
        (2, "万元", Decimal("1.5"), True),
        (2, "万元", 2, False),
        (0, "元", 0, False),
    ],
)
def test_the_fee_is_one_of_the_fees(
    fee: Number, unit: str, fees: Number, is_said: bool
) -> None:
    source = stating(report(disclosure__fees__amount=fees), "fee", fee, unit)
    if fee == Decimal("120.5"):
        source = stating(
            report(disclosure__fees__amount=Decimal("0.01")), "fee", fee, unit
        )
    assert triggered(source) == ({"fee_within_fees"} if is_said else set())


def test_parts_of_what_was_disclosed_are_not_more_than_the_whole() -> None:
    def parts(*values: int) -> Report:
        claims = [
            Claim("proactive_part", one, "句", "条", "项", "proactive_total")
            for one in values
        ]
        return replace(
            report(), claims=(Claim("proactive_total", 100, "句", "条"), *claims)
        )

    assert triggered(parts(60, 50)) == {"breakdown"}
    assert not triggered(parts(60, 40))
    assert not triggered(parts(60, 20))


def test_missing_sections_are_named() -> None:
    good = report()
    without = replace(
        good, sections=tuple(one for one in good.sections if one.number != 4)
    )
    assert [finding.message for finding in check(without)] == [
        "没有找到第四部分“政府信息公开行政复议、行政诉讼情况”；内容可能写在其他部分。"
    ]
    assert triggered(without) == {"section_missing"}
    assert not check(replace(without, form="free", figures={}))


@pytest.mark.parametrize(
    ("text", "is_said"), [("无。", True), ("", True), (PROBLEMS, False)]
)
def test_section_five_without_content(text: str, is_said: bool) -> None:
    assert triggered(with_text(report(), 5, text)) == (
        {"problems_thin"} if is_said else set()
    )


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("无。", True),
        (FEE, False),
        ("未发生收费情况。", False),
        ("收取信息处理费0元。", False),
    ],
)
def test_the_fee_has_to_be_stated(text: str, is_said: bool) -> None:
    assert triggered(with_text(report(), 6, text)) == (
        {"fee_unstated"} if is_said else set()
    )
    assert not triggered(replace(with_text(report("2019"), 6, text)))
    assert not triggered(stating(with_text(report(), 6, "无。"), "fee", 0, "元"))


def following(before: Report, **changes: Number) -> Report:
    """A report of the next year that goes on where the other one ends."""
    text = with_text(
        report(before.form, (before.year or 0) + 1), 5, "另一年的" + PROBLEMS
    )
    figures = dict(text.figures)
    for key, figure in figures.items():
        row, _, column = key.removeprefix("requests.").partition(".")
        if key.startswith("requests.") and row == "carried_in":
            carried_out = before.figures[f"requests.carried_out.{column}"]
            figures[key] = figure._replace(value=carried_out.value)
    for kind in ("regulations", "normative_documents"):
        if before.form == "2021":
            total, issued, repealed = (
                f"disclosure.{kind}.{one}" for one in ("in_force", "issued", "repealed")
            )
            expected = (
                value(before, total) + value(text, issued) - value(text, repealed)
            )
            figures[total] = figures[total]._replace(value=expected)
    if before.form == "2019":
        for kind in ("licensing", "other_services", "penalties", "coercion", "fees"):
            key, change = (
                f"disclosure.{kind}.previous_items",
                f"disclosure.{kind}.item_change",
            )
            figures[key] = figures[key]._replace(value=value(before, key, change))
    figures |= {
        key: figures[key]._replace(value=changed) for key, changed in changes.items()
    }
    return replace(text, figures=figures)


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_years_that_follow_each_other(form: str) -> None:
    before = report(form)
    assert triggered(following(before), before) <= {"sums", "jump"}


def test_what_is_carried_over_is_compared_by_column() -> None:
    before = report()
    key = "requests.carried_in.enterprise"
    now = following(
        before, **{key: value(before, "requests.carried_out.enterprise") + 7}
    )
    found = [finding for finding in check(now, before) if finding.check == "carry_over"]
    assert [finding.keys for finding in found] == [(key,)]
    assert re.search(
        r"2023 年报告结转下年度 \d+，本报告上年结转 \d+，两者不等", found[0].message
    )
    assert "carry_over" not in triggered(now)
    assert "carry_over" not in triggered(now, replace(before, year=2021)), (
        "not the year before"
    )


def test_documents_in_force_are_compared_over_the_years() -> None:
    before = report()
    key = "disclosure.regulations.in_force"
    right = value(following(before), key)
    assert "in_force" in triggered(following(before, **{key: right + 1}), before)
    assert "in_force" not in triggered(following(before, **{key: right}), before)


def test_items_are_compared_over_the_years_in_the_older_form() -> None:
    before = report("2019", 2019)
    key = "disclosure.penalties.previous_items"
    right = value(following(before), key)
    assert "previous_items" in triggered(following(before, **{key: right + 1}), before)
    assert "previous_items" not in triggered(following(before, **{key: right}), before)


def test_problems_copied_from_the_year_before() -> None:
    before = report()
    copied = with_text(following(before), 5, f" {PROBLEMS}\n")
    assert "problems_repeated" in triggered(copied, before)
    assert "problems_repeated" not in triggered(following(before), before)


JUMPING = "disclosure.penalties.decisions"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (10, 51, "是上年的 5.1 倍"),
        (1000, 100, "是上年的 10.0%"),
        (10, 50, ""),
        (2, 15, ""),
        (0, 500, ""),
        (20, 0, "上年报告为 20，本报告为 0"),
        (19, 0, ""),
    ],
)
def test_great_changes_are_remarked(before: int, now: int, said: str) -> None:
    earlier = report(**{JUMPING: before})
    found = [
        one
        for one in check(following(earlier, **{JUMPING: now}), earlier)
        if JUMPING in one.keys
    ]
    assert [one.weight for one in found] == ([1] if said else [])
    check_key = "jump" if now else "zero_after_large"
    assert [one.check for one in found] == ([check_key] if said else [])
    assert all(said in one.message for one in found)


def test_what_was_issued_is_in_force_or_repealed() -> None:
    row = "disclosure__normative_documents__"
    right = {f"{row}issued": 9, f"{row}repealed": 2, f"{row}in_force": 7}
    assert not triggered(report(**right))
    assert triggered(report(**right | {f"{row}in_force": 6})) == {"in_force_too_few"}
    assert triggered(report("2019", disclosure__regulations__public_total=0)) == {
        "public_too_few"
    }


@pytest.mark.parametrize(
    ("level", "government", "is_said"),
    [
        ("县", True, True),
        ("市", False, True),
        ("市", True, False),
        ("省", True, False),
        ("国家", False, False),
    ],
)
def test_rules_are_made_by_those_who_may(
    level: str, government: bool, is_said: bool
) -> None:
    source = replace(
        report(), agency=Agency("示例机关", level=level, is_government=government)
    )
    assert triggered(source) == ({"regulations_unlikely"} if is_said else set())
    none = report(disclosure__regulations__issued=0)
    assert not triggered(replace(none, agency=source.agency))


@pytest.mark.parametrize(
    ("name", "level", "is_said"),
    [
        ("上海市人民政府办公厅", "省", False),
        ("杭州市人民政府办公厅", "市", False),
        ("安康市人民政府办公室", "市", False),
        ("示例市政府办", "市", False),
        ("示例市人民政府办公室（示例市政务公开办公室）", "市", False),
        ("示例市人民政府办公室(政务公开办)", "市", False),
        ("示例市政务公开办公室", "市", False),
        ("示例县人民政府办公室", "县", True),
        ("示例市商务局办公室", "市", True),
        ("示例市人民政府外事办公室", "市", True),
    ],
)
def test_the_office_of_a_government_reports_its_rules(
    name: str, level: str, is_said: bool
) -> None:
    source = replace(report(), agency=Agency(name, level=level))
    assert triggered(source) == ({"regulations_unlikely"} if is_said else set())


def test_the_fee_is_the_same_everywhere() -> None:
    source = with_text(report(), 6, FEE)
    once = stating(source, "fee", 12000, "元")
    assert "fee_disagrees" not in triggered(
        stating(once, "fee", Decimal("1.2"), "万元")
    )
    assert "fee_disagrees" in triggered(stating(once, "fee", 0, "元"))


CITY = Region("510400", "四川省攀枝花市")


@pytest.mark.parametrize(
    ("sentence", "check_key"),
    [
        ("2022年，我局主动公开政府信息12条。", "other_year"),
        ("（一）2021年度，收到申请3件。", "other_year"),
        ("2022年，我局收到申请3件；2023年，收到5件。", ""),
        ("2022年，我局申请量较2021年增长。", ""),
        ("2022年，我市印发的《2022年工作要点》同比更细。", ""),
        ("按照2022年要求办理。", ""),
        ("2024年，我局将继续努力。", ""),
        ("我区各部门均设专栏。", "other_level"),
        ("我县未收到申请。", "other_level"),
        ("我市、我省均有要求。", ""),
        ("《我区公开办法》已修订。", ""),
        ("自我省察，维护我市场秩序。", ""),
        ("统计期限自2023年1月1日至2023年11月30日止。", "period_partial"),
        ("统计数据自2023年1月1日起至12月31日止。", ""),
    ],
)
def test_what_is_left_over_from_other_reports(sentence: str, check_key: str) -> None:
    source = replace(
        report(disclosure__regulations__issued=0),
        agency=Agency("攀枝花市示例局", CITY, level="市"),
    )
    found = check(with_text(source, 1, sentence))
    assert [one.check for one in found] == ([check_key] if check_key else [])
    assert all(one.at == Place(1) for one in found)


def test_a_districts_report_may_say_our_district() -> None:
    district = Agency("西区示例局", Region("510403", "四川省攀枝花市西区"), level="县")
    source = replace(report(disclosure__regulations__issued=0), agency=district)
    assert not triggered(with_text(source, 1, "我区、我市、我省均有要求。"))
    zone = replace(district, name="攀枝花市示例开发区管理委员会", region=CITY)
    assert not triggered(with_text(replace(source, agency=zone), 1, "我区已办结。"))


def test_what_is_no_report_is_not_checked() -> None:
    assert check(replace(report(review__total=999), is_report=False)) == ()


def test_a_wrong_sum_is_the_reports_and_a_lost_cell_is_ours() -> None:
    truth = consistent("2021", 5)
    sheet = printed(truth)
    sheet.cells["review.total"] = str(truth["review.total"] + 1)
    sheet.lost.add("requests.granted.enterprise")
    for layout in (grid, dump):
        document: Document = layout("2021", sheet)
        reading = read_tables(document)
        source = replace(report(), figures=reading.figures, findings=reading.findings)
        assert {finding.family for finding in reading.findings} == {
            FindingFamily.READING
        }
        assert [finding.keys[-1] for finding in check(source)] == ["review.total"]


ALL_RULES = {*RULES, *YEAR_RULES}


def test_every_check_has_a_case_here() -> None:
    """Those of a claim against the cells of its record are tried together."""
    here = Path(__file__).read_text(encoding="utf-8")
    together = {f"text_{claim.key}" for claim in CLAIMS.values() if claim.same_as}
    assert not [key for key in ALL_RULES - together if f'"{key}"' not in here]


def test_every_doubt_and_check_has_a_name_of_its_own() -> None:
    names = [one.key for one in CHECKS]
    assert len(names) == len(set(names))
    assert all(one.title and one.explanation.endswith("。") for one in CHECKS)
    assert all(one.source for one in CHECKS if one.key in ALL_RULES)
    assert {one.key for one in CHECKS if not one.while_reading} == ALL_RULES
