"""Our arrays against Whoosh's own reader and searcher, on the same files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from whoosh import query as stock
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.scoring import BM25F
from whoosh.writing import SegmentWriter

from archive.search.answer.match import Matching
from archive.search.engine.bulk import BulkWriter
from archive.search.engine.folder import Folder
from archive.search.engine.listed import Cache
from archive.search.engine.schema import document, schema
from archive.search.engine.segments import generation
from archive.search.engine.snapshot import Snapshot
from archive.search.question import And, Node, Not, Or, Words, parse
from archive.search.words import words
from tests.search.conftest import Indexed, invented


@pytest.fixture(scope="module")
def both(hundred: Indexed) -> tuple[Snapshot, FileIndex]:
    path = Folder(hundred.folder).current()
    assert path
    snapshot = Snapshot.read(path, generation(path), Cache(10_000_000))
    assert len(snapshot.segments) > 1
    assert not snapshot.alive.all()
    return snapshot, FileIndex(FileStorage(str(path)), schema())


def test_every_posting_is_the_same(both: tuple[Snapshot, FileIndex]) -> None:
    snapshot, index = both
    with index.reader() as reader:
        terms = list(reader.all_terms())
        assert len(terms) > 500
        for field, term in terms:
            having = snapshot.containing(field, [term.decode()])
            matcher = reader.postings(field, term)
            expected = []
            while matcher.is_active():
                expected.append(matcher.id())
                matcher.next()
            assert np.flatnonzero(having & snapshot.alive).tolist() == expected
            assert np.count_nonzero(having) == reader.doc_frequency(field, term)


def test_columns_are_the_same(both: tuple[Snapshot, FileIndex]) -> None:
    snapshot, index = both
    with index.reader() as reader:
        for name, ours in [
            ("version_id", snapshot.version_ids),
            ("published", snapshot.published),
        ]:
            assert list(reader.column_reader(name)) == ours.tolist()
        codes = snapshot.facets["region"]
        expected = [
            frozenset(value.decode().split("\x1f"))
            for value in reader.column_reader("facet_region")
        ]
        assert [
            frozenset(codes.values.combinations[code]) for code in codes.codes
        ] == expected


def test_what_is_written_is_what_the_stock_writer_and_codec_write(
    tmp_path: Path,
) -> None:
    terms = []
    for name in ("stock", "bulk"):
        (tmp_path / name).mkdir()
        index = FileIndex.create(FileStorage(str(tmp_path / name)), schema())
        writer = (
            SegmentWriter(index, codec=W3Codec(), compound=False)
            if name == "stock"
            else BulkWriter(index)
        )
        for number in range(1, 100):
            writer.add_document(**document(invented(number)))
        writer.commit()
        with index.reader() as reader:
            terms.append(
                [
                    (
                        term,
                        about.weight(),
                        about.doc_frequency(),
                        about.max_weight(),
                        about.min_id(),
                        about.max_id(),
                    )
                    for term, about in reader
                ]
            )
            lengths = [reader.doc_field_length(number, "words") for number in range(99)]
            terms.append(
                [
                    *lengths,
                    *reader.column_reader("facet_region"),
                    *reader.terms_from("words", "公"),
                ]
            )
    assert terms[0] == terms[2]
    assert terms[1] == terms[3]


def as_stock(node: Node) -> stock.Query:
    match node:
        case Words(text):
            return stock.And(
                [stock.Term("words", word) for word in dict.fromkeys(words(text))]
            )
        case And(parts):
            out = [as_stock(part.part) for part in parts if isinstance(part, Not)]
            asked = stock.And(
                [as_stock(part) for part in parts if not isinstance(part, Not)]
            )
            return stock.AndNot(asked, stock.Or(out)) if out else asked
        case Or(parts):
            return stock.Or([as_stock(part) for part in parts])
    raise AssertionError(node)


@pytest.mark.parametrize(
    "text",
    [
        "公开",
        "预付卡",
        "答复 营商环境",
        "预付卡 OR 行政复议",
        "答复 -行政诉讼",
        "行政复议 OR 行政诉讼 12 -预付卡",
        "没有",
    ],
)
def test_hits_and_scores_are_the_same(
    both: tuple[Snapshot, FileIndex], text: str
) -> None:
    snapshot, index = both
    tree = parse(text).tree
    assert tree
    matching = Matching(snapshot, tree)
    scores = matching.scores()
    found = np.flatnonzero(matching.known.sure & snapshot.alive)
    with index.searcher(weighting=BM25F()) as searcher:
        expected = {
            hit.docnum: hit.score for hit in searcher.search(as_stock(tree), limit=None)
        }
    assert set(found.tolist()) == set(expected)
    assert scores[found] == pytest.approx(
        [expected[number] for number in found.tolist()], rel=1e-9
    )
