"""A ProfessionalClaim as segments: 2300 and all under it. Places: docs/claim-map.md."""

from __future__ import annotations

from billing.domain.professional import CLAIM_DATE_ORDER, ProfessionalClaim
from billing.x12.claim_to_837 import clm, diagnosis_line
from billing.x12.coverage_to_837 import OtherPayers
from billing.x12.line_to_837p import put_act
from billing.x12.parties_837 import Party, put_colleague, put_facility, put_provider
from billing.x12.parties_to_x12 import amount, day, dtp, line
from billing.x12.read_837p import GRAMMAR
from billing.x12.sendable_837 import look_across
from billing.x12.sendable_837p import MAX_CONDITIONS, look_professional
from billing.x12.writer import Sheet, joined
from clinic.domain.code import CLIA
from clinic.domain.words import N_

_rule = GRAMMAR.rule
_REFERRING = Party(GRAMMAR, "2310A", "DN", numbers=True)
_RENDERING = Party(GRAMMAR, "2310B", "82", numbers=True, role="PE")
_FACILITY = Party(GRAMMAR, "2310C", "77", numbers=True, address=True)
_SUPERVISING = Party(GRAMMAR, "2310D", "DQ", numbers=True)
_OTHERS = OtherPayers(GRAMMAR)
_CLM, _PATIENT_PAID, _NOTE = _rule("2300", "CLM"), _rule("2300", "AMT*F5"), _rule("2300", "NTE*ADD")
_DATES = {code: _rule("2300", f"DTP*{code}") for code in (*CLAIM_DATE_ORDER, "314", "360", "435", "096")}
_REFS = {code: _rule("2300", f"REF*{code}") for code in ("9F", "G1", "F8", "X4")}
_HI, _CONDITIONS = _rule("2300", "HI*ABK"), _rule("2300", "HI*BG")


def put_claim(sheet: Sheet, claim: ProfessionalClaim) -> None:
    """2300 and all under it."""
    look_across(sheet, claim)
    look_professional(sheet, claim)
    part = claim.part
    sheet.put(_CLM, clm(claim))
    _put_dates(sheet, claim)
    if claim.patient_paid is not None:
        sheet.put(_PATIENT_PAID, line("AMT", "F5", amount(claim.patient_paid.cents)))
    _put_numbers(sheet, claim)
    if part.note is not None:
        sheet.put(_NOTE, line("NTE", "ADD", part.note))
    sheet.put(_HI, diagnosis_line(part.diagnoses))
    conditions = part.condition_codes
    for at in range(0, len(conditions), MAX_CONDITIONS):
        sheet.put(_CONDITIONS, line("HI", *(joined("BG", code) for code in conditions[at : at + MAX_CONDITIONS])))
    if part.referring is not None:
        put_colleague(sheet, _REFERRING, part.referring)
    if part.rendering is not None:
        put_provider(sheet, _RENDERING, part.rendering)
    if part.facility is not None:
        put_facility(sheet, _FACILITY, part.facility)
    if part.supervising is not None:
        put_colleague(sheet, _SUPERVISING, part.supervising)
    for other in claim.other_coverages:
        _OTHERS.put(sheet, other, claim.patient.name)
    for at, act in enumerate(claim.acts, 1):
        put_act(sheet, at, act)


def _put_dates(sheet: Sheet, claim: ProfessionalClaim) -> None:
    part = claim.part
    for each in part.dates:
        sheet.put(_DATES[each.qualifier], line("DTP", each.qualifier, "D8", day(each.on)))
    if part.unable_to_work is not None:
        code = "360" if part.unable_to_work.end is None else "314"
        sheet.put(_DATES[code], dtp(code, part.unable_to_work))
    if part.hospital is not None:
        sheet.put(_DATES["435"], line("DTP", "435", "D8", day(part.hospital.start)))
        if part.hospital.end is not None:
            sheet.put(_DATES["096"], line("DTP", "096", "D8", day(part.hospital.end)))


def _put_numbers(sheet: Sheet, claim: ProfessionalClaim) -> None:
    authority = claim.authority
    if authority is not None:
        if authority.referral is not None:
            sheet.put(_REFS["9F"], line("REF", "9F", authority.referral))
        if authority.prior_authorization is not None:
            sheet.put(_REFS["G1"], line("REF", "G1", authority.prior_authorization))
    if claim.replaces is not None:
        sheet.put(_REFS["F8"], line("REF", "F8", claim.replaces))
    if authority is not None and authority.clia is not None:
        if authority.clia.system != CLIA:
            sheet.stop("2300 REF02", N_("The laboratory's certificate is not a CLIA number."), N_("Correct it."))
        sheet.put(_REFS["X4"], line("REF", "X4", authority.clia.value))
