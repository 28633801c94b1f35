"""An agency beside its peers, against bands worked out by hand."""

from __future__ import annotations

from fractions import Fraction

from sqlalchemy import select

from archive.catalogue import ClaimScope, ValueState
from archive.store import Store, totals
from archive.store.rows import AgencyRow
from tests.store.totals.filing import (
    CITY,
    CITY_GOVERNMENT,
    COUNTY,
    counted,
    department,
    filed,
    said_by,
)

NEW, SHARE = "requests.new.total", "fully_disclosed_share"
OWN, UNSAID = ClaimScope.OWN, ClaimScope.UNSAID
FIRST = department("示例市第0商务局")


def key_of(store: Store, name: str) -> str:
    with store.session() as session:
        return session.scalars(
            select(AgencyRow.key).where(AgencyRow.name == name)
        ).one()


def peers(store: Store, *keys: str, name: str = FIRST.name) -> totals.Peers:
    with store.session() as session:
        found = totals.peers(session, key_of(store, name), 2023, keys)
    assert found is not None
    return found


def test_a_band_by_hand(store: Store) -> None:
    """Eleven offices with 0, 10, … 100 new requests."""
    filed(
        store,
        *(
            said_by(department(f"示例市第{at}商务局"), requests__new__total=10 * at)
            for at in range(11)
        ),
        # Of another level, sector, year or kind: no peers.
        said_by(department("示例县商务局", COUNTY, "县"), requests__new__total=999),
        said_by(department("示例市水利局", sector="水利"), requests__new__total=999),
        said_by(department("示例市第1商务局"), 2022, requests__new__total=999),
        said_by(CITY_GOVERNMENT, requests__new__total=999),
    )
    counted(store)
    found = peers(store, NEW)
    (beside,) = found.beside
    assert beside.band is not None
    assert (beside.band.p10, beside.band.p50, beside.band.p90) == (10, 50, 90)
    assert beside.placed == found.reports == found.due == 11
    assert beside.own.value == 0
    assert (found.level, found.sector, found.is_government) == ("市", "商务", False)


def test_what_is_not_sure_or_of_few_is_placed_nowhere(store: Store) -> None:
    shares = [(15, 30), (29, 29), (0, 40)]
    filed(
        store,
        *(
            said_by(
                department(f"示例市第{at}商务局"),
                requests__granted__total=over,
                requests__concluded__total=under,
            )
            for at, (over, under) in enumerate(shares)
        ),
        said_by(department("示例市第9商务局"), requests__granted__total=3),
    )
    counted(store)
    (beside,) = peers(store, SHARE).beside
    assert (beside.placed, beside.few) == (2, 1)
    assert beside.lacking == {ValueState.MISSING: 1}
    # Two are no band.
    assert beside.band is None
    assert beside.own == totals.Placed(Fraction(1, 2), 15, 30, ValueState.EXACT)
    (of_few,) = peers(store, SHARE, name="示例市第1商务局").beside
    assert of_few.own.is_of_few


def test_those_that_say_otherwise_whose_their_numbers_are_are_no_peers(
    store: Store,
) -> None:
    filed(
        store,
        said_by(FIRST, scope=OWN, requests__new__total=1),
        said_by(department("示例市第1商务局"), scope=OWN, requests__new__total=2),
        said_by(department("示例市第2商务局"), requests__new__total=3),
    )
    counted(store)
    found = peers(store, NEW)
    assert (found.scope, found.reports) == (OWN, 2)
    assert found.of_scope[UNSAID] == 1


def test_an_order_has_equal_places_and_leaves_out_the_few(store: Store) -> None:
    shares = [(15, 30), (20, 40), (30, 30), (5, 5), (0, 30)]
    filed(
        store,
        *(
            said_by(
                department(f"示例市第{at}商务局"),
                requests__granted__total=over,
                requests__concluded__total=under,
            )
            for at, (over, under) in enumerate(shares)
        ),
    )
    counted(store)
    with store.session() as session:
        ranked = totals.ranked(session, key_of(store, FIRST.name), 2023, SHARE)
    assert [(one.place, one.agency.name[4:5]) for one in ranked] == [
        (1, "2"),
        (2, "0"),
        (2, "1"),
        (4, "4"),
    ]
    assert [one.is_own for one in ranked] == [False, True, False, False]


def test_no_report_no_peers(store: Store) -> None:
    filed(store, said_by(FIRST, 2022))
    counted(store)
    with store.session() as session:
        key = key_of(store, FIRST.name)
        assert totals.peers(session, key, 2023, [NEW]) is None
        assert totals.peers(session, "nobody", 2022, [NEW]) is None
        assert totals.ranked(session, key, 2023, NEW) == []
        assert totals.peer_years(session, key) == (2022,)


def test_the_place_is_no_matter(store: Store) -> None:
    filed(
        store,
        said_by(FIRST, requests__new__total=1),
        said_by(department("示例市第1商务局", CITY), requests__new__total=2),
    )
    counted(store)
    assert peers(store, NEW).reports == 2
