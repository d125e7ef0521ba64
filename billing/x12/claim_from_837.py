"""What claims of either kind say alike in loop 2300, out of its frame. Places: docs/claim-map.md."""

from __future__ import annotations

from typing import Any, NamedTuple

from billing.domain.claim import Authority, Claim
from billing.x12.coverage_from_837 import coverage, other_coverage
from billing.x12.frame import Frame
from billing.x12.parties_from_x12 import CannotHold, keyed, money, need, optional, required
from billing.x12.syntax import COMPONENT
from billing.x12.walk import Walk
from billing.x12.who_from_837 import Biller, Insured, Patient
from clinic.domain.code import CLIA, ICD9CM, ICD10CM, Code, Identifier

_DIAGNOSES = {"ABK": ICD10CM, "ABF": ICD10CM, "BK": ICD9CM, "BF": ICD9CM}
_PATIENT_PAID = keyed("AMT*F5")
_REPLACED, _PRIOR, _REFERRAL, _CLIA = (keyed(f"REF*{code}") for code in ("F8", "G1", "9F", "X4"))
_PRINCIPAL = (keyed("HI*ABK"), keyed("HI*BK"))


class Said(NamedTuple):
    """CLM, and what of it every kind takes apart."""

    clm: list[str]
    place: str
    frequency: str
    causes: tuple[str, ...]
    state: str | None


def said(frame: Frame) -> Said:
    """CLM taken apart.

    Raises:
        CannotHold: something a claim needs is missing or is said in a way it cannot hold.
    """
    clm = need(frame, "CLM", frame)
    parts = required(clm, 5, frame).split(COMPONENT)
    if len(parts) != 3:
        raise CannotHold(frame, "CLM05")
    if parts[2] not in ("1", "7", "8"):
        raise CannotHold(frame, "CLM05-3")
    causes: tuple[str, ...] = ()
    state = None
    if len(clm) > 11 and clm[11]:
        related = clm[11].split(COMPONENT)
        causes = tuple(cause for cause in related[:2] if cause)
        state = optional(related, 3)
    return Said(clm, parts[0], parts[2], causes, state)


def whole(
    kind: str,
    walk: Walk,
    frame: Frame,
    around: tuple[Biller, Insured, Patient],
    own: tuple[Said, Any, tuple[Any, ...]],
) -> Claim[Any, Any]:
    """The claim of one 2300: of its loops around, and of its CLM, part and acts.

    Raises:
        CannotHold: something a claim needs is missing or is said in a way it cannot hold.
    """
    (who, covered, whom), (told, part, acts) = around, own
    segments, currency = frame.segments, who.currency
    paid, replaces = segments.get(_PATIENT_PAID), segments.get(_REPLACED)
    return Claim(
        kind=kind,
        number=required(told.clm, 1, frame),
        billing=who.billing,
        patient=whom.person,
        coverage=coverage(frame, told.clm, covered, whom, is_self=whom.relationship == "18"),
        acts=acts,
        part=part,
        total=money(required(told.clm, 2, frame), currency, frame, "CLM02"),
        frequency=told.frequency,  # type: ignore[arg-type]  # one of the three, looked at there
        replaces=optional(replaces, 2) if replaces else None,
        authority=_authority(segments),
        pay_to=who.pay_to,
        other_coverages=tuple(
            [other_coverage(walk, other, currency, whom) for other in frame.children.get("2320", ())]
        ),
        patient_paid=money(required(paid, 2, frame), currency, frame, "AMT02") if paid else None,
    )


def _authority(segments: dict[str, list[str]]) -> Authority | None:
    prior, referral, clia = segments.get(_PRIOR), segments.get(_REFERRAL), segments.get(_CLIA)
    if not (prior or referral or clia):
        return None
    return Authority(
        optional(prior, 2) if prior else None,
        optional(referral, 2) if referral else None,
        Identifier(CLIA, clia[2]) if clia and len(clia) > 2 else None,
    )


def diagnoses(frame: Frame) -> tuple[Code, ...]:
    """The diagnoses of HI; none where there is none.

    Raises:
        CannotHold: one is under another qualifier, or empty.
    """
    for key in _PRINCIPAL:
        found = frame.segments.get(key)
        if found is not None:
            return tuple([_diagnosis(code, frame) for code in found[1:]])
    return ()


def _diagnosis(text: str, frame: Frame) -> Code:
    qualifier, _, code = text.partition(COMPONENT)
    system = _DIAGNOSES.get(qualifier)
    if system is None or not code:
        raise CannotHold(frame, "HI01")
    return Code(system, code)
