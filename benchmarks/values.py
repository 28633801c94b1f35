"""What it costs to ask for the values of many reports at once.

    python -m benchmarks.values DATABASE [N] [ROUNDS]

The newest N versions (5,000 if not told) of the database at this address, with ten keys
of each kind: figures, indicators, and a mixture with claims and growth. The least and
the median time of ROUNDS (9 if not told), in seconds of a processor.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from archive.catalogue import FIGURES, INDICATORS
from archive.store import Store, values_of
from archive.store.rows import VersionRow

_TOTALS = [key for key in FIGURES if key.startswith("requests.") and ".total" in key]
KINDS: dict[str, list[str]] = {
    "ten figures": _TOTALS[:10],
    "ten indicators": [
        "disclosed_share",
        "disclosed_share_b",
        "refused_share",
        "unavailable_share",
        "concluded_share",
        "dispute_share",
        "corrected_share",
        "natural_person_share",
        "petition_share",
        "closed_share",
    ],
    "a mixture": [
        *_TOTALS[:3],
        "review.total",
        "disclosure.normative_documents.issued",
        "proactive_total",
        "received_growth",
        "refused_share",
        "documents_net",
        "refusal_reasons.process",
    ],
}
"""What is asked for at once."""


def measured(store: Store, number: int, rounds: int) -> Iterator[str]:
    """A line a kind of question."""
    newest = select(VersionRow.id).order_by(VersionRow.id.desc()).limit(number)
    with store.session() as session:
        version_ids = list(session.scalars(newest))
    for kind, keys in KINDS.items():
        assert all(key in FIGURES or key in INDICATORS for key in keys)
        took = [_seconds(store, version_ids, keys) for _ in range(rounds)]
        middle = statistics.median(took)
        told = f"{min(took):.3f} s at least, {middle:.3f} s in the middle"
        yield f"{len(version_ids)} reports, {kind}: {told}"


def _seconds(store: Store, version_ids: Sequence[int], keys: Sequence[str]) -> float:
    begun = time.process_time()
    with store.session() as session:
        found = values_of(session, version_ids, keys)
    assert len(found) == len(version_ids)
    return time.process_time() - begun


def main() -> None:
    url, *rest = sys.argv[1:]
    number, rounds = (*map(int, rest), 5_000, 9)[:2] if rest else (5_000, 9)
    store = Store(url)
    print(*measured(store, number, rounds), sep="\n")
    store.close()


if __name__ == "__main__":
    main()
