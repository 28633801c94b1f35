"""`python -m benchmarks.soak.work FOLDER`: the worker, by the season's calendar."""

from __future__ import annotations

import sys
from pathlib import Path

from archive.jobs import main
from benchmarks.soak.calendar import Calendar
from config import Settings

if __name__ == "__main__":
    calendar = Calendar.read(Path(sys.argv[1]) / "calendar.json")
    sys.exit(main(Settings.from_environment(), calendar.now))
