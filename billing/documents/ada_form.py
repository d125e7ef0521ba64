"""The tables of the ADA Dental Claim Form (J430D), as of 2024 and of 2019."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from billing.documents.rows import Rows
from billing.domain.dental import DentalActLine, DentalClaim
from clinic.paper.form import Form, read_form

Year = Literal["2024", "2019"]
"""The layout: payers take both. That of 2024 added the numbers of payers (3a, 11a)."""

_TABLE = Path(__file__).resolve().parents[2] / "reference" / "forms" / "ada_j430d.csv"
FORMS: dict[Year, Form] = {
    "2024": read_form("ADA J430D 2024", _TABLE),
    "2019": read_form("ADA J430D 2019", _TABLE, "2019"),
}

LINES = 10
"""Service lines a page."""

Texts = Sequence[str]
Once = Rows[Callable[[DentalClaim], Texts]]
"""Of the claim: the same on each of its pages."""
Each = Rows[Callable[[DentalClaim, DentalActLine], Texts]]
"""Of a line. Keys end in ``.#``, for the line's place on the page."""
