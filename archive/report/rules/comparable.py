"""Which numbers of a text may be held against the cells of a table. Pure.

A text counts in its own way: with what was withdrawn, with what was carried in, for the
whole city, in both courts. Only a number that can mean nothing but the cell, and is
none of its neighbours, contradicts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from archive.catalogue import KINDS, ClaimScope, is_governments_office
from archive.report.document import Table
from archive.report.model import Claim, Number, Report
from archive.report.outline import is_government
from archive.report.plain import plain
from archive.report.rules.rule import DOCUMENTS

Values = Mapping[str, Number]

_TAKEN_BACK = "撤[回销]|合并|剔除|扣除|除去|去除|放弃|终止"
_HANDED_ON = "转办|转交|转送|移交|移送|代[为办]|委托"
_NOT_TAKEN = "不属于|[不未]予?受理|不予登记|按信访|作为信访|作信访|转为|视为|咨询"
_COUNTED_ANEW = r"实际(?:登记|受理|收到|接收|新收|办理)|有效申请|登记\d|件次|人次"
_OTHER_TIME = "上年|上一年|往年|去年|结转|跨年|顺延|历年|遗留"
_COURTS = "一审|二审|再审|上诉|申诉|驳回|发回|立案|应诉"
_OTHER_PAPERS = "党|规章|修[订改]|名义|联合|转发|失效|清理|部门|备案"
_OF_REQUESTS = f"{_TAKEN_BACK}|{_HANDED_ON}|{_NOT_TAKEN}|{_COUNTED_ANEW}"
# e.g. "其中7件撤回", "实际登记458件", "含上年结转2件", "一审2件", "宣布失效3件"
# not "收到申请5件"
_COUNTS_OTHERWISE = {
    "applications_received": re.compile(f"{_OF_REQUESTS}|含[^，。]{{0,8}}结转"),
    "carried_in": re.compile(_OF_REQUESTS),
    "carried_out": re.compile(_OF_REQUESTS),
    "reviews": re.compile(f"{_OF_REQUESTS}|{_OTHER_TIME}|{_COURTS}"),
    "lawsuits": re.compile(f"{_OF_REQUESTS}|{_OTHER_TIME}|{_COURTS}"),
    "documents_issued": re.compile(f"{_OTHER_PAPERS}|{_OTHER_TIME}"),
    "documents_repealed": re.compile(f"{_OTHER_PAPERS}|{_OTHER_TIME}"),
}
"""What in a sentence, or the one behind it, makes a number another count than the
table's.
"""
_SUMS_OF_REQUESTS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("concluded",), ()),
    (("granted",), ()),
    (("partly_granted",), ()),
    (("granted", "partly_granted"), ()),
    (("new", "carried_in"), ()),
    (("concluded", "carried_out"), ()),
    (("concluded",), ("carried_in",)),
    (("new",), ("carried_out",)),
    (("new",), ("rejected_repeat",)),
    (("new",), ("closed_other",)),
)
"""Rows of table 3 that are added up, and those taken off them: what came in with what
was carried in, what was concluded, what was given, what was left when the repeated were
taken out.
"""
_UNITS = "[件份宗条起例个次项]"
# e.g. "收到申请3件。", "均已答复"
_SENTENCE = re.compile(r"[^。！？\n]+")
# e.g. "市本级", "县政府办公室"
# not "本机关"
_OF_ONE_LEVEL = re.compile("本级|办公室|政府办|机关本部")


def comparable(
    report: Report, key: str, claims: Sequence[Claim], values: Values
) -> list[Claim]:
    """The claims of a key that have to agree with the table.

    Left out are numbers of another scope, those that the text itself counts otherwise,
    and those that agree with another relation of the table. `values` are the sure ones.
    """
    if _speaks_of_both(report):
        return []
    neighbours = _neighbours(key, values)
    found: list[Claim] = []
    for claim in claims:
        if not _is_of_the_table(claim, report):
            continue
        if _counts_otherwise(claim, report, values):
            continue
        is_another_cell = claim.value != 0 and claim.value in neighbours
        if not is_another_cell:
            found.append(claim)
    return found


def _speaks_of_both(report: Report) -> bool:
    """Whether a report tells numbers of its whole area: which the table has is open."""
    return any(claim.scope is ClaimScope.AREA for claim in report.claims)


def _is_of_the_table(claim: Claim, report: Report) -> bool:
    """False for 市本级收到40件 in a government's report, whose table may be the whole
    city's. Below townships nobody reports.
    """
    agency = report.agency
    if agency.level == "乡镇":
        return True
    is_office = is_governments_office(agency.name)
    is_of_area = agency.is_government or is_government(agency.name) or is_office
    is_of_one_level = _OF_ONE_LEVEL.search(plain(claim.sentence))
    is_own = claim.scope is ClaimScope.OWN
    return not (is_of_area and is_own and is_of_one_level)


def _counts_otherwise(claim: Claim, report: Report, values: Values) -> bool:
    """Whether the sentence, or the one behind it, counts in another way than the table,
    or states the table's number as well.
    """
    told = _with_what_follows(claim, report)
    if _COUNTS_OTHERWISE[claim.key].search(told):
        return True
    if not claim.value:
        return False
    return any(
        re.search(rf"(?<![\d.]){cell}{_UNITS}", told) is not None
        for cell in _cells(claim.key, values)
        if cell
    )


def _with_what_follows(claim: Claim, report: Report) -> str:
    """A claim's sentence and the one behind it in its paragraph, plain."""
    sentence = plain(claim.sentence)
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table) or block.at != claim.at:
                continue
            following = plain(block.text).partition(sentence)[2]
            behind = _SENTENCE.search(following)
            if behind is None:
                return sentence
            return sentence + behind[0]
    return sentence


