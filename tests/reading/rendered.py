"""Random reports written into files of every kind, damaged at random, and read: `python
-m tests.reading.rendered [N]`.

The figures are consistent and known; the files are those of `tests/reports`, written
anew for each report. Damages are done to the file: tags, cells, rows and lines lost,
doubled or put in, spans wrong, the end cut off, another encoding. Whatever the reader
then takes for a figure must be the one meant, or be called doubtful.
"""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from shutil import which

from archive.catalogue import FindingFamily, Status
from archive.reading import Unreadable, read
from archive.report.parse import parse
from archive.report.tables.statutory import TableReading, read_tables
from tests.portals.reports import SampleReport
from tests.report.layouts import consistent, silent_errors
from tests.reports import carriers, sheets, texts, webpages
from tests.reports.bare_word import packed, word
from tests.reports.truth import report_2019, report_2021

Damage = Callable[[str, random.Random], str]

_MARKUP = re.compile(
    r"</?(?:w:)?(?:td|tr|tbody|table|p|strong|span|div|tc|row|c)\b[^<>]*>"
)
_ROW = re.compile(r"<tr\b.*?</tr>|<w:tr>.*?</w:tr>|<row\b.*?</row>", re.DOTALL)
_CELL = re.compile(
    r"<td\b.*?</td>|<w:tc>.*?</w:tc>|<c\b[^>]*?(?:/>|>.*?</c>)", re.DOTALL
)
_SPAN = re.compile(r"(?<=span=\")\d+|(?<=gridSpan w:val=\")\d+")


PAGES: dict[str, Callable[[SampleReport], str]] = {
    write.__name__: write
    for write in (
        webpages.plain, webpages.layout_tables, webpages.word_paste, webpages.one_table, webpages.separators,
        carriers.in_program, carriers.in_state, carriers.in_field, carriers.in_template, carriers.rows_never_begun,
        carriers.escaped_twice, carriers.single_signs, carriers.headings_over_lines, carriers.headings_in_tables,
        carriers.traditional,
    )
}  # fmt: skip
DUMPS: dict[str, Callable[[SampleReport], str]] = {
    write.__name__: write
    for write in (
        texts.tabs, texts.spaces, texts.one_cell_a_line, texts.pipes, texts.html_tables, texts.damaged_headings,
        carriers.preformatted,
    )
}  # fmt: skip
PACKED: dict[str, Callable[[SampleReport], bytes]] = {
    write.__name__: write for write in (word, sheets.a_sheet_each, sheets.one_sheet)
}
_PARTS = re.compile(r"word/document\.xml|xl/worksheets/sheet\d+\.xml")
"""The parts of a package that hold the tables."""


def _without(
    found: re.Pattern[str], text: str, chance: random.Random, put: Callable[[str], str]
) -> str:
    """The text with another text for one of the matches."""
    places = [match.span() for match in found.finditer(text)]
    if not places:
        return text
    begin, end = chance.choice(places)
    return text[:begin] + put(text[begin:end]) + text[end:]


def tag_lost(text: str, chance: random.Random) -> str:
    return _without(_MARKUP, text, chance, lambda tag: "")


def tag_doubled(text: str, chance: random.Random) -> str:
    return _without(_MARKUP, text, chance, lambda tag: tag + tag)


def tag_put_in(text: str, chance: random.Random) -> str:
    odd = chance.choice(
        [
            "</div>",
            "<div>",
            "</td>",
            "</tr>",
            "<tr>",
            "</table>",
            "<p>",
            "</span>",
            "<b>",
        ]
    )
    return _without(_MARKUP, text, chance, lambda tag: tag + odd)


def row_lost(text: str, chance: random.Random) -> str:
    return _without(_ROW, text, chance, lambda row: "")


def row_doubled(text: str, chance: random.Random) -> str:
    return _without(_ROW, text, chance, lambda row: row + row)


def cell_lost(text: str, chance: random.Random) -> str:
    return _without(_CELL, text, chance, lambda cell: "")


