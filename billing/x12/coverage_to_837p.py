"""The other payers of a claim and their answers: 2320 with 2330A and 2330B."""

from __future__ import annotations

from billing.domain.claim import Adjudication, OtherCoverage
from billing.domain.professional import ProfessionalClaim
from billing.x12.parties_837p import Party, put_payer
from billing.x12.parties_to_x12 import amount, day, line, nm1
from billing.x12.read_837p import GRAMMAR
from billing.x12.writer import Sheet
from clinic.domain.words import N_

_rule = GRAMMAR.rule
_INSURED = Party("2330A", "IL")
_PAYER = Party("2330B", "PR", address=True)
_SBR, _CAS, _PAID, _OI = (_rule("2320", key) for key in ("SBR", "CAS", "AMT*D", "OI"))
_DECIDED = _rule("2330B", "DTP*573")
_MAX_ADJUSTMENTS = 5
"""CAS segments in one 2320."""


def put_other_coverage(sheet: Sheet, other: OtherCoverage, claim: ProfessionalClaim) -> None:
    """One other payer.

    Raises:
        Refused: it cannot be written.
    """
    is_self = other.relationship == "18"
    if is_self == (other.subscriber is not None):
        sheet.stop(
            "2330A NM103",
            N_("Another payer's subscriber must be named where it is not the patient, and only then."),
            N_("Correct the subscriber or the relationship."),
        )
    subscriber = claim.patient.name if other.subscriber is None else other.subscriber
    sheet.put(
        _SBR,
        line(
            "SBR",
            other.rank,
            other.relationship,
            other.group_number,
            other.plan_name,
            other.insurance_type,
            "",
            "",
            "",
            other.filing,
        ),
    )
    answer = other.adjudication
    if answer is not None:
        _put_adjustments(sheet, answer)
        sheet.put(_PAID, line("AMT", "D", amount(answer.paid.cents)))
    sheet.put(_OI, line("OI", "", "", other.assigns_benefits, "", "", other.release))
    sheet.put(_INSURED.nm1, nm1("IL", subscriber, "MI", other.member_id))
    put_payer(sheet, _PAYER, other.payer)
    if answer is not None and answer.decided is not None:
        sheet.put(_DECIDED, line("DTP", "573", "D8", day(answer.decided)))


def _put_adjustments(sheet: Sheet, answer: Adjudication) -> None:
    """CAS: neighbours of one group share a segment, six to each, in order."""
    rows: list[list[str]] = []
    for each in answer.adjustments:
        if not rows or rows[-1][0] != each.group or len(rows[-1]) > 18:
            rows.append([each.group])
        units = "" if each.quantity is None else str(each.quantity)
        rows[-1] += [each.reason, amount(each.amount.cents), units]
    if len(rows) > _MAX_ADJUSTMENTS:
        sheet.stop(
            "2320 CAS01",
            N_("The earlier payer's adjustments need %(count)s CAS segments; the file takes %(most)s."),
            N_("Put adjustments of one group next to each other."),
            count=len(rows),
            most=_MAX_ADJUSTMENTS,
        )
    for row in rows:
        sheet.put(_CAS, line("CAS", *row))
