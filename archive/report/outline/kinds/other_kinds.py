"""What stands in the columns of annual reports without being one; data, no logic.

Columns of portals hold what has to do with the reports: the notices that ask for them,
infographics and explanations of them, lists and checks of them. Each kind is told by
its title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Despite(Enum):
    """What makes a report of a page although its title speaks against it."""

    NOTHING = "nothing"
    FIGURES = "figures"
    """Filled-in statutory tables."""
    BODY = "body"
    """These, or a body that reads as a report."""


@dataclass(frozen=True, slots=True)
class OtherKind:
    """A kind of page that looks like a report by its title.

    `why` says in Chinese what it is. `in_name`: the words count in front too, where an
    agency's name stands that may hold such words (年鉴社).
    """

    title: re.Pattern[str]
    why: str
    despite: Despite = Despite.FIGURES
    in_name: bool = False


_REPORT = r"(?:年度(?:工作)?报告|年报)"
_OF_A_REPORT = rf"{_REPORT}[》”]?"

# e.g. "一图读懂2023年度报告", "年报H5"
_PICTURE = re.compile("图解|一图读懂|一图看懂|图说|长图|数说|动漫|[Hh]5|海报")

# Other reports that agencies owe each year.
_OTHER_REPORTS = "|".join((
    *("网站(?:工作|监管)?年度(?:工作)?报[表告]", "网站工作报表", "法治政府建设"),
    *("部门[预决]算", "行政执法.{0,8}(?:年报|年度|统计)", "财政年报", "统计年鉴"),
    *("年鉴", "统计公报", "企业年(?:度报告|报)", "事业单位法人年度报告", "依法行政"),
    *("生态环境(?:状况|质量)", "环境质量", "社会责任报告", "政府工作报告"),
    *("绩效(?:评价|自评)", "质量报告", "可持续发展报告", "信用建设"),
    *("行政复议.{0,6}(?:年度|年报)(?!.*公开)", "述职"),
))  # fmt: skip
# e.g. "政府网站年度工作报表", "2023年法治政府建设年度报告", "政府工作报告"
# not "政府信息公开工作年度报告"
_OTHER_REPORT = re.compile(_OTHER_REPORTS)

# e.g. "第一季度", "上半年政务公开工作报告", "3月份信息公开月报"
# not "2023年度报告"
_PART_OF_A_YEAR = re.compile(
    r"(?:第?[一二三四1-4]|各)季度|[上下]半年|半年(?:度|工作)"
    r"|\d月份?(?:政府|政务|信息)|月报"
)

# e.g. "《2023年度报告》解读", "解读2023年政府信息公开年报", "政策解读"
# not "年度报告"
_EXPLANATION = re.compile(
    rf"{_OF_A_REPORT}.{{0,6}}解读|解读.{{0,30}}{_REPORT}|^(?:政策)?解读|解读$"
)

# e.g. "年度报告编制说明", "年报的有关情况说明"
# not "年度报告说明会"
_NOTE = re.compile(rf"{_OF_A_REPORT}(?:的|编制|有关|相关|情况){{0,3}}说明(?!会)")

# The form itself: 政府信息公开工作年度报告格式 of the 国务院办公厅.
_SAMPLE = "(?:范文|模板|范本|样本)"
_REPORTED = "(?:报告|年报|总结)"
# And what sites for clerks sell, to be filled in.
# e.g. "政府信息公开工作年度报告格式", "关于印发格式的通知", "年度工作报告范文"
# not "年度报告", "示例市模范文明办"
_EMPTY_FORM = re.compile(
    rf"{_REPORT}.{{0,6}}格式|格式的通知|{_REPORTED}.{{0,6}}{_SAMPLE}"
    rf"|{_SAMPLE}(?:\d*篇)?$"
)

_CHECKED = "评查|检查|抽查|评估|点评|审核|考核|测评|反馈|整改"
_RESULTS = "第三方评估|考核结果|评估结果|测评结果|考评结果"
# e.g. "年度报告审核意见", "政务公开第三方评估结果", "考核情况通报"
# not "2023年度报告"
_CHECK = re.compile(
    rf"{_OF_A_REPORT}.{{0,8}}(?:{_CHECKED})"
    rf"|(?:公开|年报|报告).{{0,12}}(?:{_RESULTS})"
    r"|(?:考核|评估|检查).{0,10}(?:通报|公示)"
)

# e.g. "工作情况的通报", "关于年报的通报"
# not "通报表扬"
_CIRCULAR = re.compile(r"情况(?:的)?通报|的通报$")

# e.g. "年度报告制度", "政府信息公开考核办法"
# not "年度报告"
_RULE = re.compile(
    rf"{_OF_A_REPORT}.{{0,4}}(?:制度|规范|指引|办法)|考核办法|实施细则|管理规定$"
)

_ASKED_FOR = "做好|编制|编写|编报|报送|上报|开展|组织|规范"
_NOTICES = "通知|函|提示|公告|工作提醒"
# Notices that ask for reports; 关于…年度报告的通知 may be the report's own cover.
# e.g. "关于做好2023年度报告编制工作的通知", "关于报送年报的函（第二次）"
# not "关于公布年度报告的通知"
_NOTICE = re.compile(
    rf"(?:{_ASKED_FOR}).{{0,60}}(?:{_NOTICES})(?:（.{{1,20}}）)?$"
    r"|(?<!报告)(?<!报告》)(?<!年报)(?:的|工作)通知$"
)

_MEETINGS = "培训|说明|推进|部署|座谈|调度|新闻发布"
_EVENTS = "召开|举办|启动|部署|晒出|圆满完成|顺利完成|全面完成|按时完成"
# e.g. "年度报告编制培训会", "我市圆满完成政府信息公开年度报告"
# not "年度报告"
_NEWS = re.compile(
    rf"{_REPORT}(?:编制|发布)?(?:工作)?(?:{_MEETINGS})会"
    rf"|(?:{_EVENTS}).{{0,30}}{_REPORT}"
)

_HOW_PUBLISHED = "全部|均|已|正式|全文|集中"
_PUBLISHED = "发布|公布|出炉|上线|公开|编制完成"
# That reports have come out. A page so called often holds the report itself.
# e.g. "市政府公布2023年度报告", "2023年度报告全部公开", "《年度报告》的公示"
# not "政府信息公开工作年度报告"
_PUBLICATION = re.compile(
    rf"(?:发布|公布|(?<![息务])公开(?!工作)).{{0,40}}{_REPORT}$"
    rf"|{_OF_A_REPORT}(?:{_HOW_PUBLISHED})*(?:{_PUBLISHED})"
    rf"|{_OF_A_REPORT}的?(?:公示|公告|函|通知)$"
)

# e.g. "关于年报的批复", "征求意见", "关于提出意见的函"
# not "年度报告"
_CORRESPONDENCE = re.compile(
    r"征求意见|(?:问题|报告》?|年报)的(?:答复|批复|回复|请示|意见)$|意见的函$"
)

# e.g. "政府信息公开指南", "信息公开申请表"
# not "政府信息公开年度报告"
_GUIDE = re.compile(r"公开指南|办事指南|申请指南|申请流程|申请表")

# e.g. "政府信息公开目录", "主动公开事项清单", "标准目录"
# not "政府信息公开年度报告"
_CATALOGUE = re.compile(r"(?:公开|事项|信息)(?:基本)?目录|事项清单|实施办法|标准目录")

_SEVERAL_BODIES = "|".join((
    *("部门", "单位", "乡镇", "镇街", "街道", "县区", "区县", "县市区", "科室", "地"),
    "级",
))  # fmt: skip
# e.g. "2023年度报告汇总", "各部门政府信息公开年报", "年报统计表"
# not "政府信息公开年度报告"
_COLLECTION = re.compile(
    rf"汇总|汇编|合集|选编|专题|{_REPORT}(?:列表|目录|专栏|链接)"
    rf"|各(?:{_SEVERAL_BODIES}).{{0,20}}{_REPORT}|{_REPORT}统计表"
)

_PLANS = "|".join((
    *("工作要点", "工作总结(?!报告)", "工作方案", "实施方案", "工作计划", "工作安排"),
    "第三方评估",
))  # fmt: skip
# e.g. "政务公开工作要点", "政务公开工作总结"
# not "政府信息公开工作总结报告"
_PLAN = re.compile(_PLANS)

# e.g. "自查情况报告", "整改报告"
# not "年度报告"
_SELF_CHECK = re.compile(r"自查(?:情况)?报告|整改(?:情况)?报告|调研报告")


# The first that fits decides.
OTHER_KINDS: tuple[OtherKind, ...] = (
    OtherKind(
        _PICTURE,
        "这是年度报告的图解，不是年度报告本身",
        Despite.NOTHING,
        in_name=True,
    ),
    OtherKind(
        _OTHER_REPORT,
        "这是其他种类的年度报告或报表，不是政府信息公开工作年度报告",
        Despite.NOTHING,
    ),
    OtherKind(
        _PART_OF_A_YEAR,
        "这是季度、半年或月度的信息公开工作材料，不是年度报告",
        Despite.NOTHING,
        in_name=True,
    ),
    OtherKind(_EXPLANATION, "这是对年度报告的解读，不是年度报告本身", in_name=True),
    OtherKind(_NOTE, "这是关于年度报告的说明，不是年度报告本身"),
    OtherKind(_EMPTY_FORM, "这是年度报告的格式文本，不是某机关的年度报告"),
    OtherKind(_CHECK, "这是对年度报告或公开工作的检查、考核或评估，不是年度报告"),
    OtherKind(_CIRCULAR, "这是关于公开工作的通报，不是年度报告"),
    OtherKind(_RULE, "这是关于年度报告的规定，不是年度报告"),
    OtherKind(_NOTICE, "这是关于编制、报送或发布年度报告的通知，不是年度报告"),
    OtherKind(_NEWS, "这是关于年度报告的消息，不是年度报告本身"),
    OtherKind(
        _PUBLICATION,
        "这是发布年度报告的消息或公告，不是年度报告本身",
        Despite.BODY,
    ),
    OtherKind(_CORRESPONDENCE, "这是关于年度报告的往来公文，不是年度报告"),
    OtherKind(_GUIDE, "这是政府信息公开指南或申请须知，不是年度报告"),
    OtherKind(_CATALOGUE, "这是政府信息公开目录或清单，不是年度报告"),
    OtherKind(
        _COLLECTION,
        "这是多个机关年度报告的汇总页，不是某机关的年度报告",
        in_name=True,
    ),
    OtherKind(_PLAN, "这是政务公开工作的计划、总结或方案，不是年度报告"),
    OtherKind(_SELF_CHECK, "这是自查、整改或调研材料，不是年度报告"),
)
