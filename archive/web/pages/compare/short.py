"""Short addresses of questions, and long lists of agencies under a code.

What is kept stays for ever, and nobody is asked who he is: it names agencies that there
are, is short but for them, and names at most one list, which names nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from flask import abort
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import ServiceUnavailable

from archive.store import Session, comparing
from archive.web.current import current_archive
from archive.web.guards import limiter
from archive.web.pages.compare import reading
from archive.web.pages.compare.asked import MOST_AGENCIES, Asked, Whom, written
from archive.web.pages.compare.gathered import filled
from archive.web.pages.compare.links import first_page, link

MOST_NAMED = 40
"""Agencies that stand in an address one by one; longer lists are kept."""
MOST_REST = 16_000
"""Signs of a kept question, whose long list is kept by itself."""
_MOST_VALUES = 6_000
_DEEPEST = 3
"""Questions of before that name one another."""
_TOO_LONG = "问题太长，请减少机关、数据项或条件。"
_MANY_TODAY = "同一网络一天最多保存 200 个问题，请明天再来；已有的短地址照常可用。"
_FULL_TODAY = "全站今天保存的问题已到上限，请明天再来；已有的短地址照常可用。"
_FULL = (
    "全站保存的问题已到上限，不能再生成新的短地址；已有的短地址照常可用，"
    f"{MOST_NAMED} 个以内的机关也可以直接写在地址中。"
)
_TAKEN = "这个问题的短码已属于另一个问题。请改动一项（例如多选一个年度）后再保存。"


def question_in(text: str) -> MultiDict[str, str]:
    """The parameters in what stands behind `?`; 400 or 413 for more than fit."""
    if len(text) > comparing.MOST_SIGNS:
        abort(413, _TOO_LONG)
    try:
        args = MultiDict(parse_qsl(text, max_num_fields=_MOST_VALUES))
    except ValueError:
        abort(413, _TOO_LONG)
    _check_count(len(set(args.getlist("agency"))))
    return args


def _check_count(agencies: int) -> None:
    """400 for more than a question can hold."""
    if agencies > MOST_AGENCIES:
        abort(400, f"共 {agencies:,} 个机关，一次最多比较 {MOST_AGENCIES:,} 个。")


def args_of(code: str) -> MultiDict[str, str]:
    """The parameters of a kept question; 404 where there is none."""
    kept = None
    if reading.CODE.match(code):
        with current_archive().store.asking() as session:
            kept = comparing.kept(session, code)
    if kept is None:
        abort(404, "没有这个短地址。请检查是否抄写完整。")
    args = question_in(kept)
    if len(args.getlist("agency")) > MOST_NAMED:
        # A long list stands in no address: it is named by its code.
        args.setlist("agency", [])
        args.setlist("of", [code])
    return args


def address_of(code: str) -> str:
    """Where the short address leads to."""
    asked, _ = reading.asked(args_of(code))
    return link("compare.page", asked)


def with_agencies(asked: Asked, keys: Iterable[str]) -> str:
    """The address of the question with these agencies beside those that it names; a
    long list is kept.

    400 for more than a question can hold.
    """

    def write(session: Session) -> tuple[Asked, int]:
        named = _named(session, asked.whom) | set(keys)
        known, unknown = _with(session, asked, named)
        return _shortened(session, known), unknown

    return _leading(*current_archive().store.write(write))


def keep(question: str) -> str:
    """Keeps a question in its one way of writing; the address of its page."""
    asked, _ = reading.asked(question_in(question))
    if not asked.whom.is_anybody:
        abort(400, "问题中没有选定机关，无法保存。")
    whole = first_page(filled(asked))

    def write(session: Session) -> tuple[Asked, int]:
        known, unknown = _with(session, whole, _named(session, whole.whom))
        if not known.whom.is_anybody:
            abort(400, "问题中的机关在档案中都没有，无法保存。")
        short = _shortened(session, known)
        if len(written(short)) > MOST_REST:
            abort(413, _TOO_LONG)
        _keep(session, written(short))
        return short, unknown

    return f"{_leading(*current_archive().store.write(write))}#share"


def code_if_kept(session: Session, asked: Asked) -> str:
    """The code of a question that is kept already; empty otherwise."""
    question = written(first_page(asked))
    code = comparing.code_of(question)
    return code if comparing.kept(session, code) == question else ""


def _named(session: Session, whom: Whom) -> set[str]:
    """The agencies that are named one by one, also in the list of a kept question.

    400 where that one asks for more than a list: what it means changes from day to day.
    """
    keys = set(whom.agencies)
    for _ in range(_DEEPEST):
        if not whom.of:
            break
        question = comparing.kept(session, whom.of)
        if question is None:
            abort(400, f"没有保存过短码“{whom.of}”。")
        whom = reading.asked(question_in(question))[0].whom
        if whom.is_search or whom.is_place:
            abort(400, "短码所指的问题按地区或检索选取机关，不能再加入别的问题。")
        keys.update(whom.agencies)
    return keys


def _with(session: Session, asked: Asked, keys: Iterable[str]) -> tuple[Asked, int]:
    """The question with exactly these agencies named, as far as there are any; and how
    many there are not. 400 for too many.
    """
    every = sorted(set(keys))
    _check_count(len(every))
    known = {one.key for one in comparing.agencies_named(session, every)}
    whom = replace(asked.whom, agencies=tuple(sorted(known)), of="")
    return replace(asked, whom=whom), len(every) - len(known)


def _shortened(session: Session, asked: Asked) -> Asked:
    """The question with a long list of agencies kept under a code of its own."""
    whom = asked.whom
    if len(whom.agencies) <= MOST_NAMED:
        return asked
    listed = Whom(agencies=whom.agencies)
    code = _keep(session, written(Asked(whom=listed)))
    return replace(asked, whom=replace(whom, agencies=(), of=code))


def _leading(asked: Asked, unknown: int) -> str:
    """To the page of a question, which says how many agencies it has lost."""
    address = link("compare.page", asked)
    if not unknown:
        return address
    sign = "&" if "?" in address else "?"
    return f"{address}{sign}{reading.DROPPED}={unknown}"


def _keep(session: Session, question: str) -> str:
    """Keeps a question; its code. 429 for somebody who keeps too many, 503 where there
    is no room for more, 409 where the code belongs to another.
    """
    code = comparing.code_of(question)
    if comparing.kept(session, code) == question:
        return code
    _count_one()
    try:
        return comparing.keep(session, question, datetime.now(UTC))
    except comparing.Full as full:
        words, again = (_FULL_TODAY, 3600) if full.for_today else (_FULL, None)
        raise ServiceUnavailable(words, retry_after=again) from full
    except comparing.Taken:
        abort(409, _TAKEN)


@limiter.shared_limit("200 per day", scope="kept", error_message=_MANY_TODAY)
def _count_one() -> None:
    """Counts what one visitor keeps, on whatever page."""
