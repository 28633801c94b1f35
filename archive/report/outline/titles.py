"""The title of a report: found in its body, or told outside it and cleaned. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.catalogue import file_endings
from archive.report.dates import YEAR, find_years, is_date
from archive.report.document import Block
from archive.report.outline.agency_names import AGENCY, agency_in_line, agency_in_title
from archive.report.outline.bodies import ADDRESS, BETS, BETS_BEFORE, BETS_WITHIN
from archive.report.outline.headings import is_official
from archive.report.outline.phrases import PHRASE, SENTENCE, names_a_report
from archive.report.outline.printed_lines import lines_of, text_of
from archive.report.plain import plain, squeeze

MAX_TITLE = 90
# A title is printed on one to four lines.
MAX_LINES = 4
# How many lines above, with the agency or the year, are taken in.
_MOST_ABOVE = 2
# Signs of a title told from outside that are looked at.
_LONGEST_TOLD = 300
# How far down the title is looked for; portals print their own lines before it.
FIRST_BLOCKS = 40
# With these a body begins that has no title.
_BODY_BEGINS = ("一、总体", "二、")

# What list pages and `<title>` put behind a report's title: the site's name.
# e.g. "2023年政府信息公开年度报告-示例市人民政府网", "年度报告 | 示例市"
# not "示例市2023年政府信息公开年度报告"
_SITE_TAIL = re.compile(r"\s*[-_|–—]+\s*[^-_|–—]{2,40}$")
# Where one is on the site, and rows of cells.
# e.g. "首页 > 政府信息公开", "当前位置：首页", "|规章|0|"
# not "示例市2023年政府信息公开年度报告"
_FURNITURE = re.compile(r"^首页\s*[/>》]|当前位置|您的位置|>[^>]*>|\|[^|]*\|")
_WHEN = "(?:发布|公开|更新|发文|成文|发表)?(?:日期|时间|于)"
_DAY = rf"(?:{YEAR}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}|20\d{{6}}(?!\d))"
_LABELS = "(?:信息)?来源：|作者：|浏览|点击|阅读|字[号体]|打印"
# What portals print behind a title, in plain text from the end of its phrase on.
# And the preface, where a line break got lost.
# e.g. "发布时间：2024-01-18", "（2024-01-18）", "_示例市人民政府", "-公开年报"
# e.g. "本报告是根据", "根据《条例》"
# not "（2023年）", "（示例市商务局）", "-2023年度"
_ADDITION = re.compile(
    rf"^(?:[-_|丨—–]++(?!{YEAR})|（?(?:{_WHEN}：?)?{_DAY}|{_WHEN}：|{_LABELS}"
    "|本(?:年度)?(?:报告|年报)|(?:根据|按照|依据)《)"
)
_OF_TITLE = "(?:信息|文件)?(?:名称|标题)"
# Signs that lists put before their entries, and a table's own label of its title.
# e.g. "•", "★★ ", "信息名称：", "标题："
# not "示例市"
_BEFORE_TITLE = re.compile(
    rf"^(?:[•·●◆■□▪▶★☆◎※>»|]|{_OF_TITLE}(?:：|(?=.{{0,40}}20\d\d年)))+"
)
_CLASSED = "组配|主题|信息|体裁|公文|服务对象|目录|内容"
# Labels of the block above the text that name a column, and not the report.
# e.g. "组配分类政府信息公开年报", "信息分类：年报", "所属栏目：年报"
# not "示例市信息分类"
_OF_A_COLUMN = re.compile(
    f"^(?:(?:{_CLASSED})(?:分类|种类)|(?:所属|所在|当前)?栏目|关键词|主题词|内容概述)"
)
# Some portals end their pages' addresses in .jhtml, and titles with them.
_ENDINGS = "|".join(map(re.escape, (*file_endings(), ".jhtml")))
# e.g. "年度报告.docx", "report.PDF"
# not "年度报告"
_FILE_TAIL = re.compile(rf"(?:{_ENDINGS})$", re.I)
# A line that is the year and nothing else, above a title or in brackets below it.
# e.g. "2023年度", "（2023年）", "二〇二三年"
# not "示例市"
_YEAR_ALONE = re.compile(rf"（?{YEAR}年?度?）?")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of the document's text.

    Signs `begin` to `end` of the text of block `block` (from 0).
    """

    block: int
    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed, without blanks, and the lines of the body it stands on.

    No lines: it does not stand there.
    """

    text: str
    lines: tuple[Line, ...] = ()


def text_lines(blocks: Sequence[Block], limit: int | None = None) -> Iterator[Line]:
    """Every non-empty line of headings and paragraphs, with its position.

    `limit`: how many blocks are looked at.
    """
    for number, block in enumerate(blocks[:limit]):
        for begin, printed in lines_of(text_of(block)):
            text = printed.strip()
            if text:
                yield Line(number, begin, begin + len(printed), text)


def find_title(blocks: Sequence[Block]) -> Title:
    """The report's title in the body; empty if there is none.

    One line; or several that only together name a report: 示例市商务局 |
    2023年政府信息公开 | 工作年度报告.
    """
    top = _top_lines(blocks)
    for count in range(1, MAX_LINES + 1):
        for begin in range(len(top) - count + 1):
            end = begin + count
            if _is_title(top[begin:end]):
                return _widened(top, begin, end)
    return Title("")


def _top_lines(blocks: Sequence[Block]) -> list[Line]:
    """The lines down to the first that is too long for a title or begins the body."""
    top: list[Line] = []
    for line in text_lines(blocks, FIRST_BLOCKS):
        if _is_table_like(line.text):
            continue
        top.append(line)
        compact = plain(line.text)
        is_body = len(compact) > MAX_TITLE or compact.startswith(_BODY_BEGINS)
        if is_body or len(top) == FIRST_BLOCKS:
            break
    return top


def _is_table_like(text: str) -> bool:
    """A row of a table dumped as text, an address, or the site's own lines.

    Text dumps separate cells by tabs or by |.
    """
    if "\t" in text or text.startswith(("|", "http")):
        return True
    return _FURNITURE.search(text) is not None


def _is_title(window: Sequence[Line]) -> bool:
    """Whether lines name a report together, and none is a sentence or a heading."""
    lines = [plain(line.text) for line in window]
    if any(map(_is_no_part_of_title, lines)):
        return False
    text = "".join(lines)
    return len(text) <= MAX_TITLE and names_a_report(text)


def _is_no_part_of_title(compact: str) -> bool:
    """Whether a line is a sentence (根据…, 现将…) or one of the form's headings."""
    if _OF_A_COLUMN.match(compact) or SENTENCE.search(compact):
        return True
    return is_official(compact)


