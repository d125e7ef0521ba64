"""The other payers of a claim and their answers: 2320 with 2330A and 2330B."""

from __future__ import annotations

from billing.domain.claim import Adjudication, OtherCoverage
from billing.x12.compiled import Grammar
from billing.x12.parties_837 import Party, put_payer
from billing.x12.parties_to_x12 import amount, day, line, nm1
from billing.x12.writer import Sheet
from clinic.domain.person import PersonName
from clinic.domain.words import N_

_MAX_ADJUSTMENTS = 5
"""CAS segments in one 2320."""


class OtherPayers:
    """Loop 2320 of a guide."""

    def __init__(self, grammar: Grammar) -> None:
        self._insured = Party(grammar, "2330A", "IL")
        self._payer = Party(grammar, "2330B", "PR", address=True)
        self._sbr, self._cas, self._paid, self._oi = (
            grammar.rule("2320", key) for key in ("SBR", "CAS", "AMT*D", "OI")
        )
        self._decided = grammar.rule("2330B", "DTP*573")

    def put(self, sheet: Sheet, other: OtherCoverage, patient: PersonName) -> None:
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
        sheet.put(
            self._sbr,
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
            self._put_adjustments(sheet, answer)
            sheet.put(self._paid, line("AMT", "D", amount(answer.paid.cents)))
        sheet.put(self._oi, line("OI", "", "", other.assigns_benefits, "", "", other.release))
        sheet.put(self._insured.nm1, nm1("IL", other.subscriber or patient, "MI", other.member_id))
        put_payer(sheet, self._payer, other.payer)
        if answer is not None and answer.decided is not None:
            sheet.put(self._decided, line("DTP", "573", "D8", day(answer.decided)))

    def _put_adjustments(self, sheet: Sheet, answer: Adjudication) -> None:
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
            sheet.put(self._cas, line("CAS", *row))
