"""Addresses as an index of captures sorts them: by the names of the host from its end,
so that all of a site stand together (SURT).

Written anew by the rules of the usual library, which is under the AGPL; whether both
say the same is tested.
"""

from __future__ import annotations

import re
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes, urlsplit

_PORTS = {"http": 80, "https": 443}
_SAFE = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
_MOST_ROUNDS = 20
# e.g. "www.", "www2."
# not "web."
_WWW = re.compile(r"www\d*\.")
# The number of a visit that Java and PHP servers write into addresses.
# e.g. "jsessionid=0123456789abcdef0123456789abcdef&"
# not "jsessionid=0123&"
_VISIT_ASKED = re.compile(r"(?:jsessionid=[0-9a-z]{32}|phpsessid=[0-9a-z]{32})(?:&|$)")


def surt(url: str) -> str:
    """The key of an address in an index; one that is none of the web stays as it is."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        return url.lower().replace(":///", ":/")
    host = _host(parts.hostname)
    is_plain = parts.port is None or parts.port == _PORTS[parts.scheme]
    port = "" if is_plain else f":{parts.port}"
    query = _query(parts.query)
    asked = f"?{query}" if query else ""
    return f"{host}{port}){_path(parts.path)}{asked}"


def _host(name: str) -> str:
    """The names of a host from the end."""
    name = _WWW.sub("", name.lower(), count=1) if _WWW.match(name.lower()) else name
    name = name.lower().strip(".")
    if ":" in name:
        return name
    if not name.isascii():
        name = name.encode("idna").decode("ascii")
    return ",".join(reversed(name.split(".")))


def _path(path: str) -> str:
    plain = quote_from_bytes(_unescaped(path), safe=_SAFE).lower()
    plain = _normal(plain)
    if plain != "/" and plain.endswith("/"):
        return plain[:-1]
    return plain or "/"


def _unescaped(text: str) -> bytes:
    """Text without any of its escapes, also of those that were escaped twice."""
    value = text.encode()
    for _ in range(_MOST_ROUNDS):
        plain = unquote_to_bytes(value)
        if plain == value:
            break
        value = plain
    return value


def _normal(path: str) -> str:
    """A path without `.`, `..` and empty steps."""
    steps: list[str] = []
    for step in path.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in {"", "."}:
            steps.append(step)
    end = "/" if path.endswith("/") and steps else ""
    return "/" + "/".join(steps) + end


def _query(query: str) -> str:
    """The fields of a question in order, without that of a visit."""
    asked = quote(query, safe=f"{_SAFE}%").lower()
    plain = _VISIT_ASKED.sub("", asked).rstrip("&")
    fields = [field.partition("=") for field in plain.split("&")]
    return "&".join(map("".join, sorted(fields)))
