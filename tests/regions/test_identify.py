"""Which place a name means, and that nothing is guessed where it means several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.regions import SECTORS, identify
from archive.report.model import Agency, Hints

NONE = Hints()


def code(
    name: str, year: int | None = 2023, hints: Hints = NONE, phone: str = ""
) -> str | None:
    region = identify(name, year, hints, phone=phone).region
    return region.code if region else None


def codes(name: str, year: int | None = 2023) -> list[str]:
    agency = identify(name, year)
    assert agency.region is None
    return [region.code for region in agency.candidates]


@pytest.mark.parametrize(
    ("name", "expected", "full"),
    [
        ("攀枝花市商务局", "510400", "四川省攀枝花市"),
        ("上高县商务局", "360923", "江西省宜春市上高县"),
        ("莱州市商务局", "370683", "山东省烟台市莱州市"),
        ("攀枝花市西区经济合作局", "510403", "四川省攀枝花市西区"),
        ("西工区商务局", "410303", "河南省洛阳市西工区"),
        ("北京市朝阳区教育委员会", "110105", "北京市朝阳区"),
        ("辽宁省朝阳市教育局", "211300", "辽宁省朝阳市"),
        ("济源市商务局", "419001", "河南省济源市"),
        ("白杨市财政局", "659012", "新疆维吾尔自治区白杨市"),
        ("恩施州教育局", "422800", "湖北省恩施土家族苗族自治州"),
    ],
)
def test_full_names(name: str, expected: str, full: str) -> None:
    region = identify(name, 2023).region
    assert region is not None
    assert (region.code, region.name) == (expected, full)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("恩施市教育局", "422801"),
        ("吉林市商务局", "220200"),
        ("吉林省商务厅", "220000"),
        ("吉林商务厅", "220000"),
        ("黔东南州公安局", "522600"),
        ("海南州教育局", "632500"),
        ("海南省教育厅", "460000"),
        ("鄂温克旗财政局", "150724"),
        ("莫力达瓦达斡尔族自治旗人民政府", "150722"),
        ("达茂旗教育局", "150223"),
        ("长阳县教育局", "420528"),
        ("仙桃市商务局", "429004"),
        ("广西商务厅", "450000"),
        ("西藏自治区商务厅", "540000"),
        ("杭州西湖区商务局", "330106"),
        ("江苏省镇江市商务局", "321100"),
        ("上海市浦东新区人民政府", "310115"),
        ("三沙市西沙区人民政府", "460302"),
        ("喀什地区行政公署", "653100"),
        ("中共上高县委宣传部", "360923"),
        ("攀枝花市 商务局", "510400"),
        ("2023年度攀枝花市商务局", "510400"),
        ("新疆生产建设兵团第八师石河子市商务局", "659001"),
        ("新疆生产建设兵团商务局", "650000"),
        ("成都海关", "510100"),
        ("中华人民共和国成都海关", "510100"),
        ("国家税务总局攀枝花市西区税务局", "510403"),
        ("国家统计局吉林调查总队", "220000"),
        ("国家统计局吉林调查队", "220200"),
        ("洛阳经济技术开发区管委会", "410300"),
        ("昆山高新技术产业开发区管理委员会", "320583"),
        ("江阴高新区管委会", "320281"),
        ("雄安新区管理委员会", "130000"),
        ("河北雄安新区改革发展局", "130000"),
        ("西咸新区管委会", "610000"),
        ("杨凌示范区管理委员会", "610400"),
        ("财政部四川监管局", "510000"),
        ("审计署驻成都特派员办事处", "510100"),
        ("中国民用航空四川安全监督管理局", "510000"),
        ("莱州市场监管局", "370683"),
    ],
)
def test_short_forms_and_special_bodies(name: str, expected: str) -> None:
    assert code(name) == expected


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("临平区商务局", 2020, None),
        ("临平区商务局", 2021, "330113"),
        ("江干区商务局", 2019, "330104"),
        ("江干区商务局", 2021, "330104"),  # ended in that year
        ("江干区商务局", 2022, None),
        ("襄都区商务局", 2019, None),
        ("襄都区商务局", 2020, "130502"),
        ("平城区教育局", 2018, "140213"),
        ("三元区教育局", 2020, "350403"),
        ("三元区教育局", 2023, "350404"),
        ("米林县教育局", 2021, "540422"),
        ("米林市教育局", 2023, "540481"),
        ("错那市教育局", 2023, "540581"),
        ("白杨市教育局", 2022, None),
        ("和康县教育局", 2024, "653228"),
        ("和康县教育局", 2031, "653228"),
        ("江干区商务局", None, "330104"),
        ("三元区教育局", None, "350404"),
    ],
)
def test_the_list_of_the_reports_own_year(
    name: str, year: int | None, expected: str | None
) -> None:
    assert code(name, year) == expected


def test_a_district_that_is_not_in_the_years_list_leaves_the_level_open() -> None:
    agency = identify("杭州市江干区商务局", 2023)
    assert agency.region is not None
    assert (agency.region.code, agency.level) == ("330100", "")


def test_ambiguous_names_return_every_place() -> None:
    assert codes("鼓楼区商务局") == ["320106", "320302", "350102", "410204"]
    assert codes("朝阳区教育局") == ["110105", "220104"]
    assert codes("市中区财政局") == ["370103", "370402", "511002", "511102"]
    assert codes("西湖区商务局") == ["330106", "360103"]
    assert codes("城关区卫健局") == ["540102", "620102"]
    assert codes("桥东区商务局", None) == ["130103", "130502", "130702"]
    assert codes("吉林海关") == ["220000", "220200"]


def test_contradicting_ancestors_are_not_settled() -> None:
    assert set(codes("四川省西湖区商务局")) == {"510000", "330106", "360103"}


@pytest.mark.parametrize(
    "hints",
    [
        Hints(site_code="3201060001"),
        Hints(site_code="3201000038"),
        Hints(site_name="南京市鼓楼区人民政府"),
        Hints(site_name="中国·南京鼓楼"),
        Hints(publisher="南京市鼓楼区商务局"),
        Hints(title="南京市鼓楼区商务局2023年政府信息公开工作年度报告"),
        Hints(url="https://gulou.nanjing.example/zwgk/1.html"),
        Hints(agency="江苏省南京市鼓楼区商务局"),
    ],
    ids=lambda hints: next(
        value
        for value in (
            hints.site_code,
            hints.site_name,
            hints.publisher,
            hints.title,
            hints.url,
            hints.agency,
        )
        if value
    ),
)
def test_a_hint_settles_an_ambiguous_name(hints: Hints) -> None:
    agency = identify("鼓楼区商务局", 2023, hints)
    assert agency.region is not None
    assert agency.region.name == "江苏省南京市鼓楼区"
    assert agency.candidates == ()


def test_the_telephone_settles_an_ambiguous_name() -> None:
    assert code("鼓楼区商务局", phone="025-12345678") == "320106"
    assert code("鼓楼区商务局", phone="（0371）12345678") == "410204"
    assert code("鼓楼区商务局", phone="12345678") is None
    assert code("鼓楼区商务局", phone="0812-1234567") is None


def test_hints_that_disagree_settle_nothing() -> None:
    assert (
        code(
            "鼓楼区商务局",
            hints=Hints(site_code="320106", publisher="徐州市鼓楼区商务局"),
        )
        is None
    )
    assert (
        code("商务局", hints=Hints(site_code="410300", publisher="徐州市人民政府"))
        is None
    )


def test_a_hint_never_overrules_the_name() -> None:
    assert (
        code(
            "攀枝花市商务局",
            hints=Hints(site_code="320106", site_name="南京市鼓楼区人民政府"),
        )
        == "510400"
    )


@pytest.mark.parametrize(
    ("name", "hints", "expected"),
    [
        ("商务局", Hints(), None),
        ("我局", Hints(), None),
        ("", Hints(site_code="360923"), None),
        ("商务局", Hints(site_name="上高县人民政府门户网站"), "360923"),
        ("商务局", Hints(site_code="3609230001"), "360923"),
        ("我局", Hints(publisher="上高县商务局", site_code="360900"), "360923"),
        ("商务局", Hints(publisher="鼓楼区人民政府"), None),
        ("商务局", Hints(publisher="鼓楼区人民政府", site_code="350100"), "350102"),
        ("市商务局", Hints(site_name="攀枝花市西区人民政府"), "510400"),
        ("市商务局", Hints(site_name="莱州市人民政府"), "370683"),
        ("区商务局", Hints(site_name="攀枝花市人民政府"), None),
        ("区商务局", Hints(site_name="南宁市人民政府"), None),
        ("省商务厅", Hints(site_code="510400"), "510000"),
        ("敖阳街道办事处", Hints(site_code="360923"), "360923"),
        ("教育委员会", Hints(site_code="110100"), "110000"),
        ("商务局", Hints(site_code="bm12000001"), None),
        ("商务局", Hints(site_code="999999"), None),
    ],
)
def test_names_without_a_place(name: str, hints: Hints, expected: str | None) -> None:
    assert code(name, hints=hints) == expected


def test_a_zone_named_after_one_of_several_districts_stays_open() -> None:
    agency = identify("鼓楼高新区管委会", 2023)
    assert agency.region is None
    assert {"320106", "320302"} <= {region.code for region in agency.candidates}


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("中国证券监督管理委员会四川监管局", "省"),
        ("四川银保监局", "省"),
        ("财政部四川监管局", "省"),
        ("国家统计局四川调查总队", "省"),
        ("国家金融监督管理总局攀枝花监管分局", "市"),
        ("国家统计局攀枝花调查队", "市"),
        ("交通运输部海事局", "国家"),
        ("中国民用航空西南地区管理局", ""),
        ("水利部黄河水利委员会", ""),
        ("国家铁路局", "国家"),
        ("广州海关", ""),
        ("国家税务总局上高县税务局", "县"),
        ("成都海关", ""),
    ],
)
def test_the_level_of_branches_of_national_bodies(name: str, level: str) -> None:
    assert identify(name, 2023).level == level


@pytest.mark.parametrize(
    "name",
    [
        "江西区域合作局",
        "和平街道办事处",
        "城区街道办事处",
        "北京路街道办事处",
        "和平商务局",
        "建设局",
        "滨江新区管委会",
        "中山陵风景区管理局",
        "平安建设办公室",
        "河南村委会",
    ],
)
def test_a_place_inside_another_word_does_not_count(name: str) -> None:
    agency = identify(name, 2023)
    assert agency.region is None
    assert agency.candidates == ()


@pytest.mark.parametrize(
    ("name", "level", "is_government"),
    [
        ("商务部", "国家", False),
        ("国家发展和改革委员会", "国家", False),
        ("国家税务总局", "国家", False),
        ("国务院办公厅", "国家", False),
        ("海关总署", "国家", False),
        ("四川省人民政府办公厅", "省", False),
        ("四川省人民政府", "省", True),
        ("重庆市商务委员会", "省", False),
        ("重庆市渝中区商务委员会", "县", False),
        ("攀枝花市人民政府", "市", True),
        ("攀枝花市", "市", True),
        ("成都市商务局", "市", False),
        ("鼓楼区人民政府", "县", True),
        ("东莞市长安镇人民政府", "乡镇", True),
        ("上高县徐家渡镇", "乡镇", True),
        ("上高县敖阳街道办事处", "乡镇", False),
        ("徐家渡镇人民政府", "乡镇", True),
        ("国家税务总局攀枝花市税务局", "市", False),
        ("攀枝花市钒钛高新技术产业开发区管委会", "", False),
        ("成都海关", "", False),
        ("县教育局", "县", False),
        ("商务局", "", False),
        ("喀什地区行政公署", "市", True),
        ("上高县宣传部", "县", False),
    ],
)
def test_level(name: str, level: str, is_government: bool) -> None:
    agency = identify(name, 2023)
    assert (agency.level, agency.is_government) == (level, is_government)
    if level == "国家":
        assert agency.region is None


def test_a_name_that_is_a_word_too_contradicts_no_place() -> None:
    assert code("攀枝花市城区建设局") == "510400"
    assert code("攀枝花市上高县经济开发区管委会") == "510400"


def test_a_sign_that_belongs_to_two_words_is_read_twice() -> None:
    bureau = identify("莱州市场监管局", 2023)
    assert bureau.sector == identify("莱州市市场监管局", 2023).sector != ""


def test_the_corps_is_of_a_provinces_level_and_its_divisions_of_none() -> None:
    assert identify("新疆生产建设兵团商务局", 2023).level == "省"
    assert identify("新疆生产建设兵团第八师商务局", 2023).level == ""


def test_invented_places_are_marked_and_resolve() -> None:
    assert code("示例市商务局") == "990100"
    assert code("商务局", hints=Hints(site_code="9901020001")) == "990102"
    district = identify("示例市示例区商务局", 2019).region
    assert district is not None
    assert (district.code, district.name) == ("990102", "示例省示例市示例区")
    assert code("示例甲市商务局") is None


@given(
    st.text(max_size=300)
    | st.text(
        "省市县区州旗镇乡街道吉林示例鼓楼国家税务总局第八师兵团中共", max_size=200
    ),
    st.none() | st.integers(-5, 3000),
)
def test_any_text_is_an_agency(name: str, year: int | None) -> None:
    agency = identify(
        name,
        year,
        Hints(url=name, site_code=name, site_name=name, publisher=name),
        phone=name,
    )
    assert isinstance(agency, Agency)
    assert agency.sector in {"", *SECTORS}
    assert not (agency.region and agency.candidates)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "name",
    ["吉林" * 5000, "示例市" * 4000, "国家税务总局" * 2000, "（" * 10000, "0" * 10000],
)
def test_a_long_text_costs_no_more_than_a_name(name: str) -> None:
    identify("攀枝花市商务局", 2023)
    for _ in range(10):
        identify(name, 2023, Hints(site_name=name, title=name, url=name), phone=name)
