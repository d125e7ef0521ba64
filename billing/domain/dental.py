"""What only a dental claim knows (X12 837D 005010X224A2, ADA J430D).

What it shares with a professional claim has the same name in both, so that one edit can look at either.

A **predetermination** asks what a payer would pay for work that is planned: nothing was done, so the file carries no
day of service. The core's ``Act.service`` of such a claim is the day it was asked: it is never written, and read back
as the day the file was made (BHT04; in FHIR ``created``), so that codes and policies are judged on the day of the
question. All acts of a predetermination have that one day.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from billing.domain.claim import Act, Claim
from billing.domain.professional import AccidentCause
from clinic.domain.code import Code
from clinic.domain.party import Colleague, Facility, Provider
from clinic.domain.value import Value

MAX_DIAGNOSES = 4
MAX_POINTERS = 4
MAX_MODIFIERS = 4
MAX_AREAS = 5
MAX_TEETH = 32
"""TOO segments of one line."""

MAX_MISSING = 35
"""DN2 segments of one claim."""

MAX_ATTACHMENTS = 10
MAX_NOTES = 5

ClaimDay = Literal["439", "452"]
ActDay = Literal["452", "446", "196", "198"]
Report = Literal["B4", "DA", "DG", "EB", "OZ", "P6", "RB", "RR"]
Way = Literal["AA", "BM", "EL", "EM", "FT", "FX"]
REPORTS: tuple[Report, ...] = get_args(Report)
WAYS: tuple[Way, ...] = get_args(Way)
CLAIM_DAYS: tuple[ClaimDay, ...] = ("439", "452")
ACT_DAYS: tuple[ActDay, ...] = ("452", "446", "196", "198")
"""The orders in which dates are kept, so that equal facts are equal values."""


class DentalDate(Value, frozen=True, order=True):
    """A dated fact of the claim by its X12 DTP01: 439 accident, 452 appliance placed."""

    qualifier: ClaimDay
    on: date


class DentalActDate(Value, frozen=True, order=True):
    """A dated fact of one act: 452 appliance placed, 446 replaced, 196 treatment begun, 198 completed."""

    qualifier: ActDay
    on: date


class MissingTooth(Value, frozen=True, order=True):
    """A tooth that is missing (M) or to be extracted (E): X12 DN2, ADA box 33."""

    tooth: str
    """Universal number, as claims write it; whether there is such a tooth an edit tells."""
    status: Literal["M", "E"]


class Orthodontics(Value, frozen=True):
    """Months of orthodontic treatment, all and those to come (X12 DN1, ADA boxes 40 to 42); both None: only that it is.

    When the appliance was placed is the ``DentalDate`` 452.
    """

    total_months: int | None = None
    remaining_months: int | None = None


class Attachment(Value, frozen=True):
    """Something beside the claim (X12 PWK, ADA box 39).

    ``report``: RB radiographs, P6 periodontal charts, DA dental models, B4 referral form, DG diagnostic report, EB the
    other payer's answer, OZ support data, RR radiology report. ``sent``: AA on request, BM mail, EL with the file,
    EM e-mail, FT file transfer, FX fax.
    """

    report: Report
    sent: Way
    control: str | None = None
    """The number that is on it; needed unless it is only sent on request."""


class Dental(Value, frozen=True, kw_only=True):
    """The claim-level part of a dental claim."""

    place: str
    """Place of service code (CLM05-1, box 38)."""
    signed: Literal["Y", "N"]
    """Provider's signature on file (CLM06, box 53)."""
    assignment: Literal["A", "B", "C"]
    """CLM07: accepts assignment, only for laboratory services, does not."""
    diagnoses: tuple[Code, ...] = ()
    """None to four, most important first (HI, box 34a)."""
    predetermination: bool = False
    """It asks what would be paid (CLM19 ``PB``, box 1)."""
    predetermination_number: str | None = None
    """What the payer called its answer to such a question (REF*G3, box 2)."""
    rendering: Provider | None = None
    """Who did it, where that is not the billing provider (2310B, boxes 54 to 58)."""
    assistant: Provider | None = None
    """Assistant surgeon (2310D NM1*DD)."""
    referring: Colleague | None = None
    """2310A NM1*DN."""
    supervising: Colleague | None = None
    """2310E NM1*DQ."""
    facility: Facility | None = None
    """Where it was done, if not at the billing address (2310C NM1*77, box 56)."""
    accident: tuple[AccidentCause, ...] = ()
    """CLM11, box 45; the accident's date is the ``DentalDate`` 439."""
    accident_state: str | None = None
    dates: tuple[DentalDate, ...] = ()
    """At most one of each qualifier, in the order of ``CLAIM_DAYS``."""
    missing: tuple[MissingTooth, ...] = ()
    orthodontics: Orthodontics | None = None
    attachments: tuple[Attachment, ...] = ()
    casualty_claim: str | None = None
    """REF*Y4, the property and casualty number."""
    notes: tuple[str, ...] = ()
    """NTE*ADD, box 35."""


class TreatedTooth(Value, frozen=True):
    """A tooth an act was done on (X12 TOO, ADA boxes 27 and 28)."""

    tooth: str
    """Universal number, as claims write it; whether there is such a tooth an edit tells."""
    surfaces: tuple[str, ...] = ()
    """One letter each, none where the whole tooth is meant."""


class Prosthesis(Value, frozen=True):
    """A crown, bridge or denture: the first one, or one in place of another (SV305, ADA boxes 43 and 44)."""

    placement: Literal["I", "R"]
    replaced: date | None = None
    """When the one before was placed (DTP*441, or 139 where that is estimated)."""
    estimated: bool = False


class DentalAct(Value, frozen=True, kw_only=True):
    """The line-level part of a dental claim."""

    areas: tuple[str, ...] = ()
    """Areas of the mouth (SV304, box 25), where neither a tooth nor the code says them."""
    teeth: tuple[TreatedTooth, ...] = ()
    prosthesis: Prosthesis | None = None
    pointers: tuple[int, ...] = ()
    """1-based positions in ``Dental.diagnoses``, most important first (SV311, box 29a)."""
    modifiers: tuple[str, ...] = ()
    description: str | None = None
    """For codes that say nothing by themselves (SV301-7, box 30)."""
    place: str | None = None
    """Only where it differs from the claim's (SV303)."""
    dates: tuple[DentalActDate, ...] = ()
    """At most one of each qualifier, in the order of ``ACT_DAYS``."""
    predetermination_number: str | None = None
    """Only where it differs from the claim's (2400 REF*G3)."""
    rendering: Provider | None = None
    """Only where it differs from the claim's (2420A)."""
    assistant: Provider | None = None
    """Only where it differs from the claim's (2420B)."""


DentalClaim = Claim[Dental, DentalAct]
DentalActLine = Act[DentalAct]
