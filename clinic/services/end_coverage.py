"""Ending a policy: it still answers for what was done up to its last day."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from clinic.domain.patient_story import CoverageChanged
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Coverage
from clinic.services.acting import Actor, acting
from clinic.services.changing import held
from clinic.services.patient_facts import policy_of, put_policy, tell


def end_coverage(actor: Actor, coverage_id: int, ends: date) -> None:
    """Say on which day a policy is in force for the last time.

    Raises:
        Refused: the day is before the policy starts, or the policy has ended earlier.
    """
    with acting(actor, "patient.write") as work:
        row = held(work, Coverage, coverage_id)
        before = policy_of(row)
        if before.starts and ends < before.starts:
            raise Refused(N_("The policy ends before it starts."), where="ends", remedy=N_("Look at both days."))
        if before.ends and before.ends < ends:
            raise Refused(
                N_("It has ended earlier than that."), where="ends", remedy=N_("Change the policy to lengthen it.")
            )
        now = replace(before, ends=ends)
        put_policy(row, now)
        body = CoverageChanged(coverage_id=row.id, before=before, after=now)
        tell(work, row.patient_id, "coverage.ended", body)
