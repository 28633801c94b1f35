"""Whose report: the agency's name in a title, or alone on a line as a signature."""

from __future__ import annotations

import re

from archive.report.dates import YEAR
from archive.report.numbers import chinese_number
from archive.report.outline.bodies import (
    ADDRESS,
    AGENCY_END,
    BETS_BEFORE,
    BETS_WITHIN,
    NAME_SIGN,
    NUMBER_IN_NAME,
    is_body,
)
from archive.report.outline.phrases import PHRASE
from archive.report.plain import plain

LONGEST_LINE = 200
_LONGEST_NAME = 50
_LONGEST_SIGNATURE = 40
_SEVERAL = 3

# A name with what may stand in brackets behind it.
# e.g. "示例市商务局", "示例市教育局（示例市体育局）", "示例市第12中学"
# not "主动公开"
AGENCY = re.compile(
    rf"{NAME_SIGN}{{1,40}}?(?:{AGENCY_END})(?:（[\u4e00-\u9fff、]{{2,30}}）)?"
)
_OURSELVES_WORDS = "|".join((
    *("局", "委", "办", "厅", "院", "县", "区", "市", "镇", "乡", "街道", "机关"),
    *("单位", "部门", "行政机关"),
))  # fmt: skip
_OURSELVES = rf"[我本](?:{_OURSELVES_WORDS})"
# A body that speaks of itself and leaves its name open.
# e.g. "我局", "本机关", "本行政机关"
# not "示例市商务局"
_IS_OURSELVES = re.compile(_OURSELVES)
_NUMERALS = "〇零Oo一二三四五六七八九"
# Names have numbers too: a year has no digit at its sides and is not counted.
_FOUR_SIGNS = (
    rf"(?<![第\d{_NUMERALS}])(?:20\d{{2}}|[二2][〇零Oo0][\d{_NUMERALS}]{{2}})(?!\d)"
)
_ALONE = r"(?!号|厂|矿|队|团|师(?!范)|所|部队|医院|大队|中学|地质)"
_AT_START = "(?<=^.{4})"
_SPAN = rf"{_FOUR_SIGNS}年?[-—–~至]+{_FOUR_SIGNS}(?:学年度?|年度?)"
_SCHOOL_OF_YEARS = "一贯|制"
_TWO_DIGITS = rf"(?<![第\d])[012]\d年(?!{_SCHOOL_OF_YEARS})"
# The year beside the agency's name: universities report by school years.
# e.g. "2023年度", "2019-2020学年", "（二〇二三年）", "23年", "（2023）"
# not "示例市", "第12中学", "12345热线", "110指挥中心", "示例市2023号院"
# not "12年一贯制学校"
_YEAR_IN_TITLE = re.compile(
    rf"{_SPAN}|（?(?:{_FOUR_SIGNS}(?:年|{_AT_START}|{_ALONE})|{_TWO_DIGITS})(?:年?度)?）?"
)
# A number that can be a year's or an entry's, or stands before the name as in a list.
# e.g. "示例市23商务局", "示例市2023商务局", "1示例市商务局"
# not "示例市97号院", "示例市12345热线"
_STRAY_NUMBER = re.compile(r"^\d|(?<!\d)(?:[012]\d|20\d\d)(?!\d)")
# e.g. "第12", "120急救中心", "示例市第3中学"
# not "2023年", "第3批"
_OWN_NUMBER = re.compile(NUMBER_IN_NAME)
_BEFORE_WORDS = "关于|印发|公布|发布|报送|公开"
# e.g. "附件1：示例市商务局", "附件12345热线", "关于示例市商务局"
# e.g. "（公开版）示例市", "《示例市"
# not "示例市商务局"
_BEFORE_AGENCY = re.compile(
    r"^(?:附件(?:\d{1,2}(?!\d))?[：、.]?|标题：|名称：|信息名称"
    rf"|{_BEFORE_WORDS}|（[^（）]{{1,6}}版）|[《〈“\"\-—:：•·●◆■▪★☆])+"
)
_AFTER_WORDS = "关于|编制的?|公布|发布|报送|印发|年度|度|年|的"
# And the number of a copy, which file names have.
# e.g. "示例市商务局关于", "示例市商务局编制的", "示例市商务局年度", "示例市商务局（1）"
# not "示例市商务局"
_AFTER_AGENCY = re.compile(rf"(?:{_AFTER_WORDS}|[《〈“\"\-—:：_]|（\d{{1,2}}）)++$")
_IN_BRACKETS = rf"(?:[\u4e00-\u9fff]|{NUMBER_IN_NAME})"
# e.g. "2023年政府信息公开年度报告（示例市商务局）", "年度报告（示例市第3中学）"
# not "（2023年）"
_BRACKETED_AGENCY = re.compile(rf"（({_IN_BRACKETS}{{2,30}}(?:{AGENCY_END}))）")
# e.g. "示例市商务局", "示例市教育局（示例市体育局）"
# not "商务局公开"
_ENDS_AS_AGENCY = re.compile(rf"(?:{AGENCY_END})(?:（[^（）]*）)?$")
# e.g. "示例市人民政府", "示例县"
# not "示例市商务局"
_GOVERNMENT_OR_AREA = re.compile(r"(?:政府|[省市县区州盟旗])$")
_OF_A_DATE = r"[年月日号度\d一二三四五六七八九十〇零/.：（）-]"
# e.g. "示例市商务局2023年1月19日", "示例市商务局（2023年）", "示例市商务局2024-01-19"
# not "示例市商务局", "示例市商务局2023年度报告"
_DATED = re.compile(rf"（?{YEAR}{_OF_A_DATE}{{1,20}}$")
# e.g. "2023年政府信息公开工作计划"
# not "2023号"
_YEAR_AND_MORE = re.compile(rf"（?{YEAR}年.*$")
_ORDINAL = "[一二三四五六七八九十百〇零]"
_NUMBERED = "中|师|小学|幼儿园|医院|水厂|团"
# A number by which bodies of one kind are told apart.
# e.g. "第12中学", "第十二师", "示例市一中", "120急救中心"
# not "三门县商务局", "九三学社"
_TELLS_APART = re.compile(
    rf"第?({_ORDINAL}{{1,5}})(?={_NUMBERED})|第({_ORDINAL}{{1,5}})|第?(\d{{1,5}})"
)
# e.g. "编制单位：示例市商务局"
# not "联系单位：示例市商务局"
_SIGNED_BY = re.compile(r"^(?:落款|编制单位|报告单位|公开单位)：")


