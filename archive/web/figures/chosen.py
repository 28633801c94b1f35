"""Which figures, claims and indicators an address asks for: `figure`, repeatable."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from werkzeug.datastructures import MultiDict

from archive.catalogue import FIGURES, INDICATORS, QUANTITIES
from archive.search import Query

MOST = 40
"""Keys that one address may ask for; more are left out, and a note says so."""

Keys = tuple[str, ...]


def keys_asked(args: MultiDict[str, str]) -> tuple[Keys, tuple[str, ...]]:
    """The keys, each once and in the order of the address; notes on what is none."""
    known, unknown = told_apart(args.getlist("figure"), _is_known)
    notes = []
    if unknown:
        more = f"等 {len(unknown)} 个" if len(unknown) > 1 else ""
        notes.append(f"没有键为“{unknown[0][:60]}”{more}的数字或指标。")
    if len(known) > MOST:
        notes.append(f"选了 {len(known)} 个数字，只使用了前 {MOST} 个。")
    return known[:MOST], tuple(notes)


def keys_looked_at(query: Query) -> Keys:
    """What results are ordered or narrowed by, to be seen on each of them."""
    key = query.looked_at
    if not key:
        return ()
    return (QUANTITIES[key].of or key,)


def told_apart(
    given: Iterable[str], is_known: Callable[[str], bool]
) -> tuple[Keys, Keys]:
    """What is given, each once and in its order: what is known, and what is not."""
    known: list[str] = []
    unknown: list[str] = []
    for one in dict.fromkeys(filter(None, given)):
        where = known if is_known(one) else unknown
        where.append(one)
    return tuple(known), tuple(unknown)


def _is_known(key: str) -> bool:
    return key in FIGURES or key in INDICATORS
