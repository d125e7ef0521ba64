"""Who saw whose record."""

from __future__ import annotations

from flask import g


def seen(*patient_ids: int) -> None:
    """Say that this page shows these patients. The page's one row in the reads' journal names them."""
    if "patients_seen" not in g:
        g.patients_seen = set()
    g.patients_seen.update(patient_ids)
