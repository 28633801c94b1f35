"""Bodies of the state as such: ministries, and their branches in the provinces.

国家税务总局攀枝花市西区税务局 names the body before the place, 成都海关 behind the bare
stem of it, and 财政部四川监管局 both ways.
"""

from __future__ import annotations

import re

# 国家… and 中国… that keep branches all over the country.
_STATE_BODIES = "|".join((
    *("税务总局", "统计局", "金融监督管理总局", "能源局", "外汇管理局"),
    *("粮食和物资储备局", "矿山安全监察局", "煤矿安全监察局", "铁路局", "邮政局"),
    *("林业和草原局", "海洋局", "烟草专卖局"),
))  # fmt: skip
_CHINESE_BODIES = "|".join((
    *("人民银行", "银行保险监督管理委员会", "银行业监督管理委员会"),
    *("保险监督管理委员会", "证券监督管理委员会", "银保监会", "证监会"),
    *("气象局", "地震局", "民用航空局"),
))  # fmt: skip
# Ministries with branches; 财政部门 and 水利部队 are not theirs.
_BRANCHING_MINISTRIES = "|".join((
    *("财政", "生态环境", "交通运输", "自然资源", "水利", "农业农村", "工业和信息化"),
))  # fmt: skip
# A national body in front of the place of its branch.
# e.g. "国家税务总局攀枝花市税务局", "审计署驻成都特派员办事处", "财政部四川监管局"
# not "财政部门", "国家级高新区", "攀枝花市财政局"
NATIONAL = re.compile(
    rf"^(?:国务院|国家(?:{_STATE_BODIES})|中国(?:{_CHINESE_BODIES})"
    r"|海关总署|审计署|中华人民共和国|中国民用航空(?!局)"
    rf"|(?:{_BRANCHING_MINISTRIES})部(?!门|队|办公)|教育部(?=直属))驻?"
)

# Ministries under the names they have had since 2008.
_MINISTRIES = "|".join((
    *("外交", "国防", "教育", "科技", "科学技术", "工业和信息化", "公安", "国家安全"),
    *("民政", "司法", "财政", "人力资源和?社会保障", "自然资源", "国土资源"),
    *("生态环境", "环境保护", "住房和?城乡建设", "交通运输", "交通", "铁道", "水利"),
    *("农业农村", "农业", "商务", "文化和旅游", "文化", "卫生", "退役军人事务"),
    *("应急管理", "监察", "建设", "信息产业", "劳动和社会保障", "人事"),
))  # fmt: skip
_STATE_OFFICES = "局|总局|委员会|总署|署|办公室|中心"
# A name that is a national body's and nothing else's.
# e.g. "外交部", "教育部办公厅", "国家能源局", "国务院办公厅", "中国人民银行"
# not "商务局", "党委宣传部", "国家省级档案馆"
MINISTRY = re.compile(
    rf"^(?:{_MINISTRIES})部(?:办公厅)?$"
    rf"|^国家[^省市县]{{2,16}}(?:{_STATE_OFFICES})$"
    r"|^国务院|^(?:海关总署|审计署|中国人民银行)"
)

_PARTS_OF_THE_COUNTRY = "华北|华东|华中|华南|东北|西北|西南|中南"
_RIVERS = "长江|黄河|珠江|淮河|海河|太湖|松辽"
# A branch for several provinces is below its ministry, and of no division's level.
# e.g. "中国民用航空西南地区管理局", "水利部黄河水利委员会", "国家能源局华北监管局"
# not "国家能源局", "中国民用航空局"
REGIONAL = re.compile(f"(?:{_PARTS_OF_THE_COUNTRY}|{_RIVERS})")

_BRANCH_WORDS = "|".join((
    *("海关", "证监局", "海事局", "银保监局", "银保监分局", "银监局", "银监分局"),
    *("保监局", "监管局", "监管分局", "金融监管局", "通信管理局", "邮政管理局"),
    *("出入境检验检疫局", "调查总?队", "专员办", "铁路局", "民航"),
))  # fmt: skip
# A branch behind a place that is named by its stem: 成都海关, 吉林调查总队.
# e.g. "海关", "调查总队", "监管分局"
# not "商务局", "市场监管局"
VERTICAL = re.compile(rf"^(?:{_BRANCH_WORDS})")

_AT_PROVINCES = "|".join((
    *("监管局", "证监局", "银保监局", "银监局", "保监局", "通信管理局"),
    *("调查总队", "专员办(?:事处)?"),
))  # fmt: skip
# What such branches are called at the province, the prefecture and the county; the
# index is the rank of the place.
# e.g. "监管局", "专员办事处", "中心支行", "支局", "调查队"
# not "税务局"
BRANCHES = (
    re.compile(rf"(?:{_AT_PROVINCES})$|^局$"),
    re.compile(r"(?:分局|调查队|中心支行|分行)$"),
    re.compile(r"(?:支局|支行|监管组|调查队)$"),
)
