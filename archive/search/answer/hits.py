"""From ranked documents to what is shown of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from archive.search.alike import FOLDED, fold
from archive.search.answer.ranking import Ordered
from archive.search.answer.results import Hit
from archive.search.answer.snippets import Marker
from archive.search.answer.texts import Texts
from archive.search.engine import Snapshot
from archive.search.question import Node, leaves, within


class Group(NamedTuple):
    """A document, and those nearly the same that are shown behind it."""

    document: int
    score: float
    others: tuple[int, ...] = ()


def one_by_one(ranked: Ordered) -> list[Group]:
    """Each document by itself."""
    pairs = zip(ranked.documents.tolist(), ranked.scores.tolist(), strict=True)
    return [Group(document, score) for document, score in pairs]


def folded(snapshot: Snapshot, ranked: Ordered) -> list[Group]:
    """Documents nearly the same behind the best of them.

    What follows the first FOLDED is listed one by one.
    """
    # Townships of one county send in the same text with another name and other figures.
    head = one_by_one(ranked[:FOLDED])
    places = fold(snapshot.fingerprints[ranked.documents[:FOLDED]])
    groups = [_behind_the_first([head[place] for place in each]) for each in places]
    return groups + one_by_one(ranked[FOLDED:])


def _behind_the_first(several: list[Group]) -> Group:
    """Documents nearly the same as one group."""
    first, *others = several
    if not others:
        return first
    return Group(first.document, first.score, tuple(one.document for one in others))


def hits_of(
    snapshot: Snapshot, texts: Texts, tree: Node | None, groups: Sequence[Group]
) -> tuple[Hit, ...]:
    """What is shown of the documents: title and passages.

    They are marked where they hold what the tree asks for. A document whose text is
    gone is shown without.
    """
    documents = [group.document for group in groups]
    found = texts.of(snapshot, documents)
    wanted = dict.fromkeys(leaves(tree, synonyms=True))
    marker = Marker(wanted, within(tree), partial(_rarity, snapshot))
    shown = dict(zip(found, marker.shown([*found.values()]), strict=True))
    # Whole columns to Python numbers at once: one by one takes ten times as long.
    numbers = np.array(documents, np.int64)
    versions = snapshot.version_ids[numbers].tolist()
    filings = snapshot.filing_ids[numbers].tolist()
    hits = []
    for group, version, filing in zip(groups, versions, filings, strict=True):
        title, snippets = shown.get(group.document, ((), ()))
        alike = _versions(snapshot, group.others)
        hits.append(Hit(version, filing, group.score, snippets, title, alike))
    return tuple(hits)


def _rarity(snapshot: Snapshot, needle: str) -> float:
    """How much it tells that a text has a word: more, the fewer have it."""
    return math.log(2 + snapshot.size / (snapshot.count(needle) + 1))


def _versions(snapshot: Snapshot, documents: tuple[int, ...]) -> tuple[int, ...]:
    """The versions of documents; most hits have nothing near them."""
    if not documents:
        return ()
    return tuple(snapshot.version_ids[list(documents)].tolist())
