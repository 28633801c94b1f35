"""What was understood of a question, as pages and data show it: chips, each with a way
to take it off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.search import Chip, Query


@dataclass(frozen=True, slots=True)
class ShownChip:
    """A chip on the result page."""

    chip: Chip
    literal: tuple[str, ...]
    """What is taken literally once it is taken off."""
    choices: tuple[tuple[str, str], ...]
    """Of a word that may mean several places: each, and the question with its name."""


def shown_chips(query: Query) -> list[ShownChip]:
    """The chips of a question, in its order."""
    return [_shown(chip, query) for chip in query.understood.chips]


def _shown(chip: Chip, query: Query) -> ShownChip:
    literal = tuple(sorted(query.literal | {chip.typed}))
    before, behind = query.text[: chip.start], query.text[chip.end :]
    choices = [(name, f"{before}{name}{behind}") for name in chip.choices]
    return ShownChip(chip, literal, tuple(choices))


def understood_told(query: Query) -> dict[str, Any]:
    """What was understood, as JSON: chips, and the words that were searched for."""
    found = query.understood
    return {
        "chips": [_told(chip) for chip in found.chips],
        "words": found.rest,
    }


def _told(chip: Chip) -> dict[str, Any]:
    """A chip as JSON."""
    codes = [list(place.codes) for place in chip.places]
    return {
        "kind": chip.kind.value,
        "text": chip.typed,
        "span": [chip.start, chip.end],
        "meaning": {
            "regions": codes,
            "years": list(chip.years),
            "agencies": list(chip.agency.endings) if chip.agency else [],
            "sort": chip.sort or None,
        },
        "label": chip.label,
        "note": chip.note or None,
        "excluded": chip.is_ruled_out,
        "choices": list(chip.choices),
    }
