"""One request, one answer: sent over checked connections, read within limits of bytes
and seconds.
"""

from __future__ import annotations

import math
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import httpcore
import httpx

from scrapers.fetching.addresses import CheckedNetwork, Resolve
from scrapers.fetching.bodies import announced, read_body, size_told, too_large
from scrapers.fetching.exchanges import exchange_of, request_of
from scrapers.source import Exchange, Form, Refused, Unreachable

LEAST_RATE = 1000
"""Bytes a second; what comes more slowly drips, and is not waited for."""
DRIPS_AFTER = 20.0
"""Seconds of a body after which its rate is looked at."""
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
    exchanges: tuple[Exchange, ...] = ()
    """What was sent and what came; the redirects before it stand first."""


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
        drips_after: float = DRIPS_AFTER,
    ) -> None:
        """`timeout` bounds one step (connecting, one read), `patience` a whole answer
        that comes steadily; of a body that has come for `drips_after` the rate is
        looked at. All are in seconds.
        """
        self._drips_after = drips_after
        self._timeout = timeout
        self._patience = patience
        self._clock = clock
        self._deadline = 0.0
        self._latest = 0.0
        self.has_begun = False
        """Whether the last answer has begun, however it ended."""
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
        seconds: float = math.inf,
    ) -> Answer:
        """The answer, redirects not followed; a `form` is sent by POST.

        A body above `max_bytes` is refused, or cut there. It has to begin within so
        many `seconds`, and may go on for longer as long as it comes steadily.

        Raises Unreachable when nothing (complete) came, Refused for a forbidden
        address, a bad certificate, or a body too large.
        """
        begun = self._clock()
        limit = min(seconds, self._patience)
        self._deadline = begun + limit
        self._latest = begun + self._patience
        self.has_begun = False
        cookies = self._cookies.setdefault(url.host, httpx.Cookies())
        request = request_of(url, headers, form)
        cookies.set_cookie_header(request)
        try:
            return self._exchange(request, cookies, max_bytes, cut)
        except httpcore.TimeoutException:
            waited = self._clock() - begun
            if self._clock() < self._deadline:
                waited = self._timeout
            raise Unreachable(
                f"网站 {url.host} 应答超时（超过 {waited:.0f} 秒），稍后自动重试。",
                late=True,
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
        url, asked_at = request.url, datetime.now(UTC)
        response = self._pool.handle_request(self._as_sent(request))
        self.has_begun = True
        try:
            heard = httpx.Response(
                response.status, headers=response.headers, request=request
            )
            cookies.extract_cookies(heard)
            if not cut and announced(heard.headers) > max_bytes:
                raise Refused(too_large(url, max_bytes))
            body = b""
            if not heard.has_redirect_location and heard.status_code != 304:
                body = read_body(
                    url,
                    self._within_time(response, url.host),
                    heard.headers,
                    max_bytes,
                    cut,
                )
            exchange = exchange_of(request, response, body, asked_at)
            return Answer(url, heard.status_code, heard.headers, body, (exchange,))
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
        """The body piece by piece. Raises Unreachable when the time is used up, or when
        it comes too slowly to be waited for.
        """
        begun = self._clock()
        self._deadline = self._latest
        size = 0
        for chunk in response.iter_stream():
            size += len(chunk)
            taken = self._clock() - begun
            drips = taken > self._drips_after and size < LEAST_RATE * taken
            if drips or self._clock() >= self._deadline:
                raise Unreachable(
                    f"网站 {host} 传输过慢（{taken:.0f} 秒只传来 {size_told(size)}），"
                    "稍后自动重试。",
                    late=True,
                )
            yield chunk


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
