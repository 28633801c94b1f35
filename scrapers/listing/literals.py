"""Data that pages hold as literals of JavaScript: names without quotes, either kind of
quotes, commas at the end. What computes something is no data.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Any

from scrapers.pages import Page

Value = dict[str, "Value"] | list["Value"] | str | int | float | bool | None

_LONGEST = 400_000
"""Signs of the longest literal that is read: the tree of a large portal."""
_DEEPEST = 40
_LONGEST_NUMBER = 7
_MOST_OPENINGS = 20
# e.g. "  \n", "// 共多少页\n", "/* a */"
_BLANK = re.compile(r"(?:\s|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)*")
_DOUBLE = r'"(?:[^"\\]|\\.)*"'
_SINGLE = r"'(?:[^'\\]|\\.)*'"
# e.g. "'a'", '"b\\"c"'
# not "a"
_STRING = re.compile(f"{_DOUBLE}|{_SINGLE}", re.DOTALL)
# e.g. "pageNo", "$a", "12", "-1.5", "true"
# not "'", "{"
_WORD = re.compile(r"-?[\w$.]+")
# e.g. "\\u5e74", "\\'", "\\n"
# not "n"
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
# Older systems escape titles a second time.
# e.g. "%u653F"
# not "%E6"
_PERCENT_U = re.compile(r"%u([0-9a-fA-F]{4})")
_MEANT = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "0": "", "\n": ""}
_CONSTANTS: dict[str, Value] = {
    "true": True,
    "false": False,
    "null": None,
    "undefined": None,
}


class NoLiteral(ValueError):
    """What stands there is no literal, or one cut short."""


def literal_at(text: str, at: int) -> Value:
    """The value of the literal that begins at a place. Raises NoLiteral."""
    value, _ = _value(text[at : at + _LONGEST], 0, 0)
    return value


def literal_after(text: str, opening: re.Pattern[str]) -> Value:
    """The first literal that stands right behind something; None without one."""
    for found in islice(opening.finditer(text), _MOST_OPENINGS):
        try:
            return literal_at(text, found.end())
        except NoLiteral:
            continue
    return None


def object_after(page: Page, opening: re.Pattern[str]) -> dict[str, Value]:
    """As `literal_after`, for an object on a page; an empty one where there is none."""
    value = literal_after(page.text, opening)
    return value if isinstance(value, dict) else {}


_LONGEST_CALL = 4_000
_FIELD = r"[\"']?\b([A-Za-z_]\w{0,40})[\"']?"
_PLAIN = r"\"([^\"\n]{0,500})\"|'([^'\n]{0,500})'|(\d{1,12})\b"
# A field of an object in which others compute something.
# e.g. "columnid:25630", "'unitid': '25630'", "path : \"/\""
# not "dataBefore:function"
_PAIR = re.compile(rf"{_FIELD}\s*:\s*(?:{_PLAIN})")


def fields_after(page: Page, opening: re.Pattern[str]) -> dict[str, str]:
    """The plain fields of the first object that stands right behind something.

    Where the object computes some of them, only those are left out.
    """
    whole = object_after(page, opening)
    if whole:
        return texts_of(whole)
    found = opening.search(page.text)
    if found is None:
        return {}
    call = page.text[found.end() : found.end() + _LONGEST_CALL]
    fields: dict[str, str] = {}
    for pair in _PAIR.finditer(call):
        fields.setdefault(pair[1], next(filter(None, pair.groups()[1:]), ""))
    return fields


def texts_of(value: dict[str, Value]) -> dict[str, str]:
    """The plain fields of an object as they are sent to a server."""
    plain = {}
    for name, field in value.items():
        if isinstance(field, str | int | float) and not isinstance(field, bool):
            plain[name] = str(field)
    return plain


def whole(value: Any) -> int | None:
    """The count that a value is, also one in quotes; None for anything else."""
    text = str(value)
    is_number = text.isascii() and text.isdigit()
    if not is_number or len(text) > _LONGEST_NUMBER:
        return None
    return int(text)


def json_object(value: str) -> dict[str, Any]:
    """The object that a text of JSON is; an empty one for any other text."""
    if not value.startswith("{"):
        return {}
    try:
        data = json.loads(value)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def without_percent_u(text: str) -> str:
    """A text in which signs may be escaped as `%u653F`."""
    return _PERCENT_U.sub(lambda found: _sign(found[1]), text)


def _value(text: str, at: int, depth: int) -> tuple[Value, int]:
    """A value and where it ends."""
    at = _over_blanks(text, at)
    opening = text[at : at + 1]
    if depth > _DEEPEST or not opening:
        raise NoLiteral
    if opening == "{":
        return _object(text, at + 1, depth)
    if opening == "[":
        return _array(text, at + 1, depth)
    if opening in "\"'":
        return _string(text, at)
    return _plain(text, at)


def _object(text: str, at: int, depth: int) -> tuple[Value, int]:
    fields: dict[str, Value] = {}
    while True:
        at = _over_blanks(text, at)
        if text[at : at + 1] == "}":
            return fields, at + 1
        name, at = _name(text, at)
        at = _over_blanks(text, at)
        if text[at : at + 1] != ":":
            raise NoLiteral
        fields[name], at = _value(text, at + 1, depth + 1)
        at = _over_comma(text, at, "}")


def _array(text: str, at: int, depth: int) -> tuple[Value, int]:
    values: list[Value] = []
    while True:
        at = _over_blanks(text, at)
        if text[at : at + 1] == "]":
            return values, at + 1
        value, at = _value(text, at, depth + 1)
        values.append(value)
        at = _over_comma(text, at, "]")


def _over_comma(text: str, at: int, closing: str) -> int:
    """Behind the comma after a value; before the bracket that ends them."""
    at = _over_blanks(text, at)
    following = text[at : at + 1]
    if following == ",":
        return at + 1
    if following == closing:
        return at
    raise NoLiteral


def _over_blanks(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _name(text: str, at: int) -> tuple[str, int]:
    if text[at : at + 1] in {"'", '"'}:
        return _string(text, at)
    found = _WORD.match(text, at)
    if found is None:
        raise NoLiteral
    return found[0], found.end()


def _string(text: str, at: int) -> tuple[str, int]:
    found = _STRING.match(text, at)
    if found is None:
        raise NoLiteral
    return _ESCAPE.sub(_unescaped, found[0][1:-1]), found.end()


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    if code:
        return _sign(code)
    return _MEANT.get(escape[3], escape[3])


def _sign(code: str) -> str:
    """The sign of a code; none for half of a pair, which is no text."""
    number = int(code, 16)
    is_half = 0xD800 <= number <= 0xDFFF
    return "" if is_half else chr(number)


def _plain(text: str, at: int) -> tuple[Value, int]:
    """A number or a constant; any other word computes something."""
    found = _WORD.match(text, at)
    if found is None:
        raise NoLiteral
    word = found[0]
    if word in _CONSTANTS:
        return _CONSTANTS[word], found.end()
    try:
        number: Value = int(word) if word.lstrip("-").isdigit() else float(word)
    except ValueError:
        raise NoLiteral from None
    return number, found.end()
