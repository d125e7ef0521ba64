"""The code sets of this installation."""

from __future__ import annotations

from pathlib import Path

from flask import current_app

from clinic.codes.library import Library


def library() -> Library:
    """The library under the instance folder, one for the application."""
    found = current_app.extensions.get("cabinet_library")
    if not isinstance(found, Library):
        found = Library(
            Path(current_app.config.get("CABINET_CODES") or f"{current_app.config['CABINET_INSTANCE']}/codes")
        )
        current_app.extensions["cabinet_library"] = found
    return found
