"""Sources as a CSV file, as people's spreadsheets write it and open it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archive.store.rows import SourceRow
from archive.store.sources.registering import selectors_on_one_line

MAX_BYTES = 5_000_000
MAX_LINES = 20_000
"""Sources of a file."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "url": ("网址", "url", "列表页网址", "列表页", "地址"),
    "agency": ("机关", "agency", "机关名称", "单位"),
    "family": ("网站系统", "family", "系统"),
    "group": ("分组", "group", "组"),
    "may_be_empty": ("列表可为空", "may_be_empty", "可为空"),
    "rendered": ("由浏览器绘制", "rendered", "浏览器绘制"),
    "selectors": ("选择器", "selectors"),
    "paused": ("暂停", "paused"),
    "season_hours": ("一至四月间隔（小时）", "season_hours"),
    "rest_hours": ("其他月份间隔（小时）", "rest_hours"),
}
"""Field → the headings that mean it; the first is what we write."""
_FIELD_OF = {name: key for key, names in COLUMNS.items() for name in names}
_SEPARATORS = ",;\t"
_MARK = b"\xef\xbb\xbf"
"""Without it Excel takes UTF-8 for the encoding of the system."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A text that begins like this is a formula to a spreadsheet."""
_GUARD = "'"
_YES, _NO = "是", "否"
_TOO_LONG = 2_000
"""Signs of a cell, as much as the longest address."""


class BadSheet(ValueError):
    """A file that can't be read as a table of sources; the sentence is in Chinese."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line: its number in the file, and what it gives; wrong where it says why."""

    number: int
    given: Mapping[str, str]
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was read."""

    lines: Sequence[SheetLine]
    unknown: Sequence[str] = field(default_factory=list)
    """Headings that mean nothing here; what stands below them is not looked at."""


def read_sheet(data: bytes) -> Sheet:
    """The lines of a CSV file.

    UTF-8, UTF-16 with its mark, or GB 18030; columns by their headings, in any order,
    between commas, semicolons or tabs. Raises BadSheet.
    """
    if len(data) > MAX_BYTES:
        raise BadSheet(f"文件超过 {MAX_BYTES // 1_000_000} MB。")
    text = _decoded(data)
    rows = _rows(text, _separator(text))
    headings = next(rows, (0, []))[1]
    fields = [_FIELD_OF.get(one.strip().lower()) for one in headings]
    _check_headings(fields)
    pairs = zip(headings, fields, strict=True)
    unknown = [name.strip() for name, key in pairs if not key and name.strip()]
    lines: list[SheetLine] = []
    for number, cells in rows:
        if len(lines) == MAX_LINES:
            raise BadSheet(f"文件超过 {MAX_LINES} 行，请分成几个文件。")
        lines.append(_line(number, fields, cells))
    return Sheet(lines, unknown)


def _decoded(data: bytes) -> str:
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if is_wide else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadSheet("文件不是 UTF-8 或 GBK 编码的 CSV。Excel 请另存为“CSV UTF-8”。")


def _separator(text: str) -> str:
    """The sign between columns: the one that makes most headings of the first line."""

    def known(sign: str) -> int:
        headings = next(_rows(text, sign), (0, []))[1]
        return sum(one.strip().lower() in _FIELD_OF for one in headings)

    return max(_SEPARATORS, key=known)


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Lines with the number at which each begins; blank ones are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begin = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield begin, cells
            begin = reader.line_num + 1
    except csv.Error:
        raise BadSheet(f"第 {begin} 行无法识别：引号不成对，或一格太长。") from None


def _check_headings(fields: Sequence[str | None]) -> None:
    if "url" not in fields:
        raise BadSheet("第一行没有“网址”（url）这一列。")
    known = list(filter(None, fields))
    if len(known) != len(set(known)):
        raise BadSheet("第一行有两列的含义相同。")


def _line(number: int, fields: Sequence[str | None], cells: list[str]) -> SheetLine:
    given = {
        name: _unguarded(cell.strip())
        for name, cell in zip(fields, cells, strict=False)
        if name
    }
    wrong = ""
    if any(map(str.strip, cells[len(fields) :])):
        wrong = "这一行的格数比第一行多。"
    elif max(map(len, cells)) > _TOO_LONG:
        wrong = f"有一格超过 {_TOO_LONG} 个字符。"
    return SheetLine(number, given, wrong)


def sheet_of(sources: Iterable[SourceRow]) -> bytes:
    """A CSV file of sources, which `read_sheet` reads as the same again."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([names[0] for names in COLUMNS.values()])
    for source in sources:
        writer.writerow([_cell(getattr(source, name)) for name in COLUMNS])
    return _MARK + text.getvalue().encode("utf-8", "replace")


def _cell(value: str | bool | int) -> str:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, int):
        return str(value)
    line = selectors_on_one_line(value)
    return f"{_GUARD}{line}" if _is_formula(line) else line


def _is_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula, guarded or not."""
    return text.lstrip(_GUARD).startswith(_FORMULA)


def _unguarded(text: str) -> str:
    """A text without the guard that `sheet_of` puts before formulas."""
    is_guarded = text.startswith(_GUARD) and _is_formula(text)
    return text[len(_GUARD) :] if is_guarded else text
