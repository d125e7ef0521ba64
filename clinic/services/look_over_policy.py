"""What is asked of a policy before it is kept: of its own words, and beside the patient's other policies."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from sqlalchemy import select

from clinic.domain.policies import SELF, SUBSCRIBER, Policy, check_policy
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Coverage, Payer
from clinic.services.acting import Work
from clinic.services.enter_patient import FAR_EAST
from clinic.services.patient_facts import policy_of


def sound_policy(work: Work, patient_id: int, policy: Policy, leave_out: int | None = None) -> Policy:
    """The policy cleaned: texts without blanks around, no subscriber where that is the patient, filing of its payer.

    Args:
        work: the act under way.
        patient_id: whose policy it is.
        policy: as it was typed; an empty ``filing`` is that of the payer.
        leave_out: the coverage that it replaces.

    Raises:
        Refused: something is missing, or another policy of its rank is in force at the same time.
    """
    texts = {
        name: " ".join(value.split()) or None
        for name in Policy.__struct_fields__
        if isinstance(value := getattr(policy, name), str)
    }
    sound = replace(policy, **{**texts, "member_id": texts["member_id"] or "", "filing": texts["filing"] or ""})
    payer = work.session.scalar(
        select(Payer).where(Payer.practice_id == work.actor.practice_id, Payer.id == policy.payer_id)
    )
    if payer is None:
        raise Refused(N_("There is no such payer here."), where="payer_id", remedy=N_("Choose one of the list."))
    if not sound.filing:
        sound = replace(sound, filing=payer.filing)
    if sound.relation == SELF:
        sound = replace(sound, **dict.fromkeys(SUBSCRIBER))
    check_policy(sound, _others(work, patient_id, leave_out), _today(work))
    return sound


def _others(work: Work, patient_id: int, leave_out: int | None) -> list[Policy]:
    rows = work.session.scalars(
        select(Coverage).where(Coverage.practice_id == work.actor.practice_id, Coverage.patient_id == patient_id)
    )
    return [policy_of(row) for row in rows if row.id != leave_out]


def _today(work: Work) -> date:
    return (work.at + FAR_EAST).date()
