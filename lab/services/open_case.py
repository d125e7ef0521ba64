"""Opening a case: what a dental laboratory is asked to make for a patient."""

from __future__ import annotations

from datetime import datetime

from clinic.models import Location
from clinic.services.acting import Actor, Work, acting
from clinic.services.clock import today
from clinic.services.find import Unknown, one
from clinic.services.number import next_number
from clinic.services.surviving import family_of
from lab.domain.container import NotPossible
from lab.domain.dental_case_events import Opened, Prescription
from lab.domain.dental_case_refusals import case_refused
from lab.domain.dental_prescription import USUAL_DAYS, checked
from lab.models import DentalCase, Laboratory
from lab.services.case_facts import RIGHT, THING, begin_case
from lab.services.dental_tables import dental_work
from lab.services.order_choices import orderer, place


def open_case(
    actor: Actor,
    patient_id: int,
    location_id: int,
    prescription: Prescription,
    *,
    provider_id: int | None = None,
    at: datetime | None = None,
) -> int:
    """Open a case; of a merged patient, for whom they were merged into. Gives its id.

    Raises:
        Refused: what is asked is not whole, or something it names is not there.
    """
    with acting(actor, RIGHT) as work:
        patient, _merged = family_of(actor, patient_id)
        where = place(actor, location_id)
        if provider_id is not None:
            orderer(actor, provider_id)
        body = Opened(
            at=at or work.at,
            number=number_for(work),
            patient_id=patient.id,
            location_id=where.id,
            provider_id=provider_id,
            prescription=prescribed(actor, prescription, where),
        )
        return begin_case(work, body).id


def number_for(work: Work) -> str:
    """The next case's number: what its slip and label say."""
    return f"D{next_number(work, THING):06d}"


def prescribed(actor: Actor, asked: Prescription, where: Location) -> Prescription:
    """What is asked, as it is kept.

    Raises:
        Refused: it is not whole, or goes to no dental laboratory in use.
    """
    laboratory_for(actor, asked.laboratory_id)
    return checked(asked, dental_work(), today(where.time_zone))


def laboratory_for(actor: Actor, laboratory_id: int) -> Laboratory:
    """The dental laboratory of that id.

    Raises:
        Refused: there is none in use.
    """
    try:
        row = one(actor, Laboratory, laboratory_id)
    except Unknown:
        raise case_refused(NotPossible("laboratory"), "laboratory_id") from None
    if not (row.dental and row.active):
        raise case_refused(NotPossible("laboratory"), "laboratory_id")
    return row


def days_of(laboratory: Laboratory) -> int:
    """The working days a dental laboratory takes."""
    return USUAL_DAYS if laboratory.result_days is None else laboratory.result_days


def place_of(actor: Actor, row: DentalCase) -> Location:
    """Where a case is handled."""
    return one(actor, Location, row.location_id)
