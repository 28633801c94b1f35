"""The words around what a question names: what joins it to the rest, what rules it out,
what shows that it was part of another word, and what switches understanding off.
"""

from __future__ import annotations

import re
from functools import lru_cache

from archive.search.dictionary import dictionary_words
from archive.search.question.courtesy import COURTEOUS, WISHES
from archive.search.question.fields import FIELD
from archive.search.text import HAN, normal

_ANYBODY = "(?:单位|机关|部门)"
_HOW_MANY_BODIES = "多少[个家]?(?=\\S{1,8}?[局委厅办])"
_WHICH = (
    f"有?哪些{_ANYBODY}?|有(?:多少[个家]?|[几哪][几个家]+)|哪几?[个家]"
    f"|{_HOW_MANY_BODIES}|所有的?|全国"
)
_EVER = "历年|逐年|各年度?|每一?年"
_OF_YEARS = "[从自](?=[0-9]{2}|大?前年|去年|今年|$)|公元|年度?(?![^ ])"
_OR = "还是|或者?(?!许)"
_JOINING = f"{_OF_YEARS}|以及|{_OR}|和|与|及|跟|的|在|于|里|中"
# 广东省内的, 广东省内没有收到申请的; but not 内部, 内江.
_INSIDE = "(?:范围|境|辖区)?内(?=的|$|各|所有|哪|除|被|没|未|零|有|收到|申请|公开)"
_IS = "是(?:哪(?:一?[个些家位])?|谁)"
_IS_EITHER = "是(?=[^是]{2,9}还是|$)"
_CITIES = "设区市|设区的市|地级市|地州市?|地市"
_LEVELS = f"{_CITIES}|区县|县区|市县|街道|[省市县州旗镇乡]|区(?!域)"
_ONE = "[一二三四五六七八九两]"
_HOW_MANY = f"[0-9]{{2,3}}个?|[0-9]个|{_ONE}个|{_ONE}?十{_ONE}?个?"
_COMPARING = (
    "vs|pk|(?:对比(?!度|色)|比较(?![好多大高低小快慢]))(?:一下)?|相比|还有|加上"
)
# 卫健委但不要长沙: what rules out stands behind.
_BUT = "但是?(?=不要|不含|不包|除|别|排除|$)"
_BOTH = "[两三四五]地(?![块铁区点标价])"
_WHERE = f"位于|全国各地|{_BOTH}|{_COMPARING}|{_BUT}"
_ALL = "(?:所有|下属|下辖)的?(?:各个?)?"
# e.g. "各" of 四川各县教育局, "13" of 江苏13市, "十三个" of 十三个设区市
# not "各" of 各种, 各级, 各区域, "三" of 武汉三镇
_EACH = f"各个?(?={_LEVELS}|$)|(?:{_ALL}|{_HOW_MANY})(?={_LEVELS})"
_SIGNS = rf"[/+|](?<=[{HAN}].)(?=[{HAN}2]|$)|[/+|](?<=20\d\d.)(?=[{HAN}]|$)"
"""广东/公安局/2022, 广东+公安局."""
_FIRST = "^(?:(?:对比|比较)(?:一下)?|求|能否|能不能|可否)"
# e.g. "的", "在", "关于"
# not "公开"
JOINS = re.compile(
    f"{_EACH}|{_WHERE}|{WISHES}|{_WHICH}|{_EVER}|{_JOINING}|{_INSIDE}|{_IS}|{_IS_EITHER}"
    f"|{_SIGNS}|{_FIRST}"
)
# Behind what is to be listed.
# e.g. "名单", "部门"
# not "名单公示"
LISTING = re.compile(rf"(?:名单|一览|{_ANYBODY})(?=$|[\s?？。])")
# e.g. "是哪个", "哪几个", "有多少个"
# not "是", "个"
IS_WHICH = re.compile(f"(?:{_IS}|哪几?[个家]|有?(?:多少|几)[个家])的?$")
# e.g. "各", "13"
# not "在", "2003"
EACH_BEFORE = re.compile(f"(?:{_ALL}|各个?|(?<![0-9])(?:{_HOW_MANY}))$")
# What stands between a place and the one in it: 江苏省/南京市/玄武区.
# e.g. "", " ", "的", "，", " - "
# not "或"
BETWEEN = re.compile(rf"^\s*(?!{_OR})(?:{JOINS.pattern}|[-,，/>·—|_→+])?\s*$")
# e.g. "和", "以及"
# not "的"
AND = re.compile("以及|[和与及跟]|还有")
# Words for what every report is: nothing is searched for by them.
_OF_DAY = r"20\d\d年\d{1,2}月\d{1,2}日(?:发布|公布|公开|印发)?"
_BEHIND_TITLE = rf"》?(?:\({_OF_DAY}\))?(?:\.(?:pdf|docx?|html?|wps|ofd))?"
_WHERE_TO = r"[\s,，!。]*(?:在哪里?(?:[看找查]|下载)?|谢谢|多谢)"
_DISCLOSED = "(?:(?:政府)?信息公开|政务公开)?(?:工作)?"
# e.g. "年报", "的年度报告", "政府信息公开工作年度报告", "年度工作报告", "年年报",
# e.g. "年报》和", "年报 谢谢", "报告在哪看"
# not "范围"
FILLER = re.compile(
    f"(?:的|之|年)?{_DISCLOSED}(?:年度{_DISCLOSED}报告|年度|年报|报告)(?:全文|原文)?"
    f"{_BEHIND_TITLE}(?:[和与及跟]|以及|{_WHERE_TO})?"
)
# e.g. "2022", "2022年报"
# not "22", "2022年"
YEAR = re.compile("20[0-2][0-9](?=年报|年度报告|$)")
_SHORT_BODIES = "(?<=[局委办厅院处乡区])|(?<=[^城]镇)|(?<=[^全局内大干总]部)"
_BODIES = f"{_SHORT_BODIES}|(?<=中心|政府|街道|单位|部门|委会|员会|协会|工会|总会|合会)"
# The same behind what a body is called, or a word for reports.
# e.g. "管委会2022", "信息公开年报2021"
# not "教育2022", "2022"
YEAR_OF_BODY = re.compile(f"(?:{_BODIES}|(?<=年报|报告)){YEAR.pattern}")
_PARTS = "局|所|站|队|处|科|室|院|馆|校|中心|学校|公司|集团|分行|委员会"
# To handle, and no office: 信访办结率.
_HANDLING = "(?<=办)[结理公案证件]"
# A part of a body behind it, which is no body of its kind, or a word that goes on.
# e.g. "第二稽查局", "招生考试中心", "属学校"
# not "招生政策", "地址"
PART_BEHIND = re.compile(f"{_HANDLING}|[{HAN}]{{1,12}}?(?:{_PARTS})(?![{HAN}])")
# e.g. "您好,我想查询", "请问", "请问有没有"
# not "公开"
COURTESY = re.compile(rf"(?:{COURTEOUS}|[,!;:.。，！\s]|{JOINS.pattern})+")
_UNSEEN = "不想要|别要|别给我?看?|(?:别|不要|不用|不想)(?:再?给我)?看到?"
_WITHOUT = "不要|不含|不包括|不包含|不算|不计|不看|排除|剔除|去除|刨除|扣除|去掉|忽略"
_RULED_OUT = f"非|不是|{_UNSEEN}|{_WITHOUT}|除了|除开|除去(?!年)|除"
# e.g. "不要", "除了", "不含", "(不含"
# not "没有"
RULING_OUT = re.compile(rf"\(?(?:{_RULED_OUT})(?:掉)?")
# Behind these, what rules out does not: 不是不要深圳.
# e.g. "不是", "并非", "不"
# not "也"
DENIED = re.compile(f"(?:{_RULED_OUT}|并非|没有|[没不别未])$")
# e.g. "也不要", "且不含"
# not "也"
NEITHER = re.compile(rf"[也且又](?={RULING_OUT.pattern})")
# e.g. "的", "以外", "之外的", "外", ")"
# not "在"
RULED_OUT = re.compile(r"(?:(?:以外|之外|外)的?|的)\)?|\)")
# e.g. "以外", "外的", "外)", ")"
# not "的"
OUTSIDE = re.compile(r"(?:以外|之外|外)的?\)?|\)")
# What rules out even alone: 罗湖区以外, 北京除外, 2020年不算.
# e.g. "以外", "之外的", "除外", "不算"
# not "外", "不要脸"
BEYOND = re.compile(
    r"(?:以外|之外|除外)的?|的?都?(?:不要|不算|不计|不看|别看|去掉)(?:了|在内)?$"
)

