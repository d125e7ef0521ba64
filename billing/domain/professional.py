"""What only a professional claim knows (X12 837P 005010X222A1, CMS-1500 02/12)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from billing.domain.claim import Act, Claim
from clinic.domain.code import Code
from clinic.domain.party import Colleague, Facility, Provider
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.value import Value

AccidentCause = Literal["AA", "EM", "OA"]
"""X12 CLM11: auto accident, employment, other accident."""

MAX_DIAGNOSES = 12
MAX_POINTERS = 4
MAX_MODIFIERS = 4
MAX_ACTS = 50


class ClaimDate(Value, frozen=True, order=True):
    """A dated fact of the illness. ``qualifier`` is the X12 DTP01 that the CMS-1500 prints too.

    Box 14: 431 onset, 484 last menstrual period. Box 15: 439 accident, 454 first treatment, 304 last visit,
    453 acute manifestation, 455 last x-ray, 471 prescription, 090 and 091 care assumed and relinquished,
    444 first contact.
    """

    qualifier: Literal["431", "484", "439", "454", "304", "453", "455", "471", "090", "091", "444"]
    on: date


class Professional(Value, frozen=True, kw_only=True):
    """The claim-level part of a professional claim."""

    diagnoses: tuple[Code, ...]
    """Most important first; pointers count from 1 (box 21 A to L, X12 HI)."""
    place: str
    """Place of service code (CLM05-1, box 24B where the line has none)."""
    rendering: Provider | None = None
    """Who did it, where that is not the billing provider (2310B, box 24J)."""
    referring: Colleague | None = None
    """2310A NM1*DN, box 17."""
    supervising: Colleague | None = None
    """2310D NM1*DQ, box 17 where nobody referred."""
    facility: Facility | None = None
    """Where it was done, if not at the billing address (2310C NM1*77, box 32)."""
    signed: Literal["Y", "N"]
    """Provider's signature on file (CLM06, box 31)."""
    assignment: Literal["A", "B", "C"]
    """CLM07: accepts assignment, only for laboratory services, does not (box 27)."""
    accident: tuple[AccidentCause, ...] = ()
    """CLM11, boxes 10a to 10c; the accident's date is the ``ClaimDate`` 439."""
    accident_state: str | None = None
    dates: tuple[ClaimDate, ...] = ()
    """At most one of each qualifier, in the order of ``CLAIM_DATE_ORDER``."""
    unable_to_work: Period | None = None
    """DTP*314, or 360 and no end; box 16."""
    hospital: Period | None = None
    """DTP*435 admitted, 096 discharged; box 18."""
    condition_codes: tuple[str, ...] = ()
    """HI*BG, box 10d."""
    casualty_claim: str | None = None
    """REF*Y4, the property and casualty number, box 11b."""
    note: str | None = None
    """NTE*ADD, box 19."""


class Drug(Value, frozen=True):
    """A drug given (2410 LIN and CTP; the shaded half of line 24). NDC of eleven digits, no hyphens."""

    ndc: Code
    quantity: Quantity
    """Unit F2, GR, ME, ML or UN."""


class ProfessionalAct(Value, frozen=True, kw_only=True):
    """The line-level part of a professional claim."""

    pointers: tuple[int, ...]
    """1-based positions in ``Professional.diagnoses``, most important first (SV107, box 24E)."""
    modifiers: tuple[str, ...] = ()
    place: str | None = None
    """Only where it differs from the claim's (SV105)."""
    description: str | None = None
    """For codes that say nothing by themselves (SV101-7, shaded 24)."""
    emergency: bool = False
    """SV109, box 24C."""
    epsdt: bool = False
    """SV111, box 24H."""
    rendering: Provider | None = None
    """Only where it differs from the claim's (2420A, box 24J)."""
    drug: Drug | None = None


CLAIM_DATE_ORDER: tuple[str, ...] = ("431", "484", "304", "453", "439", "455", "471", "090", "091", "444", "454")
"""The order in which ``Professional.dates`` are kept, so that equal facts are equal values."""

ProfessionalClaim = Claim[Professional, ProfessionalAct]
ProfessionalActLine = Act[ProfessionalAct]
