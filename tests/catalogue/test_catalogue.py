"""Every record of the catalogue is known to all who use it, and they know no other."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from archive import catalogue, regions
from archive.catalogue import (
    CHECKS,
    CLAIMS,
    CONDITIONS,
    FACETS,
    FIELDS,
    FIGURES,
    FORMATS,
    FORMS,
    ORDERS,
    SECTION,
    SECTORS,
    WEIGHTS,
    FormName,
    Labelled,
    Trouble,
    disclosure_keys,
    keys,
    labels_of,
    proceeding_keys,
    request_keys,
)
from archive.catalogue.dictionary import data_dictionary
from archive.reading import readers
from archive.report import rules
from archive.report.checks import RULES, YEAR_RULES
from archive.report.claims import things
from archive.report.claims.things import THINGS, Thing
from archive.report.rules.summary import WATCHED
from archive.search import facets
from archive.store.rows import FIGURE_TABLES, TOLD_APART_BY, ClaimRow
from archive.web import asking, export, labels
from scrapers import source

ROOT = Path(__file__).resolve().parents[2]


# ---- figures ---------------------------------------------------------------------


@pytest.mark.parametrize("key", FIGURES)
def test_a_number_is_named_in_both_languages_and_counted_in_something(key: str) -> None:
    one = FIGURES[key]
    assert one.key == key
    assert one.label
    assert one.english.isascii()
    assert one.unit
    assert one.heading
    if not one.printed:
        assert one.explanation, "the form says nothing of it: we have to"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_has_exactly_the_records_that_name_it(form: catalogue.Form) -> None:
    named = {
        one.key
        for one in FIGURES.values()
        if one.printed and form.name in one.printed.forms
    }
    assert named == set(keys(form))
    by_table = {2: disclosure_keys(form), 3: request_keys(form), 4: proceeding_keys()}
    for number, expected in by_table.items():
        assert {
            key
            for key in named
            if (printed := FIGURES[key].printed) and printed.table == number
        } == set(expected)


@pytest.mark.parametrize("key", FIGURES)
def test_the_database_keeps_a_number_or_its_parts(key: str) -> None:
    one = FIGURES[key]
    assert (one.stored is None) == bool(one.parts)
    for part in one.parts:
        assert FIGURES[part].stored
    if one.stored is None:
        return
    if one.stored.table == ClaimRow.__tablename__:
        assert one.stored.column in ClaimRow.__table__.c
        assert one.stored.row == key
        return
    table = FIGURE_TABLES[one.stored.table]
    assert one.stored.column in table.c
    assert bool(one.stored.row) == (one.stored.table in TOLD_APART_BY)


@pytest.mark.parametrize("name", FIGURE_TABLES)
def test_no_column_of_figures_is_without_a_record(name: str) -> None:
    own = {"version_id", TOLD_APART_BY.get(name)}
    columns = {column.name for column in FIGURE_TABLES[name].c} - own
    assert columns == set(catalogue.columns_of(name))


def test_the_key_figures_are_known_and_exported() -> None:
    assert set(catalogue.GLANCE) <= set(FIGURES)
    assert set(catalogue.YEARLY) <= set(FIGURES)
    headings = export.ReportColumns(catalogue.GLANCE).headings
    for key in catalogue.GLANCE:
        one = FIGURES[key]
        assert f"{one.heading}（{one.unit}）" in headings
        assert one in labels.GLANCE


def test_what_findings_speak_of_has_a_name_for_sentences() -> None:
    assert all(FIGURES[key].spoken for key in WATCHED)


def test_conditions_of_a_search_are_figures() -> None:
    assert {one.figure for one in CONDITIONS} <= set(FIGURES)
    assert list(catalogue.HAS) == [one.key for one in CONDITIONS]


def test_the_reader_of_claims_knows_each_and_no_other() -> None:
    assert {thing.key for thing in THINGS} == set(CLAIMS)


def test_no_thing_is_written_down_and_forgotten() -> None:
    written = {
        id(one): name
        for module in _files_of(things)
        for name, one in vars(module).items()
        if isinstance(one, Thing)
    }
    listed = {id(one) for one in THINGS}
    assert not [name for one, name in written.items() if one not in listed]


def _files_of(room: ModuleType) -> Iterator[ModuleType]:
    for file in pkgutil.iter_modules(room.__path__):
        yield import_module(f"{room.__name__}.{file.name}")


def test_what_a_claim_repeats_are_figures_of_the_tables() -> None:
    for claim in CLAIMS.values():
        assert all(FIGURES[key].printed for key in claim.same_as)
        assert (f"text_{claim.key}" in RULES) == bool(claim.same_as)


# ---- checks ----------------------------------------------------------------------


def test_a_check_has_a_rule_and_a_doubt_has_none() -> None:
    checks = [one.key for one in CHECKS if not one.while_reading]
    assert sorted([*RULES, *YEAR_RULES]) == sorted(checks)
    assert len({one.key for one in CHECKS}) == len(CHECKS)
    assert all(one.weight in WEIGHTS for one in CHECKS)


def test_no_rule_is_written_down_and_forgotten() -> None:
    written = {
        one
        for module in _files_of(rules)
        for one in vars(module).values()
        if inspect.isfunction(one)
        and not one.__name__.startswith("_")
        and one.__annotations__.get("return") == "Iterator[Said]"
    }
    assert len(written) > 10
    bound = {*RULES.values(), *YEAR_RULES.values()}
    assert not [one.__name__ for one in written - bound]


def test_doubts_are_raised_where_reports_are_read() -> None:
    doubts = {one.key for one in CHECKS if one.while_reading}
    assert set(_texts()) >= doubts, "never raised"
    assert set(_raised()) <= doubts, "raised, but not in the catalogue"


def _trees() -> Iterator[ast.Module]:
    for path in (ROOT / "archive").rglob("*.py"):
        if path.relative_to(ROOT).parts[1] != "catalogue":
            yield ast.parse(path.read_text(encoding="utf-8"))


def _texts() -> Iterator[str]:
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _raised() -> Iterator[str]:
    """The first argument of every `Finding(…)` where it is written out."""
    for tree in _trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            first = node.args[0]
            is_finding = ast.unparse(node.func) == "Finding"
            if is_finding and isinstance(first, ast.Constant):
                yield first.value


# ---- closed lists ----------------------------------------------------------------


def test_a_facet_has_values_and_a_tree_has_parents() -> None:
    assert set(facets.VALUES) == {one.key for one in FACETS}
    assert set(facets.PARENTS) == {one.key for one in FACETS if one.is_tree}
    assert set(facets.CALLED) <= set(facets.VALUES)


def test_a_facet_can_be_asked_by_name() -> None:
    assert {one.key for one in FIELDS} == {one.key for one in FACETS} | {SECTION}
    names = [name for one in FIELDS for name in one.names]
    assert len(set(names)) == len(names), "a name means two fields"
    assert all(one.help and one.example for one in FIELDS)


def test_an_order_is_offered_and_has_keys() -> None:
    assert list(asking.SORTS) == [one.key for one in ORDERS]


def test_a_format_has_a_reader() -> None:
    assert {one.media_type for one in FORMATS} == set(readers.READERS)
    assert all(one.media_type in catalogue.MEDIA for one in FORMATS)
    for one in FORMATS:
        assert one.label
        assert all(ending.startswith(".") for ending in one.endings)


def test_a_sector_has_words() -> None:
    file = ROOT / "archive/regions/data/sectors.toml"
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    assert list(words) == list(SECTORS) == list(regions.SECTORS)
    without = {sector for sector, said in words.items() if not said}
    assert without == {catalogue.TOWNSHIPS}
    assert all(one.english.isascii() for one in SECTORS.values())


def test_a_trouble_is_a_portals_or_comes_of_reading() -> None:
    of_portals = {
        error.__name__
        for error in source.SourceTrouble.__subclasses__()
        if error.__module__ == source.__name__
    }
    of_reading = {
        Trouble.UNREADABLE,
        Trouble.UNFILED,
        Trouble.NOT_A_REPORT,
        Trouble.NO_REPORT,
        Trouble.INCOMPLETE,
        Trouble.HELD,
    }
    assert {one.value for one in Trouble} == of_portals | {
        one.value for one in of_reading
    }


def test_a_form_has_a_name_and_a_source() -> None:
    assert {one.value for one in FormName} == {*FORMS, "free"}
    assert set(catalogue.FORM_SOURCES) == set(catalogue.FORM_NAMES)


@pytest.mark.parametrize("states", Labelled.__subclasses__())
def test_a_state_has_a_name(states: type[Labelled]) -> None:
    for value, label in labels_of(states).items():
        assert states(value) == value
        assert f"{states(value)}" == value, "a row or JSON holds its plain word"
        assert label


def test_every_kind_of_figure_status_has_a_mark() -> None:
    assert set(catalogue.MARKS) == set(catalogue.Status)


def test_the_data_dictionary_is_current() -> None:
    written = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    assert written == data_dictionary(), "python -m archive dictionary > docs/data.md"
