"""Blocks put together from several places get their numbers anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archive.report import Block, Table


def numbered(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with their final numbers, from 1, in every place they name.

    Places are what people are led to, so a cell names the number of its table as well.
    """
    return [_with_number(block, number) for number, block in enumerate(blocks, 1)]


def _with_number(block: Block, number: int) -> Block:
    """A block as the one of that number."""
    at = block.at._replace(block=number)
    if not isinstance(block, Table):
        return replace(block, at=at)
    cells = []
    for cell in block.cells:
        where = cell.at._replace(block=number)
        cells.append(cell._replace(at=where))
    return replace(block, cells=tuple(cells), at=at)
