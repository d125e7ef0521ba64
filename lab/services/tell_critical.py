"""Telling a critical value to someone, and telling the patient."""

from __future__ import annotations

from datetime import datetime

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting
from lab.domain.container import NotPossible
from lab.domain.order_story import OfLine
from lab.domain.refusals import refused
from lab.domain.result_story import CriticalTold, PatientTold
from lab.domain.telling import PATIENT_WAYS, WAYS, WHOM
from lab.services.order_facts import tell as tell_order
from lab.services.result_facts import line_in_hand, result_in_hand, tell_result

TOLD_IN = frozenset({"final", "corrected", "reviewed"})


class Heard(Value, frozen=True, kw_only=True):
    """Who heard it, and how."""

    whom: str
    name: str
    way: str
    read_back: bool


def tell_critical(actor: Actor, result_id: int, heard: Heard, at: datetime | None = None) -> None:
    """Keep that a critical value was told: to whom, when, and that it was read back. By whom is the actor.

    Raises:
        Refused: nothing is critical, it is not said who heard it, it was not read back, or the time cannot be.
        Unknown: there is no such report.
    """
    with acting(actor, "lab.result") as work:
        row = result_in_hand(work, result_id)
        name = " ".join(heard.name.split())
        if heard.whom not in WHOM or heard.way not in WAYS:
            where = "way" if heard.whom in WHOM else "whom"
            raise Refused(N_("There is no such choice."), where=where, remedy=N_("Choose one of the list."))
        if not name:
            raise Refused(N_("It is not said who was told."), where="name", remedy=N_("Give the name."))
        if not heard.read_back:
            raise Refused(
                N_("It was not read back."), where="read_back", remedy=N_("Have it repeated, then tick the box.")
            )
        when = at or work.at
        if when > work.at:
            raise refused(NotPossible("future"), "at")
        if when < row.performed_at:
            raise result_too_early()
        body = CriticalTold(at=when, whom=heard.whom, name=name, way=heard.way, read_back=True)
        tell_result(work, row, "result.critical_told", body)


def tell_patient(actor: Actor, result_id: int, way: str, words: str | None = None) -> None:
    """Keep that the patient was told.

    Raises:
        Refused: there is no such way, it is preliminary, or a later report stands in its place.
        Unknown: there is no such report.
    """
    with acting(actor, "lab.result") as work:
        row = result_in_hand(work, result_id)
        if way not in PATIENT_WAYS:
            raise Refused(N_("There is no such choice."), where="way", remedy=N_("Choose one of the list."))
        said = " ".join((words or "").split()) or None
        tell_result(work, row, "result.patient_told", PatientTold(at=work.at, way=way, words=said))
        line = line_in_hand(work, row.line_id)
        if line.state in TOLD_IN:
            tell_order(work, line.order, "order.line_told", OfLine(line_id=line.id))


def result_too_early() -> Refused:
    """It cannot have been told before the test was run."""
    return Refused(N_("The test was not run yet at this time."), where="at", remedy=N_("Look at the time."))
