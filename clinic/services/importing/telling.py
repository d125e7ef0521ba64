"""The first fact of what an import makes, in the shape that the same thing entered by hand is told in (law 2).

Problems, acts, observations and notes of an import have none: the kept text of their resource is where they come from.
"""

from __future__ import annotations

from clinic.domain.patient_story import CoverageAdded, Entered
from clinic.domain.set_up import PayerFacts, ProviderFacts
from clinic.domain.value import as_json
from clinic.domain.visit_story import VisitEntered
from clinic.models import Coverage, Patient, Payer, Provider, Visit
from clinic.services.acting import Work
from clinic.services.changing import facts_of, said
from clinic.services.patient_facts import particulars_of, policy_of


def tell_entry(work: Work, row: Payer | Provider) -> None:
    """A payer or provider was entered."""
    facts = facts_of(PayerFacts if isinstance(row, Payer) else ProviderFacts, row)
    work.fact(row.__tablename__, row.id, f"{row.__tablename__}.entered", {"after": said(facts)})


def tell_first(work: Work, row: object) -> None:
    """A patient, policy or visit came in; of anything else nothing is told here.

    A visit at no place of ours has no first fact: ``visit.entered`` is of a place.
    """
    if isinstance(row, Patient):
        body = Entered(chart_number=row.chart_number, particulars=particulars_of(row))
        work.fact("patient", row.id, "patient.entered", as_json(body))
    elif isinstance(row, Coverage):
        added = CoverageAdded(coverage_id=row.id, policy=policy_of(row))
        work.fact("patient", row.patient_id, "coverage.added", as_json(added))
    elif isinstance(row, Visit) and row.location_id is not None:
        entered = VisitEntered(
            patient_id=row.patient_id,
            location_id=row.location_id,
            on=row.on,
            department=row.department,
            provider_id=row.provider_id,
            reason=row.reason,
        )
        work.fact("visit", row.id, "visit.entered", as_json(entered))
