"""What becomes of addresses: moves, returns, unlisting, another agency's report."""

from __future__ import annotations

from datetime import timedelta

from archive.store import reports, runs
from archive.store.rows import AgencyRow
from tests.collecting.city import ALL, SIX, City
from tests.portals import pages
from tests.portals.misbehaviour import instead
from tests.portals.reports import sample_reports

ONE = SIX[0]


def kinds(town: City) -> list[str]:
    return [kind for kind, *_ in town.events]


def filed(town: City, report=ONE):  # type: ignore[no-untyped-def]
    with town.archive.store.session() as session:
        agency = session.query(AgencyRow).filter_by(name=report.agency.name).one()
        return reports.filed(session, agency.key, report.year)


def test_a_move_is_a_move(town: City) -> None:
    town.collect()
    before = {page.id: page.url for page in town.pages if page.version_id}
    town.portals.move()
    tally = town.collect()
    assert (tally.moved, tally.gone, tally.same) == (len(SIX), 0, len(SIX))
    assert tally.is_well
    assert town.tombstones == []
    after = {page.id: page.url for page in town.pages if page.version_id}
    assert set(after) == set(before), "the page row follows"
    assert all("/new/" in url for url in after.values())
    assert kinds(town) == ["moved"] * len(SIX)
    assert {(url, told) for _, url, told in town.events} == {
        (before[number], after[number]) for number in before
    }
    version = filed(town).version
    assert "/new/" in version.source_url
    assert version.gone_at is None
    # Where it was seen, and when, stays what it was.
    live, old = version.places
    assert "/new/" in live.url
    assert old.url == town.address(ONE)
    assert old.last_at < live.first_at


def test_after_a_move_all_goes_on(town: City) -> None:
    town.collect()
    town.portals.move()
    town.collect()
    again = town.collect()
    assert (again.same, again.moved, again.gone, again.new) == (len(SIX), 0, 0, 0)
    key = "requests.new.total"
    town.portals.edit(ONE.agency.name, ONE.year, key=key, value=987654)
    assert town.collect().changed == 1
    assert len(filed(town).versions) == 2
    assert town.tombstones == []


def test_a_tombstone_whose_page_is_found_later_is_a_move(town: City) -> None:
    town.collect()
    url = town.address(ONE)
    town.vanish(ONE, "404")
    assert town.collect().gone == 1
    assert town.tombstones == [url]
    town.portals.move()
    town.vanish(ONE, "back")
    assert town.collect().moved == len(SIX)
    assert town.tombstones == []
    assert kinds(town).count("moved") == len(SIX)
    assert kinds(town)[0] == "gone"


def test_what_returns_is_told_with_when_it_was_gone(town: City) -> None:
    town.collect()
    town.vanish(ONE, "soft")
    assert town.collect().gone == 1
    town.vanish(ONE, "back")
    assert town.collect().same == len(SIX)
    assert kinds(town) == ["gone", "returned"]
    assert town.tombstones == []
    events = filed(town).events
    assert [one.kind for one in events] == ["gone", "returned"]
    assert all(one.url == town.address(ONE) for one in events)


def test_unlisting_is_told_and_listing_again(town: City) -> None:
    town.collect()
    town.vanish(ONE, "unlist")
    for _ in range(2):
        assert town.collect().is_well
        assert kinds(town) == ["unlisted"]
    town.vanish(ONE, "back")
    town.collect()
    assert kinds(town) == ["unlisted", "listed_again"]


def test_half_a_list_takes_nothing_off(town: City) -> None:
    town.collect()
    town.trouble("page 2 is 404")
    assert not town.collect().is_well
    assert town.events == []


def test_the_report_of_another_agency_at_the_same_address_is_told(town: City) -> None:
    town.collect()
    other = next(
        report
        for report in sample_reports()
        if report.year == ONE.year
        and report.kind == "html"
        and report.agency.portal == "trs"
        and report not in SIX
    )
    body = pages.article(other, [ONE, other], 0).encode()
    town.portals.put(pages.path_of(ONE), body)
    tally = town.collect()
    assert (tally.new, tally.failed) == (1, 0)
    ((kind, url, told),) = town.events
    assert (kind, url) == ("other_agency", town.address(ONE))
    assert told == f"{other.agency.name} {other.year}"
    (event,) = filed(town).events
    assert event.told == told


def test_a_dead_address_is_asked_for_ever_more_rarely(town: City) -> None:
    town.collect()
    town.vanish(ONE, "unlist")
    town.collect()
    path = pages.path_of(ONE)
    town.portals.vanish(ONE.agency.name, ONE.year, "404 unlist")
    begin, days = runs.now(), []
    for day in range(40):
        moment = begin + timedelta(days=day)
        town.archive.clock = lambda moment=moment: moment
        before = len(town.portals.asked(path))
        town.collect()
        if len(town.portals.asked(path)) > before:
            days.append(day)
    assert days == [0, 1, 2, 4, 8, 16, 32]
    assert town.tombstones == [town.address(ONE)]


def test_a_report_has_left_an_address_that_shows_something_else(town: City) -> None:
    town.collect()
    town.portals.move()
    for report in SIX[:4]:
        town.portals.put(pages.path_of(report), instead("log-in").body)
    tally = town.collect()
    assert (tally.moved, tally.gone, tally.failed) == (len(SIX), 0, 0)
    again = town.collect()
    assert (again.same, again.is_well) == (len(SIX), True)
    assert kinds(town) == ["moved"] * len(SIX)


def test_a_moved_address_that_shows_its_report_again_is_told(town: City) -> None:
    town.collect()
    town.portals.move()
    town.collect()
    body = pages.article(ONE, SIX, 1).encode()
    town.portals.put(pages.path_of(ONE), body)
    tally = town.collect()
    assert (tally.same, tally.is_well) == (len(SIX) + 1, True)
    assert town.events[-1][:2] == ("returned", town.address(ONE))
    assert town.tombstones == []


def test_files_beside_a_page_move_with_it(town: City) -> None:
    report = next(one for one in ALL if one.kind == "docx")
    for one in SIX:
        town.vanish(one, "unlist")
    town.vanish(report, "back")
    assert town.collect().new == 1
    (before,) = town.versions
    town.portals.move()
    tally = town.collect()
    assert (tally.moved, tally.gone, tally.is_well) == (1, 0, True)
    (after,) = town.versions
    assert after.id == before.id
    for old, new in (
        (before.source_url, after.source_url),
        (before.file_url, after.file_url),
    ):
        assert old != new
        assert new.replace("/new/", "/") == old
    assert town.tombstones == []
    again = town.collect()
    assert (again.same, again.gone, again.moved, again.is_well) == (1, 0, 0, True)
    assert filed(town, report).version.gone_at is None


def test_dead_links_that_never_showed_a_report_are_no_illness_of_the_site(
    town: City,
) -> None:
    for report in SIX[:4]:
        town.vanish(report, "404")
    for _ in range(2):
        tally = town.collect()
        assert (tally.no_report, tally.failed, tally.gone) == (4, 0, 0)
        assert town.run.state == "done"
        assert [kind for kind, _ in town.failures] == ["NoReport"] * 4
    assert town.tombstones == []
