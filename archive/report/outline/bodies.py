"""What can be the name of a body, and what is prose that ends like one. Pure.

门户网站 ends in 站 as 边检站 does, and the last line of a report may be a piece of a
sentence: 联合市公安局, 二是在门户网站. A name that is no body's is a wrong fact: where
the words of a sentence stand in it, it is none.
"""

from __future__ import annotations

import re

_UNION = "委|委员|联合|[协工学商总侨善]|基金|十字|理事|促进|研究"
_DIVISION = "第[一二三四五六七八九十]{1,2}"
# How the names of bodies end that file reports.
AGENCY_END = "|".join((
    *("局", "委", "委员会", "办公室", "办", "厅", "院", "署", "社", "馆", "庭", "处"),
    *("所", "队", "站", f"(?:{_UNION})会", "部", "政府", "街道", "街道办事处"),
    *("办事处", "镇", "乡", "苏木", "中心", "管委会", "开发区", "园区", "新区", "县"),
    *("区", "市", "省", "旗", "盟", "自治区", "自治州", "自治县", "州", "集团", "公司"),
    *("学校", "中学", "小学", "大学", "学院", "医院", "银行", "分行", "支行", "党校"),
    *("分校", "残联"),
    *("妇联", "文联", "侨联", "工商联", "社科联", "科协", "供销社", "电视台", "地震台"),
    *("气象台", "电台", "党组", "总队", "支队", "大队", "海关", "监狱", "幼儿园"),
    *("林场", "农场", "牧场", "机场", "水厂", "国家公园", "兵团", f"{_DIVISION}师"),
))  # fmt: skip

_COUNTED = "[一二三四五六七八九十]是|其[一二三四五]|首先|其次|再次|最后|第[一二三]，"
_TIMES = (
    "同时|此外|另外|目前|其中|今年|去年|全年|本年|下一步|近年|截至|年内|每年|一方面"
)
_DEEDS = "|".join((
    *("现[将就予]", "通过", "依托", "按照", "根据", "依据", "关于", "围绕", "针对"),
    *("结合", "公开"),
    *("配合", "协助", "组织(?!部)", "积极", "主动", "做好", "推进", "推动", "加强"),
    *("加大", "开展", "进一步", "抄送", "抄报", "主送", "报送", "印发", "转发", "走进"),
    *("深入", "移送", "接受", "交由", "委托", "利用", "借助", "对接", "指导", "督促"),
    *("邀请", "参加", "参与", "联系", "详见", "以上", "未经", "属于", "来自", "转载"),
    *("联合(?![镇乡街村大])", "会同(?!县)", "统筹(?!城乡)", "协调(?!小组|委)", "及时"),
))  # fmt: skip
# A preposition is told by what follows: 将乐县, 从江县 and 和县 are counties.
_PREPOSITIONS = (
    "[将把对与由从到被向及或并至请让使在以于](?:[省市区县]|全|各|相关|有关|上级)"
)
_OURS = "[局委办厅院县区市镇乡]"
# How a line begins that is no name.
# e.g. "二是在门户网站", "联合市公安局", "由市商务局", "（一）主动公开", "3.", "本局"
# not "联合镇人民政府", "将乐县人民政府", "会同县人民政府", "示例市商务局"
_BEGINS_AS_PROSE = re.compile(
    rf"^(?:{_COUNTED}|{_TIMES}|{_DEEDS}|{_PREPOSITIONS}|[我本]{_OURS}"
    r"|[我本](?:街道|机关|单位|部门|行政机关)|（?[一二三四五六七八九十\d]+[）、.])"
)
_VERBS = "|".join((
    *("[的了您们在]", "进行", "召开", "举办", "设立", "设置", "开设", "建立", "覆盖"),
    *("打造", "完善", "优化(?!营商|发展|经济)", "确保", "落实(?!政策)", "及其", "以及"),
    *("等部门", "各部门", "各单位", "按时", "有关", "相关", "负责", "不断", "已经"),
    *("均由", "分别", "并由", "通过", "依托", "一步", "提交", "提出", "发布于"),
    *("公众号", "微信", "微博", "面向", "报送", "抄送", "印发"),
))  # fmt: skip
# Words of a sentence, which no name has in it.
# e.g. "在门户网站", "联系市商务局的", "市直各局"
# not "示例市商务局", "示例市优化营商环境局"
_HAS_PROSE = re.compile(f"{_VERBS}|[我该各]{_OURS}")
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
# not "示例边检站", "示例市人民政府", "示例市万全区"
_ENDS_AS_NONE = re.compile(f"(?<!万)(?:{_NO_ENDS})$")
_PUBLIC_PLACES = "|".join((
    *("档案馆", "图书馆", "政务服务中心", "行政服务中心", "便民服务中心", "文化馆"),
    *("融媒体中心", "服务中心", "政务中心", "查阅中心", "信息中心"),
))  # fmt: skip
# Where the public can read what is disclosed: the end of such a list, not a signature.
# e.g. "市档案馆", "公共图书馆", "政务服务中心"
# not "示例市档案馆"
_PUBLIC_PLACE = re.compile(f"^[省市县区镇乡]?(?:级|公共)?(?:{_PUBLIC_PLACES})$")

_BETS = "|".join((
    *("凯发", "亚博", "博彩", "百家乐", "娱乐城", "娱乐场", "赌", "乐鱼", "华体会"),
    *("必威", "万博体育", "葡京", "威尼斯人", "真人娱乐", "棋牌", "开云体育"),
    *("体育投注", "国际登录", "官网登录", "登录入口", "注册登录", "官方网址"),
    *("下载安装", "六合彩"),
))  # fmt: skip
# What broken-into sites write into titles, so that search engines show it.
# e.g. "pa凯发国际登录", "百家乐"
# not "示例市福利彩票发行中心"
BETS = re.compile(_BETS)
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
