"""For people with an account: sources, runs, what could not be read, and the record of
who did what.
"""

from __future__ import annotations

from functools import partial
from typing import cast
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import (
    LoginManager,
    UserMixin,
    current_user,
    login_user,
    logout_user,
)

from archive.catalogue import Choice, RunKind
from archive.jobs import Jobs, family_titles
from archive.store import Session, accounts, desk, passwords, runs, sources, succession
from archive.web.addresses import whole_number
from archive.web.current import current_archive
from archive.webpage import source_address

blueprint = Blueprint("admin", __name__, url_prefix="/admin")

MAX_FAILURES = 5
"""Log-ins that may fail in 15 minutes, for a name and for an address; counted in the
audit log.
"""
MOST_ACCOUNTS = 999_999_999
_WRONG = "名称或密码不正确。"
_TOO_MANY = "登录失败次数过多，请 15 分钟后再试。"


class Person(UserMixin):  # type: ignore[misc]
    """Who is logged in."""

    def __init__(self, account_id: int, name: str) -> None:
        self.id = str(account_id)
        self.name = name


def equip(app: Flask) -> None:
    """Log-in for the app, and the pages.

    A disabled account loses its session with the next request.
    """
    manager = LoginManager()
    # Not `init_app`: that looks at the session of every visitor, also of public pages,
    # which would then vary by cookie so that no cache could keep them.
    app.login_manager = manager  # type: ignore[attr-defined]
    app.jinja_env.globals["current_user"] = current_user
    manager.login_view = "admin.login"
    manager.login_message = "请先登录。"
    # Another browser or address with the same cookie must log in again.
    manager.session_protection = "strong"
    app.extensions["log-in"] = manager
    app.extensions["jobs"] = Jobs(app.extensions["archive"].settings)

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(account_id: str) -> Person | None:
        with current_archive().store.session() as db:
            number = whole_number(account_id, MOST_ACCOUNTS)
            account = accounts.get_account(db, number) if number else None
        if account is None or account.disabled:
            return None
        return Person(account.id, account.name)

    app.register_blueprint(blueprint)


@blueprint.before_request
def _only_people() -> ResponseReturnValue | None:
    """Nothing here is for others, so that no view can forget to ask."""
    if request.endpoint == "admin.login" or current_user.is_authenticated:
        return None
    manager = cast(LoginManager, current_app.extensions["log-in"])
    return cast(ResponseReturnValue, manager.unauthorized())


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """The form, and logging in.

    The same answer, after the same time, for a wrong name and a wrong password.
    """
    if request.method == "GET":
        return _form(following=request.args.get("next", ""))
    name = request.form.get("name", "")[:100].strip()
    password = request.form.get("password", "")
    following = request.form.get("next", "")
    address = f"ip {request.remote_addr}"
    with current_archive().store.session() as db:
        failures = max(
            accounts.failed_logins(db, f"name {name}"),
            accounts.failed_logins(db, address),
        )
        account = accounts.find_account(db, name)
    # By name and by address: one attacker tries many names, or many try one.
    if failures >= MAX_FAILURES:
        return _form(name, _TOO_MANY), 429
    known_hash = None
    if account is not None and not account.disabled:
        known_hash = account.password_hash
    # Asked of nobody's password too: the answer takes as long for an unknown name.
    is_right = passwords.matches(known_hash, password)
    if account is None or not is_right:
        with current_archive().store.session() as db:
            accounts.note_action(db, accounts.FAILED, f"name {name}")
            accounts.note_action(db, accounts.FAILED, address)
        return _form(name, _WRONG, following), 401
    session.clear()
    # A new session: the one before may have been planted by somebody else.
    login_user(Person(account.id, account.name))
    note("login", account.name)
    return redirect(_own_page(following))


def _form(name: str = "", trouble: str = "", following: str = "") -> str:
    """The log-in form; `following` is the page to go on to."""
    return render_template(
        "admin/login.html", name=name, trouble=trouble, next=following
    )


def _own_page(following: str) -> str:
    """A page of this site to go on to.

    Anything else would lead people astray after logging in.
    """
    parts = urlsplit(following)
    leads_out = parts.netloc or parts.scheme or "\\" in following
    if leads_out or not following.startswith("/admin"):
        return url_for("admin.home")
    return following


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """Ends the session."""
    note("logout")
    logout_user()
    session.clear()
    return redirect(url_for("find.home"))


@blueprint.get("/")
def home() -> str:
    """Every source with its last run, the latest runs, and how much waits."""
    with current_archive().store.session() as db:
        return render_template(
            "admin/home.html",
            sources=desk.sources(db),
            runs=desk.runs(db),
            waiting=desk.waiting(db),
            families=family_titles(),
        )


