"""What a claim of either kind must keep that no single segment shows; the writing counterpart of ``situations_837``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from billing.domain.claim import Claim
from billing.domain.professional import MAX_ACTS
from billing.x12.writer import Sheet
from clinic.domain.money import Money
from clinic.domain.words import N_

AnyClaim = Claim[Any, Any]
"""Of a kind whose part says ``accident``, ``accident_state`` and ``dates`` with their qualifiers."""

_MAX_OTHER_COVERAGES = 10
_MAX_CAUSES = 2
"""CLM11 has places for two causes of an accident (the third component is not used)."""


def look_across(sheet: Sheet, claim: AnyClaim) -> None:
    """Looks at the claim as a whole.

    Raises:
        Refused: it would make a file that breaks a rule between segments.
    """
    _replacement(sheet, claim)
    if claim.part.accident or claim.part.accident_state is not None:
        _accident(sheet, claim)
    if len({each.qualifier for each in claim.part.dates}) < len(claim.part.dates):
        sheet.stop("2300 DTP01", N_("A date of the claim is given twice."), N_("Keep one of each kind."))
    lines, others = len(claim.acts), len(claim.other_coverages)
    if not lines:
        sheet.stop("2400 LX01", N_("The claim has no line."), N_("Add what was done."))
    if lines > MAX_ACTS:
        what = N_("The claim has %(count)s lines; the file takes %(most)s.")
        sheet.stop("2400 LX01", what, N_("Divide the claim."), count=lines, most=MAX_ACTS)
    if others > _MAX_OTHER_COVERAGES:
        what = N_("The claim has %(count)s other payers; the file takes %(most)s.")
        remedy = N_("Leave out those that will not pay.")
        sheet.stop("2320 SBR01", what, remedy, count=others, most=_MAX_OTHER_COVERAGES)
    currency = claim.total.currency
    if any(amount.currency != currency for amount in _amounts(claim)):
        sheet.stop("2000A CUR02", N_("The claim has amounts of several currencies."), N_("Convert them to one."))


def _replacement(sheet: Sheet, claim: AnyClaim) -> None:
    if claim.frequency == "1":
        if claim.replaces is not None:
            sheet.stop(
                "2300 REF02",
                N_("A first claim must not name an earlier one."),
                N_("Remove the payer's number, or set the frequency to 7 or 8."),
            )
    elif claim.replaces is None:
        sheet.stop(
            "2300 REF02",
            N_("A claim that replaces or voids another must name it."),
            N_("Enter the payer's number of the earlier claim."),
        )


def _accident(sheet: Sheet, claim: AnyClaim) -> None:
    causes, state = claim.part.accident, claim.part.accident_state
    if len(causes) > _MAX_CAUSES:
        sheet.stop(
            "2300 CLM11", N_("The file takes two causes of an accident at most."), N_("Keep the two that matter.")
        )
    if not causes:
        sheet.stop(
            "2300 CLM11-1",
            N_("There is a state of accident and no cause."),
            N_("Enter the cause, or remove the state."),
        )
    if "AA" in causes and state is None:
        sheet.stop("2300 CLM11-4", N_("An auto accident needs the state it happened in."), N_("Enter the state."))
    if ("AA" in causes or "OA" in causes) and not any(each.qualifier == "439" for each in claim.part.dates):
        sheet.stop("2300 DTP03", N_("An accident needs its date."), N_("Enter the date of the accident."))


def _amounts(claim: AnyClaim) -> Iterator[Money]:
    for act in claim.acts:
        yield act.charge
    if claim.patient_paid is not None:
        yield claim.patient_paid
    for other in claim.other_coverages:
        if other.adjudication is not None:
            yield other.adjudication.paid
            for adjustment in other.adjudication.adjustments:
                yield adjustment.amount