def _cells(key: str, values: Values) -> Iterator[Number]:
    """The cells that a text states when it states a key, each and added up."""
    if key == "applications_received":
        yield values["requests.new.total"]
    elif key in {"carried_in", "carried_out"}:
        yield values[f"requests.{key}.total"]
    elif key == "reviews":
        yield values["review.total"]
    elif key == "lawsuits":
        direct = values["litigation_direct.total"]
        after = values["litigation_after_review.total"]
        yield direct + after


def _neighbours(key: str, values: Values) -> set[Number]:
    """What else of a table a number under a key may be: a part, or a sum of cells."""
    if key == "applications_received":
        return set(_of_requests(values))
    if key in {"carried_in", "carried_out"}:
        columns = _starting(values, f"requests.{key}.")
        rows = ("requests.carried_in.total", "requests.carried_out.total")
        return {*columns, *_known(values, rows)}
    if key in {"reviews", "lawsuits"}:
        return set(_of_cases(values))
    return set(_of_papers(values))


def _of_requests(values: Values) -> Iterator[Number]:
    """Relations of table 3, and each applicant's new requests."""
    yield from _starting(values, "requests.new.")
    for added, taken in _SUMS_OF_REQUESTS:
        plus = _known(values, [f"requests.{row}.total" for row in added])
        minus = _known(values, [f"requests.{row}.total" for row in taken])
        are_known = len(plus) == len(added) and len(minus) == len(taken)
        if are_known:
            yield sum(plus) - sum(minus)


def _of_cases(values: Values) -> Iterator[Number]:
    """Relations of table 4: kinds one by one and together, with and without those that
    are not decided yet.
    """
    totals = _known(values, [f"{kind.key}.total" for kind in KINDS])
    yield from totals
    if len(totals) == len(KINDS):
        yield sum(totals)
        yield totals[1] + totals[2]
    pending = _known(values, [f"{kind.key}.pending" for kind in KINDS])
    if len(pending) == len(totals) == len(KINDS):
        yield from (one - open_ for one, open_ in zip(totals, pending, strict=True))
        yield sum(totals[1:]) - sum(pending[1:])


def _of_papers(values: Values) -> Iterator[Number]:
    """Relations of table 2: 规章 and 规范性文件 together, and those in force."""
    for row in ("issued", "repealed", "in_force"):
        both = _known(values, [f"disclosure.{kind}.{row}" for kind in DOCUMENTS])
        yield from both
        yield sum(both)


def _known(values: Values, keys: Sequence[str]) -> list[Number]:
    return [values[key] for key in keys if key in values]


def _starting(values: Values, begin: str) -> Iterator[Number]:
    """The values of all keys with a beginning."""
    return (value for key, value in values.items() if key.startswith(begin))
