"""The tree of hashes of RFC 6962, section 2.1: one hash for any number of lines.

Leaves and inner nodes are hashed with different first bytes, so that none can be taken
for the other. Who has one line and the hashes beside its way to the root can compute
the root.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

_LEAF, _NODE = b"\x00", b"\x01"


def leaf_hash(line: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(_LEAF + line).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over the hashes of leaves. Raises ValueError where there are none."""
    if not leaves:
        raise ValueError("a tree has at least one leaf")
    level = list(leaves)
    while len(level) > 1:
        level = _level_above(level)
    return level[0]


def path_of(leaves: Sequence[bytes], at: int) -> list[tuple[str, str]]:
    """The hashes beside the way from leaf `at` to the root, in hex: each with the side
    on which it stands, `left` or `right`.
    """
    path = []
    level = list(leaves)
    while len(level) > 1:
        beside = at ^ 1
        if beside < len(level):
            side = "left" if beside < at else "right"
            path.append((side, level[beside].hex()))
        level = _level_above(level)
        at //= 2
    return path


def _level_above(level: Sequence[bytes]) -> list[bytes]:
    """A node of each two; the last of an odd number goes up as it is.

    That is the tree of the RFC, which cuts at the largest power of two.
    """
    pairs = zip(level[::2], level[1::2], strict=False)
    above = [_node(left, right) for left, right in pairs]
    if len(level) % 2:
        above.append(level[-1])
    return above


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()
