"""What is computed from table 3: requests, what came of them, and who asked."""

from __future__ import annotations

from collections.abc import Iterator

from archive.catalogue.forms import FORMS
from archive.catalogue.indicators.record import Indicator, Sum
from archive.catalogue.tables import APPLICANTS


def _total(*rows: str) -> tuple[str, ...]:
    return tuple(f"requests.{row}.total" for row in rows)


def _rows(beginning: str) -> tuple[str, ...]:
    """The rows of table 3 with this beginning, of all forms: `refused_`."""
    found: dict[str, None] = {}
    for form in FORMS.values():
        names = [row.key for row in form.requests if row.key.startswith(beginning)]
        found |= dict.fromkeys(names)
    return tuple(found)


_NEW, _IN = _total("new"), _total("carried_in")
_DONE, _OUT = _total("concluded"), _total("carried_out")
_GIVEN = _total("granted", "partly_granted")
_REFUSED = _total(*_rows("refused_"))
_UNAVAILABLE = _total(*_rows("unavailable_"))
_REJECTED = _total(*_rows("rejected_"))
_CLOSED = _total(*_rows("closed_"))

_SCOPE = "政府的报告可能只计本级，也可能含下级汇总；比较之前先看报告自己的说明。"
_SPLIT = "2021年起的格式把其他处理分为三项，这里合计。"
_THREE_WAYS = "公开率有三种算法，各家评估都在用，所以总要写明是哪一种。"


def asked_and_done() -> Iterator[Indicator]:
    yield Indicator(
        "received",
        "新收申请",
        "Requests received",
        "本年新收政府信息公开申请数量",
        Sum(_NEW),
        note=_SCOPE,
    )
    yield Indicator(
        "received_growth",
        "新收申请同比",
        "Growth of requests received",
        "本年新收 ÷ 上年新收 − 1",
        Sum(_NEW),
        is_growth=True,
        note="两年的数字都确定时才计算。",
    )
    yield Indicator(
        "handled",
        "受理合计",
        "Requests to be handled",
        "本年新收 + 上年结转",
        Sum((*_NEW, *_IN)),
        note="应等于办理结果总计与结转下年度之和。",
    )
    yield Indicator(
        "concluded_share",
        "办结率",
        "Share of requests concluded",
        "办理结果总计 ÷（本年新收 + 上年结转）",
        Sum(_DONE),
        Sum((*_NEW, *_IN)),
    )
    yield Indicator(
        "carried_share",
        "结转率",
        "Share of requests carried over",
        "结转下年度 ÷（本年新收 + 上年结转）",
        Sum(_OUT),
        Sum((*_NEW, *_IN)),
    )


def disclosed() -> Iterator[Indicator]:
    yield Indicator(
        "disclosed_share",
        "公开率",
        "Share disclosed, wholly or partly",
        "（予以公开 + 部分公开）÷ 办理结果总计",
        Sum(_GIVEN),
        Sum(_DONE),
        note=_THREE_WAYS,
    )
    yield Indicator(
        "disclosed_share_b",
        "公开率（不计其他处理）",
        "Share disclosed, closed requests left out",
        "（予以公开 + 部分公开）÷（予以公开 + 部分公开 + 不予公开 + 无法提供 + "
        "不予处理）",
        Sum(_GIVEN),
        Sum((*_GIVEN, *_REFUSED, *_UNAVAILABLE, *_REJECTED)),
        variant_of="disclosed_share",
        note=_THREE_WAYS,
    )
    yield Indicator(
        "disclosed_share_c",
        "公开率（占受理）",
        "Share disclosed of requests to be handled",
        "（予以公开 + 部分公开）÷（本年新收 + 上年结转）",
        Sum(_GIVEN),
        Sum((*_NEW, *_IN)),
        variant_of="disclosed_share",
        note=_THREE_WAYS,
    )
    yield Indicator(
        "fully_disclosed_share",
        "完全公开率",
        "Share wholly disclosed",
        "予以公开 ÷ 办理结果总计",
        Sum(_total("granted")),
        Sum(_DONE),
    )


def not_disclosed() -> Iterator[Indicator]:
    yield _count("refused", "不予公开", "Requests refused", _REFUSED)
    yield _part("refused_share", "不予公开率", "Share refused", "不予公开", _REFUSED)
    for row in FORMS["2021"].requests:
        if row.key.startswith("refused_"):
            yield _reason(row.key, row.title, row.english)
    yield _count("unavailable", "无法提供", "Requests unavailable", _UNAVAILABLE)
    yield _part(
        "unavailable_share",
        "无法提供率",
        "Share unavailable",
        "无法提供",
        _UNAVAILABLE,
    )
    yield _part(
        "not_held_share",
        "不掌握占比",
        "Share not held",
        "本机关不掌握相关政府信息",
        _total("unavailable_not_held"),
    )
    yield from _rejected()
    yield from _closed()


def _rejected() -> Iterator[Indicator]:
    yield _count("rejected", "不予处理", "Requests not handled", _REJECTED)
    yield _part(
        "rejected_share", "不予处理率", "Share not handled", "不予处理", _REJECTED
    )
    yield _part(
        "petition_share",
        "信访投诉类占比",
        "Share of petitions and complaints",
        "信访举报投诉类申请",
        _total("rejected_petition"),
    )
    yield _part(
        "repeat_share",
        "重复与大量反复占比",
        "Share of repeated and excessive requests",
        "重复申请 + 无正当理由大量反复申请",
        _total("rejected_repeat", "rejected_excessive"),
    )


def _closed() -> Iterator[Indicator]:
    yield Indicator(
        "closed",
        "其他处理件数",
        "Requests closed otherwise",
        "其他处理各项之和",
        Sum((), split=_CLOSED),
        note=_SPLIT,
    )
    yield Indicator(
        "closed_share",
        "其他处理占比",
        "Share closed otherwise",
        "其他处理 ÷ 办理结果总计",
        Sum((), split=_CLOSED),
        Sum(_DONE),
        note=_SPLIT,
    )


def _count(key: str, row: str, english: str, keys: tuple[str, ...]) -> Indicator:
    """How many came to one of the outcomes that a form lists under a heading."""
    return Indicator(key, f"{row}件数", english, f"{row}各项之和", Sum(keys))


def _part(
    key: str, label: str, english: str, counted: str, keys: tuple[str, ...]
) -> Indicator:
    """A share of all requests that were concluded."""
    formula = f"{counted} ÷ 办理结果总计"
    if "+" in counted:
        formula = f"（{counted}）÷ 办理结果总计"
    return Indicator(key, label, english, formula, Sum(keys), Sum(_DONE))


def _reason(row: str, title: str, english: str) -> Indicator:
    """Which part of all refusals gave this reason."""
    reason = title.lstrip("0123456789.")
    return Indicator(
        f"refusal_reasons.{row.removeprefix('refused_')}",
        f"不予公开理由：{reason}",
        f"Reason of refusals: {english.partition(': ')[2]}",
        f"{reason} ÷ 不予公开八项之和",
        Sum(_total(row)),
        Sum(_REFUSED),
    )


def applicants() -> Iterator[Indicator]:
    for applicant in APPLICANTS[:-1]:
        name = applicant.title
        yield Indicator(
            f"{applicant.key}_share",
            f"{name}占比" if name != "其他" else "其他组织占比",
            f"Share of requests by {applicant.english}",
            f"本年新收（{name}）÷ 本年新收（总计）",
            Sum((f"requests.new.{applicant.key}",)),
            Sum(_NEW),
        )
