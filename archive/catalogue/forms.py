"""The official forms as data: sections, tables and the keys of their figures.

Sources: 国办公开办函〔2021〕30号 (report years 2021 and later, form "2021"), 国办公开办
函〔2019〕60号 (2019 and 2020, form "2019"). Reports for 2008 to 2018 follow no fixed
form ("free"). A key means the same thing in every form; the keys are a public promise.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.catalogue.states import FormName
from archive.catalogue.tables import (
    APPLICANTS,
    DISCLOSURES_2019,
    DISCLOSURES_2021,
    KINDS,
    NO_RESULTS,
    OUTCOMES,
    REQUESTS_2019,
    REQUESTS_2021,
    Block,
    Label,
)

__all__ = [
    "APPLICANTS",
    "FORMS",
    "FORM_SOURCES",
    "KINDS",
    "OUTCOMES",
    "RESULT_ROWS",
    "SECTIONS",
    "Block",
    "Form",
    "Label",
    "disclosure_key",
    "disclosure_keys",
    "keys",
    "proceeding_key",
    "proceeding_keys",
    "request_key",
    "request_keys",
]


@dataclass(frozen=True, slots=True)
class Form:
    """A statutory form: what its three tables hold."""

    name: str
    source: str
    """The number of the letter of 国务院办公厅政府信息与政务公开办公室 that sets it."""
    disclosures: tuple[Block, ...]
    requests: tuple[Label, ...]


# In the wild headings differ: offices keep the words of an older form, or name who
# reports (行政机关…); every wording that was met stands here.
SECTIONS: dict[int, tuple[str, ...]] = {
    1: ("总体情况", "概述", "总体工作情况", "总体概述", "基本情况", "工作基本情况"),
    2: ("主动公开政府信息情况", "行政机关主动公开政府信息情况"),
    3: ("收到和处理政府信息公开申请情况", "行政机关收到和处理政府信息公开申请情况"),
    4: (
        "政府信息公开行政复议、行政诉讼情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "政府信息公开工作被申请行政复议、提起行政诉讼情况",
    ),
    5: (
        "存在的主要问题及改进情况",
        "政府信息公开工作存在的主要问题及改进情况",
        "存在问题及改进情况",
    ),
    6: ("其他需要报告的事项",),
}
"""Section number → headings; the first is the official one."""

FORMS: dict[str, Form] = {
    "2021": Form("2021", "国办公开办函〔2021〕30号", DISCLOSURES_2021, REQUESTS_2021),
    "2019": Form("2019", "国办公开办函〔2019〕60号", DISCLOSURES_2019, REQUESTS_2019),
}

# Reports for 2008 to 2018 were written before there was a form.
FORM_SOURCES: dict[str, str] = {
    **{form.name: form.source for form in FORMS.values()},
    FormName.FREE.value: "无统一格式",
}
"""What a form goes back to, as visitors read it."""

# Their sum is a relation that must hold in each of the seven columns.
RESULT_ROWS: dict[str, tuple[str, ...]] = {
    name: tuple(row.key for row in form.requests if row.key not in NO_RESULTS)
    for name, form in FORMS.items()
}
"""The rows of table 3 that add up to `concluded`, by form."""


def disclosure_key(row: Label, column: Label) -> str:
    """The key of a figure of table 2, `disclosure.<row>.<column>`."""
    return f"disclosure.{row.key}.{column.key}"


def request_key(row: Label, applicant: Label) -> str:
    """The key of a figure of table 3, `requests.<row>.<applicant>`."""
    return f"requests.{row.key}.{applicant.key}"


def proceeding_key(kind: Label, outcome: Label) -> str:
    """The key of a figure of table 4, `<kind>.<outcome>`."""
    return f"{kind.key}.{outcome.key}"


def disclosure_keys(form: Form) -> list[str]:
    """Keys of table 2, block by block, row by row."""
    return [
        disclosure_key(row, column)
        for block in form.disclosures
        for row in block.rows
        for column in block.columns
    ]


def request_keys(form: Form) -> list[str]:
    """Keys of table 3, row by row."""
    return [request_key(row, column) for row in form.requests for column in APPLICANTS]


def proceeding_keys() -> list[str]:
    """Keys of table 4, kind by kind; the same in both forms."""
    return [proceeding_key(kind, outcome) for kind in KINDS for outcome in OUTCOMES]


def keys(form: Form) -> list[str]:
    """Every figure key of a form: 200 for 2021, 198 for 2019."""
    return [*disclosure_keys(form), *request_keys(form), *proceeding_keys()]
