"""Names of bodies, and prose that ends like them."""

from __future__ import annotations

import pytest

from archive.report.outline.agency_names import agency_in_line, agency_in_title
from archive.report.outline.titles import clean_title, without_additions

TITLE = "2023年政府信息公开工作年度报告"
_BODIES = """示例海关 广州海关 天河海关 国家税务总局示例市税务局 广州铁路监督管理局
中国铁路成都局集团有限公司 湛江海事局 长江海事局 深圳出入境边防检查总站 示例边检站 示例市气象局
四川省通信管理局 中国银保监会四川监管局 国家金融监督管理总局四川监管局 四川证监局 中国人民银行成都分行
中国人民银行示例市中心支行 国家统计局四川调查总队 国家统计局示例调查队 示例市烟草专卖局 示例市地震局
国家能源局四川监管办公室 中国民用航空西南地区管理局 四川煤矿安全监察局 示例市消防救援支队
黄河水利委员会 安徽农业大学 示例市人民医院 示例市中医院 公安县人民政府 示例市自来水公司 会同县人民政府
将乐县人民政府 和县人民政府 从江县教育局 务本乡人民政府 联合镇人民政府 张家口市万全区 晋城市城区
示例市政务公开办公室 示例市综合办 示例市财经办 示例市文创办 示例市督查办 示例市交通办
示例市优化营商环境局 示例市残疾人联合会 示例市总工会 示例市红十字会 示例市委组织部 新疆生产建设兵团第八师
示例县第一幼儿园 示例市档案馆 城关镇人民政府 城关街道办事处 示例镇 巴彦苏木"""
_PROSE = """二是在门户网站 联合市公安局 三是在市政府网站 市政府门户网站 通过政务服务中心 会同市公安局
由市商务局 向市委办公室 走在全省 打造服务型政府 建设法治政府 政务大厅 业务培训会 召开座谈会 市档案馆
公共图书馆 政务服务中心 一是加强培训中心 各乡镇 本局 我局 及时联系市商务局 其他有关部门 加强内部
微信公众号和网站 抄送市政府办公室 主动对接市公安局 以人民为中心 深入社区 走进学校 积极配合市纪委
建成全国文明城市 创建智慧城市 首先是公安局 每年向县政府 将信息报送县政府 由各单位承办 惠及全市
pa凯发国际登录示例镇 示例镇百家乐娱乐城"""


@pytest.mark.parametrize("name", _BODIES.split())
def test_a_body(name: str) -> None:
    assert agency_in_line(name) == name
    assert agency_in_line(f"{name} 2024年1月18日") == name
    assert agency_in_title(f"{name}{TITLE}") == name


@pytest.mark.parametrize("prose", _PROSE.split())
def test_prose(prose: str) -> None:
    assert agency_in_line(prose) == ""
    assert agency_in_title(f"{prose}{TITLE}") == ""


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        (f"示例镇{TITLE}发布时间：2024-01-18 10:11", f"示例镇{TITLE}"),
        (f"示例镇{TITLE}（2024-01-18）", f"示例镇{TITLE}"),
        (f"示例镇{TITLE}20240118", f"示例镇{TITLE}"),
        (f"示例镇{TITLE}_示例市人民政府门户网站", f"示例镇{TITLE}"),
        (f"示例镇{TITLE}-公开年报", f"示例镇{TITLE}"),
        (f"示例镇{TITLE}-pa凯发国际登录", f"示例镇{TITLE}"),
        (f"示例镇{TITLE}凯发国际登录", f"示例镇{TITLE}"),
        (f"puroview.com示例镇{TITLE}", f"示例镇{TITLE}"),
        (f"示例镇{TITLE}（www.shili.com）", f"示例镇{TITLE}"),
    ],
)
def test_what_portals_and_intruders_add_to_a_title(printed: str, kept: str) -> None:
    assert clean_title(printed) == kept
    assert agency_in_title(printed) == "示例镇"


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE}——示例市商务局",
        "示例局政府信息公开工作年度报告（2023年度）",
        "示例局政府信息公开工作年度报告-2023年度",
        "示例局政府信息公开工作年度报告2023",
        f"{TITLE}（示例市商务局）",
    ],
)
def test_what_belongs_to_a_title(title: str) -> None:
    assert without_additions(title) == title
