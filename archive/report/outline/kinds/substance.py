"""How much a text says of its own, and whether that is what an annual report says.

A title makes no report: firewalls, log-ins and lists of links carry the titles of
reports too. What counts are sentences that are neither title, link, button nor preface.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.report.document import Table
from archive.report.model import Section
from archive.report.outline.phrases import names_a_report
from archive.report.plain import plain

# Signs of sentences below which nothing is said; the shortest reports of townships say
# 全年主动公开信息12条，未收到申请 and little more.
_LEAST_PROSE = 60
_LEAST_TOPICS = 2
# Of a report that gives each of its sections a few words.
_LEAST_LISTED, _MANY_TOPICS = 30, 4
# So much is no notice of a firewall or of an attachment.
_MUCH_PROSE = 300
_SHORTEST_SENTENCE = 4

# e.g. "甲。乙；丙", "甲！\n"
_ENDS = re.compile(r"[。；！？\n\t]")
# A line without any of these is a label, a button or an entry of a menu.
# e.g. "全年公开12条，同比增长", "没有收费。", "完善制度;"
# not "首页 | 信息公开 | 依申请公开"
_OF_A_SENTENCE = re.compile(r"[，。；！？;]|,(?!\d)")

_SELF = r"本(?:年度|年|部)?(?:工作)?报告|本年报|年度报告|年报"
_MADE = "编制|公布|发布|公开|予以公|组成|包括|统计期限|统计时间|下载|查阅|联系|电子版"
_TO_FIND = "附件|详见|点击|下载|查看全文|扫码|链接|http|www|邮编|电话|地址|传真"
# What stands before the report and around it: under which rule it was made, of which
# parts it consists, where it can be downloaded, whom to call.
# e.g. "根据《条例》编制本报告", "本报告由六部分组成", "附件：年度报告.docx"
# e.g. "现将2023年度报告公布如下", "联系电话：000-0000000"
# not "全年主动公开政府信息12条", "主动公开内容不够丰富"
_PREFACE = re.compile(
    rf"(?:{_SELF})[^。]{{0,40}}(?:{_MADE})|(?:编制|公布|发布)[^。]{{0,40}}(?:{_SELF})"
    rf"|统计期限|{_TO_FIND}|^(?:根据|按照|依据)[^，]{{0,60}}$"
)

# e.g. "主动公开政府信息12条", "在公开栏发布信息"
# not "欢迎访问"
_DISCLOSURE = re.compile("公开|发布.{0,8}信息")
_HANDLED = "收到|受理|办理|处理|答复"
# e.g. "依申请公开", "信息公开申请", "受理了3件申请"
# not "请向管理员申请"
_APPLICATIONS = re.compile(rf"申请公开|公开申请|(?:{_HANDLED}).{{0,20}}申请")
# e.g. "没有发生行政复议", "行政诉讼0件", "投诉举报"
# not "申请"
_DISPUTES = re.compile("复议|诉讼|投诉|举报")
# e.g. "存在一些不足", "公开的内容有待丰富", "与要求还有差距", "存在以下问题"
# not "如有问题请联系"
_SHORTCOMINGS = re.compile("不足|薄弱|差距|有待|不够|不高|存在.{0,12}问题")
_BETTER = "加强|完善|提高|提升|改进|推进|健全|规范"
# e.g. "下一步打算", "今后要完善制度", "加强培训"
# not "加载"
_PLANS = re.compile(rf"下一?步|今后|{_BETTER}")
# e.g. "成立领导小组", "建立工作机制", "组织培训", "保密审查"
# not "公司"
_ORGANISATION = re.compile("领导|制度|机制|机构|人员|培训|考核|监督|保密|审查")
_PLACES = "门户|网站|平台|专栏|公众号|公报|公开栏|公示栏"
# e.g. "通过门户网站", "微信公众号", "编制公开指南"
# not "首页"
_CHANNELS = re.compile(rf"{_PLACES}|指南|目录|媒体")
# e.g. "没有收取任何费用", "收费0元"
# not "免责声明"
_FEES = re.compile("收费|费用|收取|减免")
_TELLING = (_DISCLOSURE, _APPLICATIONS, _DISPUTES)
_TOPICS = (*_TELLING, _SHORTCOMINGS, _PLANS, _ORGANISATION, _CHANNELS, _FEES)
"""What reports speak of, by 条例 第五十条 and in the free years before it; the first
three hardly any other page does.
"""

_COUNTED = "条|件|次|篇|份|期|元|万|宗|起"
_DIGITS = r"[\d一二三四五六七八九十百千]"
_NONE_OF = "申请|复议|诉讼|收费|费用|收取"
# What only who reports can tell: how many, or that there was none.
# e.g. "公开信息12条", "受理3件", "未收到申请", "没有发生行政复议", "无行政诉讼"
# not "请联系管理员", "404", "条例第五十条", "由六部分组成"
_FACT = re.compile(
    rf"(?<![第\d一二三四五六七八九十百千]){_DIGITS}{{1,12}}[余多]?(?:{_COUNTED})"
    rf"|[未没无零][^，。；]{{0,24}}(?:{_NONE_OF})"
)


@dataclass(frozen=True, slots=True)
class Substance:
    """What a text says of its own: signs of it, and topics of reports touched.

    `facts`: it counts something, or says that there was none.
    """

    signs: int
    topics: int
    speaks_of_disclosure: bool
    facts: bool

    @property
    def is_reports(self) -> bool:
        """Whether this can be what a report says; few words are enough."""
        if not self.speaks_of_disclosure:
            return False
        if self.facts and self.topics >= _MANY_TOPICS:
            return self.signs >= _LEAST_LISTED
        if self.signs < _LEAST_PROSE:
            return False
        return self.topics >= _LEAST_TOPICS

    @property
    def is_certain(self) -> bool:
        """Whether words of an error page among it count for nothing."""
        if not self.is_reports:
            return False
        return self.facts or self.signs >= _MUCH_PROSE


def substance_of(sections: Sequence[Section]) -> Substance:
    """What the sections say beside titles, links and prefaces.

    Where there are sentences at all the headings tell topics too: 收费情况：没有。
    """
    sentences = list(own_sentences(sections))
    headings = (plain(section.heading) for section in sections)
    text = "。".join((*sentences, *headings)) if sentences else ""
    found = [topic for topic in _TOPICS if topic.search(text)]
    return Substance(
        signs=sum(map(len, sentences)),
        topics=len(found),
        speaks_of_disclosure=not set(found).isdisjoint(_TELLING),
        facts=_FACT.search(text) is not None,
    )


def own_sentences(sections: Sequence[Section]) -> Iterator[str]:
    """The sentences that are the report's own, plain, without their full stops.

    In cells of tables only what ends in a full stop: the labels of the forms hold
    commas.
    """
    for text in _texts(sections):
        yield from sentences_of(text)


def sentences_of(text: str) -> Iterator[str]:
    """The own sentences of a paragraph; none where it is a title, a label or a menu."""
    if not _OF_A_SENTENCE.search(text):
        return
    beginning = text[:_MUCH_PROSE]
    if names_a_report(beginning):
        return
    for piece in _ENDS.split(text):
        sentence = plain(piece)
        is_short = len(sentence) < _SHORTEST_SENTENCE
        if is_short or _is_preface(sentence):
            continue
        yield sentence


def _is_preface(sentence: str) -> bool:
    """Whether a sentence speaks of the report itself, and tells nothing of the year."""
    if _PREFACE.search(sentence) is None:
        return False
    return not _FACT.search(sentence)


def _texts(sections: Sequence[Section]) -> Iterator[str]:
    """Headings, paragraphs, and the cells that hold whole sentences.

    A report of a line a section is all headings: 一、公开情况：公开信息12条。
    """
    for section in sections:
        yield section.heading
        for block in section.blocks:
            if isinstance(block, Table):
                yield from (cell.text for cell in block.cells if "。" in cell.text)
            else:
                yield block.text
