"""What surrounds every screen: the rail, the find line, the headers."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask_babel import get_locale
from flask_login import current_user
from werkzeug.wrappers import Response

_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{name} {value}" for name, value in _SOURCES.items())
"""No inline script or style, no other host."""

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _around() -> dict[str, Any]:
    return {
        "language": str(get_locale() or "en"),
        "theme": getattr(current_user, "theme", None) if current_user.is_authenticated else None,
    }


def set_up(app: Flask) -> None:
    """Put headers on every answer and the shell's values into every template."""
    app.after_request(_headers)
    app.context_processor(_around)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
