"""Adding a policy to a patient: a fact of the patient."""

from __future__ import annotations

from clinic.domain.patient_story import CoverageAdded
from clinic.domain.policies import Policy
from clinic.models import Coverage, Patient
from clinic.services.acting import Actor, acting
from clinic.services.changing import held
from clinic.services.look_over_policy import sound_policy
from clinic.services.patient_facts import put_policy, tell
from clinic.services.surviving import survivor_of


def add_coverage(actor: Actor, patient_id: int, policy: Policy) -> int:
    """Add a policy; of a merged patient, to whom they were merged into. Gives the id of the coverage.

    Raises:
        Refused: something is missing, or another policy of its rank is in force at the same time.
    """
    with acting(actor, "patient.write") as work:
        # Held, for two who add a first policy at once would both find the rank free.
        patient = held(work, Patient, survivor_of(actor, patient_id).id)
        sound = sound_policy(work, patient.id, policy)
        row = Coverage(practice_id=actor.practice_id, patient_id=patient.id)
        put_policy(row, sound)
        work.session.add(row)
        work.session.flush()
        tell(work, patient.id, "coverage.added", CoverageAdded(coverage_id=row.id, policy=sound))
        return row.id
