"""Style sheets and scripts: each found by itself, its address bound to its bytes, so that browsers may keep it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, url_for

ORDER = ("tokens.css", "base.css", "parts/*.css", "screens/*.css")
"""Cascade layers are declared in tokens.css; within a layer files stand in the order of their names."""


@cache
def _print_of(path: Path, changed: int) -> str:
    del changed
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def set_up(app: Flask) -> None:
    """Give templates ``asset(name)``, ``sheets()`` and ``scripts()``."""
    root = Path(app.static_folder or "")

    def asset(name: str) -> str:
        path = root / name
        return url_for("static", filename=name, v=_print_of(path, path.stat().st_mtime_ns))

    def sheets() -> list[str]:
        return [path.relative_to(root).as_posix() for row in ORDER for path in sorted((root / "css").glob(row))]

    def scripts() -> list[str]:
        return [path.relative_to(root).as_posix() for path in sorted((root / "js").glob("*.js"))]

    app.jinja_env.globals.update(asset=asset, sheets=sheets, scripts=scripts)
