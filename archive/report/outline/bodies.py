"""What can be the name of a body, and what is prose that ends like one. Pure.

门户网站 ends in 站 as 边检站 does, and the last line of a report may be a piece of a
sentence: 联合市公安局, 二是在门户网站. A name that is no body's is a wrong fact: where
the words of a sentence stand in it, it is none.
"""

from __future__ import annotations

import re

_UNION = "委|委员|联合|[协工学商总侨善]|基金|十字|理事|促进|研究"
_DIVISION = r"第(?:[一二三四五六七八九十]{1,2}|\d{1,2})"
# How the names of bodies end that file reports.
AGENCY_END = "|".join((
    *("局", "委", "办公室", "办", "厅", "院", "署", "社", "馆", "庭", "处", "所", "队"),
    *("站", f"(?:{_UNION})会", "部", "政府", "街道", "办事处", "镇", "乡", "苏木"),
    *("中心", "县", "区", "市", "省", "旗", "盟", "州", "集团", "公司", "学校", "中学"),
    *("小学", "大学", "银行", "分行", "支行", "党校", "分校", "残联", "妇联", "文联"),
    *("侨联", "工商联", "社科联", "科协", "电视台", "地震台", "气象台", "电台"),
    *("党组", "海关", "监狱", "幼儿园", "林场", "农场", "牧场", "机场", "水厂"),
    *("国家公园", "兵团", f"{_DIVISION}师"),
))  # fmt: skip

# What is counted, where it stands behind a number: no name has it so.
_COUNTS = "年月日号届批期条项轮次页季章节个件人名份家篇起元万处所位户余多"
# 办理12345热线: what is done with a line of service.
_DONE_WITH = "理结到过打接由听办"
_SERVICE_LINES = r"1[12]\d|12\d{3}|9[56]\d{3}"
_NUMBERED_KINDS = "|".join((
    *("师", "团", "中学", "中(?![心央小])", "小学", "幼儿园", "医院", "水厂", "厂"),
    *("号院", "年一贯制", "大队", "地质队", "队(?!伍)", "研究所", "矿"),
))  # fmt: skip
NUMBER_IN_NAME = (
    rf"(?:(?<=第)\d{{1,4}}(?![\d{_COUNTS}])"
    rf"|(?<![\d{_DONE_WITH}])(?:{_SERVICE_LINES})(?=[\u4e00-\u9fff])(?![{_COUNTS}])"
    rf"|(?<=[\u4e00-\u9fff])\d{{1,3}}(?={_NUMBERED_KINDS}))"
)
"""Digits that belong to the name of a body.

第12师, 120急救中心, 12345政务服务中心, 示例市3中. But no count: 第12批, 120个.
"""
_NUMERAL = "[一二三四五六七八九]"
# 一〇一医院: the zero is no Chinese character, and dates have it as well.
_ZERO = f"(?<={_NUMERAL})〇(?={_NUMERAL}(?:医院|厂|所|大队|地质))"
NAME_SIGN = rf"(?:[\u4e00-\u9fff（）·、]|{NUMBER_IN_NAME}|{_ZERO})"
"""One sign of the name of a body, or a number in it."""

