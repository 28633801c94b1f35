"""What a question names, as people name it: 去年武侯区教育局 is year, place, body.

1 around         the words that join, rule out, or show another word; what switches off
2 years, bodies  years, and kinds of agencies, whose names regions keep
  latin          the same and places, in pinyin
  sorts          the same of all bodies of a level or a sector: 区县, 教育部门
3 spot, placing  where an item may begin;  the place that stands there
4 items          a text → what it names, item by item
5 chip, chips    what anybody can see and take off;  items → chips, and what is left
6 joining        neighbours that say one thing
7 meaning        chips → the condition they make
8 understood     chips, the rest, the condition: what comes out of `understanding`
"""

from archive.search.question.understanding.bodies import Kind
from archive.search.question.understanding.chip import Chip, ChipKind
from archive.search.question.understanding.meaning import levels_left_out
from archive.search.question.understanding.understanding import understand
from archive.search.question.understanding.understood import (
    AS_ASKED,
    Loosened,
    Understood,
)

__all__ = [
    "AS_ASKED",
    "Chip",
    "ChipKind",
    "Kind",
    "Loosened",
    "Understood",
    "levels_left_out",
    "understand",
]
