"""Errors in plain Chinese, as a page or as JSON; none tells how we are made."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, HTTPException, RequestURITooLarge
from werkzeug.routing import IntegerConverter, RequestRedirect

from archive.search import IndexTrouble
from archive.store import (
    DamagedColumns,
    DatabaseTrouble,
    LostReading,
    is_unusable,
    tell_damaged,
)
from archive.watching import OfVisitor
from archive.web.current import current_archive

MAX_QUERY_STRING = 1_000_000
"""Bytes of an address after the question mark, where another server than ours lets so
much come (`archive/commands/website` takes 32 kB).
"""

REBUILDING = "搜索索引正在重建，请几分钟后再试。各机关、各年度报告的页面照常开放。"
LOST = (
    "的读取结果已损坏或缺失，暂时无法显示。原件另行保存，不受影响；"
    "管理员重新读取（rebuild）后即可恢复。其他报告照常开放。"
)
COUNTING_AGAIN = (
    "的汇总数据已损坏，正在由各份报告重新计算，请一两分钟后再试。"
    "各份报告和其他年度的页面照常开放。"
)
NO_DATABASE = "数据库暂时不可用，请稍后再试。恢复后本页会自行照常显示。"
_AGAIN_SECONDS = "30"
_OF_ITS_PAGE = frozenset({"Content-Type", "Content-Length"})
"""Headers of Werkzeug's own page, in whose place ours is."""

_SENTENCES = {
    400: ("看不懂这个请求", "地址中的某个参数写得不对。"),
    403: ("没有权限", "这一页需要登录，或您的账号没有相应权限。"),
    404: ("没有找到这一页", "地址可能写错了，或者档案中还没有这份报告。"),
    405: ("不支持这种访问方式", "请从页面上的链接或表单进入。"),
    413: ("提交的内容过大", "请减小文件或减少内容后再试。"),
    414: ("地址过长", "请缩短搜索词，或减少筛选条件。"),
    429: ("访问过于频繁", "请稍等一分钟再试。"),
    500: ("本站出了差错", "差错已记入日志。请稍后再试；其他页面通常不受影响。"),
    503: ("暂时无法提供", "请稍后再试。"),
}


class SmallNumber(IntegerConverter):
    """A number in an address: of as many digits as any database takes."""

    regex = r"\d{1,9}"


def equip(app: Flask) -> None:
    """Every error is explained, also those nobody thought of."""
    app.url_map.converters["int"] = SmallNumber
    # Two slashes are not one: an address that is led on from there could be anybody's.
    app.url_map.merge_slashes = False

    @app.before_request
    def refuse_long_addresses() -> None:
        if len(request.query_string) > MAX_QUERY_STRING:
            raise RequestURITooLarge

    @app.before_request
    def refuse_what_no_address_holds() -> None:
        following = request.values.get("next", "")
        # A line break would begin another header.
        if not following.isprintable():
            raise BadRequest("要返回的地址中有不能使用的字符。")

    @app.after_request
    def complete_without_a_host(answer: Response) -> Response:
        # An address without its last slash. Werkzeug would name host and scheme as
        # they were asked for, and behind a proxy that may be http.
        redirected = request.routing_exception
        if isinstance(redirected, RequestRedirect):
            found = urlsplit(redirected.new_url)
            answer.location = found._replace(scheme="", netloc="").geturl()
        return answer

    @app.errorhandler(HTTPException)
    def explain(error: HTTPException) -> ResponseReturnValue:
        # abort() can carry a redirect.
        if error.code is None or error.code < 400:
            return error.get_response()
        answer = app.make_response(_answer(error.code, _own_words(error)))
        # What an error has to say besides: Allow, Retry-After, WWW-Authenticate.
        for name, value in error.get_headers(request.environ):
            if name not in _OF_ITS_PAGE:
                answer.headers[name] = value
        return answer

    @app.errorhandler(IndexTrouble)
    def search_is_down(error: IndexTrouble) -> ResponseReturnValue:
        app.logger.error("%s %s: %s", request.method, _path(), error)
        answer = app.make_response(_answer(503, REBUILDING))
        answer.headers["Retry-After"] = "60"
        return answer

    @app.errorhandler(LostReading)
    def reading_is_lost(error: LostReading) -> ResponseReturnValue:
        app.logger.error("%s %s: %s", request.method, _path(), error)
        return _answer(503, f"{error}{LOST}")

    @app.errorhandler(DamagedColumns)
    def columns_are_damaged(error: DamagedColumns) -> ResponseReturnValue:
        store = current_archive().store
        # Told once, by the first who meets it; whoever counts next makes them anew.
        if store.write(lambda session: tell_damaged(session, error.lost)):
            app.logger.error("%s %s: %s", request.method, _path(), error)
        words = f"{error.lost.year} 年度{COUNTING_AGAIN}"
        answer = app.make_response(_answer(503, words))
        answer.headers["Retry-After"] = "60"
        return answer

    @app.errorhandler(DatabaseTrouble)
    def database_is_down(error: DatabaseTrouble) -> ResponseReturnValue:
        if not is_unusable(error):
            return fail(error)
        # What was asked of it can hold what was typed.
        told = getattr(error, "orig", error)
        app.logger.error("%s %s: no database: %s", request.method, _path(), told)
        answer = app.make_response(_answer(503, NO_DATABASE))
        answer.headers["Retry-After"] = _AGAIN_SECONDS
        return answer

    @app.errorhandler(Exception)
    def fail(error: Exception) -> ResponseReturnValue:
        app.logger.error("%s %s", request.method, _path(), exc_info=error)
        return _answer(500, "")


def _path() -> OfVisitor:
    """What was asked for, as the log has it: it can be a link that works once."""
    return OfVisitor(request.path)


def wants_json() -> bool:
    """Whether the answer, even an error, must be JSON: the API and every address ending
    in .json.
    """
    if request.path.startswith("/api/"):
        return True
    return request.path.endswith(".json")


def _own_words(error: HTTPException) -> str:
    """The sentence a view gave to `abort`.

    Werkzeug's own English ones are not for visitors.
    """
    words = error.description
    if words and words != type(error).description:
        return words
    return ""


def _answer(code: int, words: str) -> ResponseReturnValue:
    """An error as a page or as JSON: a heading, and the words or a sentence of ours."""
    other = _SENTENCES[400] if code < 500 else _SENTENCES[500]
    heading, sentence = _SENTENCES.get(code, other)
    # Werkzeug and Flask explain themselves in English.
    sentence = words if words and not words.isascii() else sentence
    if wants_json():
        return jsonify(error=f"{heading}：{sentence}"), code
    # What was asked for to be framed has no forms, and no error has one in its place.
    has_form = code != 503 and not request.path.startswith("/embed/")
    return render_template(
        "_parts/error.html",
        code=code,
        heading=heading,
        sentence=sentence,
        has_form=has_form,
    ), code
