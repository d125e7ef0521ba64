"""What the payer billed and the other payers promise, and how the others answered: 2000B SBR, 2320, 2330."""

from __future__ import annotations

from billing.domain.claim import Adjudication, Adjustment, Coverage, OtherCoverage
from billing.x12.frame import Frame
from billing.x12.parties_from_x12 import (
    CannotHold,
    day,
    decimal,
    keyed,
    money,
    name,
    need,
    optional,
    payer,
    required,
)
from billing.x12.syntax import ELEMENT
from billing.x12.walk import Walk
from billing.x12.who_from_837 import Insured, Patient
from clinic.domain.money import Money

_INSURED = keyed("NM1*IL")
_PAID = keyed("AMT*D")
_DECIDED = keyed("DTP*573")


def _rank(sbr: list[str], frame: Frame) -> str:
    rank = required(sbr, 1, frame)
    if rank not in ("P", "S", "T"):
        raise CannotHold(frame, "SBR01")
    return rank


def _filing(sbr: list[str], frame: Frame) -> str:
    found = optional(sbr, 9)
    if found is None:
        raise CannotHold(frame, "SBR09")
    return found


def coverage(frame: Frame, clm: list[str], covered: Insured, whom: Patient, *, is_self: bool) -> Coverage:
    """The payer billed: 2000B and 2010BB, with what CLM says of it.

    Raises:
        CannotHold: its rank is none of ours, or it has no kind of plan.
    """
    sbr = covered.sbr
    return Coverage(
        payer=covered.payer,
        member_id=covered.member_id,
        filing=_filing(sbr, frame),
        rank=_rank(sbr, frame),  # type: ignore[arg-type]  # one of the three, looked at there
        relationship=whom.relationship,
        subscriber=None if is_self else covered.subscriber,
        group_number=optional(sbr, 3),
        plan_name=optional(sbr, 4),
        insurance_type=optional(sbr, 5),
        assigns_benefits=required(clm, 8, frame),  # type: ignore[arg-type]  # the table's codes
        release=required(clm, 9, frame),  # type: ignore[arg-type]  # the table's codes
        provider_number=covered.provider_number,
    )


def other_coverage(walk: Walk, frame: Frame, currency: str, whom: Patient) -> OtherCoverage:
    """Another payer: 2320 with 2330A and 2330B.

    Raises:
        CannotHold: its rank is none of ours, or something is missing.
    """
    sbr, oi = need(frame, "SBR", frame), need(frame, "OI", frame)
    who, payer_frame = frame.first("2330A"), frame.first("2330B")
    nm1 = need(who, _INSURED, frame)
    assert who is not None
    if payer_frame is None:
        raise CannotHold(frame, "NM1")
    if nm1[8:9] == ["II"]:
        walk.spare_segment(who, _INSURED, "NM108")
    relationship = required(sbr, 2, frame)
    subscriber = name(nm1, who)
    if relationship == "18":
        if subscriber != whom.person.name:
            walk.spare_segment(who, _INSURED)
        subscriber = None  # type: ignore[assignment]  # the patient, named in the claim
    return OtherCoverage(
        payer=payer(walk, payer_frame),
        member_id=required(nm1, 9, who),
        filing=_filing(sbr, frame),
        rank=_rank(sbr, frame),  # type: ignore[arg-type]  # one of the three, looked at there
        relationship=relationship,
        subscriber=subscriber,
        group_number=optional(sbr, 3),
        plan_name=optional(sbr, 4),
        insurance_type=optional(sbr, 5),
        assigns_benefits=required(oi, 3, frame),  # type: ignore[arg-type]  # the table's codes
        release=required(oi, 6, frame),  # type: ignore[arg-type]  # the table's codes
        adjudication=_adjudication(walk, frame, payer_frame, currency),
    )


def _adjudication(walk: Walk, frame: Frame, payer_frame: Frame, currency: str) -> Adjudication | None:
    paid, decided = frame.segments.get(_PAID), payer_frame.segments.get(_DECIDED)
    groups = frame.all("CAS")
    if paid is None:
        # Without a paid amount there is no answer that a claim could hold.
        for elements in groups:
            walk.spare(frame.number("CAS"), frame, ELEMENT.join(elements))
        if decided:
            walk.spare_segment(payer_frame, _DECIDED)
        return None
    return Adjudication(
        money(required(paid, 2, frame), currency, frame, "AMT02"),
        day(required(decided, 3, payer_frame), payer_frame, "DTP03") if decided else None,
        tuple(adjustment for cas in groups for adjustment in _adjustments(walk, frame, cas, currency)),
    )


def _adjustments(walk: Walk, frame: Frame, cas: list[str], currency: str) -> list[Adjustment]:
    found = []
    for at in range(2, len(cas), 3):
        if not cas[at]:
            continue
        amount: Money = money(required(cas, at + 1, frame), currency, frame, f"CAS{at + 1:02d}")
        units = optional(cas, at + 2)
        number = int(units) if units and units.isdigit() else _whole(units)
        if units and number is None:
            walk.spare(frame.number("CAS"), frame, ELEMENT.join(cas), f"CAS{at + 2:02d}")
        found.append(Adjustment(required(cas, 1, frame), cas[at], amount, number))  # type: ignore[arg-type]  # the table's codes
    return found


def _whole(text: str | None) -> int | None:
    value = decimal(text) if text else None
    return int(value) if value is not None and value == value.to_integral_value() else None
