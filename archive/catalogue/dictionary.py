"""The data dictionary: every key of the data, explained, as one Markdown text.

`python -m archive dictionary > docs/data.md` writes it anew; a test proves
that what is written is current.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archive.catalogue.checks import (
    BEFORE_AT,
    CASE,
    CHECKS,
    GIVEN,
    TOLD,
    WEIGHTS,
    Check,
    fields_of,
)
from archive.catalogue.claims import CLAIMS, PART
from archive.catalogue.duties import Coverage
from archive.catalogue.facets import FACETS, FIELD_NAMES
from archive.catalogue.figure_record import TABLES, FigureRecord
from archive.catalogue.figures import FIGURES
from archive.catalogue.formats import FORMATS
from archive.catalogue.forms import FORMS
from archive.catalogue.indicators import FEWEST, INDICATORS
from archive.catalogue.orders import ORDERS
from archive.catalogue.sectors import SECTORS
from archive.catalogue.states import (
    ClaimScope,
    FindingFamily,
    FormName,
    Labelled,
    Level,
    OriginalState,
    PublishedFrom,
    Punctuality,
    RunKind,
    RunState,
    Status,
    ValueState,
)

_INTRODUCTION = """\
# Data dictionary

Every key of the JSON, the exports and the API. Keys are lasting: a key means the same
in every form, and what has another meaning has another key. Articles are those of the
政府信息公开条例 of 2019. `python -m archive dictionary > docs/data.md` writes this
file.

A figure's value is a number or nothing: an empty cell, a dash and 0 are different
things, and the words printed stand beside the value. Amounts of the tables are kept in
万元, whatever unit is printed.
"""

_INDICATORS = f"""\
## Indicators

Computed from the figures of a report (`indicators`). A figure that is blank, missing or
in conflict gives no value, nor does a denominator of 0; a share of fewer than {FEWEST}
is shown as n/N, and its `value` is null. A definition that changes gets a new version.
`lack` says why there is no value: not_in_form, missing, conflict, of_nothing,
no_year_before, year_before_not_in_form.
"""

_ASKED_VALUES = """\
## Values of lists (`figure=KEY`, `values`)

Lists of reports and agencies give the values of the figures, claims and indicators that
`figure` asks for; it may be repeated. `value` is a number only where `state` is exact
or inferred, and null for a share of fewer than 30, of which both numbers are given.
`over` and `under` are the numerator and denominator of an indicator; `over` alone is
the number printed for a figure in doubt, or for a claim that says about how many.
`version` is that of an indicator's definition.
"""

_VALUES = f"""\
## Values of findings (`values`)