def _widened(top: Sequence[Line], begin: int, end: int) -> Title:
    """Take in the lines above that carry the agency or the year.

    And a year in brackets below. In: the lines at the top, and which of them make the
    title so far.
    """
    highest = max(begin - _MOST_ABOVE, 0)
    while begin > highest and _belongs(top[begin - 1].text, _joined(top[begin:end])):
        begin -= 1
    has_year = find_years(_joined(top[begin:end]), short=True)
    below = plain(top[end].text) if end < len(top) else ""
    if not has_year and _YEAR_ALONE.fullmatch(below):
        end += 1
    return Title(_joined(top[begin:end]), tuple(top[begin:end]))


def _belongs(above: str, title: str) -> bool:
    """Whether a line above a title is its beginning: the year, or the agency."""
    compact = plain(above)
    if _YEAR_ALONE.fullmatch(compact):
        return not find_years(title, short=True)
    if _is_torn(compact, plain(title)):
        return True
    if not AGENCY.fullmatch(compact) or is_date(compact):
        return False
    return not agency_in_title(title)


def _is_torn(above: str, title: str) -> bool:
    """A line break within the phrase: 示例市政府信息 | 公开年度报告."""
    is_rest = re.match("(?:信息)?公开", title)
    is_beginning = re.search("(?:政府|政务)(?:信息)?$", above)
    return is_rest is not None and is_beginning is not None


def _joined(lines: Sequence[Line]) -> str:
    """A title that is printed over several lines as one, without blanks."""
    return without_additions(tidy("".join(line.text for line in lines)))


def tidy(title: str) -> str:
    """The title without blanks and zero-width signs.

    Its own brackets and digits stay as printed.
    """
    _, places = squeeze(title)
    return "".join(title[place] for place in places)


def without_additions(title: str) -> str:
    """A title without what portals, and those who break into them, add to it.

    Addresses of sites; behind the phrase a date, labels, the site's name, words of
    betting sites. An agency that is named only there stays: 年度报告——示例市商务局.
    """
    compact, places = squeeze(title)
    compact, places = _from_its_beginning(compact, places)
    phrase = PHRASE.search(compact)
    end = phrase.end() if phrase else len(compact)
    tail = compact[end:]
    addition = _ADDITION.match(tail) or BETS.search(tail)
    if addition and not _is_its_agency(tail, compact[:end]):
        places = places[:end]
        compact = compact[:end]
    kept = list(zip(compact, places, strict=True))
    for address in reversed(list(ADDRESS.finditer(compact))):
        del kept[address.start() : address.end()]
    text = "".join(title[place] for _, place in kept)
    return text.removesuffix("（）").removesuffix("()")


def _from_its_beginning(compact: str, places: list[int]) -> tuple[str, list[int]]:
    """A plain title without what stands before it; printed twice, it counts once.

    In and out: its signs, and the place of each in the title as printed.
    """
    for before in (_BEFORE_TITLE, BETS_BEFORE):
        found = before.match(compact)
        if found and PHRASE.search(compact, found.end()):
            compact, places = compact[found.end() :], places[found.end() :]
    within = BETS_WITHIN.search(compact)
    if within:
        compact = compact[: within.start()] + compact[within.end() :]
        places = places[: within.start()] + places[within.end() :]
    half, odd = divmod(len(compact), 2)
    if not odd and compact[:half] == compact[half:]:
        return compact[:half], places[:half]
    return compact, places


def _is_its_agency(tail: str, up_to_it: str) -> bool:
    """Whether what stands behind a dash is the agency, which is not named before."""
    name = tail.lstrip("-—–_|")
    return bool(agency_in_line(name)) and not agency_in_title(up_to_it)


def clean_title(outside: str) -> str:
    """A title told by a list page, a `<title>` or a file name.

    Without the site's name (as long as what is left still names a report) and the
    extension.
    """
    told = _FILE_TAIL.sub("", outside.strip())[:_LONGEST_TOLD]
    text = without_additions(tidy(told))
    shorter = _SITE_TAIL.sub("", text)
    while shorter != text and PHRASE.search(plain(shorter)):
        text = shorter
        shorter = _SITE_TAIL.sub("", text)
    return text
