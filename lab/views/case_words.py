"""The words of dental cases on screens and papers: what is made, for which teeth, what happened."""

from __future__ import annotations

from flask_babel import gettext as _

from lab.domain.dental_case_events import Prescription
from lab.domain.dental_words import FACTS, JAWS, LIES_WITH, MATERIALS, RECORDS, STATES
from lab.domain.tooth import shown_teeth
from lab.services.case_page import Line
from lab.services.dental_tables import dental_work, remake_reasons

__all__ = ["FACTS", "JAWS", "LIES_WITH", "MATERIALS", "RECORDS", "STATES"]

INK = {"seated": "ok", "received": "advise", "try_in": "advise", "remade": "warn"}
"""The ink of states that have one."""


def work(asked: Prescription) -> str:
    """The kind of work."""
    known = dental_work().get(asked.work)
    return str(_(known.words)) if known else asked.work


def where(asked: Prescription) -> str:
    """Jaw and teeth: ``upper, #3-5``."""
    parts = [str(_(JAWS[asked.jaw]))] if asked.jaw else []
    if asked.teeth:
        parts.append(f"#{shown_teeth(asked.teeth)}")
    return ", ".join(parts)


def material(asked: Prescription) -> str:
    """What it is made of."""
    return str(_(MATERIALS[asked.material])) if asked.material in MATERIALS else asked.material or ""


def reason(code: str | None) -> str:
    """Why it is made again."""
    known = remake_reasons().get(code or "")
    return str(_(known.words)) if known else code or ""


def lies_with(code: str | None) -> str:
    """Whose the cause is."""
    known = remake_reasons().get(code or "")
    return str(_(LIES_WITH[known.lies_with])) if known else ""


def told(line: Line) -> str:
    """One fact in words."""
    return str(_(FACTS[line.type]))
