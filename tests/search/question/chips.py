"""What tables of questions write for a chip."""

from __future__ import annotations

from archive.search.question.understanding import Chip, ChipKind


def told(chip: Chip) -> str:
    if chip.kind is ChipKind.PLACE:
        return "|".join(sorted(place.name for place in chip.places))
    if chip.kind is ChipKind.YEARS:
        return ",".join(map(str, chip.years))
    assert chip.agency
    return chip.agency.name
