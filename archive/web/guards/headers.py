"""What browsers may do with our pages."""

from __future__ import annotations

from flask import Flask, Response, request

_FRAMED = frozenset(["compare.embed", "compare.embed_kept"])
"""Pages without a form and without anything of a visitor's, made to be framed."""
# Nothing on our pages comes from elsewhere, and nobody may frame them.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action "
        "'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def equip(app: Flask, *, https: bool) -> None:
    """Headers on every answer. `https`: the site is reached over https only."""
    headers = dict(_HEADERS)
    if https:
        headers["Strict-Transport-Security"] = "max-age=31536000"

    framed = {**headers, "Cross-Origin-Resource-Policy": "cross-origin"}
    del framed["X-Frame-Options"]
    policy = framed["Content-Security-Policy"]
    framed["Content-Security-Policy"] = policy.replace(
        "frame-ancestors 'none'", "frame-ancestors *"
    )

    @app.after_request
    def add_headers(response: Response) -> Response:
        # An error is a page of the site: what it offers is for who came by himself.
        may_be_framed = request.endpoint in _FRAMED and response.status_code < 400
        chosen = framed if may_be_framed else headers
        own = {name.lower() for name, _ in response.headers}
        for name, value in chosen.items():
            if name.lower() not in own:
                response.headers.add(name, value)
        return response
