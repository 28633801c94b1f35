"""The demonstration behind `make run`: sample portals, collected by the real scrapers,
and the site.

Everything it keeps stands in `data/` (ARCHIVE_DATA); a second run collects only what
changed.
"""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.portals.server import LISTS

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable


def main() -> int:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument(
        "--port", type=int, default=8000, help="of the website (default 8000)"
    )
    parser.add_argument(
        "--portal-port",
        type=int,
        default=8765,
        help="of the sample portals (default 8765)",
    )
    options = parser.parse_args()
    for port, name in ((options.port, "PORT"), (options.portal_port, "--portal-port")):
        if is_taken(port):
            print(
                f"Port {port} is in use: stop what runs there, or choose another "
                f"({name}=…).",
                file=sys.stderr,
            )
            return 1

    environment = demo_environment()
    children: list[subprocess.Popen[bytes]] = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        step("Bringing the database up to date")
        archive(environment, "migrate")
        step("Starting the sample portals (invented agencies, marked 示例)")
        children.append(
            start(environment, "tests.portals", "--port", str(options.portal_port))
        )
        wait_for(f"http://127.0.0.1:{options.portal_port}/", children[-1])
        for path in LISTS:
            archive(
                environment,
                "sources",
                "add",
                f"http://127.0.0.1:{options.portal_port}{path}",
            )
        step("Collecting what is new or changed")
        archive(environment, "collect", "--all")
        step("Starting the worker and the website")
        children.append(start(environment, "archive", "work"))
        children.append(
            start(environment, "archive", "serve", "--port", str(options.port))
        )
        wait_for(f"http://127.0.0.1:{options.port}/healthz", children[-1])
        print(NEXT_STEPS.format(port=options.port), flush=True)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        print("One of the processes has ended; see its message above.", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        print(
            f"`{' '.join(map(str, failed.cmd[1:]))}` failed; see its message above.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(15)


NEXT_STEPS = """
  The archive is at   http://127.0.0.1:{port}     (Ctrl-C stops it)

  Next, in another terminal:
    .venv/bin/python -m archive accounts add NAME      an account for http://127.0.0.1:{port}/admin
    .venv/bin/python -m archive import FOLDER          reports you have as files
    .venv/bin/python -m archive sources add URL        a portal's list page, then: collect URL
    .venv/bin/python -m archive --help                 everything else
"""


def demo_environment() -> dict[str, str]:
    """Settings for a demonstration on loopback; a variable that is already set wins."""
    data = Path(os.environ.get("ARCHIVE_DATA", ROOT / "data"))
    data.mkdir(parents=True, exist_ok=True)
    key = data / "secret.key"
    if not key.exists():
        with os.fdopen(
            os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
        ) as file:
            file.write(secrets.token_urlsafe(48))
    return {
        "ARCHIVE_DATA": str(data),
        "ARCHIVE_SECRET_KEY": key.read_text(),
        "ARCHIVE_ALLOW_PRIVATE_HOSTS": "1",
        "ARCHIVE_INSECURE_COOKIES": "1",
        "ARCHIVE_HOST_PAUSE": "0",
        **os.environ,
        "PYTHONUNBUFFERED": "1",
    }


def step(text: str) -> None:
    print(f"\n── {text}", flush=True)


def archive(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [PYTHON, "-m", "archive", *arguments], cwd=ROOT, env=environment, check=True
    )


def start(
    environment: dict[str, str], module: str, *arguments: str
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [PYTHON, "-m", module, *arguments], cwd=ROOT, env=environment
    )


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(url: str, child: subprocess.Popen[bytes], seconds: float = 30) -> None:
    """Until the address answers. Raises CalledProcessError when the process ends or
    never answers.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and child.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise subprocess.CalledProcessError(child.poll() or 1, child.args)  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
