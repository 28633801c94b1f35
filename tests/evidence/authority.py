"""An authority of time of our own: openssl behind a small web server."""

from __future__ import annotations

import subprocess
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from tests.loopback import Loopback

_CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamping]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = stamps
[stamps]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""


class Authority(Loopback):
    """Stamps what it is asked about; a context manager. `fails` makes it answer 503."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder, self.fails, self.asked = folder, False, 0
        (folder / "serial").write_text("01\n")
        self._certificates()
        super().__init__(self._handler())

    @property
    def root(self) -> Path:
        """Its certificate, for those who trust it."""
        return self._folder / "root.pem"

    def _openssl(self, *arguments: str) -> None:
        done = subprocess.run(
            ["openssl", *arguments], cwd=self._folder, capture_output=True, text=True
        )
        assert not done.returncode, done.stderr

    def _certificates(self) -> None:
        for name in ("root", "tsa"):
            text = _CONFIG.format(name=f"Sample {name}", folder=self._folder)
            (self._folder / f"{name}.cnf").write_text(text)
        key = ("-newkey", "rsa:2048", "-nodes")
        self._openssl(
            "req", "-x509", *key, "-config", "root.cnf", "-extensions", "root",
            "-keyout", "root.key", "-out", "root.pem", "-days", "3650",
        )  # fmt: skip
        self._openssl(
            "req", *key, "-config", "tsa.cnf", "-keyout", "tsa.key", "-out", "tsa.csr"
        )
        self._openssl(
            "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key",
            "-CAcreateserial", "-extfile", "tsa.cnf", "-extensions", "stamping",
            "-days", "3650", "-out", "tsa.pem",
        )  # fmt: skip

    def _stamp(self, asked: bytes) -> bytes:
        (self._folder / "asked.tsq").write_bytes(asked)
        self._openssl(
            "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "asked.tsq",
            "-out", "answer.tsr",
        )  # fmt: skip
        return (self._folder / "answer.tsr").read_bytes()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = self.rfile.read(int(self.headers["Content-Length"]))
                authority.asked += 1
                body = b"" if authority.fails else authority._stamp(asked)
                self.send_response(503 if authority.fails else 200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
