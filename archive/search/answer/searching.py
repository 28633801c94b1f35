"""From a question and a snapshot to a page of results."""

from __future__ import annotations

import time

import numpy as np

from archive.search.alike import FOLDED, fold
from archive.search.answer.match import MAX_WORDS, Matching
from archive.search.answer.ranking import STEP, WALKED, Ranking
from archive.search.answer.results import Hit, Results
from archive.search.answer.snippets import Marker
from archive.search.answer.texts import Texts
from archive.search.engine import Counts, Ids, Mask, Snapshot, Together
from archive.search.facets import FACETS, FacetValue
from archive.search.question import (
    EMPTY,
    MAX_SIZE,
    Alike,
    And,
    Node,
    Or,
    Phrase,
    Query,
    Section,
    Words,
    expand,
    leaves,
    subject,
    within,
)
from archive.search.words import words

CHECKED = 200
"""Doubtful documents looked up in the texts before counting; with more, only the page
is checked.
"""

_MAX_VALUES = 100


class Search:
    """One question being answered."""

    def __init__(self, snapshot: Snapshot, texts: Texts, query: Query) -> None:
        self._snapshot = snapshot
        self._texts = texts
        self._query = query
        self._notes = list(query.notes)
        self._chosen = self._filters()
        self._masks = {
            key: snapshot.facets[key].having(values)
            for key, values in self._chosen.items()
        }
        self._tree, self._synonyms = (
            expand(query.tree) if query.synonyms else (query.tree, {})
        )
        self._matching = Matching(snapshot, self._tree)
        self._exact = True
        self._nearest = False

    def results(self, started: float) -> Results:
        """The page asked for."""
        found = self._answered()
        size = min(max(self._query.size, 1), MAX_SIZE)
        matches = found & self._all_filters()
        page = max(self._query.page, 1)
        offset = (page - 1) * size
        if self._query.fold and self._tree and self._exact:
            groups, folded = self._folded(matches, found, offset + size)
        else:
            groups, folded = (
                [[at] for at in self._page(matches, found, offset, size).tolist()],
                0,
            )
            offset = 0
        return Results(
            total=int(np.count_nonzero(found & self._all_filters())),
            hits=self._hits(groups[offset : offset + size]),
            facets=self._facets(found),
            exact=self._exact,
            notes=tuple(dict.fromkeys(self._notes)),
            page=page,
            size=size,
            synonyms=self._synonyms,
            folded=folded,
            nearest=self._nearest,
            took_ms=round((time.perf_counter() - started) * 1000, 2),
        )

    def listed(self, most: int) -> tuple[list[int], int]:
        """The version ids found, best first, at most so many; and how many there are."""
        found = self._answered()
        listed = self._page(found & self._all_filters(), found, 0, most)
        total = int(np.count_nonzero(found & self._all_filters()))
        return self._snapshot.version_ids[listed].tolist(), total

    def _answered(self) -> Mask:
        """The documents that answer the question, filters aside, or what comes nearest;
        made ready to be ranked.
        """
        found = self._found()
        if not found.any() and self._exact:
            found = self._otherwise(found)
        self._notes += self._matching.notes
        self._ranking = Ranking(
            self._snapshot, self._matching if self._tree else None, self._query.sort
        )
        return found

    def _otherwise(self, nothing: Mask) -> Mask:
        """What comes nearest to a question that nothing answers: its text as printed,
        else most of its words.
        """
        asked = self._tree, self._matching
        if (literal := _literally(self._tree)) != self._tree:
            self._tree, self._matching = literal, Matching(self._snapshot, literal)
            if (found := self._found()).any():
                self._notes.append("没有报告含有这些词语，以下结果按原文片段查找。")
                return found
        if (several := _words_of(asked[0])) and (
            found := self._with_most(several)
        ).any():
            self._tree = Or(tuple(map(Words, several)))
            self._matching = Matching(self._snapshot, self._tree)
            self._notes.append("没有报告含有全部词语，以下报告含有其中大部分。")
            self._nearest = True
            return found
        self._tree, self._matching = asked
        return nothing

    def _with_most(self, several: list[str]) -> Mask:
        """The documents with as many of the words as any has, and at least half of
        them.
        """
        counts = sum(
            self._snapshot.containing("words", [word]).astype(np.int64)
            for word in several
        )
        shown = np.where(self._snapshot.alive & self._all_filters(), counts, 0)
        least = max(int(shown.max(initial=0)), 2, (len(several) + 1) // 2)
        return np.asarray(self._snapshot.alive & (counts >= least), bool)

    def _filters(self) -> dict[str, frozenset[str]]:
        known = {facet.key for facet in FACETS}
        chosen: dict[str, frozenset[str]] = {}
        for key, values in self._query.filters.items():
            if key not in known:
                self._notes.append(f"没有“{key[:20]}”这一筛选项，已忽略。")
            elif kept := frozenset(value for value in values if value):
                if len(kept) > _MAX_VALUES:
                    kept = frozenset(sorted(kept)[:_MAX_VALUES])
                    self._notes.append(
                        f"每个筛选项最多选 {_MAX_VALUES} 个值，其余已忽略。"
                    )
                chosen[key] = kept
        return chosen

    def _all_filters(self, but: str = "") -> Mask:
        masks = [mask for key, mask in self._masks.items() if key != but]
        return (
            np.logical_and.reduce(masks)
            if masks
            else np.ones(self._snapshot.size, bool)
        )

    def _found(self) -> Mask:
        """The documents that answer the text, filters aside; doubtful ones checked when
        they are few.
        """
        known = self._matching.known
        found = known.maybe & self._snapshot.alive
        doubts = found & ~known.sure
        if (
            self._masks
        ):  # only what a filter or a facet's count can show needs to be certain
            doubts &= np.logical_or.reduce(
                [
                    self._all_filters(),
                    *(self._all_filters(but=key) for key in self._masks),
                ]
            )
        doubtful = np.flatnonzero(doubts)
        if len(doubtful) > CHECKED:
            self._exact = False
            return found
        for start in range(0, len(doubtful), STEP):
            self._check(doubtful[start : start + STEP], found)
        return found

    def _check(self, documents: Ids, found: Mask) -> None:
        """Look documents up in their texts and take those that don't answer out of
        `found`.
        """
        if not len(documents):
            return
        texts = self._texts.of(self._snapshot, documents.tolist())
        for document in documents.tolist():
            text = texts.get(document)
            found[document] = text is not None and self._matching.holds(document, text)

    def _page(self, matches: Mask, found: Mask, offset: int, size: int) -> Ids:
        """The documents of the page, best first.

        Where counting was not exact, those ranked first are checked, and those of the
        page; what lies between counts unchecked, alike for every page, so that none is
        shown twice. A page far down may thus be short.
        """
        candidates = np.flatnonzero(matches)
        if not len(candidates):
            return candidates
        if self._exact:
            return self._ranking.best(candidates, offset + size)[offset:]
        doubtful = ~self._matching.known.sure
        kept: list[int] = []
        seen = 0
        for block in self._ranking.blocks(candidates):
            if seen < WALKED:
                self._check(block[doubtful[block]], found)
                kept.extend(block[found[block]].tolist())
            else:
                kept.extend(block.tolist())
            seen += len(block)
            if len(kept) >= offset + size:
                break
        else:
            # Every candidate was looked at; other facets' counts need those the filters
            # leave out.
            self._exact = not self._masks and len(candidates) <= WALKED
        page = np.array(kept[offset : offset + size], np.int64)
        if seen > WALKED:
            self._notes.append(
                f"可能符合的报告很多，只逐份核对了排在最前的 {WALKED} 份和本页的报告。"
            )
            for start in range(0, len(page), STEP):
                part = page[start : start + STEP]
                self._check(part[doubtful[part]], found)
        return page[found[page]]

    def _folded(
        self, matches: Mask, found: Mask, last: int
    ) -> tuple[list[list[int]], int]:
        """The ranked documents up to `last`, those nearly the same behind the best of
        them, and how many are so.
        """
        ranked = self._page(matches, found, 0, FOLDED + last)
        head = ranked[:FOLDED]
        groups = [
            head[group].tolist() for group in fold(self._snapshot.fingerprints[head])
        ]
        return groups + [[at] for at in ranked[FOLDED:].tolist()], len(head) - len(
            groups
        )

    def _hits(self, groups: list[list[int]]) -> tuple[Hit, ...]:
        documents = np.array([group[0] for group in groups], np.int64)
        versions = self._snapshot.version_ids[documents].tolist()
        filings = self._snapshot.filing_ids[documents].tolist()
        texts = self._texts.of(self._snapshot, documents.tolist())
        marker = Marker(
            dict.fromkeys(leaves(self._tree, alike=True)), within(self._tree)
        )
        hits = []
        known = self._snapshot.version_ids
        scores = self._ranking.scores(documents)
        for group, version, filing, score in zip(
            groups, versions, filings, scores, strict=True
        ):
            text = texts.get(group[0])
            snippets, title = (
                (marker.snippets(text), marker.title(text.title)) if text else ((), ())
            )
            hits.append(
                Hit(
                    version,
                    filing,
                    score,
                    snippets,
                    title,
                    tuple(known[group[1:]].tolist()),
                )
            )
        return tuple(hits)

    def _facets(self, found: Mask) -> dict[str, tuple[FacetValue, ...]]:
        """All facets' values; those of a facet as if nothing were chosen in it."""
        shown: dict[str, tuple[FacetValue, ...]] = {}
        present = self._snapshot.present
        everywhere = self._counts(self._snapshot.together, found & self._all_filters())
        for key, column in self._snapshot.facets.items():
            if key in self._masks:
                counts = self._counts(
                    Together({key: column}), found & self._all_filters(but=key)
                )[key]
            else:
                counts = everywhere[key]
            shown[key] = column.values.shown(
                counts, present[key], self._chosen.get(key, frozenset())
            )
        return shown

    def _counts(self, facets: Together, found: Mask) -> dict[str, Counts]:
        """How many of the documents found have each value. Where most are found, those
        are counted that are not.
        """
        if 2 * np.count_nonzero(found) <= self._snapshot.size:
            return facets.counts(found.nonzero()[0])
        present = self._snapshot.present
        rest = (self._snapshot.alive & ~found).nonzero()[0]
        if not len(rest):
            return present
        others = facets.counts(rest)
        return {key: present[key] - counts for key, counts in others.items()}


def _words_of(node: Node | None) -> list[str]:
    """The different words of plain text that tell something; none when anything else
    was asked for, or too few.
    """
    parts = node.parts if isinstance(node, And) else (node,)
    plain = [part.asked if isinstance(part, Alike) else part for part in parts]
    texts = [leaf.text for leaf in plain if isinstance(leaf, Words)]
    if len(texts) < len(parts):
        return []
    several = dict.fromkeys(
        word for text in texts for part in subject(text) for word in words(part)
    )
    telling = [word for word in several if word not in EMPTY][:MAX_WORDS]
    return telling if len(telling) > 2 else []


def _literally(node: Node | None) -> Node | None:
    """The same question with the plain words asked for as quoted text. What is ruled
    out stays.
    """
    match node:
        case Words(text) | Alike(Words(text)):
            return Phrase(text)
        case Section(headings, part):
            return Section(headings, _literally(part))
        case And(parts):
            return And(tuple(inner for part in parts if (inner := _literally(part))))
        case Or(parts):
            return Or(tuple(inner for part in parts if (inner := _literally(part))))
    return node
