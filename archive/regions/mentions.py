"""Places named in a report that are none of its own: what may remain of a text copied
from elsewhere.
"""

from __future__ import annotations

import re

from archive.catalogue import FindingFamily
from archive.regions.divisions import Division, on_one_line
from archive.regions.names import by_name
from archive.report import Finding, Report, Table, plain

_QUOTED = re.compile(r"《[^》]{0,80}》|“[^”]{0,60}”|[（(][^（）()]{0,60}[）)]")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_SUBJECT = re.compile(
    r"[省市县区州盟旗](?=(?:人民)?政府(?!令|采购)|政务|政府信息|门户网站|"
    r"[^，、。；：的和与及赴向]{1,12}?(?:局|委员会|委|厅|办公室|街道办事处)(?!长|部))"
)
_DEALS_WITH = re.compile(
    r"学习|考察|交流|借鉴|调研|来访|赴|前往|协作|协同|合作|结对|帮扶|援|移送|转办|转交|转来|对口|兄弟|先进|经验|"
    r"驻|法院|检察院|公司|集团|毗邻|联合|跨省|跨市|通办"
)
_LONGEST = 15
_SHOWN = 60


def other_places(report: Report) -> tuple[Finding, ...]:
    """At most one finding a place: a public body of another place named as if it were
    this report's.

    Geographic containment decides: a division above or below the report's own is never
    another place. Quoted documents, brackets, courts, companies, and bodies one learns
    from or deals with don't count.
    """
    region = report.agency.region
    if region is None or report.agency.level == "国家" or not report.is_report:
        return ()
    found: dict[str, Finding] = {}
    blocks = (block for section in report.sections for block in section.blocks)
    for block in blocks:
        if isinstance(block, Table):
            continue
        for sentence in _SENTENCE.findall(_QUOTED.sub("", plain(block.text))):
            if not _DEALS_WITH.search(sentence):
                shown = sentence if len(sentence) <= _SHOWN else sentence[:_SHOWN] + "…"
                for name in _others(sentence, region.code):
                    message = (
                        f"本机关属于{region.name}，正文却出现另一地方“{name}”的机"
                        f"关：“{shown}”，"
                        "可能是沿用其他报告的文字。"
                    )
                    found.setdefault(
                        name,
                        Finding(
                            "other_place",
                            FindingFamily.REPORT,
                            2,
                            message,
                            (),
                            block.at,
                        ),
                    )
    return tuple(found.values())


def _others(sentence: str, own: str) -> list[str]:
    found = []
    for match in _SUBJECT.finditer(sentence):
        name, places = _ending_at(sentence, match.end())
        above, parents = (
            _ending_at(sentence, match.end() - len(name)) if name else ("", ())
        )
        within = tuple(
            each
            for each in places
            if any(on_one_line(each.code, parent.code) for parent in parents)
        )
        if len(name) < 3 and not within:
            continue  # 东区, 城区: any district may be called so
        if places and not any(on_one_line(each.code, own) for each in within or places):
            found.append(above + name if within else name)
    # of a city and its county, named in one breath, the county is meant
    return [
        name
        for name in found
        if not any(longer != name and longer.startswith(name) for longer in found)
    ]


def _ending_at(sentence: str, end: int) -> tuple[str, tuple[Division, ...]]:
    """The longest division's name that ends there. A stem alone (朝阳, 长安) may be any
    word.
    """
    for start in range(max(0, end - _LONGEST), end - 1):
        if places := by_name().get(sentence[start:end]):
            return sentence[start:end], places
    return "", ()
