"""A ProfessionalClaim out of the frames of loop 2300 and the loops around it. Places: docs/claim-map.md."""

from __future__ import annotations

from billing.domain.claim import Authority, Claim
from billing.domain.professional import (
    CLAIM_DATE_ORDER,
    ClaimDate,
    Professional,
    ProfessionalClaim,
)
from billing.x12.coverage_from_837p import coverage, other_coverage
from billing.x12.frame import Frame
from billing.x12.line_from_837p import act
from billing.x12.parties_from_x12 import (
    CannotHold,
    colleague,
    day,
    facility,
    keyed,
    money,
    need,
    optional,
    period,
    provider,
    required,
)
from billing.x12.syntax import COMPONENT
from billing.x12.walk import Walk
from billing.x12.who_from_837p import Biller, Insured, Patient
from clinic.domain.code import CLIA, ICD9CM, ICD10CM, Code, Identifier
from clinic.domain.period import Period

_DIAGNOSES = {"ABK": ICD10CM, "ABF": ICD10CM, "BK": ICD9CM, "BF": ICD9CM}
_DATES = tuple((code, keyed(f"DTP*{code}")) for code in CLAIM_DATE_ORDER)
_PATIENT_PAID, _NOTE = keyed("AMT*F5"), keyed("NTE*ADD")
_REPLACED, _PRIOR, _REFERRAL, _CLIA = (keyed(f"REF*{code}") for code in ("F8", "G1", "9F", "X4"))
_DISABLED, _DISABLED_FROM, _ADMITTED, _DISCHARGED = (keyed(f"DTP*{code}") for code in ("314", "360", "435", "096"))
_ABK, _BK, _BG = keyed("HI*ABK"), keyed("HI*BK"), keyed("HI*BG")


def claim(walk: Walk, frame: Frame, who: Biller, covered: Insured, whom: Patient) -> ProfessionalClaim:
    """The claim of one 2300.

    Raises:
        CannotHold: something a claim needs is missing or is said in a way it cannot hold.
    """
    clm = need(frame, "CLM", frame)
    segments = frame.segments
    place, _, frequency = _three(required(clm, 5, frame), frame)
    if frequency not in ("1", "7", "8"):
        raise CannotHold(frame, "CLM05-3")
    currency = who.currency
    paid, replaces = segments.get(_PATIENT_PAID), segments.get(_REPLACED)
    is_self = whom.relationship == "18"
    return Claim(
        kind="professional",
        number=required(clm, 1, frame),
        billing=who.billing,
        patient=whom.person,
        coverage=coverage(frame, clm, covered, whom, is_self=is_self),
        acts=tuple([act(walk, line, currency) for line in frame.children.get("2400", ())]),
        part=_part(walk, frame, clm, place, whom.casualty),
        total=money(required(clm, 2, frame), currency, frame, "CLM02"),
        frequency=frequency,  # type: ignore[arg-type]  # one of the three, looked at above
        replaces=optional(replaces, 2) if replaces else None,
        authority=_authority(segments),
        pay_to=who.pay_to,
        other_coverages=tuple(
            [other_coverage(walk, other, currency, whom) for other in frame.children.get("2320", ())]
        ),
        patient_paid=money(required(paid, 2, frame), currency, frame, "AMT02") if paid else None,
    )


def _three(text: str, frame: Frame) -> list[str]:
    parts = text.split(COMPONENT)
    if len(parts) != 3:
        raise CannotHold(frame, "CLM05")
    return parts


def _authority(segments: dict[str, list[str]]) -> Authority | None:
    prior, referral, clia = segments.get(_PRIOR), segments.get(_REFERRAL), segments.get(_CLIA)
    if not (prior or referral or clia):
        return None
    return Authority(
        optional(prior, 2) if prior else None,
        optional(referral, 2) if referral else None,
        Identifier(CLIA, clia[2]) if clia and len(clia) > 2 else None,
    )


def _part(walk: Walk, frame: Frame, clm: list[str], place: str, casualty: str | None) -> Professional:
    segments = frame.segments
    causes: tuple[str, ...] = ()
    state = None
    if len(clm) > 11 and clm[11]:
        parts = clm[11].split(COMPONENT)
        causes = tuple(cause for cause in parts[:2] if cause)
        state = optional(parts, 3)
    diagnoses = segments.get(_ABK) or need(frame, _BK, frame)
    note = segments.get(_NOTE)
    first = frame.first
    rendering, referring, supervising, where = first("2310B"), first("2310A"), first("2310D"), first("2310C")
    dated = [key for key in segments if key.startswith("DTP")]
    return Professional(
        diagnoses=tuple([_diagnosis(code, frame) for code in diagnoses[1:]]),
        place=place,
        rendering=provider(walk, rendering) if rendering else None,
        referring=colleague(walk, referring, "DN") if referring else None,
        supervising=colleague(walk, supervising, "DQ") if supervising else None,
        facility=facility(walk, where) if where else None,
        signed=required(clm, 6, frame),  # type: ignore[arg-type]  # the table's codes
        assignment=required(clm, 7, frame),  # type: ignore[arg-type]  # the table's codes
        accident=causes,  # type: ignore[arg-type]  # the table's codes
        accident_state=state,
        dates=_dates(frame) if dated else (),
        unable_to_work=_unable(walk, frame) if dated else None,
        hospital=_hospital(walk, frame) if dated else None,
        condition_codes=_conditions(frame) if _BG in segments else (),
        casualty_claim=casualty,
        note=optional(note, 2) if note else None,
    )


def _dates(frame: Frame) -> tuple[ClaimDate, ...]:
    segments = frame.segments
    return tuple(
        ClaimDate(code, day(required(segments[key], 3, frame), frame, "DTP03"))  # type: ignore[arg-type]  # from the list of them
        for code, key in _DATES
        if key in segments
    )


def _conditions(frame: Frame) -> tuple[str, ...]:
    rows = [frame.segments[_BG], *(more for key, more in frame.extra if key == _BG)]
    return tuple(code.partition(COMPONENT)[2] for row in rows for code in row[1:])


def _diagnosis(text: str, frame: Frame) -> Code:
    qualifier, _, code = text.partition(COMPONENT)
    system = _DIAGNOSES.get(qualifier)
    if system is None or not code:
        raise CannotHold(frame, "HI01")
    return Code(system, code)


def _unable(walk: Walk, frame: Frame) -> Period | None:
    span, since = frame.segments.get(_DISABLED), frame.segments.get(_DISABLED_FROM)
    if span and since:
        walk.spare_segment(frame, _DISABLED_FROM)
    return period(span or since or [], frame) if span or since else None


def _hospital(walk: Walk, frame: Frame) -> Period | None:
    admitted, discharged = frame.segments.get(_ADMITTED), frame.segments.get(_DISCHARGED)
    if admitted is None:
        if discharged:
            walk.spare_segment(frame, _DISCHARGED)
        return None
    end = day(required(discharged, 3, frame), frame, "DTP03") if discharged else None
    return Period(day(required(admitted, 3, frame), frame, "DTP03"), end)
