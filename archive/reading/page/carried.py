"""Pages that print their text by script: the report as the page carries it.

Portals drawn by script (JSON and templates in place of HTML) have it in their data, in
a hidden field, in a template or in the source of an inner frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import unquote

from lxml import etree

from archive.reading.page.content import keys_in, speaks_of_the_form
from archive.reading.page.tree import Element

_QUOTED = r'"((?:[^"\\\n]|\\.)*+)"?'
_SINGLE = r"'((?:[^'\\\n]|\\.)*+)'?"
_TICKED = r"`((?:[^`\\]|\\.)*+)`?"
# A string of a program or of JSON; one that is never closed ends with its line.
# e.g. '"a\\"b"', "'a'", "`a\nb`", '"never closed'
# not "var a = 1;"
_LITERAL = re.compile(f"{_QUOTED}|{_SINGLE}|{_TICKED}", re.DOTALL)
_UNIT = r"u[0-9a-fA-F]{4}"
# Where programs write Chinese text as escapes, it is long runs of them.
# e.g. "\\u4e3b", "\\u4e3b\\u52a8", "\\x3c", "\\n", "\\/"
# not "n"
_ESCAPE = re.compile(rf"\\({_UNIT}(?:\\{_UNIT})*+|x[0-9a-fA-F]{{2}}|.)", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": "", "v": "", "0": "", "\n": ""}
"""Escapes of one letter; any other letter stands for itself."""
# e.g. "<p class='a'>", "</td>"
# not "1 < 2"
_TAG = re.compile(r"<[^<>]*>")
# What puts strings together on the page.
# e.g. "document.write(a)", "box.innerHTML = a", "a += b"
# not "a = b + c"
_WRITES = re.compile(r"document\.write|innerHTML|\+=")
_LEAST = 300
"""A shorter literal holds no report."""
_PAGES = frozenset(["text/html", "text/template", "text/x-template", "text/plain"])
"""Types of scripts that are no programs but text."""
_SAME = 300
"""Signs without blanks by which two texts are the same, one perhaps within the other.
"""
_DEEPEST = 3
"""Data are quoted within data: JSON as a string in a program."""


def carried(root: Element) -> str:
    """The HTML of the report that the page holds but doesn't show by itself.

    Nothing is run: looked through are the strings of scripts, templates, text fields,
    inner frames. Empty when none is a report, or when there are several: such a page is
    a list of reports and shows none.
    """
    found: dict[str, str] = {}
    for text in _candidates(root):
        words = _words(text)
        if speaks_of_the_form(words):
            found[words] = text
    if not found:
        return ""
    # The same report may be carried as HTML and as bare text: the shorter is enough.
    best = max(found, key=lambda words: (keys_in(words), -len(found[words])))
    if any(_are_different(best, words) for words in found):
        return ""
    text = found[best]
    if "<" in text:
        return text
    return f"<pre>{escape(text)}</pre>"


def _words(text: str) -> str:
    """The text of a piece of HTML, without blanks."""
    return "".join(unescape(_TAG.sub("", text)).split())


def _are_different(one: str, other: str) -> bool:
    """Whether two texts are two reports: a page may carry the same one twice."""
    if other[:_SAME] in one:
        return False
    return one[:_SAME] not in other


def _candidates(root: Element) -> Iterator[str]:
    """Whatever on the page might be a report that is not shown."""
    yield from map(_held, root.iter("textarea", "input", "iframe"))
    yield from map(_markup, root.iter("noscript", "template"))
    for tag in root.iter("script"):
        yield from _scripted(tag)


def _held(tag: Element) -> str:
    """What a field holds, or the source of a frame that stands in the page itself."""
    for held in (tag.text, tag.get("value"), tag.get("srcdoc")):
        if held:
            return held
    return ""


def _markup(tag: Element) -> str:
    """The HTML inside an element, up to and with its closing tag."""
    whole = etree.tostring(tag, method="html", encoding="unicode", with_tail=False)
    _, _, inside = whole.partition(">")
    return inside


def _scripted(tag: Element) -> Iterator[str]:
    """What a script holds: text of its own, or the strings of a program."""
    program = tag.text or ""
    media_type = (tag.get("type") or "").strip().lower()
    if media_type in _PAGES:
        yield program
    elif len(program) > _LEAST:
        yield from _strings(program, 0)


def _strings(program: str, depth: int) -> Iterator[str]:
    """The long strings in a program or in JSON, and what it writes onto the page.

    Strings within strings are looked through as well. A program that writes a report
    line by line gives all its strings with text as one.
    """
    printed: list[str] = []
    for literal in _LITERAL.finditer(program):
        text = _unescaped(literal[literal.lastindex or 1])
        is_long = len(text) > _LEAST
        if is_long or "<" in text:
            printed.append(text)
        if is_long:
            yield from _inner(_unquoted(text), depth)
    is_written = depth == 0 and len(printed) > 1
    if is_written and _WRITES.search(program):
        yield "".join(printed)


def _inner(text: str, depth: int) -> Iterator[str]:
    """A long string; if it is data itself, the strings in it."""
    if depth < _DEEPEST and _is_data(text):
        yield from _strings(text, depth + 1)
    else:
        yield text


def _unquoted(text: str) -> str:
    """Old pages hand their HTML to `unescape` as %3Cp%3E…"""
    is_quoted = "%3c" in text[:_LEAST].lower()
    if is_quoted:
        return unquote(text)
    return text


def _is_data(text: str) -> bool:
    """Whether a string is JSON: an object or an array."""
    return text.lstrip()[:1] in {"{", "["}


def _unescaped(literal: str) -> str:
    r"""What a literal stands for: \u4e3b is 主; halves of a sign are put together."""
    if "\\" not in literal:
        return literal
    text = _ESCAPE.sub(_sign, literal)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _sign(found: re.Match[str]) -> str:
    """The sign that an escape stands for, or the signs of a run of them."""
    code = found[1]
    if len(code) == 1:
        return _SIGNS.get(code, code)
    if code[0] == "x":
        return chr(int(code[1:], 16))
    units = bytes.fromhex(code[1:].replace("\\u", ""))
    return units.decode("utf-16-be", "surrogatepass")
