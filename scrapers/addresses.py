"""Which addresses the fetcher may connect to, and a connection that holds to what was
checked.

A list page is written by others: without these checks a link in it could make the
archive read services of its own network. A name is resolved once, every address it has
is checked, and the connection is made to one of these very addresses, so that a name
can't change its meaning between the check and the connection.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Sequence

import httpcore
import httpx

from scrapers.source import Refused

Resolve = Callable[[str, int], Sequence[str]]
"""Host name and port → IP addresses as text. Raises OSError when the name is unknown.
"""

WEB_PORTS = frozenset({80, 443, *range(81, 91), 800, 880, 888})
"""Ports below 1024 on which portals are found."""
PORTS_OF_OTHER_SERVICES = frozenset(
    {
        1433,
        1521,
        2049,
        2375,
        2376,
        2379,
        3306,
        3389,
        5432,
        5672,
        5900,
        5984,
        6000,
        6379,
        6443,
        9042,
        9200,
        11211,
        27017,
    }
)
"""Databases, caches, remote desktops and the like above 1023; portals do use other
unusual ports.
"""

MAX_URL = 2_000
"""Characters of the longest address that is asked for."""

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def parse_url(url: str) -> httpx.URL:
    """The address without its fragment. Raises Refused for whatever is not a plain web
    address.
    """
    if len(url) > MAX_URL:
        raise Refused(
            f"地址“{url[:80]}…”超过 {MAX_URL} 个字符，不予访问，请核对来源的网址。"
        )
    try:
        parsed = httpx.URL(url.strip()).copy_with(fragment=None)
        host = parsed.host
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise Refused(f"地址“{url[:200]}”无法识别，请核对来源的网址。") from None
    if parsed.scheme not in {"http", "https"} or not host:
        raise Refused(f"地址“{url[:200]}”不是 http 或 https 网址，不予访问。")
    if parsed.userinfo:
        raise Refused(
            f"主机 {host} 的地址中带有用户名或密码，不予访问，请改用不带账号的网址。"
        )
    port = parsed.port
    if (
        port is not None
        and port not in WEB_PORTS
        and (not 1024 <= port <= 65535 or port in PORTS_OF_OTHER_SERVICES)
    ):
        raise Refused(f"地址“{url[:200]}”的端口 {port} 不是网站常用端口，不予访问。")
    return parsed


def resolve_host(host: str, port: int) -> list[str]:
    """All addresses of a host name by the system's resolver, without repeats."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def is_public(address: str) -> bool:
    """True for an address on the public internet, also behind the IPv4-in-IPv6
    notations.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return all(
        part.is_global and not part.is_multicast for part in (ip, *_embedded(ip))
    )


def _embedded(ip: IPAddress) -> Iterable[ipaddress.IPv4Address]:
    """IPv4 addresses that an IPv6 address leads to: mapped, 6to4, Teredo, NAT64,
    compatible.
    """
    if not isinstance(ip, ipaddress.IPv6Address):
        return ()
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64 or int(ip) >> 32 == 0:
        found.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [inner for inner in found if inner is not None]


class CheckedNetwork(httpcore.NetworkBackend):
    """Connects to checked addresses only, and lets no answer take longer than its
    deadline.

    `remaining()` gives the seconds left for the request under way; every single read
    and write is bounded by it, so that a server dripping one byte at a time can't hold
    the archive.
    """

    def __init__(
        self, resolve: Resolve, allow_private: bool, remaining: Callable[[], float]
    ) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._remaining = remaining
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"{host} 没有地址")
        for address in self._addresses(host, port):
            try:
                stream = self._network.connect_tcp(
                    address,
                    port,
                    _shorter(timeout, self._remaining()),
                    local_address,
                    socket_options,
                )
                return BoundedStream(stream, self._remaining)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"域名 {host} 解析失败") from error
        if not self._allow_private:
            for address in addresses:
                if not is_public(address):
                    raise Refused(
                        f"主机 {host} 指向内部或保留地址 {address}，不予访问；"
                        "确需采集内网网站时，请由管理员打开“允许内网地址”的设置。"
                    )
        return addresses[:8]


class BoundedStream(httpcore.NetworkStream):
    """A connection whose reads and writes end when the time of the request is used up."""

    def __init__(
        self, stream: httpcore.NetworkStream, remaining: Callable[[], float]
    ) -> None:
        self._stream = stream
        self._remaining = remaining

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = self._remaining()
        if left <= 0:
            raise httpcore.ReadTimeout("总时限已到")
        return self._stream.read(max_bytes, _shorter(timeout, left))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        left = self._remaining()
        if left <= 0:
            raise httpcore.WriteTimeout("总时限已到")
        self._stream.write(buffer, _shorter(timeout, left))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(
            ssl_context, server_hostname, _shorter(timeout, self._remaining())
        )
        return BoundedStream(secured, self._remaining)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _shorter(timeout: float | None, left: float) -> float:
    left = max(left, 0.001)
    return left if timeout is None else min(timeout, left)
