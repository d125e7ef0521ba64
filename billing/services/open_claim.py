"""Opening a claim for a visit: what the record already says is put on it, nothing is invented."""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from billing.coding.changes import apply
from billing.coding.coding import Coding, fresh
from billing.domain.professional import MAX_ACTS, MAX_DIAGNOSES
from billing.models import ClaimRecord, ClaimVisit
from billing.services.begin_claim import begin_claim
from billing.services.from_record import diagnoses_of, lines_of
from billing.services.lab_lines import lab_offer, with_lab
from billing.services.pricing import price_list
from billing.services.telling import THING
from billing.services.who_pays import billable, first_in_force, insured
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Coverage, Patient, Visit
from clinic.services.acting import Actor, acting
from clinic.services.find import one
from clinic.services.mappings import mapped


def open_claim(actor: Actor, visit_id: int) -> int:
    """Open a claim for a visit and give its id; the id of the open one where there is one already.

    Raises:
        Refused: the visit is not for this kind of claim.
    """
    with acting(actor, "claim.code") as work:
        visit = one(
            actor,
            Visit,
            visit_id,
            joinedload(Visit.patient).selectinload(Patient.coverages).joinedload(Coverage.payer),
            selectinload(Visit.acts),
            selectinload(Visit.problems),
            joinedload(Visit.location),
        )
        if visit.department != "medical":
            raise Refused(N_("A dental visit is not billed on a professional claim."), where="visit")
        there = work.session.scalar(
            select(ClaimVisit.claim_id)
            .join(ClaimRecord, ClaimRecord.id == ClaimVisit.claim_id)
            .where(ClaimVisit.practice_id == actor.practice_id, ClaimVisit.visit_id == visit.id)
            .where(ClaimRecord.journey == "none")
        )
        if there is not None:
            work.journal(THING, there, detail="claim.found")
            return there
        begun = begin_claim(
            work, patient_id=visit.patient_id, on=visit.on, visits=(visit.id,), coding=_first_coding(visit)
        )
        return begun.id


def _first_coding(visit: Visit) -> Coding:
    """The visit's own ICD-10-CM problems as diagnoses; its acts on the charge list and the bench's work as lines.

    What another system calls otherwise is read as what it is here (``clinic.services.mappings``).
    A claim takes the first twelve and the first fifty of them; the rest go on a second one when the biller says so.
    """
    names = mapped(visit.practice_id, (visit,))
    policies = billable(insured(visit.patient)[1])
    policy = first_in_force(policies, visit.on)
    coding = replace(
        fresh(),
        coverage_id=policy.id if policy else None,
        rendering_id=names.provider_of(visit),
        location_id=names.location_of(visit),
        diagnoses=diagnoses_of(visit, names)[:MAX_DIAGNOSES],
    )
    prices = price_list(visit.practice_id, policy.payer_id if policy else None)
    # Where there is one diagnosis, a line can only be for it: as for a line that is typed.
    only = (1,) if len(coding.diagnoses) == 1 else ()
    for line in lines_of(visit, prices, names)[:MAX_ACTS]:
        coding = apply(coding, replace(line, pointers=only))
    return with_lab(coding, lab_offer(visit.practice_id, coding, (visit.id,), lambda: prices))
