"""Addresses of a question: its page, its files, its chart for other sites."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from archive.web.addresses import address
from archive.web.current import current_archive
from archive.web.pages.compare.asked import Asked, written


def link(endpoint: str, asked: Asked, /, **values: Any) -> str:
    """A page that is asked this question; `values` are of its path."""
    page = address(endpoint, **values)
    question = written(asked)
    return f"{page}?{question}" if question else page


def public_link(endpoint: str, asked: Asked, /, **values: Any) -> str:
    """The same as we give it to others."""
    return current_archive().settings.public_url + link(endpoint, asked, **values)


def first_page(asked: Asked) -> Asked:
    """The question from its first row on: what files hold and short addresses mean."""
    return replace(asked, page=1)
