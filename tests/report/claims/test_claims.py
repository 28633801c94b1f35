from __future__ import annotations

import pytest

from archive.report.claims.stated import read_claims
from archive.report.document import Paragraph, Place
from archive.report.model import Claim, Number, Section
from archive.report.numbers import read_amount


def claims(*paragraphs: str, year: int | None = 2023) -> tuple[Claim, ...]:
    blocks = tuple(
        Paragraph(text, Place(number)) for number, text in enumerate(paragraphs, 1)
    )
    return read_claims([Section(1, "一、总体情况", blocks)], year)


def values(*paragraphs: str, year: int | None = 2023) -> dict[str, Number]:
    return {
        claim.key: claim.value
        for claim in claims(*paragraphs, year=year)
        if not claim.part_of
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全年主动公开信息 1,234 条。", {"proactive_total": 1234}),
        ("2023年共主动公开政府信息1.2万条。", {"proactive_total": 12000}),
        ("主动公开各类政府信息共计３５６件。", {"proactive_total": 356}),
        ("全年累计公开政府信息56条。", {"proactive_total": 56}),
        ("收到政府信息公开申请3件，答复3件。", {"applications_received": 3, "applications_answered": 3}),
        ("共收到两件政府信息公开申请。", {"applications_received": 2}),
        ("我局受理依申请公开5件。", {"applications_received": 5}),
        ("未收到政府信息公开申请。", {"applications_received": 0}),
        ("没有收到公民、法人和其他组织提出的政府信息公开申请。", {"applications_received": 0}),
        ("2023年无依申请公开事项。", {"applications_received": 0}),
        ("2023年未收到公民依申请信息公开事项。", {"applications_received": 0}),
        ("没有收到要求公开信息的申请。", {"applications_received": 0}),
        ("收到政府信息公开申请0件。", {"applications_received": 0}),
        ("收到信息公开申请零件。", {"applications_received": 0}),
        ("上年结转政府信息公开申请2件，结转下年度继续办理1件。", {"carried_in": 2, "carried_out": 1}),
        ("共收到8份政府信息公开申请，均为自然人申请，无下年度结转。", {"applications_received": 8, "carried_out": 0}),
        ("全年示例市人民政府网站共发布各类信息46,106条。", {"website": 46106}),
        ("因信息公开引发行政复议1件，行政诉讼2件。", {"reviews": 1, "lawsuits": 2}),
        ("信息公开行政复议、行政诉讼均为0件。", {"reviews": 0, "lawsuits": 0}),
        ("政府信息公开行政复议、行政诉讼共3件。", {}),
        ("未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。", {"reviews": 0, "lawsuits": 0}),
        ("公开工作中行政复议0件、行政诉讼1件。", {"reviews": 0, "lawsuits": 1}),
        ("门户网站发布政府信息80条，微信公众号推送信息21条。", {"website": 80, "wechat": 21}),
        ("通过政务微博发布信息7条。", {"weibo": 7}),
        ("其中网站公布19条，微信公众号公布4条。", {"website": 19, "wechat": 4}),
        ("在政府官网上主动公开街道信息42条。", {"website": 42}),
        ("在政府网站、《示例公报》主动公开市政府规章13件。", {}),
        ("全年制发行政规范性文件2件，废止规范性文件1件。", {"documents_issued": 2, "documents_repealed": 1}),
        ("承办人大代表建议和政协提案共8件，其中政协提案5件。", {"proposals": 8}),
        ("及时公开承办的13件人大代表建议和18件政协委员提案办理情况。", {}),
        ("信息公开未产生与诉讼（行政复议）有关的费用支出。", {}),
        ("我局按照《示例条例》要求，全年共主动公开政府信息43条。", {"proactive_total": 43}),
        ("我局认真落实《示例条例》规定，全年共主动公开政府信息43条。", {"proactive_total": 43}),
        ("主动发布各类信息314条。", {"proactive_total": 314}),
        ("组织政务公开培训2次。", {"trainings": 2}),
        ("本年度收取信息处理费120元。", {"fee": 120}),
        ("本年度收取信息处理费0元。", {"fee": 0}),
        ("本年度未收取信息处理费。", {"fee": 0}),
        ("依申请公开信息均不收取信息处理费。", {"fee": 0}),
        ("本机关无收取信息处理费情况。", {"fee": 0}),
        ("按照《政府信息公开信息处理费管理办法》收取信息处理费的情况。", {}),
    ],
)  # fmt: skip
def test_numbers_as_reports_word_them(
    sentence: str, expected: dict[str, Number]
) -> None:
    assert values(sentence) == expected


