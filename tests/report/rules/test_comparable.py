"""Numbers of the text beside the tables: what may be another count says nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.report.checks import check
from archive.report.claims import read_claims
from archive.report.model import Agency, Number, Report
from tests.report.test_checks import report, with_text

TABLE: dict[str, Number | None] = {
    "requests__new__total": 458,
    "requests__new__natural_person": 338,
    "requests__carried_in__total": 11,
    "requests__concluded__total": 460,
    "requests__carried_out__total": 9,
    "requests__granted__total": 39,
    "requests__partly_granted__total": 48,
    "requests__rejected_repeat__total": 38,
    "requests__closed_other__total": 8,
    "review__total": 22,
    "review__pending": 2,
    "litigation_direct__total": 17,
    "litigation_direct__pending": 2,
    "litigation_after_review__total": 19,
    "litigation_after_review__pending": 0,
    "disclosure__normative_documents__issued": 10,
    "disclosure__normative_documents__repealed": 18,
    "disclosure__normative_documents__in_force": 261,
    "disclosure__regulations__issued": 3,
    "disclosure__regulations__repealed": 1,
    "disclosure__regulations__in_force": 32,
}


def telling(text: str, agency: str = "示例市商务局") -> Report:
    source = replace(
        with_text(report(**TABLE), 1, text),
        agency=Agency(agency, is_government=agency.endswith("政府")),
    )
    claims = read_claims(
        source.sections,
        source.year,
        agency=agency,
        of_government=source.agency.is_government,
    )
    return replace(source, claims=claims)


def accused(text: str, agency: str = "示例市商务局") -> set[str]:
    found = {finding.check for finding in check(telling(text, agency))}
    return {key for key in found if key.startswith(("text_", "fee_", "breakdown"))}


TRUE = [
    "全年收到政府信息公开申请458件，答复460件。",
    "全年收到政府信息公开申请465件，其中7件撤回，实际登记458件。",
    "全年收到政府信息公开申请465件，其中7件申请人主动撤回。",
    "全年收到政府信息公开申请465件。其中7件经补正后撤回，实际登记458件。",
    "全年收到政府信息公开申请465件，其中重复7件合并办理。",
    "全年收到政府信息公开申请470件，剔除重复申请12件，实际受理458件。",
    "全年收到政府信息公开申请470件，其中12件不属于政府信息公开申请，按信访件处理。",
    "全年收到政府信息公开申请470件，其中转办12件。",
    "全年收到政府信息公开申请470件，经登记458件进入办理程序。",
    "全年收到政府信息公开申请470件，其中有效申请458件。",
    "收到政府信息公开申请500件次。",
    "共受理政府信息公开申请469件，上年结转11件包括在内。",
    "共受理政府信息公开申请469件，均已办理。",
    "共受理政府信息公开申请460件。",
    "共受理公民政府信息公开申请338件。",
    "收到政府信息公开申请420件，另有重复申请38件。",
    "收到政府信息公开申请449件。",
    "受理政府信息公开申请500件，其中42件未予受理。",
    "收到政府信息公开申请39件，全部予以公开。",
    "收到政府信息公开申请470件，其中作为咨询答复12件。",
    "截至12月底，共收到政府信息公开申请458件。",
    "因政府信息公开被申请行政复议24件（含上年结转2件）。",
    "因政府信息公开被申请行政复议25件，其中不予受理3件。",
    "因政府信息公开被申请行政复议20件，均已审结。",
    "因政府信息公开引发行政复议24件，撤回2件。",
    "因政府信息公开引发行政诉讼17件。",
    "因政府信息公开引发行政诉讼19件。",
    "因政府信息公开引发行政诉讼40件，其中一审36件、二审4件。",
    "因政府信息公开引发行政诉讼34件，均已审结。",
    "因政府信息公开引发行政诉讼38件，其中跨年案件2件。",
    "因房屋征收引发行政复议5件。",
    "制定行政规范性文件13件。",
    "制定规范性文件12件，其中部门规范性文件2件。",
    "上年结转9件。",
    "全年办理行政许可申请120件。",
]
FALSE = [
    ("全年收到政府信息公开申请485件。", "text_applications_received"),
    ("全年未收到政府信息公开申请。", "text_applications_received"),
    ("上年结转政府信息公开申请99件。", "text_carried_in"),
    ("结转下年度继续办理5件。", "text_carried_out"),
    ("因政府信息公开引发行政复议5件。", "text_reviews"),
    ("未发生因政府信息公开引发的行政复议。", "text_reviews"),
    ("因政府信息公开引发行政诉讼5件。", "text_lawsuits"),
    ("制定行政规范性文件12件。", "text_documents_issued"),
    ("废止行政规范性文件5件。", "text_documents_repealed"),
]


@pytest.mark.parametrize("sentence", TRUE)
def test_what_counts_otherwise_contradicts_nothing(sentence: str) -> None:
    assert accused(sentence) == set()


@pytest.mark.parametrize(("sentence", "key"), FALSE)
def test_what_can_mean_nothing_else_contradicts(sentence: str, key: str) -> None:
    assert key in accused(sentence)


@pytest.mark.parametrize(
    ("sentence", "agency", "is_accused"),
    [
        ("全市共收到政府信息公开申请900件。", "示例市人民政府", False),
        ("全市共收到申请900件，市本级收到申请100件。", "示例市人民政府", False),
        ("全市共收到申请900件，其中市本级458件。", "示例市人民政府", False),
        ("市本级收到政府信息公开申请40件。", "示例市人民政府", False),
        ("市政府办公室收到政府信息公开申请40件。", "示例市人民政府", False),
        ("本机关收到政府信息公开申请40件。", "示例市人民政府", True),
        ("我局收到政府信息公开申请40件。", "示例市商务局", True),
        ("全市各部门收到申请900件，我局收到政府信息公开申请458件。", "示例市商务局", False),
    ],
)  # fmt: skip
def test_only_numbers_of_one_scope_are_compared(
    sentence: str, agency: str, is_accused: bool
) -> None:
    key = "text_applications_received"
    assert accused(sentence, agency) == ({key} if is_accused else set())


@pytest.mark.parametrize(
    "sentence",
    [
        "主动公开信息100条，其中网站公开80条，微信公众号公开60条。",
        "主动公开信息100条，其中政策文件60条（其中规范性文件20条），工作动态40条。",
        "主动公开信息100条，按内容分为政策60条、动态40条，按形式分为图文70条、视频30条。",
        "主动公开信息100条，其中全文电子化100条，政策文件20条。",
    ],
)
def test_parts_that_overlap_are_no_contradiction(sentence: str) -> None:
    assert "breakdown" not in accused(sentence)


def test_parts_that_do_not_overlap_are_one() -> None:
    text = "主动公开信息100条，其中政策文件80条，工作动态60条。"
    assert accused(text) == {"breakdown"}


def test_the_fee_for_copies_is_another() -> None:
    text = "本年度未收取信息处理费。收取检索、复制、邮寄费用共36元。"
    assert "fee_disagrees" not in accused(text)
    assert "fee_disagrees" in accused("收取信息处理费0元。收取信息处理费1200元。")
