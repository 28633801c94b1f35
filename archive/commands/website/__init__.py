"""The website as a server: several processes, and nobody who is slow holds one up.

server        gunicorn, which starts and watches the processes, with our settings
worker        one process: waitress, which reads all and sends all beside the threads
turns         which page is made next
connections   how long a visitor may take, and how much may wait for one
together      the head of an answer is sent with its body
refused       what is answered where no page was asked for
"""

from archive.commands.website.server import (
    CannotListen,
    require_free,
    serve_forever,
)

__all__ = ["CannotListen", "require_free", "serve_forever"]
