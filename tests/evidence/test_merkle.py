"""The tree of RFC 6962, held against its definition and the test vectors of
certificate transparency.
"""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.evidence.merkle import leaf_hash, path_of, root_of

VECTOR = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
}


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    both = by_definition(leaves[:cut]) + by_definition(leaves[cut:])
    return hashlib.sha256(b"\x01" + both).digest()


@pytest.mark.parametrize("count", ROOTS)
def test_known_roots(count: int) -> None:
    leaves = [leaf_hash(bytes.fromhex(one)) for one in VECTOR[:count]]
    assert root_of(leaves).hex() == ROOTS[count]


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=40), st.data())
def test_every_way_leads_to_the_root(lines: list[bytes], data: st.DataObject) -> None:
    leaves = [leaf_hash(line) for line in lines]
    at = data.draw(st.integers(0, len(leaves) - 1))
    root = root_of(leaves)
    assert root == by_definition(leaves)
    node = leaves[at]
    for side, beside in path_of(leaves, at):
        other = bytes.fromhex(beside)
        both = other + node if side == "left" else node + other
        node = hashlib.sha256(b"\x01" + both).digest()
    assert node == root


def test_order_and_number_count() -> None:
    leaves = [leaf_hash(bytes([one])) for one in range(6)]
    roots = [root_of(leaves[:count]) for count in range(1, 7)]
    roots.append(root_of(leaves[::-1]))
    assert all(one != other for one, other in pairwise(roots))
    assert len(set(roots)) == 7


def test_no_leaf_no_tree() -> None:
    with pytest.raises(ValueError, match="at least one"):
        root_of([])
