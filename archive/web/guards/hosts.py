"""The names we answer to, and the proxies we believe.

A visitor says under which name he asks (`Host`), and may say what he likes. Behind a
name that is not ours stands a page of somebody else's that was led here (DNS
rebinding), or a cache that is to keep an address of theirs as ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, request
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from archive.watching import OfVisitor
from config import Settings

_REFUSED = "archive.refused"
"""In a request's environment: the name it came under, which is none of ours."""
_HEALTH = "health.health"
"""Answers under any name: a probe knows an address at most, and is told none."""
_WORDS = (
    "本站不在这个网址上提供服务。如果您负责本站，请把访问者使用的域名写入设置"
    " ARCHIVE_HOSTS（例如 ARCHIVE_HOSTS=archive.example.org），然后重新启动。"
)
_MOST_LOGGED = 100
_NAME = r"[a-z0-9._-]{1,255}"
_IPV6 = r"\[[0-9a-f:.]{2,45}\]"
# e.g. "archive.example.org", "localhost:8000", "[::1]:80"
# not "localhost@evil.example", "a b", "[::1"
_HOST = re.compile(rf"^(?P<name>{_NAME}|{_IPV6})(?::[0-9]{{0,5}})?$")


def equip(app: Flask, settings: Settings) -> None:
    """Refuses other names, and believes as many proxies as there are."""
    app.wsgi_app = _Names(app.wsgi_app, settings.hosts)  # type: ignore
    if settings.proxies:
        # Which host was asked for the proxy passes on as `Host`; what it does not set
        # anew would be the visitor's word.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, settings.proxies, settings.proxies, 0, 0, 0
        )

    @app.before_request
    def refuse_other_names() -> None:
        refused = request.environ.get(_REFUSED)
        if refused is None or request.endpoint == _HEALTH:
            return
        app.logger.warning(
            "asked for as %s, which ARCHIVE_HOSTS does not name",
            OfVisitor(repr(refused)[:_MOST_LOGGED]),
        )
        raise BadRequest(_WORDS)


class _Names:
    """Notes a name that is not ours and puts one of ours in its place, so that nothing
    behind is built with it.
    """

    def __init__(self, app: Callable[..., Any], ours: tuple[str, ...]) -> None:
        self._app = app
        self._ours = frozenset(ours)
        self._below = tuple(filter(_stands_for_many, ours))

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        # Who says none, as HTTP 1.0 may, asks the machine.
        host = environ.get("HTTP_HOST", environ.get("SERVER_NAME", ""))
        if not self._is_ours(host):
            environ[_REFUSED] = host
            environ["HTTP_HOST"] = "localhost"
        answer: Iterable[bytes] = self._app(environ, start)
        return answer

    def _is_ours(self, host: str) -> bool:
        """Whether a name, with or without a port, is one of ours."""
        found = _HOST.match(host.lower())
        if not found:
            return False
        name = found["name"]
        return name in self._ours or f".{name}".endswith(self._below)


def _stands_for_many(name: str) -> bool:
    return name.startswith(".")
