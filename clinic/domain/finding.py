"""A finding: what an edit has to say about a claim. A value, never an exception."""

from __future__ import annotations

from typing import Literal

from clinic.domain.value import Value

Severity = Literal["block", "warn", "advise"]
"""Block: refused before adjudication, or false. Warn: a payer will probably deny. Advise: could be better."""

SEVERITIES: tuple[Severity, ...] = ("block", "warn", "advise")


class Fix(Value, frozen=True):
    """A change that would answer the finding: put ``value`` (canonical JSON text) at ``field``."""

    field: str
    value: str


class Finding(Value, frozen=True, kw_only=True):
    """One fault at one place.

    ``code`` is permanent and names the edit, whose catalogue entry holds message, help and source.
    ``field`` is the path in the claim (``acts[2].part.pointers``), ``box`` and the X12 place name
    what it protects on paper and in the file.
    """

    code: str
    severity: Severity
    field: str
    line: int | None = None
    """1-based service line, None for the claim as a whole."""
    box: str | None = None
    loop: str | None = None
    segment: str | None = None
    element: str | None = None
    params: tuple[tuple[str, str], ...] = ()
    """What the message is filled with: name and text."""
    fix: Fix | None = None