def cell_doubled(text: str, chance: random.Random) -> str:
    return _without(_CELL, text, chance, lambda cell: cell + cell)


def cell_emptied(text: str, chance: random.Random) -> str:
    return _without(
        _CELL, text, chance, lambda cell: re.sub(r"(?<=>)[^<>]+(?=<)", "", cell)
    )


def span_wrong(text: str, chance: random.Random) -> str:
    return _without(
        _SPAN, text, chance, lambda span: chance.choice(["1", "0", "2", "3", "99"])
    )


def blanks_put_in(text: str, chance: random.Random) -> str:
    """Blanks, breaks and signs of no width around texts, as editors leave them; never
    inside a number.
    """
    odd = chance.choice(["\n", "&nbsp;", "&#8203;", "　", "\r\n   ", "<!-- 注 -->"])
    return re.sub(
        r">(?=[^<>]+<)|(?<=[\u4e00-\u9fff])(?=</)",
        lambda at: at[0] + odd * (chance.random() < 0.2),
        text,
    )


def cut_off(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text) // 3, len(text))]


_FIGURE = re.compile(
    r"(?<=<td>)\d+(?=</td>)|<w:r><w:t>(?=\d+</w:t>)\d+</w:t></w:r>", re.DOTALL
)
_INVISIBLE = (
    "style=font-size:0",
    "style=display:none",
    "style=color:#fff",
    "style=opacity:0",
    "class=nil",
    "hidden",
)
_SHEET = "<style>.nil{position:absolute;left:-9999px}</style>"
_UNSEEN = ("<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="1"/>')


def _with_more(
    text: str, chance: random.Random, page: Callable[[str], str], looks: str
) -> str:
    """The text with digits put before a third of its figures, made up as told."""

    def more(found: re.Match[str]) -> str:
        if chance.random() < 0.67:
            return found[0]
        digits = str(chance.randrange(1, 100))
        if not found[0].startswith("<"):
            return page(digits) + found[0]
        run = f"<w:r><w:rPr>{looks}</w:rPr><w:t>{digits}</w:t></w:r>"
        return run + found[0]

    return _FIGURE.sub(more, text)


def digits_hidden(text: str, chance: random.Random) -> str:
    """Digits that nobody sees, before those that are printed."""
    how = chance.choice(_INVISIBLE)
    hidden = _with_more(
        text, chance, lambda more: f"<i {how}>{more}</i>", chance.choice(_UNSEEN)
    )
    return hidden.replace("<table", f"{_SHEET}<table") if "nil" in how else hidden


def digits_struck(text: str, chance: random.Random) -> str:
    """Figures struck out, the right ones beside them."""
    tag = chance.choice(["s", "del", "strike"])
    return _with_more(
        text, chance, lambda more: f"<{tag}>{more}</{tag}>", "<w:strike/>"
    )


def rows_stacked(text: str, chance: random.Random) -> str:
    """Two neighbouring rows in one, with a line break in each cell."""
    rows = list(_ROW.finditer(text))
    able = [at for at in range(len(rows) - 1) if _may_stack(rows[at], rows[at + 1])]
    if not able:
        return text
    at = chance.choice(able)
    below = iter(_CELL.findall(rows[at + 1][0]))
    merged = _CELL.sub(lambda cell: _stack(cell[0], next(below)), rows[at][0])
    return text[: rows[at].start()] + merged + text[rows[at + 1].end() :]


def _may_stack(one: re.Match[str], other: re.Match[str]) -> bool:
    above, below = _CELL.findall(one[0]), _CELL.findall(other[0])
    is_page = one[0].startswith("<tr")
    return is_page and len(above) == len(below) > 1 and "span" not in one[0] + other[0]


def _stack(above: str, below: str) -> str:
    inner = re.sub(r"^<td\b[^>]*>|</td>$", "", below)
    return above.removesuffix("</td>") + f"<br>{inner}</td>"


MARKED: tuple[Damage, ...] = (
    tag_lost, tag_doubled, tag_put_in, row_lost, row_doubled, cell_lost, cell_doubled, cell_emptied, span_wrong,
    blanks_put_in, cut_off, digits_hidden, digits_struck, rows_stacked,
)  # fmt: skip
_LINE = re.compile(r"[^\n]+\n")
_TAB = re.compile(r"\t| {3,}|\|")


def line_lost(text: str, chance: random.Random) -> str:
    return _without(_LINE, text, chance, lambda line: "")


def line_doubled(text: str, chance: random.Random) -> str:
    return _without(_LINE, text, chance, lambda line: line + line)


def lines_joined(text: str, chance: random.Random) -> str:
    return _without(
        _LINE, text, chance, lambda line: line[:-1] + chance.choice([" ", "\t"])
    )


def line_put_in(text: str, chance: random.Random) -> str:
    odd = chance.choice(["\n", "— 3 —\n", "示例市商务局\n", "\t\t\t\n", "（续表）\n"])
    return _without(_LINE, text, chance, lambda line: line + odd)


def tab_lost(text: str, chance: random.Random) -> str:
    return _without(
        _TAB, text, chance, lambda tab: chance.choice([" ", ""]) if tab != "|" else ""
    )


def tab_doubled(text: str, chance: random.Random) -> str:
    return _without(_TAB, text, chance, lambda tab: tab + tab)


def tabs_are_spaces(text: str, chance: random.Random) -> str:
    return text.replace("\t", chance.choice(["  ", "    ", "\u3000"]))


PLAIN: tuple[Damage, ...] = (
    line_lost, line_doubled, lines_joined, line_put_in, tab_lost, tab_doubled, tabs_are_spaces, cut_off,
)  # fmt: skip
PRINTED: tuple[Damage, ...] = (
    row_lost,
    row_doubled,
    cell_lost,
    cell_doubled,
    cell_emptied,
    span_wrong,
    digits_hidden,
    digits_struck,
)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")


@dataclass(frozen=True)
class Rendered:
    body: bytes
    truth: dict[str, int]
    how: str
    damages: tuple[str, ...]


def rendered(seed: int, *, whole: bool = False) -> Rendered:
    """A random consistent report as a file, with no damage to three; or the same
    `whole`.
    """
    chance = random.Random(seed)
    model = chance.choice([report_2021, report_2019])()
    truth = consistent(model.form, seed, sparse=chance.random() < 0.5)
    report = replace(model, figures=dict(truth))
    how = chance.choice([*PAGES, *PAGES, *DUMPS, *DUMPS, *PACKED])
    damages = chance.choices(
        PLAIN if how in DUMPS else MARKED, k=chance.choice([0, 1, 1, 2, 3])
    )
    damages = [] if whole else damages
    if how in PACKED:
        body = _repacked(PACKED[how](report), damages, chance)
    else:
        text = (PAGES[how] if how in PAGES else DUMPS[how])(report)
        for damage in damages:
            text = damage(text, chance)
        body = text.encode(chance.choice(ENCODINGS))
    return Rendered(body, truth, how, tuple(damage.__name__ for damage in damages))


def _repacked(body: bytes, damages: list[Damage], chance: random.Random) -> bytes:
    """Damages done to one part each of a package."""
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    names = [name for name in parts if _PARTS.fullmatch(name)]
    for damage in damages:
        name = chance.choice(names)
        parts[name] = damage(parts[name].decode(), chance).encode()
    return packed(parts)


_RULES = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_PRINTED_AT_ONCE = 50


def printed(seeds: range) -> Iterator[Rendered]:
    """Reports printed to PDF by LibreOffice: with ruling lines or none, on upright or
    wide pages.
    """
    cases: list[Rendered] = []
    for seed in seeds:
        chance = random.Random(seed)
        model = chance.choice([report_2021, report_2019])()
        truth = consistent(model.form, seed, sparse=chance.random() < 0.5)
        ruled, wide = chance.random() < 0.7, chance.random() < 0.4
        size = (
            'w:w="16838" w:h="11906" w:orient="landscape"'
            if wide
            else 'w:w="11906" w:h="16838"'
        )
        body = word(
            replace(model, figures=dict(truth)),
            f"<w:tblBorders>{_RULES}</w:tblBorders>" if ruled else "",
            f"<w:sectPr><w:pgSz {size}/></w:sectPr>",
        )
        damages = chance.choices(PRINTED, k=chance.choice([0, 1, 1, 2]))
        how = f"pdf {'ruled' if ruled else 'unruled'}"
        cases.append(
            Rendered(
                _repacked(body, damages, chance),
                truth,
                how,
                tuple(one.__name__ for one in damages),
            )
        )
    for begin in range(0, len(cases), _PRINTED_AT_ONCE):
        yield from _as_pdf(cases[begin : begin + _PRINTED_AT_ONCE])


def _as_pdf(cases: list[Rendered]) -> Iterator[Rendered]:
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(cases):
            (Path(folder) / f"{number}.docx").write_bytes(case.body)
        files = [f"{folder}/{number}.docx" for number in range(len(cases))]
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [
            "soffice",
            "--headless",
            profile,
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            *files,
        ]
        subprocess.run(
            command, check=True, timeout=60 + 10 * len(cases), capture_output=True
        )
        for number, case in enumerate(cases):
            made = Path(folder) / f"{number}.pdf"
            if made.exists():  # a damage can leave nothing that LibreOffice opens
                yield replace(case, body=made.read_bytes())


def reading_of(case: Rendered) -> TableReading | None:
    """What is read of the tables; None for a file that is refused."""
    try:
        return read_tables(read(case.body))
    except Unreadable:
        return None


def accusations(body: bytes) -> set[str]:
    """The checks by which a report is said to contradict itself, or to be odd."""
    try:
        report = parse(read(body))
    except Unreadable:
        return set()
    return {
        finding.check
        for finding in report.findings
        if finding.family is not FindingFamily.READING
    }


def main(count: int, first: int = 0) -> int:
    """Prints how many figures came out how, by kind of file, and every silent error;
    the exit status says if any.

    One file in fifty is printed to PDF besides, where LibreOffice is installed.
    """
    tally: dict[str, Counter[str]] = {}
    accused: Counter[str] = Counter()
    wrong = clean = 0
    seeds = range(first, first + count)
    files = ((seed, rendered(seed)) for seed in seeds)
    papers = (
        zip(seeds, printed(seeds[: count // _PRINTED_AT_ONCE]), strict=False)
        if which("soffice")
        else ()
    )
    for seed, case in chain(files, papers):
        reading = reading_of(case)
        kept = tally.setdefault(
            f"{case.how} {'damaged' if case.damages else 'whole'}", Counter()
        )
        if reading is None:
            kept["refused"] += 1
            continue
        kept.update(figure.status.value for figure in reading.figures.values())
        if not case.damages and "pdf" not in case.how:
            inexact = [
                key
                for key, figure in reading.figures.items()
                if figure.status is not Status.EXACT
            ]
            clean += len(inexact) + (not reading.figures)
        if case.damages and "pdf" not in case.how:
            new = accusations(case.body) - accusations(rendered(seed, whole=True).body)
            accused.update(f"{one} {'+'.join(case.damages)}" for one in new)
        if errors := silent_errors(reading, case.truth):
            wrong += 1
            print(seed, case.how, *case.damages, errors[:4], flush=True)
    for name, counted in sorted(tally.items()):
        print(f"{name:32}", dict(counted))
    for name, times in sorted(accused.items()):
        print(f"said of a damaged report only: {name} ({times})")
    print(
        f"{wrong} files with a silent error of {count}; {clean} figures of whole "
        "files not exact, PDF aside"
    )
    return 1 if wrong or clean else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:] or ["1000"])))
