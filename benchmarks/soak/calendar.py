"""A calendar that runs fast: what is due when, while pauses stay those of our clocks."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Calendar:
    """`begun`: Unix time of the first day; `rate`: how many times faster than ours."""

    first_day: str
    begun: float
    rate: float

    def now(self) -> datetime:
        return self.at(time.time())

    def at(self, moment: float) -> datetime:
        """What the calendar said at a moment in Unix time."""
        passed = timedelta(seconds=(moment - self.begun) * self.rate)
        return self.start + passed

    @property
    def start(self) -> datetime:
        return datetime.fromisoformat(self.first_day).replace(tzinfo=UTC)

    def day(self, moment: float) -> float:
        """Days since the first day, at a moment in Unix time."""
        return (moment - self.begun) * self.rate / 86_400

    def write(self, file: Path) -> None:
        file.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, file: Path) -> Self:
        return cls(**json.loads(file.read_text(encoding="utf-8")))
