"""The findings of a report on its page: in groups, with the numbers they speak of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.catalogue import Decision, Status, Value
from archive.report import Claim, Figure, Finding, Place, Report
from archive.report.model import Agency
from archive.store import Note
from archive.web.noted import Spot, groups

_TOTAL = "requests.new.total"
REPORT = Report(
    title="示例市商务局2023年政府信息公开工作年度报告",
    agency=Agency("示例市商务局"),
    year=2023,
    published_on=None,
    form="2021",
    is_report=True,
    sections=(),
    figures={
        _TOTAL: Figure(_TOTAL, 12, "12件", Status.EXACT, Place(7, 3, 8)),
        "review.total": Figure("review.total", 3, "", Status.INFERRED),
    },
    claims=(
        Claim("applications_received", 11, "收到申请11件。", "件", at=Place(4)),
        Claim("applications_received", 13, "又称13件。", "件"),
        Claim("proactive_part", 5, "网站5条。", "条", "网站", "proactive_total"),
    ),
)


def noted(check: str, *keys: str, decision: str = "", **values: Value) -> Note:
    finding = Finding(check, values, keys)
    return Note(
        check=check,
        family=finding.family,
        weight=finding.weight,
        message=finding.message,
        values=dict(values),
        keys=keys,
        anchor="",
        decision=decision,
        remark="",
    )


def test_families_are_never_mixed_and_empty_ones_are_left_out() -> None:
    notes = [noted("blank_inferred"), noted("sums"), noted("cells_missing")]
    shown = groups(REPORT, notes)
    assert [(one.family, one.anchor, one.style) for one in shown] == [
        ("report", "contradictions", "is-clash"),
        ("reading", "doubts", "is-doubt"),
    ]
    checks = [[one.note.check for one in group.noted] for group in shown]
    assert checks == [["sums"], ["blank_inferred", "cells_missing"]]
    assert [group.family for group in groups(REPORT, [noted("jump")])] == ["notable"]
    assert groups(REPORT, []) == []


@pytest.mark.parametrize(
    ("decisions", "standing"),
    [
        (["", ""], 2),
        ([Decision.DISMISSED, ""], 1),
        ([Decision.CONFIRMED, Decision.DISMISSED], 1),
        ([Decision.DISMISSED], 0),
    ],
)
def test_what_was_dismissed_is_shown_and_not_counted(
    decisions: list[str], standing: int
) -> None:
    notes = [noted("sums", decision=decision) for decision in decisions]
    (group,) = groups(REPORT, notes)
    assert (len(group.noted), group.standing) == (len(decisions), standing)


def spots(note: Note, report: Report = REPORT) -> tuple[Spot, ...]:
    ((one,),) = [group.noted for group in groups(report, [note])]
    return one.spots


def test_a_contradiction_leads_to_each_of_its_numbers() -> None:
    in_table, first, second = spots(
        noted("text_applications_received", _TOTAL, "applications_received")
    )
    assert (in_table.printed, in_table.anchor) == ("12件", "b7r3c8")
    assert (first.printed, first.anchor) == ("11件", "b4")
    assert (second.printed, second.anchor) == ("13件", "")
    assert first.name.startswith("正文：")
    assert not in_table.name.startswith("正文：")


def test_a_number_without_print_stands_for_itself() -> None:
    (spot,) = spots(noted("sums", "review.total"))
    assert (spot.printed, spot.anchor) == ("3", "")
    unread = REPORT.figures["review.total"]._replace(value=None)
    figures = {"review.total": unread}
    (spot,) = spots(noted("sums", "review.total"), replace(REPORT, figures=figures))
    assert spot.printed == ""


def test_what_is_not_in_the_report_has_no_spot() -> None:
    assert spots(noted("sums", "review.other")) == ()
    assert spots(noted("breakdown", "proactive_part")) == (), "parts are no statement"


@pytest.mark.parametrize("check", ["jump", "blank_inferred"])
def test_other_findings_have_the_one_place(check: str) -> None:
    assert spots(noted(check, _TOTAL)) == ()
