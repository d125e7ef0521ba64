"""What the demo's file says of the bench."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from typing import Any

from clinic.settings import ROOT

FILE = ROOT / "reference" / "demo" / "bench.toml"


@cache
def bench() -> dict[str, Any]:
    """The file."""
    return tomllib.loads(FILE.read_text("utf-8"))


def order_at(who: str, on: date) -> dict[str, Any] | None:
    """What was ordered at a visit of the week, None where nothing was."""
    return next((row for row in bench()["orders"] if (row["who"], row["on"]) == (who, on)), None)


def mornings() -> list[dict[str, Any]]:
    """Who sits at the chair this morning."""
    found: list[dict[str, Any]] = bench()["mornings"]
    return found
