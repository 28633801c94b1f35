"""For people with an account: sources, runs, what waits for a decision, and each other.

1 actions     what needs which role, in one table; read this first
2 gate        who asks, and whether they may; the blueprint that all views belong to
  cookies     what a browser keeps: a token, and that it logged in before
3 entering    logging in with name and password, and out
  code        the second step: a code
  letting_in  what a browser gets then, and what is taken from it again
  links       one-time links, by which a person sets a password
4 own, factor   one's own account; its second factor
5 sources/, runs, review   what editors work with
  people, audit           what admins work with
"""

from archive.web.pages.admin import (
    audit,
    code,
    entering,
    factor,
    links,
    own,
    people,
    review,
    runs,
    sources,
)
from archive.web.pages.admin.gate import equip

VIEWS = (
    *(entering, code, links, own, factor),
    *(sources, runs, review, people, audit),
)
"""The files whose views stand in the blueprint once they are loaded."""

__all__ = ["VIEWS", "equip"]