A finding is given out with what it holds: its check, the figures or claims it speaks of
(`keys`), and the values below, of which its sentence (`message`) is made. `{CASE}` says
which wording it has, where its check has several. What a value is, the way behind its
colon tells; without one it is a number or a text. Findings of readings of before hold
their whole sentence alone, as `{TOLD}`. `{BEFORE_AT}` is where last year's number is
printed, as an anchor of the page of last year's report.
"""
_WAYS = "In the wordings, `keys` are the finding's own `keys`.\n"

_LISTS: tuple[tuple[str, type[Labelled]], ...] = (
    ("How a figure came about (`status`)", Status),
    ("What is known of a value that is asked for (`state` of `values`)", ValueState),
    ("What a finding says, and of whom (`family`)", FindingFamily),
    ("Whose number a claim is (`scope`)", ClaimScope),
    ("Form of a report (`form`)", FormName),
    ("Level of an agency (`level`)", Level),
    ("Whether a report is here (`state` of coverage)", Coverage),
    ("When a report was published (`published`)", Punctuality),
    ("Who says when it was published (`published_from`)", PublishedFrom),
    ("State of an original", OriginalState),
    ("Kind of a run", RunKind),
    ("State of a run", RunState),
)


def data_dictionary() -> str:
    """The whole text, ending in one line break."""
    return "\n".join(_parts())


def _parts() -> Iterator[str]:
    yield _INTRODUCTION
    for number, name in TABLES.items():
        yield f"## Table {number}: {name}\n"
        yield _table(
            ("key", "中文", "English", "unit", "forms", "what is counted"),
            _printed_rows(number),
        )
    yield "## Sums of ours\n"
    yield _table(("key", "中文", "English", "unit", "what it is"), _sum_rows())
    yield "## Claims: numbers stated in the text\n"
    yield _table(
        ("key", "中文", "English", "unit", "what it is", "same as"), _claim_rows()
    )
    yield _INDICATORS
    yield _table(("key", "中文", "English", "version", "公式"), _indicator_rows())
    yield _ASKED_VALUES
    yield "## Checks and doubts\n"
    yield _table(("key", "中文", "family", "weight", "含义", "依据"), _check_rows())
    yield _VALUES
    yield _table(("check", "`case`", "`values`", "wording"), _value_rows())
    yield _WAYS
    ways = [(_code(way), what) for way, what in GIVEN.items() if way]
    yield _table(("way", "the value"), ways)
    yield "## Facets and fields of a question\n"
    yield _table(("key", "中文", "names in a question", "values"), _facet_rows())
    yield "## Orders (`sort`)\n"
    yield _table(("key", "中文"), ((_code(one.key), one.label) for one in ORDERS))
    yield from _closed_lists()


def _closed_lists() -> Iterator[str]:
    for title, states in _LISTS:
        yield f"## {title}\n"
        yield _table(
            ("value", "中文"), ((_code(one.value), one.label) for one in states)
        )
    yield "## Sectors (`sector`)\n"
    yield _table(
        ("value", "English"), ((one.key, one.english) for one in SECTORS.values())
    )
    yield "## File formats (`media_type`)\n"
    yield _table(
        ("media type", "中文", "endings"),
        ((_code(one.media_type), one.label, " ".join(one.endings)) for one in FORMATS),
    )


def _printed_rows(number: int) -> Iterator[Sequence[str]]:
    for one in FIGURES.values():
        if one.printed and one.printed.table == number:
            # A key of both forms means the same in both.
            forms = "all" if len(one.printed.forms) == len(FORMS) else None
            yield (
                *_named(one),
                forms or ", ".join(one.printed.forms),
                one.explanation,
            )


def _sum_rows() -> Iterator[Sequence[str]]:
    for one in FIGURES.values():
        if one.parts:
            yield (*_named(one), one.explanation)


def _indicator_rows() -> Iterator[tuple[str, ...]]:
    for one in INDICATORS.values():
        told = (one.label, one.english, str(one.version), one.formula)
        yield (_code(one.key), *told)


def _claim_rows() -> Iterator[Sequence[str]]:
    for one in (*CLAIMS.values(), PART):
        same = " + ".join(map(_code, one.same_as))
        yield (*_named(one), one.explanation, same)


def _named(one: FigureRecord) -> tuple[str, str, str, str]:
    return _code(one.key), one.label, one.english, one.unit


def _check_rows() -> Iterator[Sequence[str]]:
    for one in CHECKS:
        weight = f"{one.weight} {WEIGHTS[one.weight]}"
        yield (
            _code(one.key),
            one.title,
            _code(one.family.value),
            weight,
            one.explanation,
            one.source,
        )


def _value_rows() -> Iterator[Sequence[str]]:
    """A wording a line; the values that it names stand in braces in it."""
    for one in CHECKS:
        for case, wording in one.wordings.items():
            shown_case = _code(case) if case else ""
            values = ", ".join(map(_code, _names_of_values(one, case)))
            yield _code(one.key), shown_case, values, wording


def _names_of_values(one: Check, case: str) -> Iterator[str]:
    """The values of a finding, each with the way it is printed: `total:row`."""
    for name, way in dict.fromkeys(fields_of(one, case)):
        if name != "keys":
            yield f"{name}:{way}" if way else name
    if one.looks_back:
        yield BEFORE_AT


def _facet_rows() -> Iterator[Sequence[str]]:
    for one in FACETS:
        names = " ".join(map(_code, FIELD_NAMES[one.key]))
        values = ", ".join(
            f"{_code(value)} {name}" for value, name in one.names.items()
        )
        yield _code(one.key), one.label, names, values


def _code(text: str) -> str:
    """A text as it is; of none the empty quotes that JSON has."""
    return f"`{text}`" if text else '`""`'


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    # Nothing in the records holds a bar, which would end a cell.
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
