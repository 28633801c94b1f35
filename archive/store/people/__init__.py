"""People with an account: who they are, how they come in, what they did.

1 accounts        who there is, with which role; read this first
2 passwords       what a password must be, and how it is kept
  attempts        how often a password may be tried
  factors         the second factor: codes of a telephone, codes on paper
3 sessions        browsers that are logged in
  feeds           addresses for programs of a person
  links           one-time links, by which a person sets a password
4 audit_log       who did what: a chain of hashes
  tokens          random texts that stand for a person, kept as digests
"""

from archive.store.people import (
    accounts,
    attempts,
    audit_log,
    factors,
    feeds,
    links,
    passwords,
    sessions,
)
from archive.store.people.accounts import Known
from archive.store.people.audit_log import Actor, AuditWish, BrokenLine
from archive.store.people.sessions import Entered, Lifetimes
from archive.store.rows import AccountRow as Account

__all__ = [
    "Account",
    "Actor",
    "AuditWish",
    "BrokenLine",
    "Entered",
    "Known",
    "Lifetimes",
    "accounts",
    "attempts",
    "audit_log",
    "factors",
    "feeds",
    "links",
    "passwords",
    "sessions",
]
