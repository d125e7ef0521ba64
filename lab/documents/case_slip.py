"""The slip of a dental case: the written prescription that goes with the work, on a sheet of our own.

It names the patient and no more than the laboratory needs: neither birth date nor address nor phone.
"""

from __future__ import annotations

from datetime import date, datetime

from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.documents.flow import Flow, Laid
from lab.documents.manifest import NOT_MARKED, Manner


class Slip(Value, frozen=True, kw_only=True):
    """Everything a slip says, as values; words stand in the language of the paper."""

    number: str
    practice: str
    sender: tuple[str, ...]
    phone: str
    provider: str
    npi: str
    laboratory: str
    laboratory_phone: str
    account: str
    patient: str
    chart: str
    sex: str
    work: str
    where: str
    material: str
    shade: str
    record: str
    opened_at: datetime
    send_by: date | None
    back_by: date | None
    seat_on: date | None
    disinfected_at: datetime | None
    disinfected_by: str
    product: str
    needs_disinfection: bool
    """It goes with something that was in a mouth."""
    try_ins: int
    notes: str
    remakes: str
    """The number of the case it replaces, empty where it replaces none."""
    remake_reason: str
    said: tuple[tuple[datetime, str], ...] = ()
    """Notes and what try-ins showed, in their order."""


def compose(slip: Slip, manner: Manner) -> Laid:
    """The sheets of one case."""
    said = manner.said
    flow = Flow(f"{said(N_('Dental case'))}  {slip.number}")
    flow.head(said(N_("Prescription for a dental laboratory")), (slip.practice, *slip.sender, slip.phone), slip.number)
    flow.facts(
        (
            (said(N_("To")), slip.laboratory),
            (said(N_("Phone")), slip.laboratory_phone or NOT_MARKED),
            (said(N_("Our account there")), slip.account or NOT_MARKED),
            (said(N_("Opened")), manner.moment(slip.opened_at)),
            (said(N_("Patient")), slip.patient),
            (said(N_("Chart")), slip.chart),
            (said(N_("Prescribed by")), slip.provider),
            ("NPI", slip.npi or NOT_MARKED),
            *(((said(N_("Sex")), slip.sex),) if slip.sex else ()),
        )
    )
    if slip.remakes:
        flow.title(said(N_("Made again")))
        flow.facts(((said(N_("In the place of")), slip.remakes), (said(N_("Reason")), slip.remake_reason)))
    flow.title(said(N_("What is asked")))
    flow.facts(
        (
            (said(N_("Work")), slip.work),
            (said(N_("Where")), slip.where),
            (said(N_("Material")), slip.material),
            (said(N_("Shade")), slip.shade or NOT_MARKED),
            (said(N_("Made from")), slip.record),
            (said(N_("Try-ins so far")), str(slip.try_ins)),
        )
    )
    flow.title(said(N_("When")))
    flow.facts(
        (
            (said(N_("Back by")), manner.day(slip.back_by)),
            (said(N_("Seat visit")), manner.day(slip.seat_on)),
            (said(N_("Leaves us by")), manner.day(slip.send_by)),
        )
    )
    if slip.notes:
        flow.title(said(N_("Notes for the laboratory")))
        flow.words(slip.notes)
    if slip.said:
        flow.title(said(N_("What was said since")))
        for at, text in slip.said:
            flow.words(f"{manner.moment(at)}  {text}")
    flow.title(said(N_("Infection control")))
    flow.words(_clean(slip, manner))
    flow.sign((said(N_("Signature of who prescribes, licence number")), said(N_("Received at the laboratory, date"))))
    return flow.finished(said(N_("page %(page)s of %(pages)s")))


def _clean(slip: Slip, manner: Manner) -> str:
    said = manner.said
    if slip.disinfected_at is not None:
        parts = (manner.moment(slip.disinfected_at), slip.disinfected_by, slip.product)
        return f"{said(N_('Disinfected'))}: {', '.join(part for part in parts if part)}"
    if slip.needs_disinfection:
        return said(N_("NOT DISINFECTED. This must not leave."))
    return said(N_("Nothing that was in a mouth goes with it."))
