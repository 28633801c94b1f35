"""`read`: what is in files, without a database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.commands.opening import FilePath, expand, loading, shown

if TYPE_CHECKING:
    from archive.interpreting import Interpreter
    from archive.report import Finding, Report
    from config import Settings


@click.command()
@click.argument("files", nargs=-1, required=True, type=FilePath())
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def read(settings: Settings, files: tuple[Path, ...], as_json: bool) -> None:
    """Read FILES without a database and show what is in them."""
    with loading():
        from archive.interpreting import Interpreter
        from archive.reading import Unreadable
        from archive.report import contract

    failed = False
    # forked: what reads a file takes longer to load than to read it
    with Interpreter(forked=True) as interpreter:
        for path, trouble in expand(files):
            name = shown(path)
            try:
                if trouble:
                    raise Unreadable(trouble)
                report = _read(interpreter, path, settings.max_file_bytes)
            except Unreadable as unreadable:
                failed = True
                _tell_trouble(name, str(unreadable), as_json)
                continue
            if as_json:
                click.echo(_line(contract(report, name)))
            else:
                _show(report, name)
    sys.exit(1 if failed else 0)


def _read(interpreter: Interpreter, path: Path, limit: int) -> Report:
    """A report with all its findings, those of the checks too. Raises Unreadable."""
    from dataclasses import replace

    from archive.reading import read_file
    from archive.report import Hints, check

    # The checks are made when a report is filed; here it is not.
    body = read_file(path, limit)
    report = interpreter.interpret(body, Hints(file_name=shown(path.name)))
    return replace(report, findings=(*report.findings, *check(report)))


def _tell_trouble(name: str, trouble: str, as_json: bool) -> None:
    if as_json:
        click.echo(_line({"file": name, "error": trouble}))
    else:
        click.echo(f"{name}: {trouble}", err=True)


def _line(told: dict[str, Any]) -> str:
    import json

    return json.dumps(told, ensure_ascii=False)


def _show(report: Report, name: str) -> None:
    click.secho(name, bold=True)
    if not report.is_report:
        click.echo(f"  not a report: {report.why}")
        return
    _show_head(report)
    for section in report.sections:
        click.echo(
            f"  [{section.number}] {section.heading or '（前言）'}: "
            f"{len(section.prose)} characters"
        )
    _show_figures(report)
    for claim in report.claims:
        click.echo(f"  {claim.key}: {claim.value}{claim.unit} {claim.label}")
    for finding in report.findings:
        click.echo(f"  {_mark(finding)} {finding.message}")


def _show_head(report: Report) -> None:
    region = report.agency.region
    place = f"{region.code} {region.name}" if region else "region unknown"
    # A report is signed before it is published: who says the day belongs to it.
    said_by = f" ({report.published_from})" if report.published_from else ""
    published = f"{report.published_on or '–'}{said_by}"
    click.echo(f"  {report.title}")
    click.echo(
        f"  {report.agency.name} · {place} · {report.year} · form {report.form} ·"
        f" {published}"
    )


def _show_figures(report: Report) -> None:
    from collections import Counter

    from archive.catalogue import Status

    statuses = Counter(figure.status for figure in report.figures.values())
    counted = ", ".join(f"{count} {status}" for status, count in statuses.items())
    click.echo(f"  figures: {counted or 'none'}")
    # Most cells of the tables are 0: the form asks for every reason of refusal apart.
    for key, figure in report.figures.items():
        if not figure.value:
            continue
        doubt = "" if figure.status == Status.EXACT else f" ({figure.status})"
        click.echo(f"    {key} = {figure.value}{doubt}")


def _mark(finding: Finding) -> str:
    """`?` our doubt, `≠` what cannot be true at once, `·` what is worth a look."""
    from archive.catalogue import FindingFamily

    marks = {
        FindingFamily.READING: "?",
        FindingFamily.REPORT: "≠",
        FindingFamily.NOTABLE: "·",
    }
    return marks[finding.family]
