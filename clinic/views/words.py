"""The language of a page: the person's own, else the browser's, else English."""

from __future__ import annotations

import os

from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel
from flask_login import current_user


def _locale() -> str:
    languages: tuple[str, ...] = current_app.config["LANGUAGES"]
    if not has_request_context():  # the command line speaks the terminal's language
        terminal = os.environ.get("LANG", "")[:2]
        return terminal if terminal in languages else languages[0]
    if current_user and current_user.is_authenticated and current_user.locale in languages:
        return str(current_user.locale)
    return request.accept_languages.best_match(languages) or languages[0]


def set_up(app: Flask) -> None:
    """Set gettext up; templates have ``_`` and Babel's filters."""
    Babel(app, locale_selector=_locale)
