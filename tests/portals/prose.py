"""The running text of the sample reports: chosen per agency and year, numbers taken
from the figures.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from tests.portals.agencies import SampleAgency
from tests.portals.figures import Value, form_of

BANNER = "本页为示例数据，不代表任何真实机关"


@dataclass(frozen=True, slots=True)
class Stated:
    """Numbers that the text states; a deliberate contradiction changes them here and
    not in the tables.
    """

    proactive_total: int
    breakdown: tuple[tuple[str, int], ...]
    applications_received: int
    carried_in: int
    carried_out: int
    reviews: int
    lawsuits: int
    fee: int


def stated(agency: SampleAgency, year: int, figures: dict[str, Value]) -> Stated:
    """The numbers of the text that agree with the tables; the breakdown adds up to the
    total.
    """
    chance = random.Random(f"{agency.slug}/{year}/stated")
    labels = chance.sample(
        (
            "工作动态",
            "政策文件",
            "政策解读",
            "财政信息",
            "人事信息",
            "重点领域信息",
            "办事服务信息",
        ),
        4,
    )
    parts = tuple(
        (label, chance.randint(agency.disclosed // 20, agency.disclosed // 4))
        for label in labels
    )
    return Stated(
        proactive_total=sum(count for _, count in parts),
        breakdown=parts,
        applications_received=int(figures["requests.new.total"]),
        carried_in=int(figures["requests.carried_in.total"]),
        carried_out=int(figures["requests.carried_out.total"]),
        reviews=int(figures["review.total"]),
        lawsuits=int(figures["litigation_direct.total"])
        + int(figures["litigation_after_review.total"]),
        fee=chance.choice((0, 0, 0, 0, 120, 365)),
    )


_OPENINGS = (
    "{year}年，{short}坚持以公开为常态、不公开为例外，把信息公开贯穿于决策、"
    "执行、管理、服务和结果的全过程。",
    "{year}年，{short}对照年度政务公开任务清单，逐项明确责任科室和完成时限，"
    "各项公开工作平稳有序。",
    "一年来，{short}紧盯群众和企业关心的事项，做到应公开的及时公开、"
    "能解读的同步解读、有疑问的认真回应。",
    "{year}年，{short}结合机关职责，持续规范公开内容和公开程序，"
    "公众获取信息的便利程度继续改善。",
)
_MANAGEMENT = (
    "落实公开属性源头认定，公文起草时即注明公开类型并说明理由；"
    "全年组织文件清理{n}次，对已公开信息开展隐私与保密“回头看”。",
    "修订信息发布审核办法，实行起草人自查、科室负责人初审、分管领导终审，"
    "全年退回修改稿件{n}篇。",
    "建立政府信息动态台账，按季度核对目录与正文，更正错链、空链{n}处，"
    "过期办事指南全部下架。",
    "对历年公开的文件进行数字化整理，补录老旧文件{n}件，统一文件版式，便于复制和检索。",
)
_PLATFORM = (
    "{year}年完成网站无障碍改造，优化站内检索，对栏目进行合并，"
    "撤销长期不更新的栏目{n}个。",
    "网站设置政府信息公开专栏，政务新媒体发布原创图文{n}篇，"
    "政务服务大厅公开查阅点配备自助终端。",
    "打通网站、公众号与政务服务平台的数据接口，办事指南一处修改、多处同步，"
    "全年同步数据{n}批。",
    "完善专栏导航和年度报告归档，历年报告可在同一页面查阅；网站安全检测整改风险{n}项。",
)
_SUPERVISION = (
    "将政务公开纳入年度考核，分值占比百分之四；全年举办业务培训{n}期，"
    "未发生因公开不当被追责的情形。",
    "主要负责同志听取专题汇报{n}次，邀请人大代表和市民代表开展公开工作评议，"
    "评议意见全部整改。",
    "实行月通报、季测评，发出整改提示单{n}份，逾期未改的在单位内部通报批评。",
    "开展“政府开放日”活动{n}场，现场发放问卷征求意见，社会评议满意率较上年提高。",
)
_THIN = "还存在一些不足，今后将继续努力。"


def preamble(agency: SampleAgency, year: int) -> tuple[str, ...]:
    document = (
        "国办公开办函〔2021〕30号"
        if form_of(year) == "2021"
        else "国办公开办函〔2019〕60号"
    )
    return (
        "根据《中华人民共和国政府信息公开条例》和有关年度报告格式的要求（"
        f"{document}），现公布{agency.name}{year}年"
        "政府信息公开工作年度报告。本报告由总体情况、主动公开政府信息情况、"
        "收到和处理政府信息公开申请情况、政府信息公开行政复议"
        f"和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。",
        f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        f"如对本报告有疑问，请与{agency.office}联系"
        f"（地址：示例路{len(agency.name)}号，邮编：000000，电话："
        f"0000-0000000）。{BANNER}。",
    )


def overview(agency: SampleAgency, year: int, numbers: Stated) -> tuple[str, ...]:
    """Section 1: an opening and the five parts."""
    chance = random.Random(f"{agency.slug}/{year}/overview")
    total = numbers.proactive_total
    parts = "，".join(f"{label}{count}条" for label, count in numbers.breakdown)
    disputes = "未发生因信息公开引发的行政复议和行政诉讼"
    if numbers.reviews or numbers.lawsuits:
        disputes = (
            f"因信息公开引发行政复议{numbers.reviews}件、行政诉讼{numbers.lawsuits}件"
        )
    applied = (
        f"收到政府信息公开申请{numbers.applications_received}件，"
        f"上年结转{numbers.carried_in}件，"
        f"结转下年度继续办理{numbers.carried_out}件。"
        f"所有到期申请均在法定期限内答复，{disputes}。"
    )
    texts = (
        f"（一）主动公开。全年主动公开政府信息{total}条，其中{parts}。"
        f"{agency.topics[year - 2019]}。",
        f"（二）依申请公开。{applied}",
        f"（三）政府信息管理。{chance.choice(_MANAGEMENT)}",
        f"（四）政府信息公开平台建设。{chance.choice(_PLATFORM)}",
        f"（五）监督保障。{chance.choice(_SUPERVISION)}",
    )
    opening = chance.choice(_OPENINGS)
    return tuple(
        text.format(year=year, short=agency.short, n=chance.randint(2, 18))
        for text in (opening, *texts)
    )


_ASKED = {
    "szf": ("土地征收补偿", "旧城改造", "财政专项资金", "会议纪要"),
    "swj": ("消费券核销", "加油站规划", "企业扶持资金", "展会补贴"),
    "jyj": ("学区划分", "教师招聘成绩", "民办学校收费", "校园改建"),
    "gaj": ("交通事故处理", "户籍档案", "监控点位", "处罚案卷"),
    "xswj": ("电商示范项目", "农贸市场改造", "冷链补贴"),
    "slz": ("宅基地审批", "征地面积", "低保名册"),
}


def beside_tables(
    agency: SampleAgency, year: int, figures: dict[str, Value]
) -> dict[int, tuple[str, ...]]:
    """What sections 2 to 4 say besides their tables; some say nothing."""
    chance = random.Random(f"{agency.slug}/{year}/beside")
    asked = chance.sample(_ASKED[agency.slug], 2)
    documents: tuple[str, ...] = ()
    if form_of(year) == "2021" and chance.random() < 0.6:
        issued = figures["disclosure.normative_documents.issued"]
        repealed = figures["disclosure.normative_documents.repealed"]
        documents = (
            f"{year}年共制发行政规范性文件{issued}件，废止{repealed}件，"
            "均已在网站集中公开并注明有效性。",
        )
    lost = sum(
        int(figures[f"{kind}.corrected"])
        for kind in ("review", "litigation_direct", "litigation_after_review")
    )
    corrected = (
        f"对被纠正的{lost}件案件逐一复盘，修改了答复文书模板，重新作出答复。"
        if lost
        else ""
    )
    return {
        2: documents,
        3: (f"从内容看，申请较为集中的是{asked[0]}、{asked[1]}方面的信息。",)
        if chance.random() < 0.7
        else (),
        4: (corrected,) if corrected else (),
    }


def problems(agency: SampleAgency, year: int, thin: bool = False) -> tuple[str, ...]:
    """Section 5: two problems with their improvements, other ones each year; or one
    empty sentence.
    """
    if thin:
        return (_THIN,)
    first = (year - 2019) % len(agency.problems)
    pairs = (
        agency.problems[first],
        agency.problems[(first + 1) % len(agency.problems)],
    )
    topic = agency.topics[year - 2019].split("，")[0]
    before = (
        f"针对上年度报告中指出的“{agency.problems[first - 1][0].split('，')[0]}”问题"
        "，本年度已完成阶段性整改。"
    )
    return (
        f"（一）存在的主要问题。一是{pairs[0][0]}；二是{pairs[1][0]}。{before}",
        f"（二）改进情况。一是{pairs[0][1]}；二是{pairs[1][1]}；"
        f"三是在做好“{topic}”工作的基础上，听取服务对象意见，"
        "补充公开群众需要的内容。",
    )


def other_matters(agency: SampleAgency, year: int, numbers: Stated) -> tuple[str, ...]:
    """Section 6: the fee, the local work plan, and the date line."""
    fee = (
        f"{year}年，{agency.short}依据《政府信息公开信息处理费管理办法》收取信息处理"
        f"费{numbers.fee}元。"
    )
    if form_of(year) == "2019":
        fee = (
            f"{year}年，{agency.short}未收取任何与信息公开有关的费用。"
            if not numbers.fee
            else fee
        )
    work = (
        "承办人大代表建议和政协委员提案的复文按规定全文或摘要公开。",
        "落实年度政务公开工作要点，清单任务全部完成，公开情况已同步在专栏发布。",
        "试点政策“看得懂”评读，邀请不同职业的读者评读政策草稿，"
        "评读意见随政策一并公开。",
    )
    return (fee, random.Random(f"{agency.slug}/{year}/other").choice(work))


def published_on(agency: SampleAgency, year: int) -> date:
    """Departments before 31 January, governments before 31 March."""
    chance = random.Random(f"{agency.slug}/{year}/published")
    return (
        date(year + 1, 3, chance.randint(4, 28))
        if agency.is_government
        else date(year + 1, 1, chance.randint(8, 30))
    )