# Behind 成都市, 四川省, 武侯区 these begin another word: 市民, 市区, 市委, 省级, 区域,
# 市长, 县城, 区块链, 市值, 州府.
_PEOPLE_AND_OFFICES = "民(?![政族宗])|政(?![府务])|[长委直级辖立属管]"
_PLACES = "区域间街路道村镇乡外内界容场府"
_THINGS = "值价面情块花树歌"
# e.g. "民投诉", "长江大桥", "镇人民政府"
# not "教育局", "诉讼"
OTHER_WORD = re.compile(f"{_PEOPLE_AND_OFFICES}|[{_PLACES}{_THINGS}]|城(?![乡市管])")
# What is asked in plain words about a place: 成都收到多少申请.
_OF_WHOM = "有哪些|有多少|有几个|是哪|有谁|是谁"
_WHETHER = "是否|为什么|为何|被起诉|被复议|有没有|什么|怎么"
_PLAIN = f"{_WHETHER}|年报|年度报告|报告|申请|复议|诉讼|收到|多少|哪些|哪个"
# e.g. "申请多少件", "公开了什么"
# not "公开赛"
_SUBJECT = re.compile(f"{_OF_WHOM}|{_PLAIN}|公开(?!赛|课|大学)")

_QUOTES = '"“”„＂「」『』﹁﹂﹃﹄'
_NAMES = "|".join(sorted(map(re.escape, FIELD), key=len, reverse=True))
# e.g. "“成都”", "年份:2023", "成都 OR 重庆", "(成都)", "covid*"
# not "成都 教育"
_SYNTAX = re.compile(
    rf"[{_QUOTES}()（）*＊]|(?:{_NAMES})[:：]|(?:^|\s)(?:OR|NOT|或)(?=\s|$)",
    re.IGNORECASE,
)
_OUT_OF_IT = f"(?:{_WITHOUT}|除了?)[^()（）]{{2,20}}"
_IN_BRACKETS = r"20\d\d(?:年度?)?(?:\s?[-—–~～至到]\s?20\d\d(?:年度?)?)?|不?含"
_OUT_IN_BRACKETS = (
    rf"[(（](?:{_RULED_OUT})(?:20\d\d|[去前今]年|[{HAN}]{{1,8}}?[省市区县州盟局委厅])"
    r"[^()（）]{0,12}[)）]"
)
# What is to be ruled out in brackets.
# e.g. "(不含2020年)", "(除武汉市)"
# not "(不含税)"
OUT_IN_BRACKETS = re.compile(_OUT_IN_BRACKETS)
# Brackets and quotation marks in which things are just written so.
# e.g. "（2022年度）", "(不含)", "（不含宁波）", "（2020年1月20日发布）"
# e.g. "“十四五”期间武汉"
# not "（试行）", "“十四五规划”"
_JUST_WRITTEN = re.compile(
    rf"{_OUT_IN_BRACKETS}|[(（](?:{_IN_BRACKETS}|{_OF_DAY})[)）](?![0-9第]|\S*[0-9]号)"
    rf"|[(（]{_OUT_OF_IT}[)）]"
    rf"|[{_QUOTES}]十[二三四五]五[{_QUOTES}](?=(?:期间|时期|以来).)"
)
# What is ruled out together, one behind the other: 除了北京、上海以外的教委.
# e.g. "除北京、上海外", "不含广州、深圳、珠海"
# not "北京、上海", "除"
_LISTED = re.compile(rf"(?:{RULING_OUT.pattern})[^\s,，。;；]*、\S*")
_NONE: tuple[str, ...] = ()
LONGEST = 100
_LONGEST_RUN = 36
"""Signs without a blank: what is longer is a sentence, pasted from a report."""
# e.g. "成都市武侯区教育局2023年年报"
# not " "
_RUN = re.compile(r"\S+")


