"""The head of an answer and the beginning of its body, sent as one.

Sent apart, as waitress sends them, they are two calls of the system and wake the
visitor twice: a tenth of what a small page costs.
"""

from __future__ import annotations

from waitress.task import WSGITask


class Answer(WSGITask):  # type: ignore[misc]
    """An answer of the website."""

    wrote_header: bool

    def write(self, data: bytes) -> None:
        """A piece of the body; the first takes the head along."""
        if self.wrote_header or not data or not self.complete:
            super().write(data)
            return
        self.channel.hold(self.build_response_header())
        self.wrote_header = True
        super().write(data)
        # An answer without a body has dropped the piece.
        self.channel.let_go()
