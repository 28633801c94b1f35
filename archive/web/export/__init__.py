"""Tables to take home: CSV (with a mark for Excel), XLSX and JSON lines, safe to open.

1 cells        what stands in a cell: no formula, typed
2 asked        the numbers asked for, and the question in words
3 columns      the columns of a list of reports: values, states, proofs
  agency_columns  and of agencies
4 definitions  what the columns mean: the second sheet, or a file beside a CSV
5 named        what a file is called
6 written      rows as bytes
7 small        a table of a page, whole
8 sent         a list that is sent while it is made
  lists        all reports or agencies of a question
  expected     how many rows and bytes that will be
  choosing     its form, with the numbers it offers
"""

from archive.web.export.asked import (
    ALL,
    KEYS,
    Question,
    keys_asked,
    query_told,
    query_words,
)
from archive.web.export.cells import Value, safe
from archive.web.export.choosing import form
from archive.web.export.columns import ReportColumns, Row
from archive.web.export.definitions import definition_rows
from archive.web.export.expected import Expected, expected_agencies, expected_reports
from archive.web.export.lists import (
    agency_definitions,
    agency_list,
    report_definitions,
    report_list,
    rows_of,
)
from archive.web.export.named import file_name, narrowed
from archive.web.export.small import definitions_file, table, told_table

__all__ = [
    "ALL",
    "KEYS",
    "Expected",
    "Question",
    "ReportColumns",
    "Row",
    "Value",
    "agency_definitions",
    "agency_list",
    "definition_rows",
    "definitions_file",
    "expected_agencies",
    "expected_reports",
    "file_name",
    "form",
    "keys_asked",
    "narrowed",
    "query_told",
    "query_words",
    "report_definitions",
    "report_list",
    "rows_of",
    "safe",
    "table",
    "told_table",
]