def test_plans_reach_to_the_next_heading() -> None:
    work = "全年组织政务公开培训2次。"
    plan = "组织政务公开培训9次。"
    assert values("（三）下一步工作打算", plan) == {}
    assert values("（三）下一步工作打算", plan, "（四）其他情况", work) == {
        "trainings": 2
    }
    assert values("一是认真学习，今后要做的还有", work) == {"trainings": 2}


@pytest.mark.parametrize(
    "sentence",
    [
        "去年主动公开政府信息100条。",
        "较2022年主动公开信息增加20条。",
        "同比主动公开信息多20条。",
        "2022年，我局主动公开信息100条。",
        "全市各部门共主动公开信息9000条。",
        "我局2022年主动公开信息100条。",
        "自2019年以来，主动公开信息500条。",
        "全市共主动公开信息9000条。",
        "示例公众号每日更新，共公开信息1193条。",
        "主动公开市政府规章13件。",
        "2024年，计划主动公开信息300条。",
        "行政复议机关办理行政复议案件25件。",
        "主动公开目录共5类。",
        "无正当理由大量反复申请公开。",
    ],
)
def test_numbers_of_other_years_and_bodies_stay_out(sentence: str) -> None:
    assert values(sentence) == {}


def test_this_year_counts_beside_the_last() -> None:
    assert values("2023年主动公开信息120条，较上年增加20条。") == {
        "proactive_total": 120
    }
    assert values("2022年主动公开信息100条，2023年主动公开信息120条。") == {
        "proactive_total": 120
    }


def test_a_breakdown_keeps_the_words_of_the_report() -> None:
    found = claims(
        "全年主动公开信息 60 条。其中机构设置、办公地址 5 条，“双随机、"
        "一公开”监管 3 条，政协提案办理 52 条。"
    )
    assert [
        (claim.key, claim.label, claim.value, claim.part_of) for claim in found
    ] == [
        ("proactive_total", "", 60, ""),
        ("proactive_part", "机构设置、办公地址", 5, "proactive_total"),
        ("proactive_part", "“双随机、一公开”监管", 3, "proactive_total"),
        ("proactive_part", "政协提案办理", 52, "proactive_total"),
    ]


def test_only_numbers_of_the_totals_unit_are_its_parts() -> None:
    found = claims(
        "主动公开信息 60 条，其中动态 40 条，政策 20 条；回应公众关注 21 次，"
        "留言回复 8 次。"
    )
    assert [claim.value for claim in found] == [60, 40, 20]


def test_one_channel_is_not_the_whole() -> None:
    assert values("通过政府网站主动公开政府信息300条。") == {"website": 300}
    assert values("通过网站、公众号等渠道主动公开政府信息300条。") == {
        "proactive_total": 300
    }


def test_a_governments_own_number_is_that_of_its_area() -> None:
    blocks = (
        Paragraph(
            "2023年全市共收到政府信息公开申请658件，各部门收到申请20件。", Place(1)
        ),
    )
    (claim,) = read_claims(
        [Section(1, "一、总体情况", blocks)], 2023, of_government=True
    )
    assert (claim.key, claim.value) == ("applications_received", 658)


