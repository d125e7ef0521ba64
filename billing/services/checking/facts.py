"""With what the claims of a foreign file are judged: code sets and form, nothing of the practice."""

from __future__ import annotations

from datetime import date

from billing.edits import Facts
from billing.services.paper import overflowing
from billing.services.rules import Rules
from clinic.codes.library import Library


def foreign_facts(codes: Library, on: date) -> Facts:
    """The world of a file's claims, judged as of a day."""
    return Facts(on=on, codes=codes, tables=Rules(codes), overflows=overflowing)
