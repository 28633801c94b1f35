"""`python -m tests.portals --port 8765`: the sample portals in the foreground, until
interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import threading

from tests.portals.server import LISTS, Portals


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.portals", description=__doc__
    )
    parser.add_argument(
        "--port", type=int, default=8765, help="on 127.0.0.1 (default 8765; 0 for any)"
    )
    options = parser.parse_args()
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    with Portals(options.port) as portals, contextlib.suppress(KeyboardInterrupt):
        print("Sample portals:", *(portals.url + path for path in LISTS), flush=True)
        ended.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
