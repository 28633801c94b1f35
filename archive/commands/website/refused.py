"""What is answered before the website sees a request: it was no HTTP, or too large."""

from __future__ import annotations

from waitress.task import ErrorTask
from waitress.utilities import Error

_WORDS = {
    400: ("看不懂这个请求", "浏览器发来的请求不合 HTTP 的规定。"),
    413: ("提交的内容过大", "请减小内容后再试。"),
    431: ("地址过长", "请缩短搜索词，或减少筛选条件。"),
    501: ("不支持这种传输方式", "请从页面上的链接或表单进入。"),
}
_OTHER = ("本站出了差错", "差错已记入日志。请稍后再试；其他页面通常不受影响。")
_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{heading}</title></head>
<body><h1>{heading}</h1><p>{sentence}</p></body></html>
"""
_HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]


class Refusal(ErrorTask):  # type: ignore[misc]
    """An error of the connection as a page of ours; then it is closed."""

    def execute(self) -> None:
        error: Error = self.request.error
        heading, sentence = _WORDS.get(error.code, _OTHER)
        body = _PAGE.format(heading=heading, sentence=sentence).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend(_HEADERS)
        # Whoever asked for more on this connection, as HTTP 1.0 does, gets no more.
        self.request.headers["CONNECTION"] = "close"
        # What a visitor still sends would be read as a request of its own.
        self.channel.is_refused = True
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)
