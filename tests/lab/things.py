"""Containers for tests, planned without an order: what each of them asks stands in the test that uses it."""

from __future__ import annotations

from clinic.services.acting import acting
from lab.domain.events import Planned
from lab.domain.need import Need
from lab.models import Specimen
from lab.services.specimens import begin_specimen, number_for

GEL = Need(
    test="cmp",
    volume_ul=1000,
    method="VENIP",
    clot_minutes=30,
    rcf_g=1300,
    spin_minutes=10,
    separate_within_minutes=120,
    separated_by="spin",
    storage=("refrigerated",),
    room_minutes=24 * 60,
    refrigerated_minutes=72 * 60,
    frozen_minutes=336 * 60,
)
"""A metabolic panel in a gel tube."""


def plan_container(practice, patient, *needs, holder="sst", cap="gold", visit=None, number=None) -> Specimen:
    """A planned container of the practice."""
    with acting(practice.actor("assistant"), "lab.work") as work:
        body = Planned(
            number=number or number_for(work),
            holder=holder,
            cap=cap,
            patient_id=patient.id,
            needs=needs or (GEL,),
            visit_id=visit.id if visit else None,
        )
        return begin_specimen(work, "specimen.planned", body, practice.location.id)
