"""Coverage rules loaded into the application of a test."""

from __future__ import annotations

from pathlib import Path

from clinic.codes.kind import Wish
from clinic.codes.loading import load
from clinic.services.library import library

RULES = """policy,filing,payer,act,rule,diagnosis,times,per,from,to,source
A1C-1,CI,,83036,supports,E08-E13,,,,,Policy A1C-1
A1C-1,CI,,83036,frequency,,1,90,,,Policy A1C-1
LIPID-1,,,80061,never,Z00*,,,,,Policy LIPID-1
LIPID-1,,,80061,frequency,,1,365,,,Policy LIPID-1
EXTRA-1,,,85025,never,,,,,,No benefit
"""
"""A1c for diabetics every 90 days, lipids once a year and not for a check-up, a blood count never."""


def load_coverage(app, text: str = RULES) -> None:
    """Load the rules into the code sets of the application, from 2026 on."""
    path = Path(app.config["CABINET_INSTANCE"]) / "coverage-2026.csv"
    path.write_text(text)
    load(library(), "coverage", [path], Wish())
