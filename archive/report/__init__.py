"""What a report is: a document read, checked and compared. Pure: no files, no database,
no web.

1 document, model  what goes in (blocks with their places) and what comes out (a Report)
2 parse            the way from one to the other; read this first
3 outline/ tables/ identity/ claims/   its steps, a room each
4 relations, checks, rules/             what must add up; what is said when it does not
5 compare, encode                      two reports side by side; one as it is stored
6 indicators                           what is computed from a report's figures
7 numbers, dates, plain                how numbers, dates and blanks are printed
"""

from archive.report.checks import check, check_years
from archive.report.compare import (
    Change,
    Comparison,
    Differing,
    Passage,
    PassageKind,
    Piece,
    SectionPair,
    compare,
    differing,
    what_is_lost,
)
from archive.report.document import (
    Block,
    Cell,
    Document,
    Heading,
    Note,
    Paragraph,
    Place,
    Table,
)
from archive.report.encode import (
    DamagedReading,
    Packed,
    Prepared,
    Stated,
    Text,
    content_hash,
    contract,
    pack,
    prepare,
    public_values,
    shortened,
    storable,
    unpack,
    unpack_summary,
    unpack_texts,
    values_from_json,
    values_to_json,
)
from archive.report.identity import agency_name, report_year
from archive.report.indicators import (
    Counted,
    Indicated,
    Recipe,
    indicated,
    indicators_of,
    known_as,
    recipe,
    together,
)
from archive.report.model import (
    Agency,
    Claim,
    Figure,
    Finding,
    Hints,
    Number,
    Region,
    Report,
    Section,
    split_unit,
)
from archive.report.numbers import chinese_number
from archive.report.outline import (
    begins_section,
    find_title,
    is_other_page,
    is_wall,
    likeness,
    other_kind,
    other_page,
)
from archive.report.parse import parse
from archive.report.plain import PAGE_NUMBER, plain
from archive.report.rules import YearSummary, lacks_tables, summary_of

__all__ = [
    "PAGE_NUMBER",
    "Agency",
    "Block",
    "Cell",
    "Change",
    "Claim",
    "Comparison",
    "Counted",
    "DamagedReading",
    "Differing",
    "Document",
    "Figure",
    "Finding",
    "Heading",
    "Hints",
    "Indicated",
    "Note",
    "Number",
    "Packed",
    "Paragraph",
    "Passage",
    "PassageKind",
    "Piece",
    "Place",
    "Prepared",
    "Recipe",
    "Region",
    "Report",
    "Section",
    "SectionPair",
    "Stated",
    "Table",
    "Text",
    "YearSummary",
    "agency_name",
    "begins_section",
    "check",
    "check_years",
    "chinese_number",
    "compare",
    "content_hash",
    "contract",
    "differing",
    "find_title",
    "indicated",
    "indicators_of",
    "is_other_page",
    "is_wall",
    "known_as",
    "lacks_tables",
    "likeness",
    "other_kind",
    "other_page",
    "pack",
    "parse",
    "plain",
    "prepare",
    "public_values",
    "recipe",
    "report_year",
    "shortened",
    "split_unit",
    "storable",
    "summary_of",
    "together",
    "unpack",
    "unpack_summary",
    "unpack_texts",
    "values_from_json",
    "values_to_json",
    "what_is_lost",
]
