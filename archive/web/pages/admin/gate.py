"""The gate before every page for people: who asks, and whether they may."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar, cast

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    g,
    redirect,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import MethodNotAllowed

from archive.catalogue import Act, Role
from archive.jobs import Jobs
from archive.store import (
    Actor,
    Entered,
    Lifetimes,
    Session,
    attempts,
    audit_log,
    feeds,
    passwords,
    sessions,
)
from archive.watching import OfVisitor
from archive.web.current import current_archive
from archive.web.pages.admin import actions, cookies

log = logging.getLogger("archive.people")

Result = TypeVar("Result")
Found = TypeVar("Found")

blueprint = Blueprint("admin", __name__, url_prefix="/admin")

_LONGEST_KEY = 100
MAX_NUMBER = 2**31 - 1
"""The largest number that PostgreSQL looks for without an error."""
_QUEUE_AWAY = "任务队列暂时连不上。任务已登记，由后台进程直接从数据库中取出执行。"
_CROWD = "同时登录的人太多，请稍后再试。"


def equip(app: Flask) -> None:
    """The pages for people, and the queue that they hand runs to."""
    app.extensions["jobs"] = Jobs(app.extensions["archive"].settings)
    app.register_blueprint(blueprint)


@blueprint.before_request
def _only_who_may() -> ResponseReturnValue | None:
    """Nothing here is for others, so that no view can forget to ask."""
    view = (request.endpoint or "").partition(".")[2]
    if not actions.is_known(view, request.method):
        raise MethodNotAllowed(_methods_here())
    needed = actions.needed(view, request.method)
    if view in actions.BY_FEED:
        _only_its_reader(view, needed)
        return None
    g.person = _who()
    if needed is None:
        return None
    if g.person is None:
        return redirect(url_for("admin.login", next=_here()))
    if not g.person.passed:
        return redirect(url_for("admin.code", next=_here()))
    if must_set_up(g.person) and view not in actions.BEFORE_FACTOR:
        return redirect(url_for("admin.factor"))
    if not _may(g.person, needed):
        _note_refusal(g.person, view, needed)
        abort(403, f"这需要“{needed.label}”角色。您的角色由管理员决定。")
    numbers = (request.view_args or {}).values()
    if any(isinstance(number, int) and number > MAX_NUMBER for number in numbers):
        abort(404)
    return None


def _methods_here() -> list[str]:
    """What may be done at this address: to show and to act are two views of it."""
    routes = current_app.create_url_adapter(request)
    known = routes.allowed_methods() if routes else ()
    return sorted({*known} - {"OPTIONS"})


def _only_its_reader(view: str, needed: Role | None) -> None:
    """The same for a program that has the address of a person's feed."""
    with current_archive().store.session() as db:
        g.person = feeds.reader(db, request.args.get("key", "")[:_LONGEST_KEY])
    if g.person is None or must_set_up(g.person):
        abort(404, "没有这个订阅，或已停用。")
    if needed is not None and not _may(g.person, needed):
        _note_refusal(g.person, view, needed)
        abort(403, f"这需要“{needed.label}”角色。")


def _note_refusal(who: Entered, view: str, needed: Role) -> None:
    """Tells of somebody who asked for more than the role admits.

    What only wanted to look stands in the log, what wanted to act in the audit log too:
    with growing delays between the lines, so that nobody fills it.
    """
    where = OfVisitor(address())
    log.warning("refused: account %s, %s, from %s", who.account_id, view, where)
    if actions.is_look(request.method):
        return
    acting = Actor(who.name, address(), who.account_id)

    def noted(db: Session) -> None:
        counted = attempts.by_itself(db, f"refused {who.account_id}")
        if isinstance(counted, attempts.Attempt):
            audit_log.note(db, acting, Act.ACT_REFUSED, view, needed.label)

    current_archive().store.write(noted)


def _here() -> str:
    """The page to come back to after logging in; a form is not sent again."""
    if not actions.is_look(request.method):
        return ""
    return request.full_path if request.query_string else request.path


def _who() -> Entered | None:
    """Who sits in front of the browser; nobody without a session that holds."""
    token = cookies.token()
    if not token:
        return None
    store = current_archive().store
    with store.session() as db:
        found = sessions.entered(db, token, browser(), lifetimes())
    if found is None:
        return None
    who, is_due = found
    if is_due:
        store.write(lambda db: sessions.seen(db, who.token_hash))
    return who


def must_set_up(who: Entered) -> bool:
    """Whether a second factor is compulsory, and this person has none."""
    return current_archive().settings.second_factor and not who.has_factor


def _may(who: Entered, needed: Role) -> bool:
    roles = {role.value: role for role in Role}
    return who.role in roles and roles[who.role].may(needed)


@blueprint.context_processor
def _told_to_templates() -> dict[str, Any]:
    """Who is logged in, and what they may do: buttons for others are not shown."""
    who: Entered | None = g.get("person")

    def may(view: str, method: str = "GET") -> bool:
        needed = actions.needed(view, method)
        return who is not None and (needed is None or _may(who, needed))

    is_in = who is not None and who.passed and not must_set_up(who)
    return {"person": who, "may": may, "is_in": is_in, "roles": Role}


# What the views share.


def person() -> Entered:
    """Who is logged in; for views that need a role."""
    return cast(Entered, g.person)


def actor() -> Actor:
    """The same for the audit log."""
    who = person()
    return Actor(who.name, address(), who.account_id)


def do(
    work: Callable[[Session], Result], act: Act, subject: str = "", detail: str = ""
) -> Result:
    """Does something in one transaction together with its line of the audit log."""
    who = actor()

    def noted(db: Session) -> Result:
        result = work(db)
        audit_log.note(db, who, act, subject, detail)
        return result

    return current_archive().store.write(noted)


def patience(wait: attempts.Wait) -> str:
    """What is said to who has to wait."""
    return f"失败次数较多，请 {wait.seconds} 秒后再试。"


def address() -> str:
    """Where the visitor is."""
    return str(request.remote_addr)


def browser() -> str:
    """What the visitor's browser calls itself."""
    return request.user_agent.string


def lifetimes() -> Lifetimes:
    """How long sessions last, by the settings."""
    settings = current_archive().settings
    idle = timedelta(hours=settings.session_idle_hours)
    return Lifetimes(idle, timedelta(days=settings.session_days))


def is_password(password_hash: str | None, password: str) -> bool:
    """Whether a password is right; 503 while too many are being tried."""
    try:
        return passwords.matches(password_hash, password)
    except passwords.Overloaded:
        abort(503, _CROWD)


def hashed(name: str, password: str) -> str:
    """What is kept of a new password. Raises WeakPassword, in Chinese."""
    try:
        return passwords.hash_password(name, password)
    except passwords.Overloaded:
        abort(503, _CROWD)


def hand_out(run_ids: Sequence[int]) -> None:
    """Hands runs to the worker, and says where the queue is away.

    To be called after the commit: before it a worker would not find them.
    """
    jobs = cast(Jobs, current_app.extensions["jobs"])
    # What one person waits for goes into a full queue too.
    is_one = len(run_ids) == 1
    is_there = jobs.enqueue(run_ids[0]) if is_one else jobs.hand_out(run_ids)
    if not is_there:
        flash(_QUEUE_AWAY)


def there(found: Found | None) -> Found:
    """What an address names; 404 where it is not there."""
    if found is None:
        abort(404)
    return found
