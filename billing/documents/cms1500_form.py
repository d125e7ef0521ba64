"""The table of the CMS-1500."""

from __future__ import annotations

from pathlib import Path

from clinic.paper.form import read_form

FORM = read_form("CMS-1500", Path(__file__).resolve().parents[2] / "reference" / "forms" / "cms1500.csv")

LINES = 6
"""Service lines a page."""
