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

from archive.webpage import is_web_port, source_address
from scrapers.source import Refused

Resolve = Callable[[str, int], Sequence[str]]
"""Host name and port → IP addresses as text. Raises OSError for an unknown name."""

_MOST_ADDRESSES = 8
"""Addresses of a host that are tried."""

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
# Translators between the networks write the IPv4 address into the last 32 bits.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def parse_url(url: str) -> httpx.URL:
    """The address without its fragment.

    Raises Refused for whatever is not a plain web address, by the rule for sources.
    """
    try:
        address = source_address(url)
    except ValueError as error:
        raise Refused(str(error)) from None
    sentence = f"地址“{address[:200]}”无法识别，请核对来源的网址。"
    try:
        parsed = httpx.URL(address).copy_with(fragment=None)
        host = parsed.host
    except (httpx.InvalidURL, ValueError):
        raise Refused(sentence) from None
    # The connection goes where this second parser says: it must be of the same mind.
    if not host or not is_web_port(parsed.port):
        raise Refused(sentence)
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
    parts = (ip, *_embedded(ip))
    return all(part.is_global and not part.is_multicast for part in parts)


def _embedded(ip: IPAddress) -> list[ipaddress.IPv4Address]:
    """IPv4 addresses that an IPv6 address leads to: mapped, 6to4, Teredo, NAT64,
    compatible.
    """
    if not isinstance(ip, ipaddress.IPv6Address):
        return []
    found = [ip.ipv4_mapped, ip.sixtofour]
    if ip.teredo is not None:
        server, client = ip.teredo
        found += [server, client]
    is_compatible = int(ip) >> 32 == 0
    if is_compatible or ip in _NAT64:
        last_bits = int(ip) & 0xFFFFFFFF
        found.append(ipaddress.IPv4Address(last_bits))
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
        """A connection to the first address of the host that answers.

        Raises Refused when one of them is not public, ConnectError when none answers.
        """
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
        """The checked addresses of a host; one that is not public refuses them all."""
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"域名 {host} 解析失败") from error
        if self._allow_private:
            return addresses[:_MOST_ADDRESSES]
        for address in addresses:
            if not is_public(address):
                raise Refused(
                    f"主机 {host} 指向内部或保留地址 {address}，不予访问；"
                    "确需采集内网网站时，请由管理员打开“允许内网地址”的设置。"
                )
        return addresses[:_MOST_ADDRESSES]


class BoundedStream(httpcore.NetworkStream):
    """A connection whose reads and writes end when the time of a request is used up."""

    def __init__(
        self, stream: httpcore.NetworkStream, remaining: Callable[[], float]
    ) -> None:
        self._stream = stream
        self._remaining = remaining

    # The methods are those of httpcore.NetworkStream.

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
    """Seconds for one step: never more than are left, never none."""
    left = max(left, 0.001)
    return left if timeout is None else min(timeout, left)
