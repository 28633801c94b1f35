"""Invented reports whose tables are no tables: rows and cells told by signs between
them, as programs leave them that turn files into text.

`LooseReport` says what is printed; `LAYOUTS` write it as text or as a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.catalogue import APPLICANTS, FORMS, KINDS, OUTCOMES
from tests.report.layouts import consistent

TITLE = "示例市人民政府2023年政府信息公开工作年度报告"
PREAMBLE = (
    "本报告根据《中华人民共和国政府信息公开条例》编制，所列数据的统计期限自"
    "2023年1月1日起至2023年12月31日止。"
)
NUMERALS = "一二三四五六"
WORDS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
PROBLEMS = (
    "一是公开内容的深度还不够，二是解读形式较为单一，三是业务培训还需加强。"
    "下一步将完善制度，丰富解读形式，加强业务培训，提升工作水平。"
)
FEE = "本年度未收取信息处理费。"
PARTS = {
    "short": ("（一）主动公开。2023年，本机关主动公开政府信息1234条。", "（二）监督保障。全年无责任追究。"),
    "long": (
        "（一）主动公开。"
        + "2023年，本机关坚持以公开为常态、不公开为例外，及时公开重点领域信息，"
        * 4
        + "共主动公开政府信息1234条。",
        "（二）监督保障。" + "本机关完善工作制度，开展业务培训，接受社会监督，" * 5
        + "全年无责任追究。",
    ),
}  # fmt: skip
NUMBERINGS: dict[str, Callable[[int], str]] = {
    "numeral": lambda n: f"{NUMERALS[n]}、",
    "none": lambda n: "",
    "stop": lambda n: f"{NUMERALS[n]}.",
    "digit": lambda n: f"{n + 1}、",
    "digit stop": lambda n: f"{n + 1}.",
    "part": lambda n: f"第{NUMERALS[n]}部分 ",
    "bracket": lambda n: f"（{NUMERALS[n]}）",
    "markdown": lambda n: f"## {NUMERALS[n]}、",
    "bold": lambda n: f"**{NUMERALS[n]}、",
}


@dataclass(frozen=True)
class LooseReport:
    """What a report prints, and how its headings are written."""

    form: str = "2021"
    seed: int = 1
    sparse: bool = False
    numbering: str = "numeral"
    parts: str = "short"
    problems: str = PROBLEMS
    preamble: bool = True
    glue: str = ""
    """What stands between a heading and its first paragraph on the same line."""
    captions: bool = False
    contents: bool = False
    pages: bool = False
    signature: bool = False

    @property
    def truth(self) -> dict[str, int]:
        """The figures by key."""
        figures = consistent(self.form, self.seed, sparse=self.sparse)
        for row in ("regulations", "normative_documents"):
            more, of = ("published", "public_total")
            if self.form == "2021":
                more, of = ("issued", "in_force")
            figures[f"disclosure.{row}.{of}"] += figures[f"disclosure.{row}.{more}"]
        return figures

    def heading(self, number: int) -> str:
        """The heading of section 1 to 6 as printed."""
        bold = "**" if self.numbering == "bold" else ""
        return NUMBERINGS[self.numbering](number - 1) + WORDS[number - 1] + bold

    def prose(self, number: int) -> tuple[str, ...]:
        """The paragraphs of a section."""
        return {
            0: (PREAMBLE,) if self.preamble else (),
            1: PARTS[self.parts],
            5: (self.problems,),
            6: (FEE,),
        }.get(number, ())

    def tables(self) -> dict[int, list[list[str]]]:
        """Section → the rows of its table."""
        return {
            2: _table_2(self.form, self.truth),
            3: _table_3(self.form, self.truth),
            4: _table_4(self.truth),
        }

    def lines(self) -> Iterator[str | list[str]]:
        """Texts and rows in the order of the report."""
        yield TITLE
        if self.contents:
            yield "目录"
            yield from (self.heading(number) for number in range(1, 7))
        yield from self.prose(0)
        tables = self.tables()
        for number in range(1, 7):
            first, *others = self.prose(number) or ("",)
            is_glued = self.glue and first
            heading = self.heading(number)
            if is_glued:
                yield f"{heading}{self.glue}{first}"
            else:
                yield heading
                yield from filter(None, [first])
            yield from others
            if number in tables:
                if self.captions:
                    yield f"表{number - 1} {WORDS[number - 1]}统计表"
                yield from self._with_pages(tables[number])
        if self.signature:
            yield "示例市人民政府"
            yield "2024年1月20日"

    def _with_pages(self, rows: list[list[str]]) -> Iterator[str | list[str]]:
        for at, row in enumerate(rows):
            if self.pages and at in {9, 20}:
                yield f"— {at // 9 + 1} —"
            yield row


def _table_2(form: str, truth: dict[str, int]) -> list[list[str]]:
    rows: list[list[str]] = []
    for block in FORMS[form].disclosures:
        rows.append([block.heading])
        rows.append(["信息内容", *(column.title for column in block.columns)])
        for row in block.rows:
            values = []
            for column in block.columns:
                unit = (
                    "万元" if (row.key, column.key) == ("procurement", "amount") else ""
                )
                values.append(f"{truth[f'disclosure.{row.key}.{column.key}']}{unit}")
            rows.append([row.title, *values])
    return rows


def _table_3(form: str, truth: dict[str, int]) -> list[list[str]]:
    rows = [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
        ["自然人", "法人或其他组织", "总计"],
        [column.title for column in APPLICANTS[1:-1]],
    ]  # fmt: skip
    parent = ""
    for row in FORMS[form].requests:
        if row.parent != parent and row.parent:
            if not row.parent.startswith("三、") and not any(
                "三、本年度办理结果" in cells for cells in rows
            ):
                rows.append(["三、本年度办理结果"])
            rows.append([row.parent])
        parent = row.parent or parent
        values = [str(truth[f"requests.{row.key}.{one.key}"]) for one in APPLICANTS]
        rows.append([row.title, *values])
    return rows


def _table_4(truth: dict[str, int]) -> list[list[str]]:
    outcomes = [one.title for one in OUTCOMES]
    return [
        ["行政复议", "行政诉讼"],
        [*outcomes, "未经复议直接起诉", "复议后起诉"],
        [*outcomes, *outcomes],
        [str(truth[f"{kind.key}.{one.key}"]) for kind in KINDS for one in OUTCOMES],
    ]


def rows_parted_by(
    sign: str, *, ends: str = "", heads: str = ""
) -> Callable[[LooseReport], bytes]:
    """A row a line, its cells parted by a sign; `ends`: what stands at both ends.

    `heads`: what parts those of rows without figures, if another sign.
    """

    def write(report: LooseReport) -> bytes:
        texts = []
        for line in report.lines():
            is_row = isinstance(line, list)
            has_figures = is_row and any(cell[0].isdigit() for cell in line[-1:])
            between = sign if has_figures or not heads else heads
            texts.append(f"{ends}{between.join(line)}{ends}" if is_row else line)
        return "\n".join(map(str, texts)).encode()

    return write


def padded(sign: str) -> Callable[[LooseReport], bytes]:
    """Every line, texts too, with as many signs as the widest: a sheet saved as text."""

    def write(report: LooseReport) -> bytes:
        texts = []
        for line in report.lines():
            cells = [line] if isinstance(line, str) else line
            texts.append(sign.join(cells) + sign * (15 - len(cells)))
        return "\n".join(texts).encode()

    return write


def cells_parted_by(between: str, *, rows: str = "") -> Callable[[LooseReport], bytes]:
    """A cell a line; `rows`: what stands behind each row beside that."""

    def write(report: LooseReport) -> bytes:
        text = ""
        for line in report.lines():
            cells = line if isinstance(line, list) else [line]
            text += "".join(cell + between for cell in cells) + rows
        return text.encode()

    return write


def page(
    cell: str, row: str, text: str = "<p>{}</p>"
) -> Callable[[LooseReport], bytes]:
    """A web page; the tags around a cell, a row, and a paragraph."""

    def write(report: LooseReport) -> bytes:
        parts = []
        for line in report.lines():
            if isinstance(line, list):
                cells = "".join(cell.format(one) for one in line)
                parts.append(row.format(cells))
            else:
                parts.append(text.format(line))
        body = "\n".join(parts)
        return f"<html><head><meta charset=utf-8><title>{TITLE}</title></head><body>{body}</body></html>".encode()

    return write


Layout = Callable[[LooseReport], bytes]
LAYOUTS: dict[str, Layout] = {
    "tabs": rows_parted_by("\t"),
    "single spaces": rows_parted_by(" "),
    "double spaces": rows_parted_by("  "),
    "wide spaces": rows_parted_by("\u3000"),
    "pipes between": rows_parted_by("|"),
    "pipes around": rows_parted_by("|", ends="|"),
    "commas": rows_parted_by(","),
    "commas to the edge": padded(","),
    "tabs to the edge": padded("\t"),
    "wide spaces below lines": rows_parted_by("\u3000", heads="\n"),
    "pipes below single spaces": rows_parted_by(" | ", heads=" "),
    "double spaces below tabs": rows_parted_by("  ", heads="\t"),
    "single spaces below pipes": rows_parted_by(" ", heads="|"),
    "spaced pipes": rows_parted_by(" | "),
    "pipes in paragraphs": page("{}|", "<p>{}</p>"),
    "cell a line": cells_parted_by("\n"),
    "cell a line, blank lines": cells_parted_by("\n\n"),
    "cell a line, CRLF": cells_parted_by("\r\n"),
    "cell a line, trailing spaces": cells_parted_by("  \n"),
    "cell a line, rows parted": cells_parted_by("\n", rows="\n"),
    "p a cell": page("<p>{}</p>", "{}"),
    "div a cell": page("<div>{}</div>", "{}"),
    "span a cell": page("<span>{}</span> ", "<p>{}</p>"),
    "br a cell": page("{}<br>", "{}", "{}<br>"),
    "p a row": page("{} ", "<p>{}</p>"),
    "nbsp a cell": page("{}&nbsp;&nbsp;", "<p>{}</p>"),
    "pre": page("{} ", "<pre>{}</pre>", "<pre>{}</pre>"),
}


def wrapped(
    width: int,
    figures: str,
    *,
    blank: str = "",
    cells: bool = False,
    sign: str = " ",
) -> Layout:
    """Single spaces, or a cell a line; texts in rows are broken after `width` signs.

    `figures`: where those of a row stand, "below" its label, behind its "last" line,
    its "first", or one in the "middle". `blank`: what stands where a line is broken.
    """

    def write(report: LooseReport) -> bytes:
        texts: list[str] = []
        for line in report.lines():
            if isinstance(line, str):
                texts.append(line)
                continue
            between = "\n" if cells else sign
            texts += _wrapped_row(line, width, figures, blank, between)
        return "\n".join(texts).encode()

    return write


def _wrapped_row(
    row: list[str], width: int, figures: str, blank: str, between: str
) -> list[str]:
    values = [cell for cell in row if cell[0].isdigit() and cell[-1] in "0123456789元"]
    labels = [cell for cell in row if cell not in values]
    if not values:
        return [blank.join(_broken(label, width, "\n")) for label in labels]
    pieces = _broken(labels[0], width, "") if labels else []
    at = {"last": len(pieces), "first": 1, "middle": (len(pieces) + 1) // 2}
    printed = between.join(values)
    if figures == "below" or not pieces:
        return [*(piece + blank for piece in pieces), printed]
    number = at[figures] - 1
    pieces[number] += between + printed
    return [piece + blank for piece in pieces]


def _broken(text: str, width: int, end: str) -> list[str]:
    pieces = [text[at : at + width] for at in range(0, len(text), width)]
    return [piece + end for piece in pieces[:-1]] + pieces[-1:]