_COUNTED = "[一二三四五六七八九十]是|其[一二三四五]|首先|其次|再次|最后|第[一二三]，"
_TIMES = (
    "同时|此外|另外|目前|其中|今年|去年|全年|本年|下一步|近年|截至|年内|每年|一方面"
)
# What is done, and what is done with another body.
_DEEDS = "|".join((
    *("公开", "配合", "协助", "组织(?!部)", "积极", "主动", "做好", "推进", "推动"),
    *("加强", "加大", "开展", "进一步", "及时", "抄送", "抄报", "主送", "报送", "印发"),
    *("转发", "走进", "深入", "移送", "接受", "交由", "委托", "利用", "借助", "对接"),
    *("指导", "督促", "邀请", "参加", "参与", "联系", "详见", "以上", "未经", "属于"),
    *("来自", "转载", "联合(?![镇乡街村大])", "统筹(?!城乡)", "协调(?!小组|委)"),
    *("呈报", "上报", "报[经请]", "[转移送]交", "[提商]请", "来函", "致函", "函询"),
    *("送达", "收到", "接到", "受到", "答复", "回复", "告知", "咨询", "报告"),
    *("再由", "并向", "统一由", "直接", "现[将就予]"),
))  # fmt: skip
# Prepositions that no name begins with.
_PREPOSITIONS = "|".join((
    *("[依按遵参比对]照", "[依根]据", "[关对至基鉴]于", "[会随连协]同(?!县)"),
    *("经[由过]", "通过", "依托", "围绕", "针对", "结合", "为了", "因为", "自从"),
    *("朝着", "截[至止]", "或者", "作为", "成为", "例如", "比如(?!县)", "包括"),
    "涉及",
))  # fmt: skip
# Other bodies than one.
_OTHERS = "各|其[他余]|上级|[所下]属|代表"
# No place is called by these; but for some towns (对青山镇) no body's name begins so.
_NEVER_NAMES = "[由与被把请给](?!.{1,3}[镇乡街])"
# Prepositions and verbs of one sign, with which names begin as well (将乐县, 从江县,
# 同心县): what follows tells.
_LEADING = (
    "[将把对与由从到被向及或并至请让使在以于经同和为含如即据按报交转会除因凭依而则且"
    "呈商询受凡当自若距朝往跟比较像似归属随代替用拿靠沿令叫派送致函给]"
)
# Counties and zones of which the rest reads like a place of its own.
_NAMED_SO = "和(?:县|布克|林格尔|田)|[随代]县|自(?:流井|贸|由贸)|若尔盖|让胡路"
# 经市商务局: a writer leaves out the name of his own city.
_OUR_AREA = "省|市(?![镇乡街])|[区县]|全|各|相关|有关|上级"
_OF_NO_PLACE = "地社小园发验范展护新作矿林济"
# 和平区 and 于洪区 are districts; of 和示例区 the rest is a whole place.
_WHOLE_PLACE = f"[^省市县区州盟旗]{{2,3}}(?:[省市县州盟旗]|(?<![{_OF_NO_PLACE}])区)"
_LED_TO = f"(?!{_NAMED_SO}){_LEADING}(?:{_OUR_AREA}|{_WHOLE_PLACE})"
_OURS = "[局委办厅院县区市镇乡]"
# How a line begins that is no name.
# e.g. "二是在门户网站", "联合市公安局", "由市商务局", "（一）主动公开", "3.", "本局"
# e.g. "由示例市公安局", "和示例区公安局", "依照示例市商务局"
# not "联合镇人民政府", "将乐县人民政府", "会同县人民政府", "示例市商务局"
# not "和平区商务局", "同心县人民政府", "让胡路区商务局", "和田地区行政公署"
_BEGINS_AS_PROSE = re.compile(
    rf"^(?:{_COUNTED}|{_TIMES}|{_DEEDS}|{_PREPOSITIONS}|{_OTHERS}|[我本]{_OURS}"
    rf"|{_NEVER_NAMES}|{_LED_TO}"
    r"|[我本](?:街道|机关|单位|部门|行政机关)|（?[一二三四五六七八九十\d]+[）、.])"
)
_VERBS = "|".join((
    *("[的了您在]", "(?<!图)们", "进行", "召开", "举办", "设立", "设置", "开设"),
    *("建立", "覆盖"),
    *("打造", "完善", "优化(?!营商|发展|经济)", "确保", "落实(?!政策)", "及其", "以及"),
    *("等部门", "各部门", "各单位", "按时", "有关", "相关", "负责", "不断", "已经"),
    *("均由", "分别", "并由", "通过", "依托", "一步", "提交", "提出", "发布于"),
    *("公众号", "微信", "微博", "面向", "报送", "抄送", "印发"),
))  # fmt: skip
# Words of a sentence, which no name has in it.
# e.g. "在门户网站", "联系市商务局的", "市直各局"
# not "示例市商务局", "示例市优化营商环境局", "下各镇人民政府"
_HAS_PROSE = re.compile(f"{_VERBS}|[我该]{_OURS}|(?<!下)各{_OURS}")
_KINDS_OF_GOVERNMENT = "(?:型|数字|法治|阳光|透明|责任|廉洁|效能|满意)政府"
_KINDS_OF_CITY = (
    "(?:[型级性化]|文明|智慧|卫生|园林|宜居)城市|(?:示范|先进|百强|试点)[县市]"
)
_NO_ENDS = "|".join((
    *("网站", "[大餐]厅", "[全内干局外]部", "[用之好益随]处", "[场厕]所", "[团排]队"),
    *("[布格结全]局", "[承举转申主]办", "家庭", "为中心", "[全辖小]区", "全[省市县]"),
    *("上级", _KINDS_OF_GOVERNMENT, _KINDS_OF_CITY),
))  # fmt: skip
# What ends as a body does and is none.
# e.g. "示例市门户网站", "服务型政府", "政务大厅", "惠及全市", "智慧城市"
# not "示例边检站", "示例市人民政府", "示例市万全区", "天全县"
_ENDS_AS_NONE = re.compile(f"(?<![万天])(?:{_NO_ENDS})$")
_PUBLIC_PLACES = "|".join((
    *("档案馆", "图书馆", "政务服务中心", "行政服务中心", "便民服务中心", "文化馆"),
    *("融媒体中心", "服务中心", "政务中心", "查阅中心", "信息中心"),
    *("新闻中心", "资讯中心", "下载中心", "互动中心", "数据中心", "帮助中心"),
    *("会员中心", "用户中心", "个人中心", "公告中心"),
))  # fmt: skip
# Where the public can read what is disclosed: the end of such a list, not a signature.
# And the columns of a site.
# e.g. "市档案馆", "公共图书馆", "政务服务中心", "新闻中心"
# not "示例市档案馆"
_PUBLIC_PLACE = re.compile(f"^[省市县区镇乡]?(?:级|公共)?(?:{_PUBLIC_PLACES})$")

