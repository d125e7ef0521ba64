"""What the papers of a dental case say, gathered: its slip and its label."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.base import db
from clinic.domain.words import N_
from clinic.models import Practice
from clinic.services.acting import Actor, acting
from clinic.services.find import one
from lab.documents.case_slip import Slip
from lab.documents.label import Heads, Label
from lab.domain.dental_case_events import Prescription
from lab.models import DentalCase
from lab.services.case_page import read_case
from lab.services.package_papers import address
from lab.services.print_labels import RIGHT, Loaded, ask_for

Said = Callable[[str], str]
"""From a message id."""


class Words(NamedTuple):
    """How what is asked is said in the reader's language."""

    work: Callable[[Prescription], str]
    where: Callable[[Prescription], str]
    material: Callable[[Prescription], str]
    record: Callable[[Prescription], str]
    reason: Callable[[str | None], str]


def slip_of(actor: Actor, number: str, words: Words) -> tuple[Slip, int]:
    """The slip, and the patient's id.

    Raises:
        Unknown: there is no such case.
    """
    page = read_case(actor, number)
    row, case, asked = page.row, page.case, page.case.prescription
    practice = db.session.get_one(Practice, actor.practice_id)
    before = one(actor, DentalCase, case.remakes).number if case.remakes is not None else ""
    told = [line for line in page.lines if line.type in ("case.noted", "case.tried") and not line.undone]
    slip = Slip(
        number=case.number,
        practice=practice.name,
        sender=address(row.location),
        phone=practice.phone or "",
        provider=row.provider.name if row.provider else "",
        npi=(row.provider.npi or "") if row.provider else "",
        laboratory=row.laboratory.name,
        laboratory_phone=row.laboratory.phone or "",
        account=row.laboratory.account or "",
        patient=row.patient.name,
        chart=row.patient.chart_number,
        sex=row.patient.sex or "",
        work=words.work(asked),
        where=words.where(asked),
        material=words.material(asked),
        shade=asked.shade or "",
        record=words.record(asked),
        opened_at=row.created_at,
        send_by=case.send_by,
        back_by=case.back_by,
        seat_on=asked.seat_on,
        disinfected_at=None if case.soiled else case.disinfected_at,
        disinfected_by=page.disinfected_by,
        product=case.product or "",
        needs_disinfection=case.soiled,
        try_ins=case.try_ins or 0,
        notes=asked.notes or "",
        remakes=before,
        remake_reason=words.reason(case.remake_reason) if case.remakes is not None else "",
        said=tuple((line.at, line.body.words) for line in told if line.body.words),
    )
    return slip, row.patient_id


def case_label(actor: Actor, number: str, words: Words, said: Said) -> tuple[DentalCase, Label]:
    """The label of a case: whose it is, what it is, when it left and is due. Without a day it leaves room for a pen.

    Raises:
        Unknown: there is no such case.
    """
    page = read_case(actor, number)
    row, case, patient = page.row, page.case, page.row.patient
    zone = ZoneInfo(row.location.time_zone)
    seat = said(N_("SEAT"))
    where = " ".join(filter(None, (words.where(case.prescription), case.prescription.shade)))
    label = Label(
        number=case.number,
        last=patient.last,
        first=patient.first,
        middle=patient.middle,
        suffix=patient.suffix,
        chart_number=patient.chart_number,
        specimen=words.work(case.prescription),
        site=where or None,
        collected=case.sent_at.astimezone(zone) if case.sent_at else None,
        storage=f"{seat} {case.prescription.seat_on}" if case.prescription.seat_on else None,
        account=row.laboratory.account,
        heads=Heads(
            born=said(N_("DOB")),
            chart=said(N_("MRN")),
            collected=said(N_("SENT")),
            use_by=said(N_("DUE")),
            account=said(N_("ACC")),
            requisition=said(N_("REQ")),
        ),
    )
    return row, label


def print_case_label(actor: Actor, label: Label, loaded: Loaded) -> int:
    """Put a case's label into a job of its own; gives the job's number."""
    with acting(actor, RIGHT) as work:
        return ask_for(work, [(None, label)], loaded)
