"""A DentalClaim as segments: 2300 and all under it. Places: docs/claim-map.md."""

from __future__ import annotations

from billing.domain.dental import CLAIM_DAYS, DentalClaim
from billing.x12.claim_to_837 import clm, diagnosis_line
from billing.x12.coverage_to_837 import OtherPayers
from billing.x12.line_to_837d import put_act
from billing.x12.parties_837 import Party, put_colleague, put_facility, put_provider
from billing.x12.parties_to_x12 import amount, day, dtp, line
from billing.x12.read_837d import GRAMMAR
from billing.x12.sendable_837 import look_across
from billing.x12.sendable_837d import look_dental
from billing.x12.writer import Sheet

_rule = GRAMMAR.rule
_REFERRING = Party(GRAMMAR, "2310A", "DN", numbers=True)
_RENDERING = Party(GRAMMAR, "2310B", "82", numbers=True, role="PE")
_FACILITY = Party(GRAMMAR, "2310C", "77", numbers=True, address=True)
_ASSISTANT = Party(GRAMMAR, "2310D", "DD", numbers=True, role="AS")
_SUPERVISING = Party(GRAMMAR, "2310E", "DQ", numbers=True)
_OTHERS = OtherPayers(GRAMMAR)
_CLM, _DN1, _DN2, _PWK, _PATIENT_PAID, _NOTE, _HI = (
    _rule("2300", key) for key in ("CLM", "DN1", "DN2", "PWK", "AMT*F5", "NTE*ADD", "HI*ABK")
)
_DATES = {code: _rule("2300", f"DTP*{code}") for code in (*CLAIM_DAYS, "472")}
_REFS = {code: _rule("2300", f"REF*{code}") for code in ("G3", "F8", "9F", "G1")}
_PREDETERMINATION = "PB"
_TREATED = "Y"
"""DN104, where treatment is orthodontic and no months are known."""


def put_claim(sheet: Sheet, claim: DentalClaim) -> None:
    """2300 and all under it."""
    look_across(sheet, claim)
    look_dental(sheet, claim)
    part = claim.part
    sheet.put(_CLM, clm(claim, _PREDETERMINATION if part.predetermination else None))
    for each in part.dates:
        sheet.put(_DATES[each.qualifier], line("DTP", each.qualifier, "D8", day(each.on)))
    if not part.predetermination:
        sheet.put(_DATES["472"], dtp("472", claim.acts[0].service))
    _put_mouth(sheet, claim)
    for attachment in part.attachments:
        numbered = ("AC", attachment.control) if attachment.control is not None else ()
        sheet.put(_PWK, line("PWK", attachment.report, attachment.sent, "", "", *numbered))
    if claim.patient_paid is not None:
        sheet.put(_PATIENT_PAID, line("AMT", "F5", amount(claim.patient_paid.cents)))
    _put_numbers(sheet, claim)
    for note in part.notes:
        sheet.put(_NOTE, line("NTE", "ADD", note))
    if part.diagnoses:
        sheet.put(_HI, diagnosis_line(part.diagnoses))
    _put_parties(sheet, claim)
    for other in claim.other_coverages:
        _OTHERS.put(sheet, other, claim.patient.name)
    for at, act in enumerate(claim.acts, 1):
        put_act(sheet, at, act, claim)


def _put_mouth(sheet: Sheet, claim: DentalClaim) -> None:
    braces = claim.part.orthodontics
    if braces is not None:
        months = [None if each is None else str(each) for each in (braces.total_months, braces.remaining_months)]
        sheet.put(_DN1, line("DN1", *months) if any(months) else line("DN1", "", "", "", _TREATED))
    for each in claim.part.missing:
        sheet.put(_DN2, line("DN2", each.tooth, each.status, "", "", "", "JP"))


def _put_numbers(sheet: Sheet, claim: DentalClaim) -> None:
    authority = claim.authority
    numbers = {
        "G3": claim.part.predetermination_number,
        "F8": claim.replaces,
        "9F": authority.referral if authority else None,
        "G1": authority.prior_authorization if authority else None,
    }
    for code, number in numbers.items():
        if number is not None:
            sheet.put(_REFS[code], line("REF", code, number))


def _put_parties(sheet: Sheet, claim: DentalClaim) -> None:
    part = claim.part
    if part.referring is not None:
        put_colleague(sheet, _REFERRING, part.referring)
    if part.rendering is not None:
        put_provider(sheet, _RENDERING, part.rendering)
    if part.facility is not None:
        put_facility(sheet, _FACILITY, part.facility)
    if part.assistant is not None:
        put_provider(sheet, _ASSISTANT, part.assistant)
    if part.supervising is not None:
        put_colleague(sheet, _SUPERVISING, part.supervising)
