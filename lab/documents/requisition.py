"""The requisition of an order for one laboratory: what 42 CFR 493.1241(c) asks for, on sheets of our own.

Who asks and where to reach them, the patient's name or number, sex and birth, the tests, the source, when it was
collected, for a Pap test what was asked about it, and whatever else the laboratory needs to report.
"""

from __future__ import annotations

from datetime import date, datetime

from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.documents.flow import Cell, Flow, Laid
from lab.documents.manifest import NOT_MARKED, Manner
from lab.documents.sited import Sited
from lab.documents.sited import put as put_sites


class Wanted(Value, frozen=True, kw_only=True):
    """One test that is asked for."""

    name: str
    specimen: str
    """In plain words, and where on the body where that was told."""
    container: str
    """Its number, empty while none was planned."""
    diagnoses: tuple[str, ...]
    collected_at: datetime | None
    answers: tuple[tuple[str, str], ...] = ()
    """What was asked when it was ordered, and the answer."""
    reason: str | None = None


class Requested(Value, frozen=True, kw_only=True):
    """Everything a requisition says, as values."""

    number: str
    practice: str
    sender: tuple[str, ...]
    phone: str
    provider: str
    npi: str
    laboratory: str
    clia: str
    account: str
    patient: str
    chart: str
    birth: date | None
    sex: str
    address: str
    patient_phone: str
    ordered_on: date
    priority: str
    """A message id."""
    fasting: str
    bill_to: str
    """The payer, or the practice."""
    member: str
    group: str
    package: str
    tests: tuple[Wanted, ...]
    sited: tuple[Sited, ...] = ()
    """Specimens from the mouth."""


def compose(asked: Requested, manner: Manner) -> Laid:
    """The sheets of one order."""
    said = manner.said
    flow = Flow(f"{said(N_('Requisition'))}  {asked.number}  {asked.patient}  {manner.day(asked.birth)}")
    flow.head(said(N_("Laboratory requisition")), (asked.practice, *asked.sender, asked.phone), asked.number)
    flow.facts(
        (
            (said(N_("To")), asked.laboratory),
            ("CLIA", asked.clia or NOT_MARKED),
            (said(N_("Our account there")), asked.account or NOT_MARKED),
            (said(N_("Package")), asked.package or NOT_MARKED),
        )
    )
    flow.title(said(N_("Patient")))
    flow.facts(
        (
            (said(N_("Name")), asked.patient),
            (said(N_("Chart")), asked.chart),
            (said(N_("Born")), manner.day(asked.birth)),
            (said(N_("Sex")), asked.sex),
            (said(N_("Address")), asked.address),
            (said(N_("Phone")), asked.patient_phone or NOT_MARKED),
        )
    )
    flow.title(said(N_("Ordered by")))
    flow.facts(
        (
            (said(N_("Provider")), asked.provider),
            ("NPI", asked.npi or NOT_MARKED),
            (said(N_("Ordered on")), manner.day(asked.ordered_on)),
            (said(N_("Priority")), said(asked.priority)),
            (said(N_("Call critical values")), asked.phone),
            (said(N_("Fasting")), asked.fasting or NOT_MARKED),
        )
    )
    flow.title(said(N_("Bill to")))
    flow.facts(
        (
            (said(N_("Whom")), asked.bill_to),
            (said(N_("Member number")), asked.member or NOT_MARKED),
            *(((said(N_("Group")), asked.group),) if asked.group else ()),
        )
    )
    flow.title(said(N_("Tests")))
    flow.table(
        (
            said(N_("Test")),
            said(N_("Specimen and source")),
            said(N_("Container")),
            said(N_("Collected")),
            said(N_("Diagnoses")),
        ),
        (30, 28, 16, 16, 14),
        [_row(test, manner) for test in asked.tests],
    )
    asks = [(test.name, pair) for test in asked.tests for pair in test.answers]
    if asks:
        flow.title(said(N_("Asked with the order")))
        flow.table(
            (said(N_("Test")), said(N_("Question")), said(N_("Answer"))),
            (26, 46, 28),
            [(Cell(name), Cell(question), Cell(answer)) for name, (question, answer) in asks],
        )
    reasons = dict.fromkeys(test.reason for test in asked.tests if test.reason)
    if reasons:
        flow.title(said(N_("Reason")))
        flow.words("; ".join(reasons))
    if asked.sited:
        put_sites(flow, asked.sited, manner)
    flow.sign((said(N_("Signature of who ordered, if asked for")), said(N_("Collected by, initials"))))
    return flow.finished(said(N_("page %(page)s of %(pages)s")))


def _row(test: Wanted, manner: Manner) -> tuple[Cell, ...]:
    return (
        Cell(test.name),
        Cell(test.specimen),
        Cell(test.container),
        Cell(manner.moment(test.collected_at)),
        Cell("\n".join(test.diagnoses)),
    )
