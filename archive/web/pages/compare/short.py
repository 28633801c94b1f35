"""Short addresses of questions, and long lists of agencies under a code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from flask import abort
from werkzeug.datastructures import MultiDict

from archive.store import Session, comparing
from archive.web.current import current_archive
from archive.web.pages.compare import reading
from archive.web.pages.compare.asked import MOST_AGENCIES, Asked, Whom, written
from archive.web.pages.compare.gathered import filled
from archive.web.pages.compare.links import first_page, link

MOST_NAMED = 40
"""Agencies that stand in an address one by one; longer lists are kept."""


def question_in(text: str) -> MultiDict[str, str]:
    """The parameters in what stands behind `?`."""
    return MultiDict(parse_qsl(text[: comparing.MOST_SIGNS], max_num_fields=6_000))


def args_of(code: str) -> MultiDict[str, str]:
    """The parameters of a kept question; 404 where there is none."""
    kept = None
    if reading.CODE.match(code):
        with current_archive().store.session() as session:
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


def shortened(session: Session, asked: Asked) -> Asked:
    """The question with a long list of agencies kept under a code of its own."""
    whom = asked.whom
    if len(whom.agencies) <= MOST_NAMED:
        return asked
    listed = Whom(agencies=whom.agencies)
    code = comparing.keep(session, written(Asked(whom=listed)), datetime.now(UTC))
    return replace(asked, whom=replace(whom, agencies=(), of=code))


def with_agencies(session: Session, asked: Asked, keys: Iterable[str]) -> Asked:
    """The question with these agencies beside those that it names; a long list is kept.

    400 for more than a question can hold.
    """
    whom = asked.whom
    before: tuple[str, ...] = whom.agencies
    kept = comparing.kept(session, whom.of) if whom.of else None
    if kept is not None:
        listed, _ = reading.asked(question_in(kept))
        before += listed.whom.agencies
    every = tuple(sorted({*before, *keys}))
    if len(every) > MOST_AGENCIES:
        abort(400, f"共 {len(every):,} 个机关，一次最多比较 {MOST_AGENCIES:,} 个。")
    return shortened(session, replace(asked, whom=replace(whom, agencies=every, of="")))


def keep(question: str) -> str:
    """Keeps a question in its one way of writing; the address of its page."""
    if len(question) > comparing.MOST_SIGNS:
        abort(413)
    asked, _ = reading.asked(question_in(question))
    if not asked.whom.is_anybody:
        abort(400, "问题中没有选定机关，无法保存。")
    whole = first_page(filled(asked))

    def write(session: Session) -> Asked:
        kept = shortened(session, whole)
        comparing.keep(session, written(kept), datetime.now(UTC))
        return kept

    kept = current_archive().store.write(write)
    return f"{link('compare.page', kept)}#share"


def code_if_kept(session: Session, asked: Asked) -> str:
    """The code of a question that is kept already; empty otherwise."""
    question = written(first_page(asked))
    code = comparing.code_of(question)
    return code if comparing.kept(session, code) == question else ""