def agency_in_title(title: str) -> str:
    """The agency's name as the title states it; may be empty.

    It is what is left after year and phrase are taken off.
    """
    compact = ADDRESS.sub("", plain(title))
    for bets in (BETS_BEFORE, BETS_WITHIN):
        put_in = bets.search(compact)
        if put_in and PHRASE.search(compact, put_in.end()):
            compact = compact[: put_in.start()] + compact[put_in.end() :]
    phrase = PHRASE.search(compact)
    if not phrase or len(compact) > LONGEST_LINE:
        return ""
    name = _name_beside(compact, phrase)
    if not name or _IS_OURSELVES.match(name):
        bracketed = _BRACKETED_AGENCY.search(compact)
        name = bracketed[1] if bracketed else name
    if _is_agency_name(name):
        return name
    return ""


def _name_beside(compact: str, phrase: re.Match[str]) -> str:
    """The name in front of the phrase; where none stands there, what stands behind."""
    name = _trimmed(_without_system(compact[: phrase.start()]))
    # 示例市人民 | 政府信息公开…: the word 政府 is printed once and read twice
    if name.endswith("人民"):
        return name + "政府"
    return name or _trimmed(compact[phrase.end() :].strip("（）《》"))


def _without_system(before: str) -> str:
    """What stands before the phrase, without the word for a whole branch.

    示例海关2023年海关政府信息公开: the branch behind the year is no part of the name.
    Behind an area or a branch of another body the name goes on: 示例市2023年商务局.
    """
    for year in _YEAR_IN_TITLE.finditer(before):
        name = _trimmed(before[: year.start()])
        behind = _trimmed(before[year.end() :])
        if len(behind) > 1 and behind in name and _is_agency_name(name):
            return name
    return before


