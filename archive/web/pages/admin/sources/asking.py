"""Which sources an address asks for; what it does not know, it does not matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from archive.catalogue import SourceCondition
from archive.jobs import family_titles
from archive.store import SourceWish, sources

_MOST_TYPED = 200
FILTERS = ("group", "family", "state", "words")


def wish_asked(values: Mapping[str, str] | None = None) -> SourceWish:
    """The filters of the current request, or of other values."""
    given = request.args if values is None else values
    asked = {name: given.get(name, "")[:_MOST_TYPED].strip() for name in FILTERS}
    if asked["state"] not in set(SourceCondition):
        asked["state"] = ""
    if asked["family"] not in {sources.AUTO, *family_titles()}:
        asked["family"] = ""
    order = given.get("order", "")
    return SourceWish(**asked, order=order if order in sources.ORDERS else "added")


def parameters(wish: SourceWish) -> dict[str, Any]:
    """The filters of a wish as an address has them, without empty ones."""
    return {name: getattr(wish, name) for name in FILTERS if getattr(wish, name)}


def in_words(wish: SourceWish) -> str:
    """The filters for people, and for the audit log."""
    if wish.is_open:
        return "全部来源"
    family = family_titles().get(wish.family, wish.family)
    state = SourceCondition(wish.state).label if wish.state else ""
    group = "无分组" if wish.group == sources.NO_GROUP else wish.group
    pairs = (("分组", group), ("系统", family), ("状态", state), ("文字", wish.words))
    return "，".join(f"{name}“{value}”" for name, value in pairs if value)
