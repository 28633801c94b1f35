"""The title of a report, and what a title says: whose report, which year. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.report.dates import YEAR, find_years, is_date
from archive.report.document import Block, Table
from archive.report.outline.headings import is_official
from archive.report.plain import plain, squeeze

MAX_TITLE = 90
MAX_LINES = 4
"""A title is printed on one to four lines."""
_LONGEST_LINE = 200
_LONGEST_TOLD = 300
"""Signs of a title told from outside that are looked at."""
FIRST_BLOCKS = 40
"""How far down the title is looked for; portals print their own lines before it."""

_SUBJECT = r"(?:政府信息和政务公开|政府信息与政务公开|政府信息公开|政务信息公开|信息公开|政务公开)"
PHRASE = re.compile(
    rf"(?P<subject>{_SUBJECT})[^，。；：？！]{{0,14}}?(?:年度报告|工作总结报告|工作报告|情况的?报告|年度?报|报告)"
)
_YEAR_IN_TITLE = re.compile(
    rf"{YEAR}年?[-—–~至]+{YEAR}(?:学年度?|年度?)|（?(?:{YEAR}|(?<!\d)[012]\d)年?(?:年?度)?）?|（?(?<!\d)[012]\d年度?）?"
)
_SENTENCE = re.compile(r"[。；！？]|^(?:根据|按照|依据|为|本报告|本年|现将|现予|特|按)")
_AGENCY_END = (
    "局|委|委员会|办公室|办|厅|院|署|社|馆|庭|处|所|队|站|会|部|政府|街道|街道办"
    "事处|办事处|镇|乡|苏木|中心|管委会|开发区|园区|新区|"
    "县|区|市|省|旗|盟|自治区|自治州|自治县|州|集团|公司|学校|中学|小学|大学|学院"
    "|医院|银行|党校|分校|残联|妇联|文联|侨联|工商联|社科联|科协|供销社|电视台|地"
    "震台|气象台|党组|总队|支队|大队"
)
_AGENCY = re.compile(
    rf"[\u4e00-\u9fff（）·、]{{1,40}}?(?:{_AGENCY_END})(?:（[\u4e00-\u9fff、]{{2,30}}）)?"
)
_OURSELVES_WORDS = (
    r"[我本](?:局|委|办|厅|院|县|区|市|镇|乡|街道|机关|单位|部门|行政机关)"
)
_BEFORE_AGENCY = re.compile(
    r"^(?:附件\d*[：、.]?|标题：|名称：|关于|印发|公布|发布|报送|公开|（[^（）]{1,6}版）|[《〈“\"\-—:：])+"
)
_AFTER_AGENCY = re.compile(
    r"(?:关于|编制的?|公布|发布|报送|印发|年度|度|年|的|[《〈“\"\-—:：_])++$"
)
_NO_NAME = re.compile(
    rf"{_OURSELVES_WORDS}|（?[一二三四五六七八九十\d]+[）、.]|依托|通过|关于|按照|根据|做好|推进|加强|开展|进一步|积极"
)
"""How a line begins that is no name."""
_SEVERAL = re.compile("综合各|各[区县市乡镇街部单地]|及其|以及")
_BRACKETED_AGENCY = re.compile(rf"（([\u4e00-\u9fff]{{2,30}}(?:{_AGENCY_END}))）")
_OURSELVES = re.compile(_OURSELVES_WORDS)
_SITE_TAIL = re.compile(r"\s*[-_|–—]+\s*[^-_|–—]{2,40}$")
_FURNITURE = re.compile(r"^首页\s*[/>》]|当前位置|您的位置|>[^>]*>|\|[^|]*\|")
"""Where one is on the site, and rows of cells."""
_FILE_TAIL = re.compile(
    r"\.(?:html?|shtml|jhtml|mht(?:ml)?|docx?|docm|wps|pdf|ofd|rtf|txt|md|odt|xlsx?|et|ods|xml|zip|gz|rar|7z|png|jpe?g|tiff?)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of the document's text: block `block` (from 0), signs `begin` to
    `end` of its text.
    """

    block: int
    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed, without blanks, and the lines of the body it stands on (none:
    not there).
    """

    text: str
    lines: tuple[Line, ...] = ()


def text_lines(blocks: Sequence[Block], limit: int | None = None) -> list[Line]:
    """Every non-empty line of headings and paragraphs, with its position."""
    lines: list[Line] = []
    for number, block in enumerate(blocks[:limit]):
        if isinstance(block, Table):
            continue
        begin = 0
        for text in block.text.split("\n"):
            if text.strip():
                lines.append(Line(number, begin, begin + len(text), text.strip()))
            begin += len(text) + 1
    return lines


def find_title(blocks: Sequence[Block]) -> Title:
    """The report's title in the body: one line, or several that only together name a
    report; empty if there is none.
    """
    lines = [
        line
        for line in text_lines(blocks, FIRST_BLOCKS)
        if not _is_table_like(line.text)
    ]
    head: list[Line] = []
    for line in lines[:FIRST_BLOCKS]:
        head.append(line)
        if len(plain(line.text)) > MAX_TITLE or plain(line.text).startswith(
            ("一、总体", "二、")
        ):
            break
    for count in range(1, MAX_LINES + 1):
        for at in range(len(head) - count + 1):
            window = head[at : at + count]
            if _is_title(window):
                return _widened(head, at, count)
    return Title("")


def _is_table_like(text: str) -> bool:
    return (
        "\t" in text or text.startswith(("|", "http")) or bool(_FURNITURE.search(text))
    )


def _is_title(window: Sequence[Line]) -> bool:
    if any(
        _SENTENCE.search(words := plain(line.text)) or is_official(words)
        for line in window
    ):
        return False
    text = plain("".join(line.text for line in window))
    return len(text) <= MAX_TITLE and names_a_report(text)


def names_a_report(text: str) -> bool:
    """True when a line names a disclosure report and does not merely speak of one."""
    compact = plain(text)
    match = PHRASE.search(compact)
    return (
        bool(match)
        and not _SENTENCE.search(compact)
        and len(compact[match.end() if match else 0 :]) <= 30
    )


def _widened(head: Sequence[Line], at: int, count: int) -> Title:
    """Take in the lines above that carry the agency or the year, and a year in brackets
    below.
    """
    begin, end = at, at + count
    while (
        begin > 0
        and at - begin < 2
        and _belongs(head[begin - 1].text, _joined(head[begin:end]))
    ):
        begin -= 1
    below = plain(head[end].text) if end < len(head) else ""
    if not find_years(_joined(head[begin:end]), short=True) and re.fullmatch(
        rf"（?{YEAR}年?度?）?", below
    ):
        end += 1
    return Title(_joined(head[begin:end]), tuple(head[begin:end]))


def _belongs(above: str, title: str) -> bool:
    compact = plain(above)
    if re.fullmatch(rf"（?{YEAR}年?度?）?", compact):
        return not find_years(title, short=True)
    if re.match("(?:信息)?公开", plain(title)) and re.search(
        "(?:政府|政务)(?:信息)?$", compact
    ):
        return True
    return (
        bool(_AGENCY.fullmatch(compact))
        and not agency_in_title(title)
        and not is_date(compact)
    )


def _joined(lines: Sequence[Line]) -> str:
    return tidy("".join(line.text for line in lines))


def tidy(title: str) -> str:
    """The title without blanks and zero-width signs; its own brackets and digits stay
    as printed.
    """
    return "".join(title[place] for place in squeeze(title)[1])


def clean_title(outside: str) -> str:
    """A title told by a list page, a `<title>` or a file name, without the site's name
    and the extension.
    """
    text = _FILE_TAIL.sub("", outside.strip())[:_LONGEST_TOLD]
    while len(cut := _SITE_TAIL.sub("", text)) < len(text) and PHRASE.search(
        plain(cut)
    ):
        text = cut
    return tidy(text)


def agency_in_title(title: str) -> str:
    """The agency's name as the title states it: what is left after year and phrase are
    taken off; may be empty.
    """
    compact = plain(title)
    match = PHRASE.search(compact)
    if not match or len(compact) > _LONGEST_LINE:
        return ""
    name = _trimmed(compact[: match.start()])
    if name.endswith("人民"):
        name += "政府"
    if not name:
        name = _trimmed(compact[match.end() :].strip("（）《》"))
    if (not name or _OURSELVES.match(name)) and (
        bracketed := _BRACKETED_AGENCY.search(compact)
    ):
        name = bracketed[1]
    if (
        len(name) < 2
        or len(name) > 50
        or _OURSELVES.match(name)
        or not re.search(r"[\u4e00-\u9fff]{2}", name)
    ):
        return ""
    return name if re.search(rf"(?:{_AGENCY_END})(?:（[^（）]*）)?$", name) else ""


def is_government(name: str) -> bool:
    """True for the name of a people's government or of an area (示例市), whose report
    is its government's.
    """
    return bool(re.search(r"(?:政府|[省市县区州盟旗])$", name)) and not name.endswith(
        ("开发区", "园区")
    )


def _trimmed(text: str) -> str:
    name = _YEAR_IN_TITLE.sub("", text)
    previous = ""
    while name != previous:
        previous = name
        name = _AFTER_AGENCY.sub("", _BEFORE_AGENCY.sub("", name)).strip(
            "（）《》、,，.。 "
        )
    return name + "）" if name.count("（") > name.count("）") else name


def agency_in_line(line: str) -> str:
    """The agency a line consists of (a signature, with or without a date behind it),
    else empty.
    """
    if len(line) > _LONGEST_LINE:
        return ""
    if plain(line).endswith("："):
        return ""
    compact = re.sub(rf"（?{YEAR}年.*$", "", plain(line)).strip("。，：")
    compact = re.sub(r"^(?:落款|编制单位|报告单位|公开单位)：", "", compact)
    if (
        len(compact) < 3
        or len(compact) > 40
        or _NO_NAME.match(compact)
        or PHRASE.search(compact)
    ):
        return ""
    return compact if _AGENCY.fullmatch(compact) else ""


def same_agency(one: str, other: str) -> bool:
    """True when one name can be a short form of the other: its signs occur in the other
    in the same order.
    """
    short, long = sorted((plain(one), plain(other)), key=len)
    rest = iter(long)
    return all(
        sign in rest for sign in short.replace("人民", "") if sign not in "区县市省"
    )


_OFFICE = r"(?:政府信息(?:与政务)?公开|政务公开|信息公开|党政综合|党政|秘书)(?:工作)?(?:领导小组)?(?:办公室|办|处|科|股|组)"
_NAMED = re.compile(
    rf"(?:(?:与|向|由|致电|联系|咨询)：?)([\u4e00-\u9fff（）]{{2,30}}?(?:{_AGENCY_END}))"
    rf"(?:办公室|政府信息公开|{_OFFICE})?(?:联系|编制|反映|咨询|{YEAR}年|[，；（])"
)
_NAME_OF_REPORT = (
    rf"[^《》，。；：]{{2,60}}?{PHRASE.pattern.replace('?P<subject>', '?:')}"
)
_OWN_TITLE = re.compile(
    rf"《({_NAME_OF_REPORT})》"
    rf"|(?:公布|发布|编制)[了的]?《?({_NAME_OF_REPORT})(?!告|的?(?:通知|格式|要求|有关|编制))"
)


def own_titles(text: str) -> list[str]:
    """Titles under which a preface speaks of its own report: 现公布示例局2023年…年度报
    告, 《…年度报告》.
    """
    return [match[1] or match[2] for match in _OWN_TITLE.finditer(plain(text))]


def agency_in_preface(text: str) -> str:
    """The agency of the title a preface gives its report, or that it names as the one
    to turn to (请与…联系).

    Of two that can be the same the fuller name is taken; an office inside the agency (
    党政办公室) is left out.
    """
    named = [name for name in map(agency_in_title, own_titles(text)) if name]
    named += [match[1] for match in _NAMED.finditer(plain(text))]
    names = [
        name
        for name in (re.sub(rf"{_OFFICE}$", "", name) for name in named)
        if len(name) > 2
    ]
    names = [
        name for name in names if not _NO_NAME.match(name) and not _SEVERAL.search(name)
    ]
    if not names:
        return ""
    fuller = (
        name
        for name in names
        if re.sub("(?:人民)?政府$", "", name).endswith(names[0])
        or name.endswith(names[0])
    )
    return max(fuller, key=len)
