"""Who should have reported and what is known of it, against what was worked out by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, update

from archive.catalogue import Coverage, OriginalState, RunKind, RunState
from archive.report import Agency, Hints, Region
from archive.store import (
    CoverageWish,
    Session,
    Store,
    comparing,
    count_expected,
    coverage,
    sources,
    totals,
)
from archive.store.counts import (
    LETTERS,
    group_of,
    groups_of,
    silents,
    tallied,
    unpacked,
)
from archive.store.counts.expected import Computed
from archive.store.counts.packed import packed, places
from archive.store.counts.tallies import Group, groups, told
from archive.store.questions.coverage import BodyYears
from archive.store.rows import (
    AgencyRow,
    CopyRow,
    CountRow,
    FailureRow,
    FilingRow,
    OriginalRow,
    PageRow,
    ReporterAgencyRow,
    ReporterRow,
    RunRow,
    SourceRow,
    VersionRow,
)
from tests.sources import add_source
from tests.store.filing import file, keep, report

CITY = Region("990100", "示例省示例市")
COUNTY = Region("990121", "示例省示例市示例县")
GOVERNMENT = Agency(
    "示例市人民政府", CITY, level="市", is_government=True, sector="政府"
)
OFFICE = Agency("示例市人民政府办公室", CITY, level="市", sector="政府")
COMMERCE = Agency("示例市商务局", CITY, level="市", sector="商务")
OLD = Agency("示例县环境保护局", COUNTY, level="县", sector="生态环境")
NEW = Agency("示例县生态环境局", COUNTY, level="县", sector="生态环境")
TOWN = Agency(
    "示例镇人民政府", COUNTY, level="乡镇", is_government=True, sector="街道乡镇"
)
LIST = "http://sample.example/list"
APRIL = datetime(2024, 4, 2, 4, tzinfo=UTC)
FEBRUARY = datetime(2024, 2, 2, 4, tzinfo=UTC)


def filed(
    store: Store, agency: Agency, *years: int, page_id: int | None = None
) -> None:
    for year in years:
        said = replace(report(f"{agency.name}{year}", year=year), agency=agency)
        file(store, f"{agency.name}{year}", said, page_id)


def collected(
    store: Store, at: datetime, state: RunState = RunState.DONE, reason: str = ""
) -> int:
    """A run of the source that ended so; the number of the source."""

    def work(session: Session) -> int:
        source, _ = add_source(session, LIST)
        run = RunRow(
            kind=RunKind.COLLECT,
            source_id=source.id,
            state=state,
            reason=reason,
            queued_at=at,
            finished_at=at,
            listed=3 if state == RunState.DONE else None,
        )
        session.add(run)
        session.flush()
        session.get_one(SourceRow, source.id).last_run_id = run.id
        return source.id

    return store.write(work)


def known(store: Store, key: str, moment: datetime = APRIL) -> BodyYears:
    count_expected(store, moment)
    with store.session() as session:
        found = coverage.body_of_agency(session, key) or coverage.body_at(session, key)
    assert found
    return found


def states(found: BodyYears, since: int = 2019) -> dict[int, str]:
    return {one.year: one.state.value for one in found.years if one.year >= since}


def page_of(store: Store, title: str = "") -> int:
    def work(session: Session) -> int:
        source, _ = add_source(session, LIST)
        page = sources.see_page(session, source.id, f"{LIST}/{title}.html")
        session.get_one(PageRow, page.id).title = title
        return page.id

    return store.write(work)


def commerce_with_a_source(store: Store) -> None:
    filed(store, COMMERCE, 2020, 2022, page_id=page_of(store))


def test_a_department_is_expected_from_its_first_report_on(store: Store) -> None:
    filed(store, COMMERCE, 2020, 2022)
    found = known(store, "990100-shilishishangwuju")
    assert states(found) == {
        2019: "not_due",
        2020: "held",
        2021: "no_source",
        2022: "held",
        2023: "no_source",
    }


def test_what_the_list_did_not_name_was_not_seen_on_that_day(store: Store) -> None:
    commerce_with_a_source(store)
    collected(store, APRIL)
    found = known(store, "990100-shilishishangwuju")
    assert states(found, 2021) == {2021: "not_seen", 2022: "held", 2023: "not_seen"}
    last = found.years[-1]
    assert (last.looked_at, last.where) == (APRIL, LIST)
    assert last.why == "2024年4月2日完整读取来源列表，其中没有列出。"


def test_nobody_is_missed_before_the_last_day(store: Store) -> None:
    filed(store, COMMERCE, 2020)
    filed(store, GOVERNMENT, 2020)
    # Departments by 31 January, governments by 31 March.
    commerce = known(store, "990100-shilishishangwuju", FEBRUARY)
    government = known(store, "990100-shilishirenminzhengfu", FEBRUARY)
    assert states(commerce, 2023) == {2023: "no_source"}
    assert states(government, 2023) == {2023: "not_due"}
    assert government.years[-1].why == "2024年3月31日以前不计为应有。"


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        ("Unreachable：连接超时。", "unreachable"),
        ("Refused：robots.txt 不允许。", "withheld"),
        # The site answers; it is we who can't read its list any more.
        ("Changed：版式有变。", "not_seen"),
    ],
)
def test_a_source_that_fails_hides_what_it_would_name(
    store: Store, reason: str, state: str
) -> None:
    commerce_with_a_source(store)
    collected(store, FEBRUARY)
    collected(store, APRIL, RunState.FAILED, reason)
    last = known(store, "990100-shilishishangwuju").years[-1]
    assert last.state == state
    looked = FEBRUARY if state == "not_seen" else APRIL
    assert last.looked_at == looked
    if state != "not_seen":
        assert last.why == reason.partition("：")[2]


def test_a_list_that_was_never_read_whole_proves_nothing(store: Store) -> None:
    commerce_with_a_source(store)
    collected(store, APRIL, RunState.INCOMPLETE, "列表不完整")
    last = known(store, "990100-shilishishangwuju").years[-1]
    assert last.state is Coverage.NO_SOURCE
    assert last.why == "来源已登记，其列表尚未完整读取过。"


def test_a_government_and_its_office_are_one(store: Store) -> None:
    filed(store, OFFICE, 2021)
    filed(store, GOVERNMENT, 2022)
    found = known(store, "990100-shilishirenminzhengfubangongshi")
    assert found.body.key == "990100-shilishirenminzhengfu"
    assert states(found, 2021) == {2021: "held", 2022: "held", 2023: "no_source"}
    with store.session() as session:
        fellows = coverage.fellows(session, found.body.id, found.body.key)
    assert [(one.year, one.name) for one in fellows] == [(2021, OFFICE.name)]


def test_a_renamed_body_is_not_expected_any_more(store: Store) -> None:
    filed(store, OLD, 2016, 2018)
    filed(store, NEW, 2019)
    found = known(store, "990121-shilixianhuanjingbaohuju")
    assert states(found, 2017) == {
        2017: "no_source",
        2018: "held",
        2019: "not_due",
        2020: "not_due",
        2021: "not_due",
        2022: "not_due",
        2023: "not_due",
    }
    assert found.years[-1].why == "所知的存续年份至2018年。"
    successor = known(store, "990121-shilixianshengtaihuanjingju")
    assert states(successor, 2018)[2018] == "not_due"
    assert states(successor, 2020)[2020] == "no_source"


def test_samples_count_only_where_there_are_any(store: Store) -> None:
    count_expected(store, APRIL)
    with store.session() as session:
        assert len(silents(session).all) > 3_500
        assert not silents(session).between("990000", "999999")
    filed(store, COMMERCE, 2020)
    count_expected(store, APRIL)
    with store.session() as session:
        # Twelve divisions, and the one department.
        assert len(silents(session).between("990000", "999999")) == 12
        assert session.scalars(select(ReporterRow.name)).all() == [COMMERCE.name]


WISHES = [
    CoverageWish(region, sector, level, year, state)
    for region in ("", "990000", "990100", "990121")
    for sector in ("", "政府", "商务")
    for level in ("", "县", "乡镇")
    for year in (None, 2022)
    for state in ("", "held", "no_source")
]
FEW = WISHES[::7]
"""Of each region, sector, level, year and state."""


def _as_told(store: Store, wishes: Sequence[CoverageWish]) -> list[Any]:
    """What lists, pages of them, tallies and single pages say of 示例省."""
    with store.session() as session:
        bodies = [
            coverage.missing(session, wish, page, 3)
            for wish in wishes
            # A page is found in the middle and behind the end of the country.
            for page in ((1, 2, 4) if wish.region else (1, 2, 1_200, 1_210))
        ]
        bodies += [coverage.missing(session, CoverageWish(), 1, 5_000)]
        for code in ("990100", "990121"):
            bodies.append(coverage.bodies_called(session, [code], []))
            bodies.append(coverage.bodies_called(session, [code], ["人民政府"]))
        told: list[Any] = [
            [(replace(one.body, id=0), one.years) for one in some] for some in bodies
        ]
        for wish in wishes:
            told.append(replace(coverage.coverage(session, wish), counted_at=None))
            told.append(coverage.years_covered(session, wish))
            found = coverage.without_report(session, wish, "人民政府", 6)
            told.append([replace(one, id=0) for one in found])
        told.append(coverage.in_all(session))
        for sector in ("", "政府", "商务"):
            place = comparing.Place(("990100",), True, (sector,) if sector else ())
            told.append(comparing.agencies_at(session, place, 4))
        keys = ["990121-shilixianrenminzhengfu", "990121-shilizhenrenminzhengfu", "x"]
        told.append(comparing.agencies_named(session, keys))
        count, residents = totals.residents(session, "990121")
        told.append((count, [replace(one.body, id=0) for one in residents]))
        told.append(sorted(comparing.directory(session)._entries))
    return told


def test_a_government_without_a_row_is_told_as_with_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(store, COMMERCE, 2020, 2022)
    filed(store, OFFICE, 2021)
    # Towns of one place: the government stands among them, by name.
    for name in ("示例乡人民政府", "示例镇人民政府", "三示例镇人民政府"):
        filed(store, replace(TOWN, name=name), 2021)
    monkeypatch.setattr(Computed, "_is_silent", lambda self, body: False)
    count_expected(store, APRIL)
    with store.session() as session:
        assert not silents(session).all
    with_rows = _as_told(store, WISHES)
    monkeypatch.undo()
    count_expected(store, APRIL)
    with store.session() as session:
        assert session.scalar(select(func.count()).select_from(ReporterRow)) == 5
    assert _as_told(store, WISHES) == with_rows
    few = _as_told(store, FEW)
    # With other divisions a bit would mean another government.
    changed = func.replace(CountRow.value, " ", " f")
    with store.session() as session:
        of_silent = CountRow.kind == "silent"
        session.execute(update(CountRow).where(of_silent).values(value=changed))
        assert " f" in session.scalars(select(CountRow.value).where(of_silent)).one()
    assert _as_told(store, FEW) == few


def test_a_government_that_speaks_has_a_row_and_loses_it(store: Store) -> None:
    filed(store, GOVERNMENT, 2021)
    count_expected(store, APRIL)
    is_of_city = ReporterRow.key == "990100-shilishirenminzhengfu"
    with store.session() as session:
        assert session.scalars(select(ReporterRow.id).where(is_of_city)).one()
        session.execute(delete(ReporterAgencyRow))
        for table in (CopyRow, VersionRow, FilingRow, AgencyRow):
            session.execute(delete(table))
    count_expected(store, APRIL)
    with store.session() as session:
        assert not session.scalars(select(ReporterRow.id)).all()
        # Nobody speaks for the samples any more.
        assert not silents(session).between("990000", "999999")


def test_a_source_makes_its_body_known(store: Store) -> None:
    def named(session: Session) -> None:
        source, _ = add_source(session, LIST, agency="示例县教育局")
        session.get_one(SourceRow, source.id).added_at = APRIL

    store.write(named)
    collected(store, APRIL)
    found = known(store, "990121-shilixianjiaoyuju")
    assert states(found, 2022) == {2022: "not_due", 2023: "not_seen"}


def test_what_a_list_names_and_withholds_is_not_unseen(store: Store) -> None:
    commerce_with_a_source(store)
    page_of(store, "示例市商务局2023年政府信息公开工作年度报告")
    collected(store, APRIL)

    def refuse(session: Session) -> None:
        run_id = session.scalar(select(func.max(RunRow.id)))
        page = session.scalars(select(PageRow).order_by(PageRow.id.desc())).first()
        assert page
        row = {"run_id": run_id, "where": page.url, "kind": "Refused"}
        told = {"reason": "对方要求登录。", "at": APRIL}
        session.execute(insert(FailureRow), [{**row, **told}])

    last = known(store, "990100-shilishishangwuju").years[-1]
    assert last.state is Coverage.UNREACHABLE
    store.write(refuse)
    last = known(store, "990100-shilishishangwuju").years[-1]
    assert (last.state, last.why) == (Coverage.WITHHELD, "对方要求登录。")


@pytest.mark.parametrize(
    ("title", "agency", "state"),
    [
        ("2023年年报", "示例市商务局", "unreachable"),
        ("政府信息公开工作年度报告（2023年）", "示例市商务局", "unreachable"),
        # It names somebody, though not in a way that tells whom; or the list is of many.
        ("市教育局2023年年报", "示例市商务局", "not_seen"),
        ("2023年部门年报", "示例市商务局", "not_seen"),
        ("2023年年报", "", "not_seen"),
    ],
)
def test_a_title_that_names_nobody_is_of_whom_the_source_is_named_after(
    store: Store, title: str, agency: str, state: str
) -> None:
    commerce_with_a_source(store)
    page_of(store, title)
    source_id = collected(store, APRIL)

    def name(session: Session) -> None:
        session.get_one(SourceRow, source_id).agency = agency

    store.write(name)
    last = known(store, "990100-shilishishangwuju").years[-1]
    assert last.state == state


def test_an_original_of_another_is_not_that_of_its_source(store: Store) -> None:
    filed(store, COMMERCE, 2022)

    def after_setting_aside(title: str) -> str:
        def work(session: Session) -> None:
            hints = Hints(title=title, agency=COMMERCE.name)
            digest = keep(session, title, hints=hints)
            change = update(OriginalRow).where(OriginalRow.digest == digest)
            session.execute(change.values(state=OriginalState.UNREADABLE))

        store.write(work)
        return known(store, "990100-shilishishangwuju").years[-1].state.value

    assert after_setting_aside("市教育局2023年年报") == "no_source"
    assert after_setting_aside("2023年年报") == "unread"


def test_an_original_that_waits_is_unread(store: Store) -> None:
    filed(store, COMMERCE, 2022)
    title = "示例市商务局2023年政府信息公开工作年度报告"

    def set_aside(session: Session) -> None:
        digest = keep(session, "damaged", hints=Hints(title=title))
        change = update(OriginalRow).where(OriginalRow.digest == digest)
        values = {"state": OriginalState.UNREADABLE, "reason": "文件已损坏。"}
        session.execute(change.values(**values))

    store.write(set_aside)
    last = known(store, "990100-shilishishangwuju").years[-1]
    assert (last.state, last.why) == (Coverage.UNREAD, "文件已损坏。")


def test_a_town_is_counted_from_its_first_report_on(store: Store) -> None:
    filed(store, TOWN, 2021)
    found = known(store, "990121-shilizhenrenminzhengfu")
    assert states(found, 2020) == {
        2020: "not_due",
        2021: "held",
        2022: "no_source",
        2023: "no_source",
    }


def test_shares_add_up_to_what_was_worked_out_by_hand(store: Store) -> None:
    """示例省 in 2022: twelve governments, one of which and a department are held."""
    filed(store, COMMERCE, 2020, 2022)
    filed(store, GOVERNMENT, 2022)
    count_expected(store, APRIL)
    with store.session() as session:
        of_2022 = CoverageWish(region="990000", year=2022)
        province = coverage.coverage(session, of_2022)
        county = coverage.coverage(session, CoverageWish(region="990121", year=2022))
        country = coverage.coverage(session, CoverageWish(year=2022))
        listed = coverage.missing(session, of_2022)
    assert (province.total.held, province.total.due) == (2, 13)
    assert (province.bodies, province.body_years) == (11, 11)
    assert len(listed) == 11
    assert [(one.value, one.share.held, one.share.due) for one in province.places] == [
        ("990000", 0, 1),
        # The city and its six districts and counties, and the department.
        ("990100", 2, 8),
        ("990200", 0, 3),
        ("992300", 0, 1),
    ]
    assert {one.value: one.share.due for one in province.sectors} == {
        "商务": 1,
        "政府": 12,
    }
    assert {one.value: one.share.due for one in province.levels} == {
        "县": 8,
        "市": 4,
        "省": 1,
    }
    assert (county.total.held, county.total.due) == (0, 1)
    assert country.total.due == sum(one.share.due for one in country.places)


def test_counting_again_changes_nothing(store: Store) -> None:
    filed(store, COMMERCE, 2020)
    count_expected(store, APRIL)
    question = select(ReporterRow.id, ReporterRow.key, ReporterRow.states)
    with store.session() as session:
        before = session.execute(question.order_by(ReporterRow.id)).all()
    count_expected(store, APRIL)
    with store.session() as session:
        assert session.execute(question.order_by(ReporterRow.id)).all() == before


def test_places_that_are_not_kept_count_in_those_around_them(store: Store) -> None:
    filed(store, COMMERCE, 2020, 2022)
    filed(store, TOWN, 2021)
    page_of(store)
    with store.session() as session:
        computed = Computed(session, APRIL)
    every = [
        (one.region_code, str(one.level), one.sector, computed._signs[key])
        for key, one in computed._bodies.items()
    ]
    counted = places(groups(every))
    assert set(computed.counts) == {"", "99", "9901"}
    assert computed.counts == {place: counted[place] for place in computed.counts}


signs = st.text(alphabet="".join(LETTERS.values()), min_size=3, max_size=3)
bodies = st.tuples(
    st.sampled_from(["", "510000", "510100", "510104", "990100"]),
    st.sampled_from(["", "市", "县"]),
    st.sampled_from(["", "商务", "政府"]),
    signs,
)


@given(st.lists(bodies, max_size=12))
def test_groups_are_what_counting_each_by_itself_gives(
    drawn: list[tuple[str, str, str, str]],
) -> None:
    for group, cells in groups(drawn).items():
        fits = [
            signs
            for code, level, sector, signs in drawn
            if code.startswith(group.place)
            and group.level in ("", level)
            and group.sector in ("", sector)
        ]
        tally = told(cells)
        assert tally == tallied(fits)
        held = Counter(one for signs in fits for one in signs)[LETTERS[Coverage.HELD]]
        counted = sum(
            one.get("held", 0) for year, one in tally.items() if year != "any"
        )
        assert counted == held


@given(st.lists(bodies, max_size=12))
def test_the_groups_of_a_place_come_back_from_its_bytes(
    drawn: list[tuple[str, str, str, str]],
) -> None:
    counted = groups(drawn)
    found = places(counted)
    apart = {
        Group(place, level, sector): unpacked(tally)
        for place, pressed in found.items()
        for level, sector, tally in groups_of(pressed)
    }
    assert apart == {group: told(cells) for group, cells in counted.items()}
    for place, level, sector in counted:
        tally = unpacked(group_of(found[place], level, sector))
        assert tally == apart[Group(place, level, sector)]
        assert group_of(found[place], "省", sector) == b""


@given(st.lists(st.tuples(signs, st.sampled_from([1, 126, 127, 128, 40_000]))))
def test_tallies_come_back_from_their_bytes(drawn: list[tuple[str, int]]) -> None:
    tally = tallied(one for one, number in drawn for _ in range(number))
    assert unpacked(packed(tally)) == tally


def test_years_that_are_alike_take_no_more_bytes() -> None:
    of_one, of_many = tallied(["s"]), tallied(["s" * 18])
    assert len(packed(of_many)) == len(packed(of_one)) == 9
    assert unpacked(packed({})) == {}