def _is_agency_name(name: str) -> bool:
    """Whether what is left of a title is the name of a body, and not 我局.

    关于 or 编制情况 may be left as well, so it must end as names of bodies do.
    """
    if not 2 <= len(name) <= _LONGEST_NAME or _IS_OURSELVES.match(name):
        return False
    if not re.search(r"[\u4e00-\u9fff]{2}", name):
        return False
    without_its_own = _OWN_NUMBER.sub("号", name)
    if _STRAY_NUMBER.search(without_its_own):
        return False
    if _ENDS_AS_AGENCY.search(name) is None:
        return False
    return is_body(name)


def _trimmed(text: str) -> str:
    """A text without the year and the words that lead to a name or from it.

    Again and again, for they stand in one another: 附件：关于《示例市商务局2023年度.
    """
    name = _YEAR_IN_TITLE.sub("", text)
    previous = ""
    while name != previous:
        previous = name
        name = _BEFORE_AGENCY.sub("", name)
        name = _AFTER_AGENCY.sub("", name)
        name = name.strip("（）《》、,，.。 ")
    is_open = name.count("（") > name.count("）")
    if is_open:
        return name + "）"
    return name


def agency_in_line(line: str) -> str:
    """The agency a line consists of (a signature), else empty.

    With or without a date behind it: 示例市商务局 2023年1月19日.
    """
    if len(line) > LONGEST_LINE or _lists_bodies(line):
        return ""
    compact = plain(line)
    # an address: 各县区人民政府：
    if compact.endswith("："):
        return ""
    undated = _DATED.sub("", compact).strip("。，：")
    name = _SIGNED_BY.sub("", undated)
    if not 3 <= len(name) <= _LONGEST_SIGNATURE:
        return ""
    if PHRASE.search(name) or not AGENCY.fullmatch(name):
        return ""
    if is_body(name):
        return name
    return ""


def _lists_bodies(line: str) -> bool:
    """Whether a line is a menu of bodies: 示例海事局 示例一海事局 示例二海事局.

    Two may sign together.
    """
    parts = line.split()
    if len(parts) < _SEVERAL:
        return False
    bodies = [part for part in parts if len(part) > 3 and _ENDS_AS_AGENCY.search(part)]
    return len(bodies) >= _SEVERAL


def opens_with_agency(line: str) -> bool:
    """Whether a line is an agency, with a year and whatever of it behind the name.

    示例市商务局2023年政府信息公开工作计划: a title of some paper, and no signature.
    """
    if len(line) > LONGEST_LINE:
        return False
    return agency_in_line(_YEAR_AND_MORE.sub("", plain(line))) != ""


def is_government(name: str) -> bool:
    """True for the name of a people's government or of an area.

    The report of an area (示例市) is its government's.
    """
    if name.endswith(("开发区", "园区")):
        return False
    return _GOVERNMENT_OR_AREA.search(name) is not None


def same_agency(one: str, other: str) -> bool:
    """True when one name can be a short form of the other.

    Its signs occur in the other in the same order, whatever the levels are called:
    示例区发改局 of 示例市示例区发展和改革局. With another number it is another body:
    第1中学 is not 第12中学, but 第十二师 is 第12师.
    """
    names = [plain(one), plain(other)]
    fewer, more = sorted(map(_numbers_of, names), key=len)
    if not fewer <= more:
        return False
    if fewer:
        names = [_TELLS_APART.sub("", name) for name in names]
    short, long = sorted(names, key=len)
    return _is_short_form(short, long)


def _numbers_of(name: str) -> set[int | None]:
    """The numbers that tell a body from others of its kind: 第十二师 → {12}.

    None stands for numerals that are no number.
    """
    found = _TELLS_APART.finditer(name)
    return {_number(match[match.lastindex or 0]) for match in found}


def _number(printed: str) -> int | None:
    if printed.isdigit():
        return int(printed)
    return chinese_number(printed)


def _is_short_form(short: str, long: str) -> bool:
    """Whether the signs of a name occur in a longer one, in the same order."""
    signs = [sign for sign in short.replace("人民", "") if sign not in "区县市省"]
    # `in` takes the iterator up to the sign that it finds
    rest = iter(long)
    return all(sign in rest for sign in signs)
