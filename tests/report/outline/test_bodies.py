"""Names of bodies, and prose that ends like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.report.outline.agency_names import agency_in_line, agency_in_title
from archive.report.outline.prefaces import agency_in_preface
from archive.report.outline.titles import clean_title, without_additions

REPORT = "政府信息公开工作年度报告"
TITLE = f"2023年{REPORT}"
_BODIES = """示例海关 广州海关 天河海关 国家税务总局示例市税务局 广州铁路监督管理局
中国铁路成都局集团有限公司 湛江海事局 长江海事局 深圳出入境边防检查总站 示例边检站 示例市气象局
四川省通信管理局 中国银保监会四川监管局 国家金融监督管理总局四川监管局 四川证监局 中国人民银行成都分行
中国人民银行示例市中心支行 国家统计局四川调查总队 国家统计局示例调查队 示例市烟草专卖局 示例市地震局
国家能源局四川监管办公室 中国民用航空西南地区管理局 四川煤矿安全监察局 示例市消防救援支队
黄河水利委员会 安徽农业大学 示例市人民医院 示例市中医院 公安县人民政府 示例市自来水公司 会同县人民政府
将乐县人民政府 和县人民政府 从江县教育局 务本乡人民政府 联合镇人民政府 张家口市万全区 晋城市城区
示例市政务公开办公室 示例市综合办 示例市财经办 示例市文创办 示例市督查办 示例市交通办
示例市优化营商环境局 示例市残疾人联合会 示例市总工会 示例市红十字会 示例市委组织部 新疆生产建设兵团第八师
图们市人民政府 和平区商务局 同心县人民政府 让胡路区商务局 和田地区行政公署 于洪区教育局 若尔盖县教育局
自流井区人民政府 下各镇人民政府 商务局 交通运输局 对青山镇人民政府 会宁县商务局 比如县人民政府 当涂县教育局
经济技术开发区管委会 沿江新区管委会 自贸试验区管委会 示例县第一幼儿园 示例市档案馆 城关镇人民政府 城关街道办事处 示例镇 巴彦苏木
随县教育局 代县人民政府 和县教育局 天全县"""
_PROSE = """二是在门户网站 联合市公安局 三是在市政府网站 市政府门户网站 通过政务服务中心 会同市公安局
由市商务局 向市委办公室 走在全省 打造服务型政府 建设法治政府 政务大厅 业务培训会 召开座谈会 市档案馆
公共图书馆 政务服务中心 一是加强培训中心 各乡镇 本局 我局 及时联系市商务局 其他有关部门 加强内部
微信公众号和网站 抄送市政府办公室 主动对接市公安局 以人民为中心 深入社区 走进学校 积极配合市纪委
建成全国文明城市 创建智慧城市 首先是公安局 每年向县政府 将信息报送县政府 由各单位承办 惠及全市
示例镇百家乐娱乐城 由示例市公安局 经示例市公安局 同示例区公安局 和示例县公安局
为示例市公安局 含示例市公安局 如示例市公安局 即示例市公安局 让示例市公安局 把示例市公安局 被示例市公安局
请示例市公安局 及示例市公安局 至示例市公安局 从示例市公安局 在示例市公安局 于示例市公安局 与示例市公安局
对示例市公安局 将示例市公安局 交示例市公安局 转示例市公安局 报示例市公安局 除示例市公安局 因示例市公安局
依照示例市公安局 再由示例市公安局 统一由市公安局 并向示例市公安局 直接向市公安局 咨询示例市公安局
如市公安局 即市公安局 含市公安局 经省自然资源厅 各示例县公安局 新闻中心 下载中心
经区公安局 如上级公安局 同全市公安局 沿示例市公安局"""


@pytest.mark.parametrize("name", _BODIES.split())
def test_a_body(name: str) -> None:
    assert agency_in_line(name) == name
    assert agency_in_line(f"{name} 2024年1月18日") == name
    assert agency_in_title(f"{name}{TITLE}") == name


_NUMBERED = """示例市第17商务局 示例市12345政务服务中心 示例市110指挥中心 示例市第12中学
示例市第3中学 示例市3中学 示例兵团第12师 示例兵团第十二师 120急救中心 示例市120急救中心
12345热线中心 示例市一〇一医院 示例市二〇二医院 示例市301医院 示例市第2水厂 示例市97号院管理处
示例市12号院管理处 示例市402地质队 示例市12年一贯制学校 示例市96333服务中心 示例市第101中学"""


@pytest.mark.parametrize("name", _NUMBERED.split())
def test_a_number_in_a_name_is_no_year(name: str) -> None:
    assert agency_in_line(name) == name
    assert agency_in_line(f"{name} 2024年1月18日") == name
    assert agency_in_title(f"{name}{REPORT}") == name
    assert agency_in_title(f"{TITLE}（{name}）") == name
    assert agency_in_title(f"附件1：关于{name}23年度{REPORT}") == name
    assert agency_in_title(f"附件{name}{TITLE}") == name
    assert agency_in_preface(f"如有疑问，请与{name}联系。") == name
    for year in ("2023年", "2023", "（2023）", "23年", "二〇二三年", "2022-2023学年"):
        assert agency_in_title(f"{name}{year}{REPORT}") == name
        assert agency_in_title(f"{year}{name}{REPORT}") in {name, ""}
    assert agency_in_title(f"2023年度{name}{REPORT}") == name


@given(st.integers(0, 99_999))
def test_no_digit_of_a_numbered_name_is_lost(number: int) -> None:
    name = f"示例市第{number}中学"
    assert agency_in_title(f"{name}{TITLE}") in {name, ""}
    assert agency_in_line(name) in {name, ""}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (f"1示例市商务局{TITLE}", ""),
        (f"示例市23商务局{REPORT}", ""),
        (f"示例市商务局23{REPORT}", ""),
        (f"示例市商务局20年{REPORT}", "示例市商务局"),
        (f"示例市商务局（1）{TITLE}", "示例市商务局"),
        (f"示例市商务局（12）{TITLE}", "示例市商务局"),
        (f"示例市2023年商务局{REPORT}", "示例市商务局"),
        (f"2023师范大学{REPORT}", "师范大学"),
        (f"示例市第二〇二三中学{TITLE}", "示例市第二〇二三中学"),
    ],
)
def test_a_number_that_can_be_a_year_or_an_entry(title: str, name: str) -> None:
    assert agency_in_title(title) == name


@pytest.mark.parametrize(
    "line",
    [
        "全年共接待120个中心",
        "全市第3批中心",
        "共办理12345热线中心",
        "下辖12个镇",
        "23商务局",
    ],
)
def test_a_count_is_no_name(line: str) -> None:
    assert agency_in_line(line) == ""


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
        (f"澳门威尼斯人官网-示例镇{TITLE}", f"示例镇{TITLE}"),
        (f"【凯发k8】示例镇{TITLE}", f"示例镇{TITLE}"),
        (f"必威betway中国官方网站-示例镇{TITLE}", f"示例镇{TITLE}"),
        (f"开云(中国)Kaiyun·官方网站-示例镇{TITLE}", f"示例镇{TITLE}"),
        (f"ng体育娱乐官网示例镇{TITLE}", f"示例镇{TITLE}"),
        (f"示例镇-澳门威尼斯人{TITLE}", f"示例镇{TITLE}"),
        (f"•示例镇{TITLE}", f"示例镇{TITLE}"),
        (f"信息名称示例镇{TITLE}", f"示例镇{TITLE}"),
        (f"示例镇{TITLE} 示例镇{TITLE}", f"示例镇{TITLE}"),
        (f"示例镇{TITLE}本报告是根据《中华人民共和国", f"示例镇{TITLE}"),
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


@pytest.mark.parametrize(
    "title",
    [f"示例市禁赌办公室{TITLE}", f"开云镇人民政府{TITLE}", f"示例市体育局{TITLE}"],
)
def test_bodies_called_like_bets_keep_their_titles(title: str) -> None:
    assert clean_title(title) == title


def test_what_intruders_put_before_a_name_is_no_part_of_it() -> None:
    assert agency_in_line("pa凯发国际登录示例镇") == ""
    assert agency_in_title(f"pa凯发国际登录示例镇{TITLE}") == "示例镇"


def test_a_menu_of_bodies_signs_nothing() -> None:
    assert agency_in_line("示例海事局 示例一海事局 示例二海事局") == ""
    assert agency_in_line("示例市统计局 国家统计局示例调查队") != ""
