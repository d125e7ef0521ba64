"""A ProfessionalClaim out of the frames of loop 2300 and the loops around it. Places: docs/claim-map.md."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from billing.domain.claim import Act, Adjudication, Adjustment, Authority, Claim, Coverage, OtherCoverage
from billing.domain.professional import (
    CLAIM_DATE_ORDER,
    ClaimDate,
    Drug,
    Professional,
    ProfessionalAct,
    ProfessionalActLine,
    ProfessionalClaim,
)
from billing.x12.frame import Frame
from billing.x12.parties_from_x12 import (
    CannotHold,
    address_needed,
    colleague,
    contact,
    day,
    facility,
    money,
    name,
    need,
    npi,
    optional,
    other_number,
    payer,
    period,
    person,
    provider,
    required,
    taxonomy,
)
from billing.x12.syntax import COMPONENT, ELEMENT
from billing.x12.walk import Walk
from clinic.domain.code import CLIA, EIN, ICD9CM, ICD10CM, NDC, SSN, Code, Identifier, procedure
from clinic.domain.money import Money
from clinic.domain.party import BillingProvider, Payer
from clinic.domain.period import Period
from clinic.domain.person import Address, Person
from clinic.domain.quantity import Quantity


def _key(text: str) -> str:
    return text.replace("*", ELEMENT)


_DIAGNOSES = {"ABK": ICD10CM, "ABF": ICD10CM, "BK": ICD9CM, "BF": ICD9CM}
_DATES = tuple((code, _key(f"DTP*{code}")) for code in CLAIM_DATE_ORDER)
_F5, _D = _key("AMT*F5"), _key("AMT*D")
_F8, _G1, _9F, _X4, _6R, _Y4 = (_key(f"REF*{code}") for code in ("F8", "G1", "9F", "X4", "6R", "Y4"))
_DISABLED, _DISABLED_FROM = _key("DTP*314"), _key("DTP*360")
_ADMITTED, _DISCHARGED, _SERVED, _PAID = (_key(f"DTP*{code}") for code in ("435", "096", "472", "573"))
_ABK, _BK, _BG = _key("HI*ABK"), _key("HI*BK"), _key("HI*BG")
_NOTE = _key("NTE*ADD")
_IL, _QC, _BILLING = _key("NM1*IL"), _key("NM1*QC"), _key("NM1*85")


class Biller(NamedTuple):
    """2000A: who is paid, where to, in what currency."""

    billing: BillingProvider
    pay_to: Address | None
    currency: str


class Insured(NamedTuple):
    """2000B: the subscriber and the payer, as far as they are the same for all claims under it."""

    sbr: list[str]
    is_patient: bool
    subscriber: Person
    member_id: str
    payer: Payer
    provider_number: Identifier | None
    casualty: str | None


class Patient(NamedTuple):
    """2000C, or the subscriber who is the patient."""

    person: Person
    relationship: str
    casualty: str | None


def biller(walk: Walk, frame: Frame) -> Biller:
    """2000A as values."""
    inner = frame.first("2010AA")
    nm1 = need(inner, _BILLING, frame)
    assert inner is not None
    ein, ssn = inner.segments.get(_key("REF*EI")), inner.segments.get(_key("REF*SY"))
    tax = Identifier(EIN, required(ein, 2, inner)) if ein else Identifier(SSN, required(ssn or ["REF"], 2, inner))
    if ein and ssn:
        walk.spare_segment(inner, _key("REF*SY"))
    pay_to = frame.first("2010AB")
    currency = frame.segments.get("CUR")
    return Biller(
        BillingProvider(
            name=name(nm1, inner),
            address=address_needed(walk, inner),
            tax=tax,
            identifier=npi(nm1),
            taxonomy=taxonomy(frame.segments.get(_key("PRV*BI"))),
            contact=contact(walk, inner),
        ),
        address_needed(walk, pay_to) if pay_to else None,
        required(currency, 2, frame) if currency else "USD",
    )


def insured(walk: Walk, frame: Frame) -> Insured:
    """2000B as values."""
    sbr = need(frame, "SBR", frame)
    inner, payer_frame = frame.first("2010BA"), frame.first("2010BB")
    nm1 = need(inner, _IL, frame)
    assert inner is not None
    if payer_frame is None:
        raise CannotHold(frame, "NM1")
    if nm1[8:9] == ["II"]:
        walk.spare_segment(inner, _IL, "NM108")
    casualty = inner.segments.get(_Y4)
    return Insured(
        sbr,
        optional(sbr, 2) == "18",
        person(walk, inner, _IL),
        required(nm1, 9, inner),
        payer(walk, payer_frame),
        other_number(walk, payer_frame),
        optional(casualty, 2) if casualty else None,
    )


def patient(walk: Walk, frame: Frame) -> Patient:
    """2000C as values."""
    pat = need(frame, "PAT", frame)
    inner = frame.first("2010CA")
    need(inner, _QC, frame)
    assert inner is not None
    casualty = inner.segments.get(_Y4)
    return Patient(person(walk, inner, _QC), required(pat, 1, frame), optional(casualty, 2) if casualty else None)


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
    paid, replaces = segments.get(_F5), segments.get(_F8)
    is_self = covered.is_patient
    return Claim(
        kind="professional",
        number=required(clm, 1, frame),
        billing=who.billing,
        patient=whom.person,
        coverage=_coverage(frame, clm, covered, whom, is_self=is_self),
        acts=tuple(_act(walk, line, currency) for line in frame.children.get("2400", ())),
        part=_part(walk, frame, clm, place, whom.casualty),
        total=money(required(clm, 2, frame), currency, frame, "CLM02"),
        frequency=frequency,  # type: ignore[arg-type]  # one of the three, looked at above
        replaces=optional(replaces, 2) if replaces else None,
        authority=_authority(segments),
        pay_to=who.pay_to,
        other_coverages=tuple(_other_coverage(walk, other, currency, whom) for other in frame.children.get("2320", ())),
        patient_paid=money(required(paid, 2, frame), currency, frame, "AMT02") if paid else None,
    )


def _three(text: str, frame: Frame) -> list[str]:
    parts = text.split(COMPONENT)
    if len(parts) != 3:
        raise CannotHold(frame, "CLM05")
    return parts


def _rank(sbr: list[str], frame: Frame) -> str:
    rank = required(sbr, 1, frame)
    if rank not in ("P", "S", "T"):
        raise CannotHold(frame, "SBR01")
    return rank


def _filing(sbr: list[str], frame: Frame) -> str:
    found = optional(sbr, 9)
    if found is None:
        raise CannotHold(frame, "SBR09", "IK403-I9")
    return found


def _coverage(frame: Frame, clm: list[str], covered: Insured, whom: Patient, *, is_self: bool) -> Coverage:
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


def _authority(segments: dict[str, list[str]]) -> Authority | None:
    prior, referral, clia = segments.get(_G1), segments.get(_9F), segments.get(_X4)
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
    conditions = [*segments.get(_BG, ())[1:], *(code for key, more in frame.extra if key == _BG for code in more[1:])]
    children = frame.children
    rendering, referring, supervising, where = (
        children.get(loop, (None,))[0] for loop in ("2310B", "2310A", "2310D", "2310C")
    )
    return Professional(
        diagnoses=tuple(_diagnosis(code, frame) for code in diagnoses[1:]),
        place=place,
        rendering=provider(walk, rendering) if rendering else None,
        referring=colleague(walk, referring, "DN") if referring else None,
        supervising=colleague(walk, supervising, "DQ") if supervising else None,
        facility=facility(walk, where) if where else None,
        signed=required(clm, 6, frame),  # type: ignore[arg-type]  # the table's codes
        assignment=required(clm, 7, frame),  # type: ignore[arg-type]  # the table's codes
        accident=causes,  # type: ignore[arg-type]  # the table's codes
        accident_state=state,
        dates=tuple(
            ClaimDate(code, day(required(segments[key], 3, frame), frame, "DTP03"))  # type: ignore[arg-type]  # from the list of them
            for code, key in _DATES
            if key in segments
        ),
        unable_to_work=_unable(walk, frame),
        hospital=_hospital(walk, frame),
        condition_codes=tuple(code.partition(COMPONENT)[2] for code in conditions),
        casualty_claim=casualty,
        note=optional(note, 2) if note else None,
    )


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


def _other_coverage(walk: Walk, frame: Frame, currency: str, whom: Patient) -> OtherCoverage:
    sbr, oi = need(frame, "SBR", frame), need(frame, "OI", frame)
    who, payer_frame = frame.first("2330A"), frame.first("2330B")
    nm1 = need(who, _IL, frame)
    assert who is not None
    if payer_frame is None:
        raise CannotHold(frame, "NM1")
    if nm1[8:9] == ["II"]:
        walk.spare_segment(who, _IL, "NM108")
    relationship = required(sbr, 2, frame)
    subscriber = name(nm1, who)
    if relationship == "18":
        if subscriber != whom.person.name:
            walk.spare_segment(who, _IL)
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
    paid, decided = frame.segments.get(_D), payer_frame.segments.get(_PAID)
    groups = [frame.segments["CAS"]] if "CAS" in frame.segments else []
    groups += [elements for key, elements in frame.extra if key == "CAS"]
    if paid is None:
        # Without a paid amount there is no answer that a claim could hold.
        for elements in groups:
            walk.spare(frame.number("CAS"), frame, ELEMENT.join(elements))
        if decided:
            walk.spare_segment(payer_frame, _PAID)
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
    value = _decimal(text) if text else None
    return int(value) if value is not None and value == value.to_integral_value() else None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _quantity(text: str, unit: str, frame: Frame, element: str) -> Quantity:
    value = _decimal(text)
    if value is None or not value.is_finite():
        raise CannotHold(frame, element)
    return Quantity(value, unit)


def _act(walk: Walk, frame: Frame, currency: str) -> ProfessionalActLine:
    segments = frame.segments
    sv1, served = need(frame, "SV1", frame), need(frame, _SERVED, frame)
    if len(sv1) < 8:
        raise CannotHold(frame, "SV107")
    _, procedures, charge, unit, quantity, place, _, pointers, *others = sv1
    service = procedures.split(COMPONENT)
    if service[0] != "HC" or len(service) < 2:
        raise CannotHold(frame, "SV101-1")
    number = segments.get(_6R)
    children = frame.children
    rendering = children.get("2420A")
    try:
        pointed = tuple([int(pointer) for pointer in pointers.split(COMPONENT) if pointer])
    except ValueError:
        raise CannotHold(frame, "SV107") from None
    return Act(
        number=required(number, 2, frame) if number else required(need(frame, "LX", frame), 1, frame),
        code=procedure(service[1]),
        service=period(served, frame),
        quantity=_quantity(quantity, unit, frame, "SV104"),
        charge=money(charge, currency, frame, "SV102"),
        part=ProfessionalAct(
            pointers=pointed,
            modifiers=tuple([modifier for modifier in service[2:6] if modifier]),
            place=place or None,
            description=service[6] or None if len(service) > 6 else None,
            emergency=others[1:2] == ["Y"],
            epsdt=others[3:4] == ["Y"],
            rendering=provider(walk, rendering[0]) if rendering else None,
            drug=_drug(walk, frame) if children else None,
        ),
    )


def _drug(walk: Walk, frame: Frame) -> Drug | None:
    inner = frame.first("2410")
    if inner is None:
        return None
    lin, ctp = need(inner, "LIN", frame), inner.segments.get("CTP")
    if optional(lin, 2) != "N4" or ctp is None:
        for key in ("LIN", "CTP"):
            if key in inner.segments:
                walk.spare_segment(inner, key)
        return None
    unit = required(ctp, 5, inner).split(COMPONENT)[0]
    return Drug(Code(NDC, required(lin, 3, inner)), _quantity(required(ctp, 4, inner), unit, inner, "CTP04"))
