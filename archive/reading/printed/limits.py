"""How much of a file of drawn pages is taken on."""

from __future__ import annotations

MAX_PAGES = 300
MAX_SECONDS = 60.0
MAX_OBJECTS = 20_000
"""Letters in groups, lines and pictures of one page.

A full page of a table has some hundreds.
"""
MAX_PAGE_CHARACTERS = 20_000
MAX_EDGES = 10_000
"""Sides of the lines and boxes of a page; a full page of a table has some hundreds."""
MIN_CHARACTERS = 20
"""A file with fewer is taken for a scan."""

TOO_SLOW = f"读取 PDF 超过 {MAX_SECONDS:.0f} 秒，已停止；请核对文件是否正常。"
