"""How often a page asks the database."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from sqlalchemy import event

from archive import create_app
from benchmarks.site.archives import Place
from benchmarks.site.pages import Kind

PAGES = 6
"""Of each kind, others each."""


def queries(place: Place, kinds: Sequence[Kind]) -> dict[str, float]:
    """Statements of a page of each kind, on the average.

    Counted in this process, which a server's can't be asked for; a page of each kind
    was asked for before.
    """
    app = create_app(place.settings)
    opened, client = app.extensions["archive"], app.test_client()
    counted = [0]

    def count(*_: Any) -> None:
        counted[0] += 1

    event.listen(opened.store.engine, "before_cursor_execute", count)
    found = {}
    try:
        for kind in kinds:
            dice = random.Random(f"queries {kind.name}")
            paths = [kind.ours(kind.wish(dice, place.size)) for _ in range(PAGES + 1)]
            client.get(paths[0])
            counted[0] = 0
            for path in paths[1:]:
                client.get(path)
            found[kind.name] = counted[0] / PAGES
    finally:
        opened.index.close()
        opened.store.close()
    return found
