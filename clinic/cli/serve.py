"""Serving: ``python app.py [--port N]`` on this machine only."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn, told by us instead of by a file."""

    def __init__(self, make: Callable[[], Flask], options: dict[str, Any]) -> None:
        self.make = make
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for key, value in self.options.items():
            self.cfg.set(key, value)

    def load(self) -> Flask:
        from clinic.journal import seal  # noqa: PLC0415  workers load it, the parent does not need it

        app = self.make()
        seal.start(app)
        return app


def serve(make: Callable[[], Flask]) -> None:
    """Serve until stopped. One process with threads: SQLite has one writer, and journal reads are one file."""
    parser = argparse.ArgumentParser(prog="python app.py", description="Serve Cabinet on this machine.")
    parser.add_argument("--port", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=8)
    wanted = parser.parse_args()
    print(f"Cabinet is at http://127.0.0.1:{wanted.port}  (Ctrl+C stops it)", flush=True)
    _Server(
        make,
        {
            "bind": f"127.0.0.1:{wanted.port}",
            "workers": wanted.workers,
            "threads": wanted.threads,
            "worker_class": "gthread",
            "loglevel": "warning",
            "timeout": 120,
        },
    ).run()