def is_literal(text: str) -> bool:
    """Whether a question is to be searched for as it stands: it uses the syntax, or is
    a passage.
    """
    if len(text) > LONGEST:
        return True
    plain = _JUST_WRITTEN.sub(" ", text)
    if _SYNTAX.search(plain):
        return True
    longest_run = max(map(len, _RUN.findall(plain)), default=0)
    return longest_run > _LONGEST_RUN


def begins_subject(text: str, at: int) -> bool:
    """Whether a term of the statute or of the reports begins here, so that a word just
    before it stands for itself: 成都 in 成都行政诉讼, but not in 成都路.
    """
    if _SUBJECT.match(text, at):
        return True
    terms = _terms()
    beginning = text[at : at + 2]
    return text.startswith(terms.get(beginning, _NONE), at)


@lru_cache(maxsize=1)
def _terms() -> dict[str, tuple[str, ...]]:
    """The first two signs of a term → the terms that begin so."""
    found: dict[str, tuple[str, ...]] = {}
    for word in dictionary_words():
        term = normal(word)
        beginning = term[:2]
        found[beginning] = (*found.get(beginning, ()), term)
    found.pop("", None)
    return found


def ruled_out_together(text: str) -> str:
    """A text whose lists of what is ruled out are one token: 除北京、上海以外."""
    if "、" not in text:
        return text
    return _LISTED.sub(lambda listed: listed[0].replace("、", "和"), text)
