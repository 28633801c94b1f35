"""What a check is: the record of something that a finding can be about."""

from __future__ import annotations

from dataclasses import dataclass

from archive.catalogue.states import FindingFamily

WEIGHTS = {1: "提示", 2: "值得核对", 3: "重要"}
"""How much a finding weighs, as visitors read it."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check or a doubt, as visitors know it."""

    key: str
    """Public and lasting; stands in addresses and in rulings."""
    title: str
    explanation: str
    source: str
    """Where the rule stands; empty for doubts, which accuse nobody."""
    family: FindingFamily
    weight: int
    """A key of WEIGHTS."""
    while_reading: bool = False
    """Whether it comes up while a report is read; the others have a rule."""
