"""An earlier payer's answer to a claim, as a contained ClaimResponse (docs/claim-map.md, adjudication)."""

from __future__ import annotations

from typing import Final

from billing.domain.claim import Adjudication, Adjustment, AdjustmentGroup
from clinic.domain.words import N_
from clinic.fhir.elements import (
    Json,
    present,
    read_extension,
    read_money,
    write_concept,
    write_extension,
    write_money,
)
from clinic.fhir.node import Node
from clinic.fhir.systems import CODE_PREFIX

ADJUSTMENT: Final = CODE_PREFIX + "adjustment-"
_PAYMENT_TYPE = "http://terminology.hl7.org/CodeSystem/ex-paymenttype"
_GROUPS: dict[str, AdjustmentGroup] = {"co": "CO", "cr": "CR", "oa": "OA", "pi": "PI", "pr": "PR"}


def write_answer(answer: Adjudication, insurer: Json, context: Json) -> Json:
    """The ClaimResponse; ``context`` is what it repeats of the claim: type, use, patient, created."""
    decided = answer.decided.isoformat() if answer.decided else None
    return present(
        resourceType="ClaimResponse",
        status="active",
        **{**context, "created": decided or context["created"]},
        insurer=insurer,
        outcome="complete",
        total=[_write_adjustment(adjustment) for adjustment in answer.adjustments],
        payment=present(type=write_concept(_PAYMENT_TYPE, "complete"), date=decided, amount=write_money(answer.paid)),
    )


def _write_adjustment(adjustment: Adjustment) -> Json:
    units = adjustment.quantity
    return present(
        extension=[write_extension("units", "valueInteger", units)] if units is not None else [],
        category=write_concept(ADJUSTMENT + adjustment.group.lower(), adjustment.reason),
        amount=write_money(adjustment.amount),
    )


def read_answer(response: Node) -> Adjudication:
    """The answer that a ClaimResponse gives to the claim as a whole; totals that are not adjustments are left out.

    Raises:
        Refused: it says no payment, or an adjustment of an unknown group.
    """
    payment = response.need("payment")
    decided = payment.get("date")
    found = [_read_adjustment(total) for total in response.each("total")]
    return Adjudication(
        paid=read_money(payment.need("amount")),
        decided=decided.day() if decided else None,
        adjustments=tuple(adjustment for adjustment in found if adjustment),
    )


def _read_adjustment(total: Node) -> Adjustment | None:
    for coding in total.need("category").each("coding"):
        system = coding.text_at("system") or ""
        if not system.startswith(ADJUSTMENT):
            continue
        group = _GROUPS.get(system.removeprefix(ADJUSTMENT))
        if group is None:
            raise coding.refused(N_("This is not an adjustment group (CO, CR, OA, PI, PR)."))
        units = read_extension(total, "units", "valueInteger")
        return Adjustment(
            group=group,
            reason=coding.need("code").text(),
            amount=read_money(total.need("amount")),
            quantity=units.integer() if units else None,
        )
    return None
