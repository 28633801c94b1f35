"""The one place where text is made comparable, alike in the index and in questions.

1 characters   each character → its normal form; a text → its own
2 forms        the same with the way back to the original characters, of many at once
3 grams        characters and pairs of neighbours, as the index holds them
4 runs         where a text may be cut
"""

from archive.search.text.characters import HAN, Codes, code_points, learn_common, normal
from archive.search.text.forms import (
    BORDER,
    Normal,
    normal_forms,
    normal_with_places,
)
from archive.search.text.grams import gram, gram_key, gram_keys, grams
from archive.search.text.runs import whole_word

__all__ = [
    "BORDER",
    "HAN",
    "RULES",
    "Codes",
    "Normal",
    "code_points",
    "gram",
    "gram_key",
    "gram_keys",
    "grams",
    "learn_common",
    "normal",
    "normal_forms",
    "normal_with_places",
    "whole_word",
]

RULES = 1
"""Raise when anything here changes what `normal` or `grams` returns: older indexes are
then outdated.
"""
