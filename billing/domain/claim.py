"""The Claim: the middle of the house.

A frozen value: who acted, for whom, when, which acts, for how much, on what authority, in place of what.
It is the same for every kind of claim; what only one kind knows (diagnoses and pointers, teeth) lives in
``Claim.part`` and ``Act.part``, whose types are registered in ``billing.domain.kinds``.

Text stands in it as it leaves the house: capitals, ASCII, no leading or trailing blanks
(``billing.coding.wording`` makes it so), so that paper, file and resource can say the same letter by letter.
"""

from __future__ import annotations

from datetime import date
from typing import Generic, Literal, TypeVar

from clinic.domain.code import Code, Identifier
from clinic.domain.money import Money, total
from clinic.domain.party import BillingProvider, Payer
from clinic.domain.period import Period
from clinic.domain.person import Address, Name, Person
from clinic.domain.quantity import Quantity
from clinic.domain.value import Value

Frequency = Literal["1", "7", "8"]
"""Claim frequency code (X12 CLM05-3, CMS-1500 box 22): 1 original, 7 replacement, 8 void."""

Rank = Literal["P", "S", "T"]
"""In which order a payer answers (X12 SBR01): first, second, third."""

AdjustmentGroup = Literal["CO", "CR", "OA", "PI", "PR"]


class Authority(Value, frozen=True):
    """On whose word it was done: numbers that allow or certify it (CMS-1500 box 23)."""

    prior_authorization: str | None = None
    """X12 REF*G1."""
    referral: str | None = None
    """X12 REF*9F."""
    clia: Identifier | None = None
    """The laboratory's certificate, X12 REF*X4."""


class Adjustment(Value, frozen=True):
    """What a payer took off, and why (X12 CAS): group code, reason code, amount, and units where units were cut."""

    group: AdjustmentGroup
    reason: str
    amount: Money
    quantity: int | None = None


class Adjudication(Value, frozen=True):
    """How an earlier payer answered this claim as a whole (X12 2320 AMT*D, CAS; 2330B DTP*573)."""

    paid: Money
    decided: date | None = None
    adjustments: tuple[Adjustment, ...] = ()


class Coverage(Value, frozen=True, kw_only=True):
    """One payer's promise to one insured person, as far as the payer billed needs to know it."""

    payer: Payer
    member_id: str
    filing: str
    """Claim filing indicator (X12 SBR09): CI commercial, MB Medicare part B, MC Medicaid, BL, HM, 12, 13, WC, …"""
    rank: Rank
    relationship: str
    """Of the patient to the subscriber (X12 SBR02, PAT01): 18 self, 01 spouse, 19 child, G8 other, 20, 21, 39…"""
    subscriber: Person | None = None
    """None where the patient is the subscriber (``relationship`` 18)."""
    group_number: str | None = None
    plan_name: str | None = None
    insurance_type: str | None = None
    """Why Medicare is not primary (X12 SBR05): 12, 13, 14, 15, 16, 41, 42, 43, 47."""
    assigns_benefits: Literal["Y", "N", "W"]
    """Whether the insured lets the payer pay the provider (X12 CLM08, OI03; CMS-1500 box 13)."""
    release: Literal["Y", "I"]
    """Signed statement permitting release of data, or informed consent (X12 CLM09, OI06; CMS-1500 box 12)."""
    provider_number: Identifier | None = None
    """What this payer calls the billing provider (X12 2010BB REF*G2 or LU; CMS-1500 box 33b)."""


class OtherCoverage(Value, frozen=True, kw_only=True):
    """Another payer of the same patient, and its answer if it has given one (X12 2320)."""

    payer: Payer
    member_id: str
    filing: str
    rank: Rank
    relationship: str
    subscriber: Name | None = None
    """None where the patient is the subscriber. Birth date and sex are not carried (X12 2330A has no DMG)."""
    group_number: str | None = None
    plan_name: str | None = None
    insurance_type: str | None = None
    assigns_benefits: Literal["Y", "N", "W"]
    release: Literal["Y", "I"]
    adjudication: Adjudication | None = None


P = TypeVar("P")
A = TypeVar("A")


class Act(Value, Generic[A], frozen=True, kw_only=True):
    """One thing done, and its price. ``part`` is what only this kind of claim knows about it."""

    number: str
    """Line control number, unique in the claim; comes back on the remittance (X12 REF*6R)."""
    code: Code
    service: Period
    quantity: Quantity
    charge: Money
    part: A


class Claim(Value, Generic[P, A], frozen=True, kw_only=True):
    """A request to one payer to pay for acts done for one patient."""

    kind: str
    """Key into ``billing.domain.kinds``: professional, dental, …"""
    number: str
    """Patient control number, unique in the practice (X12 CLM01, CMS-1500 box 26)."""
    billing: BillingProvider
    """Who is to be paid."""
    patient: Person
    coverage: Coverage
    """The payer billed by this claim."""
    acts: tuple[Act[A], ...]
    part: P
    total: Money
    frequency: Frequency
    replaces: str | None = None
    """The payer's number of the claim that this one replaces or voids (X12 REF*F8, CMS-1500 box 22)."""
    authority: Authority | None = None
    pay_to: Address | None = None
    """Where the money goes if not to ``billing``'s address (X12 2010AB)."""
    other_coverages: tuple[OtherCoverage, ...] = ()
    patient_paid: Money | None = None
    """X12 AMT*F5, CMS-1500 box 29."""

    @property
    def service(self) -> Period:
        """From the first day to the last on which anything was done.

        Raises:
            ValueError: the claim has no act.
        """
        return Period(
            min(act.service.start for act in self.acts),
            max(act.service.last for act in self.acts),
        )

    def charged(self) -> Money:
        """What the acts add up to; ``total`` must say the same."""
        return total([act.charge for act in self.acts], self.total.currency)
