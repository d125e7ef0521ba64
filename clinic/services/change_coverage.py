"""Changing a policy: a new fact of the patient. What was sent keeps its own copy (law 3)."""

from __future__ import annotations

from clinic.domain.patient_story import CoverageChanged
from clinic.domain.policies import Policy
from clinic.models import Coverage, Patient
from clinic.services.acting import Actor, acting
from clinic.services.changing import Overtaken, held, print_of
from clinic.services.find import one
from clinic.services.look_over_policy import sound_policy
from clinic.services.patient_facts import policy_of, put_policy, tell


def change_coverage(actor: Actor, coverage_id: int, policy: Policy, seen: str) -> bool:
    """Change a policy that was ``seen`` (``changing.print_of``); gives whether anything changed.

    Raises:
        Overtaken: somebody else changed it since it was seen.
        Refused: something is missing, or another policy of its rank is in force at the same time.
    """
    with acting(actor, "patient.write") as work:
        held(work, Patient, one(actor, Coverage, coverage_id).patient_id)
        row = held(work, Coverage, coverage_id)
        before = policy_of(row)
        if print_of(before) != seen:
            raise Overtaken(before)
        sound = sound_policy(work, row.patient_id, policy, leave_out=row.id)
        if sound == before:
            work.journal("patient", row.patient_id, detail="unchanged")
            return False
        put_policy(row, sound)
        body = CoverageChanged(coverage_id=row.id, before=before, after=sound)
        tell(work, row.patient_id, "coverage.changed", body)
        return True
