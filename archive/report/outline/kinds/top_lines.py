"""The lines at the top of a body, which may say what it is where its title does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import filterfalse

from archive.report.model import Section
from archive.report.outline.printed_lines import text_of
from archive.report.plain import plain

_FIRST_LINES = 3
# How many lines of a block are looked at for a title.
_LINES_OF_BLOCK = 10
_LONGEST_LINE = 70

# e.g. "一、总体情况", "（一）主动公开"
# not "总体情况"
_NUMBERED = re.compile(r"（?[一二三四五六七八九十]{1,3}[）、]")
# e.g. "要闻 动态 专题 访谈"
# not "专题汇总", "政 府 信 息 公 开 年 报"
_MENU = re.compile(r"^\s*(?:\w{2,6}\s+){2,}\w{2,6}\s*$")
# The site's own lines above a title, and sentences.
# e.g. "首页 > 公开", "当前位置：年报", "根据条例。"
# not "2023年年度报告"
_NO_TITLE = re.compile("^(?:首页|当前位置|您的位置)|[。；]|>")


def first_lines(sections: Sequence[Section]) -> list[str]:
    """The first lines that can be titles, plain; at most three.

    Down to the first numbered line, where the body begins. A line that is too long for
    a title counts among the three, and is left out.
    """
    kept: list[str] = []
    for line in _lines_at_top(sections):
        if len(kept) == _FIRST_LINES or _NUMBERED.match(line):
            break
        beginning = line[: _LONGEST_LINE + 1]
        if line and not _NO_TITLE.search(beginning):
            kept.append(line)
    return [line for line in kept if len(line) <= _LONGEST_LINE]


def _lines_at_top(sections: Sequence[Section]) -> Iterator[str]:
    """The lines of the first section, its heading before them, plain.

    Of every block only the first ten: a title stands at the top.
    """
    for section in sections[:1]:
        texts = [section.heading, *map(text_of, section.blocks)]
        for text in texts:
            lines = text.split("\n", _LINES_OF_BLOCK)[:_LINES_OF_BLOCK]
            yield from map(plain, filterfalse(_MENU.search, lines))
