"""What an address asks of the search: its parameters as a question, with notes about
those that could not be understood.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime

from werkzeug.datastructures import MultiDict

from archive.catalogue import CHINA, ORDERS, QUANTITIES, RELEVANCE, figure_order
from archive.regions import is_code
from archive.search import (
    FACETS,
    MAX_CHARACTERS,
    Counted,
    Facet,
    Query,
    only_conditions,
    understand,
)
from archive.web.addresses import MOST_CONDITIONS, MOST_PAGES, whole_number

SORTS = {order.key: order.label for order in ORDERS}
MAX_FILTERS = 40
"""Values chosen in one facet; more are left out, and a note says so."""
MAX_VALUE = 100
"""Characters of one value."""
MAX_SIZE = 100
"""Results on a page."""

Tell = Callable[[str], None]
"""Takes a note for the visitor."""


def asked(args: MultiDict[str, str]) -> tuple[Query, tuple[str, ...]]:
    """The question, and what of it was not taken as it stands."""
    notes: list[str] = []
    text = _text(args)
    asked_on, literal = asked_on_of(args)
    said = understand(text, asked_on, literal).sort if asked_on else ""
    sort = _sort(args, said, notes.append)
    query = Query(
        text=text,
        filters=_filters(args, notes.append),
        page=_number(args, "page", 1, MOST_PAGES, notes.append),
        size=_number(args, "size", 20, MAX_SIZE, notes.append),
        sort=sort,
        where=_where(args, notes.append),
        figure=_figure(args),
        synonyms=args.get("synonyms", "") != "0",
        # In other orders near-identical reports are no nuisance: they stand apart.
        fold=args.get("fold", "") != "0" and sort == RELEVANCE,
        asked_on=asked_on,
        literal=literal,
    )
    return query, tuple(notes)


def asked_on_of(args: MultiDict[str, str]) -> tuple[date | None, frozenset[str]]:
    """The day on which a question is asked, None where it is not to be understood; and
    what of it is to be taken literally.
    """
    asked_on = None if args.get("understand", "") == "0" else today()
    return asked_on, _literal(args)


def today() -> date:
    """The day in China, from which 去年 is counted."""
    return datetime.now(CHINA).date()


def _literal(args: MultiDict[str, str]) -> frozenset[str]:
    """Parts of the question that are to be searched for as they stand."""
    given = [one for one in args.getlist("literal") if len(one) <= MAX_VALUE]
    return frozenset(given[:MAX_FILTERS])


def _text(args: MultiDict[str, str]) -> str:
    """What was typed into the search box."""
    # A NUL is no sign of any word, and no database takes it.
    text = args.get("q", "").replace("\0", " ").strip()
    # One more than is used, so that the question notes that it was too long.
    return text[: MAX_CHARACTERS + 1]


def _sort(args: MultiDict[str, str], said: str, tell: Tell) -> str:
    """The order asked for, else that which the words say; without words nothing is more
    relevant than the newest.
    """
    has_words = args.get("q", "").strip()
    sort = args.get("sort", "") or said or (RELEVANCE if has_words else "year")
    if sort in SORTS or figure_order(sort):
        return sort
    tell(f"没有“{sort[:20]}”这种排序，已按相关程度排列。")
    return RELEVANCE


def _filters(args: MultiDict[str, str], tell: Tell) -> dict[str, tuple[str, ...]]:
    """Facet → the values chosen in it; facets without a choice are left out."""
    filters = {}
    for facet in FACETS:
        values = _values(args, facet, tell)
        if values:
            filters[facet.key] = values
    return filters


def _where(args: MultiDict[str, str], tell: Tell) -> tuple[Counted, ...]:
    """The conditions on figures: `where=requests.new.total>100`, or as they are typed
    into a question.
    """
    given = list(filter(None, args.getlist("where")))
    found: dict[Counted, None] = {}
    for text in given[:MOST_CONDITIONS]:
        conditions, trouble = only_conditions(text[: MAX_CHARACTERS + 1])
        if trouble:
            tell(trouble)
        found |= dict.fromkeys(conditions)
    asked_for = max(len(given), len(found))
    if asked_for > MOST_CONDITIONS:
        tell(f"条件有 {asked_for} 个，只使用了前 {MOST_CONDITIONS} 个。")
    return tuple(found)[:MOST_CONDITIONS]


def _figure(args: MultiDict[str, str]) -> str:
    """The figure whose values are counted in ranges: the first of those that are shown;
    empty for none. What is unknown is said where they are read.
    """
    known = [key for key in args.getlist("figure") if key in QUANTITIES]
    return next(iter(known), "")


def _values(args: MultiDict[str, str], facet: Facet, tell: Tell) -> tuple[str, ...]:
    """The values chosen in a facet, each once, in the order of the address."""
    given = args.getlist(facet.key)
    # Both are understood: finding and findings.
    if facet.key == "findings":
        given += args.getlist("finding")
    if any(len(value) > MAX_VALUE for value in given):
        tell(
            f"“{facet.label}”的一个值超过 {MAX_VALUE} 个字，只使用了前 {MAX_VALUE} 个。"
        )
    values = tuple(dict.fromkeys(value[:MAX_VALUE] for value in given if value))
    if len(values) > MAX_FILTERS:
        tell(f"“{facet.label}”选了 {len(values)} 个值，只使用了前 {MAX_FILTERS} 个。")
    # An address can hold thousands; each costs a pass over the index.
    return values[:MAX_FILTERS]


def _number(
    args: MultiDict[str, str], name: str, default: int, most: int, tell: Tell
) -> int:
    """A parameter as a number from 1 to `most`; the default for anything else."""
    text = args.get(name, "").strip()
    if not text:
        return default
    number = whole_number(text, most)
    if number is None:
        tell(f"参数 {name} 应为 1 到 {most} 的整数，已按 {default} 处理。")
        return default
    return number


def region_asked(args: MultiDict[str, str], tell: Tell) -> str:
    """The code of `region`; empty for none, and for what is no code."""
    region = args.get("region", "")
    if not region or is_code(region):
        return region
    tell("行政区划代码应为六位数字，如 510000。")
    return ""


def one_of(
    args: MultiDict[str, str], name: str, values: Collection[str], tell: Tell
) -> str:
    """A parameter that has to be one of some values; empty for any other."""
    value = args.get(name, "")
    if not value or value in values:
        return value
    tell(f"没有“{value[:20]}”这个选项，已不予理会。")
    return ""
