"""What seems left over from another report, and what is told of another time or place
by right.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.report.checks import check
from archive.report.model import Agency, Finding, Region
from tests.report.test_checks import report, with_text

CITY = Agency("攀枝花市示例局", Region("510400", "四川省攀枝花市"), level="市")
DISTRICT = Agency(
    "攀枝花市西区示例局", Region("510403", "四川省攀枝花市西区"), level="县"
)


def is_said(key: str, sentence: str, agency: Agency = CITY) -> bool:
    source = replace(report(disclosure__regulations__issued=0), agency=agency)
    found = check(with_text(source, 1, sentence))
    return key in {one.check for one in found}


OF_BEFORE = [
    "2022年，我局印发的政务公开工作方案继续执行。",
    "2022年以来，我局持续完善公开制度。",
    "2021年度政府信息公开工作考核中，我局位列第一。",
    "2022年度，我局被评为政务公开先进单位，今年继续保持。",
    "2022年，我局政府信息公开工作年度报告已按时公开。",
    "2022年度，我局部门决算已在门户网站公开。",
    "2022年，未完成的整改事项今年已全部完成。",
    "2022年收到的2件申请已于本年度办结。",
    "2022年通过的《公开办法》于本年度修订。",
    "2021年，我市入选全国政务公开标准化试点，本年度继续推进。",
    "2022年，本局新增公开栏目3个，本年在此基础上再增2个。",
    "2020年，我局未单独编制年度报告。",
    "2021—2025年，我局认真实施规划。",
    "2021-2025年，我市积极推进法治政府建设。",
    "2021至2025年，我市积极推进。",
    "2022年，我局主动公开政府信息30条，本年度为50条。",
    "2022年，收到申请30件；今年收到申请20件。",
    "2022年9月，我局机构改革后由原两局合并组建。",
    "2022年12月，我局收到的1件申请结转至本年。",
    "2022年全市考核反馈的问题，我局认真整改。",
    "2022年度存在问题整改情况：一是严格落实责任。",
    "2022年，主动公开存在的不足已得到改进。",
    "2021年，我局机构改革后更名。",
    "针对2022年存在的问题，我局认真整改。",
    "（二）2022年度问题整改情况",
    "2022年，我局主动公开的预算信息仍可查阅。",
    "2022年，没有结转的申请。",
    "2022年，无结转申请。",
    "2022年度，我局无未办结申请。",
    "2022年，本市出台的规范性文件继续有效。",
]

LEFT_OVER = [
    "2022年，我局主动公开政府信息12条。",
    "（一）2021年度，收到申请3件。",
    "2022年度，我局共受理政府信息公开申请5件，均按时答复。",
    "2022年，我局认真贯彻落实《条例》，进一步加大公开力度。",
    "一是2022年我局积极推进政务公开。",
]


@pytest.mark.parametrize("sentence", OF_BEFORE)
def test_what_a_report_may_tell_of_years_before(sentence: str) -> None:
    assert not is_said("other_year", sentence)


@pytest.mark.parametrize("sentence", LEFT_OVER)
def test_last_years_work_told_as_this_years(sentence: str) -> None:
    assert is_said("other_year", sentence)


def test_where_the_year_is_in_doubt_no_other_is_said() -> None:
    source = replace(report(disclosure__regulations__issued=0), agency=CITY)
    doubt = Finding("year_inferred")
    source = with_text(source, 1, LEFT_OVER[0])
    assert "other_year" in {one.check for one in check(source)}
    assert not check(replace(source, findings=(doubt,)))


OF_A_DISTRICT = [
    "我县撤县设区后更名为我区。",
    "原我县政府网站已并入区政府网站。",
    "撤县设区前，我县政府信息公开由县政府办负责。",
    "2022年我县撤县设区，原有文件继续有效。",
    "撤销我县设立区后，机构名称作相应调整。",
    "我县（现为西区）的档案已移交。",
    "我市我县我区三级联动。",
    "由我县改为我区后，公开目录重新编制。",
    "“我县”改称“我区”。",
    "各镇表示“要把我镇的公开工作做好”。",
    "我镇撤镇设街道后，公开栏统一更换。",
    "我区下辖各镇提出我镇公开专栏应统一。",
    "市委指出，我省要加快推进。",
]

OF_A_CITY = [
    "我县区两级公开平台已统一。",
    "我市、我县（区）同步公开。",
    "群众反映我县道路问题的信件已转办。",
    "网友留言“我区何时通暖气”已回复。",
    "网友咨询我区学位问题，我局已答复。",
    "某县局来函称我县已公开。",
    "我市撤县设区后，我区改称西区。",
    "我县区公开专栏。",
    "县局反映我县专栏尚未开通。",
    "我市县两级政府。",
    "我区县政务公开。",
]


@pytest.mark.parametrize("sentence", OF_A_DISTRICT)
def test_a_county_that_became_a_district_speaks_of_both(sentence: str) -> None:
    assert not is_said("other_level", sentence, DISTRICT)


@pytest.mark.parametrize("sentence", OF_A_CITY)
def test_words_of_others_are_not_the_bodys(sentence: str) -> None:
    assert not is_said("other_level", sentence)


@pytest.mark.parametrize(
    "sentence",
    ["我区各部门均设专栏。", "我县未收到申请。", "我县主动公开政府信息30条。"],
)
def test_a_level_that_is_not_the_bodys(sentence: str) -> None:
    assert is_said("other_level", sentence)


OTHER_PERIODS = [
    "统计数据显示，2023年3月1日至5月31日开展了专项行动。",
    "本单位于2023年3月1日挂牌成立，统计期限自2023年3月1日至2023年12月31日。",
    "活动时间为2023年6月1日至6月30日。",
    "公示时间为2023年6月1日至6月10日。",
    "征求意见时间：2023年6月1日至7月1日。",
    "统计期限自2023年1月1日至2023年12月31日，其中培训时间为2023年3月1日至3月5日。",
    "统计期限为2022年1月1日至2023年12月31日的信息。",
    "数据直达基层活动2023年4月1日至4月30日开展。",
    "法定期限自2023年4月1日至4月20日届满。",
]

PARTS_OF_THE_YEAR = [
    "统计期限自2023年1月1日至2023年11月30日止。",
    "本报告中所列数据的统计期限自2023年1月1日起至2023年12月30日止。",
]


@pytest.mark.parametrize("sentence", OTHER_PERIODS)
def test_periods_that_are_not_those_of_the_statistics(sentence: str) -> None:
    assert not is_said("period_partial", sentence)


@pytest.mark.parametrize("sentence", PARTS_OF_THE_YEAR)
def test_statistics_of_a_part_of_the_year(sentence: str) -> None:
    assert is_said("period_partial", sentence)
