"""One request, one answer: sent over checked connections, read within limits of bytes
and seconds.
"""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

import httpcore
import httpx

from scrapers.fetching.addresses import CheckedNetwork, Resolve
from scrapers.source import Form, Refused, Unreachable

_INFLATE = {"gzip": 47, "x-gzip": 47, "deflate": 47}
"""Coding → window bits for zlib; 47 reads both the gzip and the zlib frame."""

_MOST_CAUSES = 9
"""Errors that are looked at behind each other; the failure itself is the first."""


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates count; loading them costs a tenth of a second."""
    return httpx.create_ssl_context()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to one request; the body is decompressed."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    body: bytes


class Wire:
    """Sends requests.

    Keeps connections and, per host, cookies. For one thread at a time.
    """

    def __init__(
        self,
        resolve: Resolve,
        allow_private: bool,
        timeout: float,
        patience: float,
        clock: Callable[[], float],
    ) -> None:
        """`timeout` bounds one step (connecting, one read), `patience` a whole answer.

        Both are in seconds.
        """
        self._timeout = timeout
        self._patience = patience
        self._clock = clock
        self._deadline = 0.0
        network = CheckedNetwork(
            resolve, allow_private, lambda: self._deadline - self._clock()
        )
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trusted(),
            max_keepalive_connections=4,
            network_backend=network,
        )
        self._cookies: dict[str, httpx.Cookies] = {}

    def close(self) -> None:
        self._pool.close()

    def ask(
        self,
        url: httpx.URL,
        headers: dict[str, str],
        max_bytes: int,
        cut: bool = False,
        form: Form = (),
    ) -> Answer:
        """The answer, redirects not followed; a `form` is sent by POST.

        A body above `max_bytes` is refused, or cut there.

        Raises Unreachable when nothing (complete) came, Refused for a forbidden
        address, a bad certificate, or a body too large.
        """
        self._deadline = self._clock() + self._patience
        cookies = self._cookies.setdefault(url.host, httpx.Cookies())
        request = _request(url, headers, form)
        cookies.set_cookie_header(request)
        try:
            return self._exchange(request, cookies, max_bytes, cut)
        except httpcore.TimeoutException:
            late = self._clock() >= self._deadline
            limit = self._patience if late else self._timeout
            raise Unreachable(
                f"网站 {url.host} 应答超时（超过 {limit:g} 秒），稍后自动重试。"
            ) from None
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
        ) as error:
            raise _trouble(url.host, error) from None

    def _exchange(
        self, request: httpx.Request, cookies: httpx.Cookies, max_bytes: int, cut: bool
    ) -> Answer:
        """The request sent, the answer read; its cookies are kept."""
        url = request.url
        response = self._pool.handle_request(self._as_sent(request))
        try:
            heard = httpx.Response(
                response.status, headers=response.headers, request=request
            )
            cookies.extract_cookies(heard)
            if not cut and _announced(heard.headers) > max_bytes:
                raise Refused(_too_large(url, max_bytes))
            body = b""
            if not heard.has_redirect_location and heard.status_code != 304:
                body = _read(
                    url,
                    self._within_time(response, url.host),
                    heard.headers,
                    max_bytes,
                    cut,
                )
            return Answer(url, heard.status_code, heard.headers, body)
        finally:
            response.close()

    def _as_sent(self, request: httpx.Request) -> httpcore.Request:
        """The request as the pool of connections takes it."""
        url = request.url
        steps = ("connect", "read", "write", "pool")
        return httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=url.raw_scheme,
                host=url.raw_host,
                port=url.port,
                target=url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.content or None,
            extensions={"timeout": dict.fromkeys(steps, self._timeout)},
        )

    def _within_time(self, response: httpcore.Response, host: str) -> Iterator[bytes]:
        """The body piece by piece. Raises Unreachable when the time is used up."""
        for chunk in response.iter_stream():
            if self._clock() >= self._deadline:
                raise Unreachable(
                    f"网站 {host} 传输过慢（超过 {self._patience:g} 秒未传完），"
                    "稍后自动重试。"
                )
            yield chunk


def _request(url: httpx.URL, headers: dict[str, str], form: Form) -> httpx.Request:
    """A request as it is sent: with a form by POST, else by GET."""
    if not form:
        return httpx.Request("GET", url, headers=headers)
    name, value = form[0]
    if name:
        kind = "application/x-www-form-urlencoded; charset=UTF-8"
        body = urlencode(form).encode("ascii")
    else:
        kind = "application/json; charset=UTF-8"
        body = value.encode()
    sent_with = {**headers, "Content-Type": kind}
    return httpx.Request("POST", url, headers=sent_with, content=body)


def _announced(headers: httpx.Headers) -> int:
    """How many bytes are to come, 0 when not said; some hosts say it wrongly."""
    length = headers.get("content-length", "")
    is_number = length.isascii() and length.isdigit()
    return int(length) if is_number and len(length) < 19 else 0


def _too_large(url: httpx.URL, max_bytes: int) -> str:
    """The sentence for a body above the limit."""
    return (
        f"{url.host} 的文件（{url.path[-80:]}）超过大小上限 {_size(max_bytes)}，"
        "未采集；确有需要可调高上限。"
    )


def _size(count: int) -> str:
    """A number of bytes for people."""
    megabyte = 1024 * 1024
    if count >= megabyte:
        return f"{count / megabyte:.0f} MB"
    return f"{count} 字节"


def _read(
    url: httpx.URL,
    chunks: Iterator[bytes],
    headers: httpx.Headers,
    max_bytes: int,
    cut: bool,
) -> bytes:
    """The body, decompressed piece by piece, so that a small bomb never unfolds in
    memory.
    """
    coding = headers.get("content-encoding", "identity").strip().lower() or "identity"
    if coding == "identity":
        pieces = chunks
    elif coding in _INFLATE:
        pieces = _inflated(chunks, coding, max_bytes)
    else:
        raise Unreachable(
            f"网站 {url.host} 使用了未请求的压缩方式“{coding[:40]}”，无法读取。"
        )
    body = bytearray()
    try:
        for piece in pieces:
            body += piece
            if len(body) > max_bytes:
                if cut:
                    break
                raise Refused(_too_large(url, max_bytes))
    except zlib.error:
        raise Unreachable(f"网站 {url.host} 的压缩数据损坏，稍后自动重试。") from None
    return bytes(body[:max_bytes])


def _inflated(chunks: Iterator[bytes], coding: str, step: int) -> Iterator[bytes]:
    """Decompressed pieces of at most `step` bytes (and 1 MB).

    Raises zlib.error for damaged data.
    """
    step = min(step, 1024 * 1024) + 1
    inflate = zlib.decompressobj(_INFLATE[coding])
    is_first = True
    for chunk in chunks:
        if is_first and coding == "deflate" and not _begins_frame(chunk):
            inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        is_first = False
        while chunk:
            yield inflate.decompress(chunk, step)
            chunk = inflate.unconsumed_tail
            if inflate.eof and coding != "deflate" and _goes_on(inflate):
                chunk = inflate.unused_data
                inflate = zlib.decompressobj(_INFLATE[coding])
    while not is_first and not inflate.eof:
        rest = inflate.decompress(inflate.unconsumed_tail, step)
        if not rest:
            raise zlib.error("cut short")
        yield rest


def _begins_frame(chunk: bytes) -> bool:
    """Whether a body begins with the frame of zlib (RFC 1950).

    Some servers send "deflate" without it.
    """
    if not chunk:
        return True
    method, window = chunk[0] & 0x0F, chunk[0] >> 4
    return method == 8 and window <= 7


def _goes_on(inflate: zlib._Decompress) -> bool:
    """Whether another member follows: a gzip file may have several."""
    return inflate.unused_data.startswith(b"\x1f\x8b")


def _trouble(host: str, error: Exception) -> Unreachable | Refused:
    """The Chinese sentence for a failure below HTTP."""
    tls_error = _tls_error(error)
    if isinstance(tls_error, ssl.SSLCertVerificationError):
        return Refused(
            f"网站 {host} 的 HTTPS 证书无效，未采集；请人工核实网站，"
            "或改用其 http 网址。"
        )
    if tls_error is not None:
        return Refused(
            f"网站 {host} 的 HTTPS 协议过旧或有误，无法建立安全连接；请人工核实。"
        )
    if isinstance(error, httpcore.ProtocolError):
        return Unreachable(f"网站 {host} 的应答不完整或不合 HTTP 规范，稍后自动重试。")
    sentence = str(error)
    if "解析失败" in sentence or "没有地址" in sentence:
        return Unreachable(f"域名 {host} 解析失败，请核对网址；稍后自动重试。")
    return Unreachable(f"无法连接网站 {host}，稍后自动重试。")


def _tls_error(error: Exception) -> ssl.SSLError | None:
    """What TLS said among the causes of a failure; a bad certificate first of all."""
    found: ssl.SSLError | None = None
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause
        if isinstance(cause, ssl.SSLError):
            found = cause
    return found


def _causes(error: Exception) -> Iterator[BaseException]:
    """An error and those behind it: the libraries wrap each other's errors."""
    cause: BaseException | None = error
    left = _MOST_CAUSES
    while cause is not None and left:
        yield cause
        cause = cause.__cause__ or cause.__context__
        left -= 1
