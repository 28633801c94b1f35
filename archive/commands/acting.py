"""Who gives a command, for the audit log: what is done on the command line stands there
like what is done on the site.
"""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.catalogue import Act
    from archive.store import Actor, Session


def command_actor() -> Actor:
    """The user of the operating system: not what the environment says, which anybody
    may set.
    """
    from archive.store import Actor, audit_log

    number = os.getuid()
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:
        # A container runs under numbers that nobody has named.
        name = f"uid {number}"
    return Actor(name, audit_log.COMMAND)


def noting(act: Act, subject: str = "", detail: str = "") -> Callable[[Session], None]:
    """Writes the line of an act, in the transaction of the act."""
    from archive.store import audit_log

    who = command_actor()
    return lambda session: audit_log.note(session, who, act, subject, detail)