@blueprint.post("/sources")
def add_source() -> ResponseReturnValue:
    """Takes in a list page to collect from; one that is known stays as it is."""
    family = request.form.get("family", "auto")
    try:
        url = source_address(request.form.get("url", ""))
    except ValueError as wrong:
        flash(str(wrong))
        return redirect(url_for("admin.home"))
    if family != "auto" and family not in family_titles():
        abort(400, "没有这种网站系统。")
    agency = request.form.get("agency", "")[:100].strip()
    row, is_new = current_archive().store.write(
        lambda db: sources.add_source(db, url, agency, family)
    )
    flash("来源已登记。" if is_new else "这个来源已经登记过。")
    note("source_added", url)
    return redirect(url_for("admin.source", source_id=row.id))


@blueprint.get("/sources/<int:source_id>")
def source(source_id: int) -> str:
    """A source with its runs."""
    with current_archive().store.session() as db:
        found = desk.source(db, source_id)
        if found is None:
            abort(404)
        return render_template(
            "admin/source.html", source=found, runs=desk.runs(db, source_id)
        )


@blueprint.post("/sources/<int:source_id>/pause")
def pause(source_id: int) -> ResponseReturnValue:
    """Pauses a source, or resumes it."""
    with current_archive().store.session() as db:
        paused = sources.turn_pause(db, source_id)
    if paused is None:
        abort(404)
    note("source_paused" if paused else "source_resumed", str(source_id))
    flash("来源已暂停，全部采集时不再包括它。" if paused else "来源已恢复。")
    return redirect(url_for("admin.source", source_id=source_id))


@blueprint.post("/collect")
def collect() -> ResponseReturnValue:
    """Queues a run for one source, or for all that are not paused."""
    wanted = request.form.get("source", "")
    with current_archive().store.session() as db:
        rows = sources.list_sources(db)
        if wanted == "all":
            ids = [row.id for row in rows if not row.paused]
        else:
            ids = [row.id for row in rows if str(row.id) == wanted]
    if not ids:
        abort(404, "没有这个来源。")
    account_id = int(current_user.id)
    runs = [
        current_archive().store.write(
            partial(_queue, source_id=source_id, account_id=account_id)
        )
        for source_id in ids
    ]
    # One after the other: a queue that is away is asked once only.
    if not all(jobs().enqueue(run_id) for run_id in runs):
        flash("任务队列暂时连不上。任务已登记，由后台进程直接从数据库中取出执行。")
    note("collect", wanted)
    if len(runs) == 1:
        return redirect(url_for("admin.run", run_id=runs[0]))
    flash(f"已安排采集 {len(runs)} 个来源。")
    return redirect(url_for("admin.home"))


def _queue(db: Session, source_id: int, account_id: int) -> int:
    """The id of a run that waits for a worker."""
    return runs.queue_run(db, RunKind.COLLECT, source_id, account_id).id


@blueprint.get("/runs/<int:run_id>")
def run(run_id: int) -> str:
    """A run with its progress; the page asks again while it is not over."""
    with current_archive().store.session() as db:
        found = desk.run(db, run_id)
        if found is None:
            abort(404)
        return render_template(
            "admin/run.html", run=found, failures=desk.failures(db, run_id)
        )


@blueprint.get("/review")
def review() -> str:
    """Versions that wait for a decision, and originals that became no report of the
    archive, the newest first.
    """
    state = request.args.get("state", "")
    with current_archive().store.session() as db:
        return render_template(
            "admin/review.html",
            state=state,
            states=desk.REVIEW,
            counts=desk.review_counts(db),
            originals=desk.originals(db, state),
            versions=desk.waiting_versions(db),
            choices=Choice,
        )


@blueprint.post("/versions/<int:version_id>")
def choose(version_id: int) -> ResponseReturnValue:
    """Decides about a text with less than the current one: accepted, or kept out."""
    wanted = request.form.get("choice", "")
    choice = next((one for one in Choice if one == wanted), None)
    if choice is None:
        abort(400, "没有这种决定。")
    account_id = int(current_user.id)
    decided = current_archive().store.write(
        lambda db: succession.choose(db, version_id, choice, account_id)
    )
    if decided is None:
        abort(404, "没有等待核定的版本。")
    note(f"version_{choice}", decided)
    flash(f"{decided}：{choice.label}。")
    return redirect(url_for("admin.review"))


@blueprint.get("/audit")
def audit() -> str:
    """Who did what, the latest first."""
    with current_archive().store.session() as db:
        return render_template("admin/audit.html", lines=desk.audit_lines(db))


def jobs() -> Jobs:
    """The queue of the app that answers the current request."""
    return cast(Jobs, current_app.extensions["jobs"])


def note(action: str, subject: str = "") -> None:
    """A line of the audit log, under the name of whoever is logged in."""
    account_id = int(current_user.id) if current_user.is_authenticated else None
    with current_archive().store.session() as db:
        accounts.note_action(db, action, subject, str(request.remote_addr), account_id)
