"""What the demo's file says of the bench."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from typing import Any

from clinic.settings import ROOT

FILE = ROOT / "reference" / "demo" / "bench.toml"

Plan = dict[str, Any]


@cache
def bench() -> Plan:
    """The file."""
    return tomllib.loads(FILE.read_text("utf-8"))


def order_at(who: str, on: date) -> Plan | None:
    """What was ordered at a visit of the week, None where nothing was."""
    return next((row for row in bench()["orders"] if (row["who"], row["on"]) == (who, on)), None)


def mornings() -> list[Plan]:
    """Who sits at the chair this morning."""
    found: list[Plan] = bench()["mornings"]
    return found


def reports() -> list[Plan]:
    """What the laboratory sent, the first one first."""
    found: list[Plan] = bench()["reports"]
    return sorted(found, key=lambda row: row["at"])
