"""Which documents have a term, and which have a stretch of text that many print.

1 coded      lists of documents and weights as bytes, and back
2 bits       lists of several segments as one
3 stretches  what many reports print alike, found while a segment is written: of a text
             quoted out of it the index knows every document, without looking any up
"""

from archive.search.engine.lists.bits import Bits, how_many, joined, packed
from archive.search.engine.lists.coded import (
    DENSE,
    MOST_DOCUMENTS,
    NARROW,
    WIDE,
    decode,
    decode_one,
    decode_weights,
    decode_weights_of_one,
    encode,
    encode_weights,
    in_any,
)
from archive.search.engine.lists.stretches import FEWEST, LENGTH, stretches

__all__ = [
    "DENSE",
    "FEWEST",
    "LENGTH",
    "MOST_DOCUMENTS",
    "NARROW",
    "WIDE",
    "Bits",
    "decode",
    "decode_one",
    "decode_weights",
    "decode_weights_of_one",
    "encode",
    "encode_weights",
    "how_many",
    "in_any",
    "joined",
    "packed",
    "stretches",
]
