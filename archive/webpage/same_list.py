"""Which addresses name the same list page, however they are spelled."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import SplitResult, quote, urlsplit

_USUAL = {"http": 80, "https": 443}
_LONGEST = 500
"""Signs of a key; databases refuse to index much longer texts."""
# What servers show for a bare folder.
# e.g. "index.html", "INDEX.HTM", "default.aspx"
# not "index_1.html", "index.jsp"
_FOLDER_PAGE = re.compile(r"(index\.s?html?|default\.[a-z]{2,5})", re.IGNORECASE)
# A column that a script shows (gkmlpt: `#1027`), or a route of one.
# e.g. "1027", "/list/3", "!list"
# not "top", "page2"
_COLUMN = re.compile(r"\A(?:[0-9]+|[/!].*)\Z", re.DOTALL)
# e.g. "%41", "%e5"
# not "%zz"
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
# e.g. "%"
# not "%41"
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)
_AS_THEY_ARE = "/:@!$&'()*+,;=?%[]|"
"""Signs that no browser encodes, or that mean something where they stand."""


def source_key(address: str) -> str:
    """What all spellings of the address of a source have in common.

    Told apart: hosts, ports, paths, queries (their order too), and a column that stands
    behind `#`. Not told apart: http and https; `www.`, since portals answer alike with
    it and without, and a list taken for two would be filed twice; capitals of a host,
    its dot at the end, its punycode; the usual port; index.html and the like, and a
    slash at the end, since servers send from the one to the other; `//`, `.` and `..`;
    needless encoding; empty parts of a query; a mark within the page.

    A key holds no blank. An address that is none is its own key.
    """
    try:
        parts = urlsplit(address.strip())
        place = _place(parts)
    except ValueError:
        return _bounded(_encoded(address.strip()))
    query = "&".join(filter(None, _encoded(parts.query).split("&")))
    column = _encoded(parts.fragment) if _COLUMN.match(parts.fragment) else ""
    asked = f"?{query}" if query else ""
    shown = f"#{column}" if column else ""
    return _bounded(f"{place}{_path(parts.path)}{asked}{shown}")


def _place(parts: SplitResult) -> str:
    """Host and, where it is not the usual one, port. Raises ValueError for no port."""
    host = _host(parts.hostname or "")
    port = parts.port
    if port is None or port == _USUAL.get(parts.scheme):
        return host
    return f"{host}:{port}"


def _host(name: str) -> str:
    """A host as it is asked for, without `www.`."""
    try:
        ascii_name = name.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        ascii_name = name
    plain = _encoded(ascii_name.lower())
    if ":" in plain:
        return f"[{plain}]"
    without = plain.removeprefix("www.")
    # `www.cn` is a site of its own, not a spelling of `cn`.
    return without if "." in without else plain


def _path(path: str) -> str:
    """A path without detours, folder pages and a slash at the end."""
    steps: list[str] = []
    for step in _encoded(path).split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in {"", "."}:
            steps.append(step)
    if steps and _FOLDER_PAGE.fullmatch(steps[-1]):
        steps.pop()
    return "/" + "/".join(steps)


def _encoded(text: str) -> str:
    """A text in which everything is encoded that must be, and nothing else."""
    whole = _STRAY.sub("%25", text)
    plain = _ENCODED.sub(_plainly, whole)
    return quote(plain, safe=_AS_THEY_ARE, errors="replace")


def _plainly(found: re.Match[str]) -> str:
    """An encoded sign as itself where it means the same, else with capitals."""
    sign = chr(int(found[1], 16))
    return sign if sign in _UNRESERVED else found[0].upper()


def _bounded(key: str) -> str:
    """A key of a length that can be indexed, still one for each address."""
    if len(key) <= _LONGEST:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: _LONGEST - len(digest)]}{digest}"
