"""Pages that print their text by script: the report as the page carries it, out of
data, forms and templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import unquote

from lxml import etree

from archive.reading.page import keys_in, speaks_of_the_form
from archive.reading.tree import Element

_LITERAL = re.compile(
    r'"((?:[^"\\\n]|\\.)*+)"?'
    r"|'((?:[^'\\\n]|\\.)*+)'?"
    r"|`((?:[^`\\]|\\.)*+)`?",
    re.DOTALL,
)
"""A string of a program or of JSON; one that is never closed ends with its line."""
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": "", "v": "", "0": "", "\n": ""}
_LEAST = 300
"""A shorter literal holds no report."""
_PAGES = frozenset(["text/html", "text/template", "text/x-template", "text/plain"])
"""Types of scripts that are no programs but text."""
_TAG = re.compile(r"<[^<>]*>")
_ENOUGH = 300
"""Signs without blanks by which two texts are the same, one perhaps within the other.
"""
_WRITES = re.compile(r"document\.write|innerHTML|\+=")
"""What puts strings together on the page."""
_DEEPEST = 3
"""Data are quoted within data: JSON as a string in a program."""


def carried(root: Element) -> str:
    """The HTML of the report that the page holds but doesn't show by itself; empty when
    there is none.

    Nothing is run: looked through are the strings of scripts, templates, text fields,
    inner frames. A page that carries several reports is a list of them and shows none.
    """
    found: dict[str, str] = {}
    for text in _candidates(root):
        words = "".join(unescape(_TAG.sub("", text)).split())
        if speaks_of_the_form(words):
            found[words] = text
    if not found:
        return ""
    best = max(found, key=lambda words: (keys_in(words), -len(found[words])))
    if any(
        words[:_ENOUGH] not in best and best[:_ENOUGH] not in words for words in found
    ):
        return ""
    text = found[best]
    return text if "<" in text else f"<pre>{escape(text)}</pre>"


def _candidates(root: Element) -> Iterator[str]:
    for tag in root.iter("textarea", "input", "iframe"):
        yield tag.text or tag.get("value") or tag.get("srcdoc") or ""
    for tag in root.iter("noscript", "template"):
        yield etree.tostring(
            tag, method="html", encoding="unicode", with_tail=False
        ).split(">", 1)[1]
    for tag in root.iter("script"):
        program = tag.text or ""
        if (tag.get("type") or "").strip().lower() in _PAGES:
            yield program
        elif len(program) > _LEAST:
            yield from _strings(program, 0)


def _strings(program: str, depth: int) -> Iterator[str]:
    """The strings in a program or in JSON that are long enough, and all of them that
    hold text, joined.
    """
    printed: list[str] = []
    for literal in _LITERAL.finditer(program):
        text = _unescaped(literal[literal.lastindex or 1])
        if "<" in text or len(text) > _LEAST:
            printed.append(text)
        if len(text) <= _LEAST:
            continue
        if "%3C" in text[:_LEAST] or "%3c" in text[:_LEAST]:
            text = unquote(text)
        if depth < _DEEPEST and text.lstrip()[:1] in {"{", "["}:
            yield from _strings(text, depth + 1)
        else:
            yield text
    if len(printed) > 1 and not depth and _WRITES.search(program):
        yield "".join(printed)


def _unescaped(literal: str) -> str:
    if "\\" not in literal:
        return literal
    text = _ESCAPE.sub(_sign, literal)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _sign(found: re.Match[str]) -> str:
    code = found[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _SIGNS.get(code, code)
