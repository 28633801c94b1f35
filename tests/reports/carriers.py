"""The golden report on pages that don't print it plainly: carried in data, or written
in broken markup.
"""

from __future__ import annotations

import json
import re
from html import escape

from opencc import OpenCC

from tests.portals.reports import SampleReport
from tests.reports.webpages import body, page


def in_program(report: SampleReport) -> str:
    """A string in a program, its signs escaped as JSON does."""
    text = json.dumps(body(report)).replace("</", "<\\/")
    script = f'var content = {text};\ndocument.getElementById("c").innerHTML = content;'
    return page(report, f'<div id="c"></div><script>{script}</script>')


def in_state(report: SampleReport) -> str:
    """JSON within JSON, as pages carry it that are built in the browser."""
    state = json.dumps(
        {"code": 200, "data": {"title": report.title, "content": body(report)}},
        ensure_ascii=False,
    )
    script = (
        "window.__INITIAL_STATE__ = JSON.parse("
        f"{json.dumps(state, ensure_ascii=False)})"
    ).replace("</", "<\\/")
    return page(report, f'<div id="app"></div><script>{script}</script>')


def in_field(report: SampleReport) -> str:
    """The source of an editor, shown by its script."""
    return page(
        report,
        f'<textarea id="source" style="display:none">{escape(body(report))}</textarea>',
    )


def in_template(report: SampleReport) -> str:
    return page(report, f"<template>{body(report)}</template>")


def rows_never_begun(report: SampleReport) -> str:
    """Cells without `<tr>`, nothing ended but the rows."""
    return page(report, re.sub(r"<tr>|</td>|</p>", "", body(report)))


def preformatted(report: SampleReport) -> str:
    """One `<pre>`: a cell, then a tab."""
    return page(
        report,
        "<pre>"
        + re.sub(r"<[^>]+>", "", body(report).replace("</td>", "\t"))
        + "</pre>",
    )


def escaped_twice(report: SampleReport) -> str:
    text = (
        body(report)
        .replace("　　", "&amp;nbsp;&amp;nbsp;")
        .replace("“", "&amp;ldquo;")
        .replace("”", "&amp;rdquo;")
    )
    return page(report, text.replace("</td>", "&amp;nbsp;</td>"))


def single_signs(report: SampleReport) -> str:
    """Every sign in elements of its own, zero-width spaces between them; a copy for
    print is hidden.
    """

    def apart(found: re.Match[str]) -> str:
        return (
            ">"
            + "".join(f"<font><span>{sign}</span></font>&#8203;" for sign in found[1])
            + "<"
        )

    text = body(report)
    return page(
        report,
        re.sub(r">([^<\n&]{4,})<", apart, text)
        + f'<div style="display: none">{text}</div>',
    )


def headings_over_lines(report: SampleReport) -> str:
    """Long headings in two paragraphs."""
    text = re.sub(
        r"<strong>([三四]、.{8})(.*?)</strong>",
        r"<strong>\1</strong></p>\n<p><strong>\2</strong>",
        body(report),
    )
    return page(report, text)


def headings_in_tables(report: SampleReport) -> str:
    """The headings of the tables stand in their first rows; tables are cut in two in
    the middle.
    """
    text = re.sub(
        r"<p><strong>([二三四]、.*?)</strong></p>\s*<table([^>]*)><tbody>",
        r"<table\2><tbody><tr><td colspan=10>\1</td></tr>",
        body(report),
    )
    return page(
        report,
        re.sub(
            r"(</tr>)\s*(<tr><td[^>]*>3\.危)",
            r"\1</tbody></table><table><tbody>\2",
            text,
        ),
    )


def traditional(report: SampleReport) -> str:
    """The body of a page's version in traditional characters."""
    return page(report, OpenCC("s2t").convert(body(report)))