_HOUSES = "|".join((
    *("凯发", "亚博", "博彩", "百家乐", "娱乐城", "娱乐场", "乐鱼", "华体会"),
    *("必威", "万博体育", "葡京", "威尼斯人", "真人娱乐", "开云体育", "开云（中国"),
    *("体育娱乐", "娱乐官网", "体育官网", "金沙娱乐", "九游会", "米乐", "尊龙凯时"),
    *("[bB]et365", "皇冠体育", "米兰体育", "爱游戏", "星空体育", "半岛体育", "leyu"),
    *("[kK]aiyun", "beplay", "betway", "澳门金沙", "金沙官网"),
    *("体育投注", "国际登录", "官网登录", "登录入口", "注册登录", "官方网址"),
    "六合彩",
))  # fmt: skip
_BETS = f"{_HOUSES}|赌|棋牌|下载安装"
# What broken-into sites write into titles, so that search engines show it.
# e.g. "pa凯发国际登录", "百家乐"
# not "示例市福利彩票发行中心"
BETS = re.compile(_BETS)
_BEHIND_A_BET = "|".join((
    *("官方", "官网", "网站", "网址", "平台", "登[录陆]", "入口", "注册", "首页"),
    *("下载", "手机版", "最新版?", "体育", "娱乐场?", "国际", "在线", "人生就是博"),
    *(r"[a-zA-Z]\d{0,3}", "（中国）?|中国）?(?=官|[a-zA-Z-])"),
    "[-_|—–丨·、，：（）】》]",
))  # fmt: skip
_MANY_BETS = f"(?:{_HOUSES})(?:{_HOUSES}|{_BEHIND_A_BET}){{0,20}}"
# The same before a title, with what they are called: 澳门威尼斯人官网-.
# e.g. "澳门威尼斯人官网-", "pa凯发国际登录_"
# not "示例市商务局"
BETS_BEFORE = re.compile(rf"^[^-_|—–丨，。]{{0,20}}?{_MANY_BETS}")
# The same behind a name, up to its year.
# e.g. "-澳门威尼斯人2023年", "_pa凯发国际登录政府信息公开"
# not "-2023年"
BETS_WITHIN = re.compile(
    rf"[-_|—–丨·][^-_|—–丨，。\d]{{0,20}}?{_MANY_BETS}(?=\d{{4}}年|政府信息|政务|信息公开)"
)
_DOMAINS = "|".join(("com", "cn", "net", "org", "cc", "top", "xyz", "vip", "info"))
_LETTERS = "[A-Za-z0-9-]{1,63}"
# e.g. "puroview.com", "http：//www.shili.gov.cn/zwgk/", "www.a.cn"
# not "report.2023", "示例市"
ADDRESS = re.compile(
    rf"(?:https?[:：]//)?(?:{_LETTERS}\.){{1,5}}"
    rf"(?:{_DOMAINS})(?![A-Za-z0-9])"
    r"(?:/[A-Za-z0-9_./?=&%-]{0,200})?"
)
# e.g. "com", ".", "：", "/"
# not "示例市CBD管委会"
_NO_PART_OF_NAME = re.compile(r"[.@：:/\\=，。；！？]|www|http|com(?![a-z])")


def is_body(name: str) -> bool:
    """Whether a text that ends as names of bodies do can be one.

    In: plain text. False for pieces of prose, kinds of places, addresses of sites and
    what was put into a page that was broken into.
    """
    if _BEGINS_AS_PROSE.match(name) or _HAS_PROSE.search(name):
        return False
    if _ENDS_AS_NONE.search(name) or _PUBLIC_PLACE.fullmatch(name):
        return False
    if BETS.search(name):
        return False
    return not _NO_PART_OF_NAME.search(name)
