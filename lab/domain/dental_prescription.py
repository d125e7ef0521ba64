"""What is asked of a dental laboratory, held against the table of kinds of work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from lab.domain.dental_case_events import Prescription
from lab.domain.dental_tables import Work
from lab.domain.tooth import arch_of, side_by_side

USUAL_DAYS = 10
"""Working days of a laboratory that names none."""
MOST_DAYS = 120
MOST_NOTES, MOST_SHADE = 2000, 20


def checked(asked: Prescription, table: Mapping[str, Work], today: date) -> Prescription:
    """The prescription as it is kept: what the kind of work does not ask is left out.

    Raises:
        Refused: the kind, material or place is none, something is missing, or the seat visit is past.
    """
    work = table.get(asked.work)
    if work is None:
        raise _no_choice("work")
    if asked.record not in ("impression", "scan"):
        raise _no_choice("record")
    if asked.material is not None and asked.material not in work.materials:
        raise _no_choice("material")
    if asked.seat_on is not None and asked.seat_on < today:
        raise Refused(N_("This day is past."), where="seat_on", remedy=N_("Choose today or a later day."))
    if not 0 <= asked.days <= MOST_DAYS:
        raise Refused(N_("Give 0 to %(most)s days."), where="days", most=MOST_DAYS)
    shade, notes = _line(asked.shade), (asked.notes or "").strip() or None
    if shade and len(shade) > MOST_SHADE:
        raise Refused(N_("A shade has at most %(most)s letters."), where="shade", most=MOST_SHADE)
    if notes and len(notes) > MOST_NOTES:
        raise Refused(N_("The notes are too long."), where="notes", remedy=N_("Shorten them."))
    placed = _placed(asked, work)
    return replace(placed, shade=shade if work.shaded else None, notes=notes)


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def _placed(asked: Prescription, work: Work) -> Prescription:
    if work.where in ("arch", "arch_teeth"):
        if asked.jaw not in ("upper", "lower", "both"):
            raise Refused(N_("The jaw is missing."), where="jaw", remedy=N_("Choose upper, lower or both."))
        if work.where == "arch":
            return replace(asked, teeth=())
        if asked.jaw != "both" and any(arch_of(tooth) != asked.jaw for tooth in asked.teeth):
            raise Refused(N_("A tooth stands in the other jaw."), where="teeth", remedy=N_("Look at the numbers."))
    if not asked.teeth:
        raise Refused(N_("The teeth are missing."), where="teeth", remedy=N_("Write them as 3-5, 8."))
    if work.where == "span" and not side_by_side(asked.teeth):
        raise Refused(
            N_("A bridge spans at least two neighbours of one jaw."), where="teeth", remedy=N_("Write them as 3-5.")
        )
    return asked if work.where == "arch_teeth" else replace(asked, jaw=None)


def _no_choice(where: str) -> Refused:
    return Refused(N_("There is no such choice."), where=where, remedy=N_("Choose one of the list."))
