"""What surrounds every screen: the rail, the find line, the headers."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import get_locale, gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic import policy, sections
from clinic.views import assets, formats
from clinic.views.guard import may
from clinic.views.practice_here import practice_here
from clinic.views.rail import rail

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

THEMES = ("light", "dark")


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    elif "v" in request.args and response.status_code == 200:
        # The address names the bytes (assets.py), so they may be kept for ever.
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _around() -> dict[str, Any]:
    known = current_user.is_authenticated
    return {
        "language": str(get_locale() or "en"),
        "theme": current_user.theme if known and current_user.theme in THEMES else None,
    }


def practice_name() -> str:
    """The name over the work, so that nobody works in the wrong practice."""
    found = practice_here()
    return found.name if found else ""


def find_url() -> str | None:
    """Where the find line goes: the GET route of the right ``find``, where there is one."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  the app itself, for policy
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments and policy.right_of(app, rule.endpoint) == "find":
            return url_for(rule.endpoint)
    return None


def house_tabs(current: str = "") -> list[dict[str, Any]]:
    """The sections of the house that who is logged in may open, as tabs."""
    return [
        {"words": row.words, "href": url_for(row.endpoint), "current": row.name == current}
        for row in sections.in_order()
        if may(row.right) and row.endpoint in current_app.view_functions
    ]


def set_up(app: Flask) -> None:
    """Put headers on every answer and the shell's values into every template."""
    assets.set_up(app)
    formats.set_up(app)
    app.after_request(_headers)
    app.context_processor(_around)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["gettext"] = gettext
    app.jinja_env.globals["known_endpoints"] = lambda: app.view_functions
    app.jinja_env.globals.update(rail=rail, find_url=find_url, practice_name=practice_name, house_tabs=house_tabs)
