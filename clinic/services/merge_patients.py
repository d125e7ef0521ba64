"""Merging two charts of one person: a fact that redirects and can be undone. Nothing but the redirect is written."""

from __future__ import annotations

from sqlalchemy import select

from clinic.domain.patient_story import Merged
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Patient, Practice
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import held
from clinic.services.patient_facts import tell
from clinic.services.surviving import survivor_of


def merge_patients(
    actor: Actor, patient_id: int, into_id: int, reason: str, versions: tuple[int, int] | None = None
) -> int:
    """Merge a patient into another, or into whom that one was merged; gives the id of who stands for both.

    Args:
        actor: a manager.
        patient_id: the chart that will redirect.
        into_id: the chart that stays.
        reason: how it is known that they are one person.
        versions: of the two as they were seen; None asks for none.

    Raises:
        Refused: no reason, one chart, the first is merged already, or one was corrected since it was seen.
    """
    with acting(actor, "patient.merge") as work:
        why = reason_of(reason)
        _alone(work)
        patient, into = held(work, Patient, patient_id), held(work, Patient, into_id)
        if versions is not None and versions != (patient.version, into.version):
            raise Refused(N_("One of the two was changed while you looked."), where="reason", remedy=N_("Look again."))
        if patient.merged_into_id is not None:
            raise Refused(
                N_("This chart was merged already."),
                where="other",
                remedy=N_("Undo that merge first, if it was wrong."),
            )
        stays = survivor_of(actor, into.id)
        if stays.id == patient.id:
            raise Refused(
                N_("The two are one chart: a chart is never merged into itself, nor into one that leads to it."),
                where="other",
                remedy=N_("Choose another patient, or undo the merge between them."),
            )
        patient.merged_into_id = stays.id
        tell(work, patient.id, "patient.merged", Merged(into_id=stays.id), reason=why)
        tell(work, stays.id, "patient.merged", Merged(from_id=patient.id), reason=why)
        return stays.id


def unmerge_patients(actor: Actor, patient_id: int, reason: str) -> None:
    """Undo the merge of a patient into another: the chart stands for itself again, with what was always its own.

    Raises:
        Refused: no reason, or it is not merged.
    """
    with acting(actor, "patient.merge") as work:
        why = reason_of(reason)
        _alone(work)
        patient = held(work, Patient, patient_id)
        into_id = patient.merged_into_id
        if into_id is None:
            raise Refused(N_("This chart is not merged into another."), where="reason")
        patient.merged_into_id = None
        tell(work, patient.id, "patient.unmerged", Merged(into_id=into_id), reason=why)
        tell(work, into_id, "patient.unmerged", Merged(from_id=patient.id), reason=why)


def reason_of(text: str) -> str:
    """The reason given.

    Raises:
        Refused: none was.
    """
    reason = " ".join(text.split())
    if not reason:
        raise Refused(N_("A reason is needed."), where="reason", remedy=N_("Say in a few words how it is known."))
    return reason


def _alone(work: Work) -> None:
    """One merge at a time in a practice: two that cross could make a circle of redirects."""
    work.session.execute(select(Practice.id).where(Practice.id == work.actor.practice_id).with_for_update())
