"""What needs which role: every view of this room, each method by itself. What does not
stand here is refused to everybody.
"""

from __future__ import annotations

from archive.catalogue import Role

GET, POST = "GET", "POST"
VIEWER, EDITOR, ADMIN = Role.VIEWER, Role.EDITOR, Role.ADMIN
ANYBODY = None

NEEDED: dict[tuple[str, str], Role | None] = {
    # To come in. Whoever gave the password only is nobody yet.
    ("login", GET): ANYBODY,
    ("try_password", POST): ANYBODY,
    ("code", GET): ANYBODY,
    ("try_code", POST): ANYBODY,
    ("link", GET): ANYBODY,
    ("set_password", POST): ANYBODY,
    # One's own account.
    ("logout", POST): VIEWER,
    ("own", GET): VIEWER,
    ("own_password", POST): VIEWER,
    ("own_sessions", POST): VIEWER,
    ("own_feed", POST): VIEWER,
    ("own_feed_end", POST): VIEWER,
    ("factor", GET): VIEWER,
    ("factor_begin", POST): VIEWER,
    ("factor_confirm", POST): VIEWER,
    ("factor_remove", POST): VIEWER,
    ("factor_codes", POST): VIEWER,
    # What the archive collects.
    ("home", GET): VIEWER,
    ("list_sources", GET): VIEWER,
    ("feed", GET): VIEWER,
    ("history", GET): VIEWER,
    ("list_hosts", GET): VIEWER,
    ("export_history", GET): VIEWER,
    ("export_sources", GET): VIEWER,
    ("source", GET): VIEWER,
    ("run", GET): VIEWER,
    ("review", GET): VIEWER,
    ("add_source", POST): EDITOR,
    ("importing", GET): EDITOR,
    ("import_sources", POST): EDITOR,
    ("edit_source", POST): EDITOR,
    ("move_source", POST): EDITOR,
    ("pause", POST): EDITOR,
    ("accept_gone", POST): EDITOR,
    ("removing", GET): EDITOR,
    ("remove_source", POST): EDITOR,
    ("restore_source", POST): EDITOR,
    ("several", GET): EDITOR,
    ("do_several", POST): EDITOR,
    ("collect", POST): EDITOR,
    ("find", POST): EDITOR,
    ("register_offers", POST): EDITOR,
    ("choose", POST): EDITOR,
    # Other people.
    ("people", GET): ADMIN,
    ("invite", POST): ADMIN,
    ("person", GET): ADMIN,
    ("person_role", POST): ADMIN,
    ("person_state", POST): ADMIN,
    ("person_link", POST): ADMIN,
    ("person_factor", POST): ADMIN,
    ("person_sessions", POST): ADMIN,
    ("audit", GET): ADMIN,
}
"""View and method → the role it needs, or ANYBODY. A view shows (GET) or acts (POST),
never both: what acts is not even reached by who only looks.
"""

BEFORE_FACTOR = frozenset({"logout", "factor", "factor_begin", "factor_confirm"})
"""Views for who has no second factor yet where one is compulsory."""

BY_FEED = frozenset({"feed"})
"""Views for programs: the address says whose they are, and no session is asked for."""


def is_known(view: str, method: str) -> bool:
    """Whether a view stands in the table with this method."""
    return (view, _asked(method)) in NEEDED


def needed(view: str, method: str) -> Role | None:
    """The role that a view needs; KeyError for what is not in the table."""
    return NEEDED[view, _asked(method)]


def is_look(method: str) -> bool:
    """Whether a request only looks. HEAD is GET without the body."""
    return _asked(method) == GET


def _asked(method: str) -> str:
    return GET if method == "HEAD" else method
