"""A claim without a visit: a laboratory whose specimen was taken elsewhere, a claim typed from paper."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from billing.coding.coding import fresh
from billing.services.begin_claim import begin_claim
from billing.services.who_pays import billable, first_in_force, insured
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Location, Patient, Provider
from clinic.services.acting import Actor, acting
from clinic.services.clock import today
from clinic.services.find import one
from clinic.services.surviving import survivor_of


def open_without_visit(
    actor: Actor,
    patient_id: int,
    on: date,
    location_id: int,
    *,
    provider_id: int | None = None,
    referring_id: int | None = None,
    place: str | None = None,
) -> int:
    """Open a claim for what was done on a day with no visit; of a merged patient, for whom they were merged into.

    ``provider_id`` rendered it, ``referring_id`` ordered it. ``place`` is a place of service code other than the
    location's, as 81 of an independent laboratory.

    Raises:
        Refused: the day is not one of service, or the place no code.
        Unknown: the patient, place or provider is not the practice's.
    """
    with acting(actor, "claim.code") as work:
        patient = one(actor, Patient, survivor_of(actor, patient_id).id)
        one(actor, Location, location_id)
        for provider in (provider_id, referring_id):
            if provider is not None:
                one(actor, Provider, provider)
        if on > today():
            raise Refused(N_("The day of service is still to come."), where="on")
        if patient.birth and on < patient.birth:
            raise Refused(N_("The day of service is before the patient's birth."), where="on")
        if place is not None and not (len(place) == 2 and place.isascii() and place.isdigit()):
            raise Refused(
                N_("“%(text)s” is not a place of service code."),
                where="place",
                remedy=N_("Give its two digits, as 81 for an independent laboratory."),
                text=place,
            )
        policy = first_in_force(billable(insured(patient)[1]), on)
        coding = replace(
            fresh(),
            coverage_id=policy.id if policy else None,
            rendering_id=provider_id,
            referring_id=referring_id,
            location_id=location_id,
            place=place,
        )
        return begin_claim(work, patient_id=patient.id, on=on, visits=(), coding=coding).id
