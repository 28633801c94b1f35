"""Addresses: what can be one of a source, and which ones are the same."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

MAX_URL = 2_000
"""Bytes of the longest address that is asked for and kept: addresses are indexed, and
PostgreSQL indexes no text of more than 2,700.
"""

WEB_PORTS = frozenset({80, 443, *range(81, 91), 800, 880, 888})
"""Ports below 1024 on which portals are found."""
_DATABASES = {1433, 1521, 3306, 5432, 5984, 6379, 9042, 9200, 11211, 27017}
_REMOTE_DESKTOPS = {3389, 5900, 6000}
_FILES_AND_MACHINES = {2049, 2375, 2376, 2379, 5672, 6443}
PORTS_OF_OTHER_SERVICES = frozenset(_DATABASES | _REMOTE_DESKTOPS | _FILES_AND_MACHINES)
"""Above 1023; portals do use other unusual ports."""
# Line ends and control characters: parsers differ in what they make of them.
# e.g. "http://a\x00b.cn/", "http://a.cn/\r\nb"
# not "http://示例.cn/年报"
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")


def is_too_long(address: str) -> bool:
    """Whether an address is longer than MAX_URL; a Chinese sign is three bytes."""
    return len(address.encode("utf-8", "replace")) > MAX_URL


def source_address(text: str) -> str:
    """The address of a source, without blanks around it.

    A plain web address: http or https, a host, no user name, a port on which websites
    are found, at most MAX_URL bytes. Raises ValueError with a Chinese sentence for
    whatever is not.
    """
    address = text.strip()
    if is_too_long(address):
        raise ValueError(
            f"地址“{address[:80]}…”超过 {MAX_URL} 个字节（一个汉字占 3 个），不予访问，"
            "请核对来源的网址。"
        )
    shown = address[:200]
    if _UNSEEN.search(address):
        raise ValueError(f"地址“{shown}”中有不可见的字符，请核对来源的网址。")
    try:
        parts = urlsplit(address)
    except ValueError:
        raise ValueError(f"地址“{shown}”无法识别，请核对来源的网址。") from None
    _check_website(parts, shown)
    _check_port(parts, shown)
    return address


def _check_website(parts: SplitResult, shown: str) -> None:
    """Raises ValueError unless the parts are those of a website open to everybody."""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"地址“{shown}”不是 http 或 https 网址，不予访问。")
    if parts.username or parts.password:
        # The sentence goes into logs and onto pages: it does not repeat the password.
        raise ValueError(
            f"主机 {parts.hostname} 的地址中带有用户名或密码，不予访问，"
            "请改用不带账号的网址。"
        )


def _check_port(parts: SplitResult, shown: str) -> None:
    """Raises ValueError for what is no port, or that of another service."""
    try:
        port = parts.port
    except ValueError:
        raise ValueError(f"地址“{shown}”的端口无法识别，请核对来源的网址。") from None
    if not is_web_port(port):
        raise ValueError(f"地址“{shown}”的端口 {port} 不是网站常用端口，不予访问。")


def is_web_port(port: int | None) -> bool:
    """Whether websites are found on a port; None is the usual one of the scheme."""
    if port is None or port in WEB_PORTS:
        return True
    if port in PORTS_OF_OTHER_SERVICES:
        return False
    return 1024 <= port <= 65535


_USUAL_PORTS = {None, 80, 443}


def host_key(address: str) -> str:
    """The host that an address leads to, as hosts are told apart: its name in small
    letters as it is asked for (`xn--…`), with `:port` only where that is unusual.

    http and https are one machine to us. Empty where there is none.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return ""
    name = (parts.hostname or "").rstrip(".")
    with suppress(UnicodeError):
        name = name.encode("idna").decode("ascii")
    host = f"[{name}]" if ":" in name else name.lower()
    return host if port in _USUAL_PORTS else f"{host}:{port}"


def place_of(address: str) -> str:
    """What two addresses of the same place have in common; empty for an empty one.

    Portals move from http to https, and a mark behind `#` leads to the same page.
    Everything else, a host's `www.` and a slash at the end too, tells places apart.
    """
    address = address.strip()
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return address
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return address
    host = parts.hostname if port in _USUAL_PORTS else f"{parts.hostname}:{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path or '/'}{query}"