def test_a_breakdown_with_shares() -> None:
    found = claims(
        "累计主动公开政府信息12条。",
        "在主动公开的信息中，指南1条，占8%；其他公文5条，占41%，公示公告6条。",
    )
    assert [(claim.label, claim.value) for claim in found[1:]] == [
        ("指南", 1),
        ("其他公文", 5),
        ("公示公告", 6),
    ]


def test_about_so_many_says_so() -> None:
    (claim,) = claims("全年主动公开信息1300余条。")
    assert (claim.value, claim.unit) == (1300, "余条")


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("共收到政府信息公开申请约6.9万件。", "件左右"),
        ("共收到政府信息公开申请6.8万件左右。", "件左右"),
        ("收到政府信息公开申请近70000件。", "件左右"),
        ("收到政府信息公开申请68000件以上。", "件以上"),
        ("收到政府信息公开申请6.9万件。", "件左右"),
        ("据不完全统计，全年收到政府信息公开申请68000件。", "件左右"),
        ("收到政府信息公开申请68000余件。", "余件"),
        ("收到政府信息公开申请6.8万多件。", "多件"),
        ("收到政府信息公开申请68000件上下。", "件左右"),
        ("上年结转约3700件。", "件左右"),
        ("行政诉讼4300件左右。", "件左右"),
        ("全年制发行政规范性文件近60件。", "件左右"),
        ("收到政府信息公开申请6.8755万件。", "件"),
        ("收到政府信息公开申请68755件。", "件"),
    ],
)
def test_a_number_that_is_not_exact_says_so(sentence: str, unit: str) -> None:
    (claim,) = claims(sentence)
    assert (claim.unit, claim.counted_in, claim.is_exact) == (unit, "件", unit == "件")


def test_parts_that_are_not_exact_say_so() -> None:
    found = claims("主动公开信息约600条，其中政策文件约400条，工作动态300条。")
    assert [(claim.label, claim.unit) for claim in found] == [
        ("", "条左右"),
        ("政策文件", "条左右"),
        ("工作动态", "条"),
    ]


def test_a_claim_carries_its_whole_sentence_and_place() -> None:
    (_, second) = claims(
        "全年主动公开信息60条。", "2023年，我局 收到政府信息公开申请0件。后面一句。"
    )
    assert second.sentence == "2023年，我局 收到政府信息公开申请0件。"
    assert second.at == Place(2)


def test_two_different_statements_are_both_kept() -> None:
    found = claims(
        "全年主动公开信息60条。", "本年主动公开信息61条。", "主动公开信息60条。"
    )
    assert [claim.value for claim in found] == [60, 61]


def test_amounts() -> None:
    assert read_amount("十二", False) == 12
    assert read_amount("一百零五", False) == 105
    assert read_amount("1，315", False) == 1315
    assert read_amount("十x", False) is None


@pytest.mark.timeout(10)
def test_a_hostile_text_is_read_in_time() -> None:
    assert claims(*["微信" * 1990 + "分别3件。"] * 25) == ()
    assert (
        claims(
            "其中" + "主动公开信息" * 20_000,
            "未" * 50_000 + "收到",
            "1" * 30_000 + "条",
        )
        == ()
    )


@pytest.mark.parametrize(
    ("heading", "blocks", "expected"),
    [
        (
            "四、政府信息公开行政复议、行政诉讼情况",
            ["无。"],
            {"reviews": 0, "lawsuits": 0},
        ),
        ("四、政府信息公开行政复议、行政诉讼情况", ["无。", "（二）行政诉讼"], {}),
        ("六、其他需要报告的事项", ["无。"], {}),
    ],
)
def test_a_section_that_holds_but_none(
    heading: str, blocks: list[str], expected: dict[str, Number]
) -> None:
    section = Section(
        4,
        heading,
        tuple(Paragraph(text, Place(number)) for number, text in enumerate(blocks, 1)),
    )
    assert {
        claim.key: claim.value for claim in read_claims([section], 2023)
    } == expected
