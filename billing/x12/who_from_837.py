"""Who is paid, who is insured, who was ill: loops 2000A, 2000B and 2000C of an 837 as values."""

from __future__ import annotations

from typing import NamedTuple

from billing.x12.frame import Frame
from billing.x12.parties_from_x12 import (
    CannotHold,
    address_needed,
    contact,
    keyed,
    name,
    need,
    npi,
    optional,
    other_number,
    payer,
    person,
    required,
    taxonomy,
)
from billing.x12.walk import Walk
from clinic.domain.code import EIN, SSN, Identifier
from clinic.domain.party import BillingProvider, Payer
from clinic.domain.person import Address, Person

_BILLING, _IL, _QC = (keyed(f"NM1*{code}") for code in ("85", "IL", "QC"))
_EIN, _SSN, _CASUALTY = (keyed(f"REF*{code}") for code in ("EI", "SY", "Y4"))
_TAXONOMY = keyed("PRV*BI")


class Biller(NamedTuple):
    """2000A: who is paid, where to, in what currency."""

    billing: BillingProvider
    pay_to: Address | None
    currency: str


class Insured(NamedTuple):
    """2000B: the subscriber and the payer, as far as they are the same for all claims under it."""

    sbr: list[str]
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
    ein, ssn = inner.segments.get(_EIN), inner.segments.get(_SSN)
    tax = Identifier(EIN, required(ein, 2, inner)) if ein else Identifier(SSN, required(ssn or ["REF"], 2, inner))
    if ein and ssn:
        walk.spare_segment(inner, _SSN)
    pay_to = frame.first("2010AB")
    currency = frame.segments.get("CUR")
    return Biller(
        BillingProvider(
            name=name(nm1, inner),
            address=address_needed(walk, inner),
            tax=tax,
            identifier=npi(nm1),
            taxonomy=taxonomy(frame.segments.get(_TAXONOMY)),
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
    casualty = inner.segments.get(_CASUALTY)
    return Insured(
        sbr,
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
    casualty = inner.segments.get(_CASUALTY)
    return Patient(person(walk, inner, _QC), required(pat, 1, frame), optional(casualty, 2) if casualty else None)
