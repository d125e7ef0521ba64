"""Small dental claims to show an edit by: a clean one, and the same with a few fields changed.

All people and numbers are invented. Codes are bare numbers without their texts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from billing.domain.claim import Act, Claim
from billing.domain.dental import Attachment, Dental, DentalAct, DentalActLine, DentalClaim, TreatedTooth
from billing.edits.example import CLEAN_CLAIM, DAY, changed
from clinic.domain.code import CDT, NPI, TAXONOMY, Code, Identifier
from clinic.domain.money import Money, total
from clinic.domain.party import Provider
from clinic.domain.period import Period
from clinic.domain.person import PersonName
from clinic.domain.quantity import Quantity

_LINE: DentalActLine = Act(
    number="1",
    code=Code(CDT, "D2392"),
    service=Period(DAY),
    quantity=Quantity(Decimal(1)),
    charge=Money(26000),
    part=DentalAct(teeth=(TreatedTooth("19", ("M", "O")),)),
)

CLEAN_DENTAL: DentalClaim = Claim(
    kind="dental",
    number="D1001",
    billing=msgspec.structs.replace(CLEAN_CLAIM.billing, taxonomy=Code(TAXONOMY, "1223G0001X")),
    patient=CLEAN_CLAIM.patient,
    coverage=CLEAN_CLAIM.coverage,
    acts=(_LINE,),
    part=Dental(
        place="11",
        signed="Y",
        assignment="A",
        attachments=(Attachment("RB", "AA"),),
        rendering=Provider(
            name=PersonName("MOLAR", "ANN"),
            identifier=Identifier(NPI, "1987654328"),
            taxonomy=Code(TAXONOMY, "1223G0001X"),
        ),
    ),
    total=Money(26000),
    frequency="1",
)


def dental_claim_with(**changes: Any) -> DentalClaim:
    """The clean dental claim with some fields changed, named as in ``claim_with``. The total follows the lines."""
    claim: DentalClaim = changed(CLEAN_DENTAL, changes)
    return (
        claim if "total" in changes else msgspec.structs.replace(claim, total=total([act.charge for act in claim.acts]))
    )


def dental_line(**changes: Any) -> DentalActLine:
    """Its line with some fields changed; ``code`` may be plain text."""
    if isinstance(changes.get("code"), str):
        changes["code"] = Code(CDT, changes["code"])
    found: DentalActLine = changed(_LINE, changes)
    return found


def on(*teeth: str) -> tuple[TreatedTooth, ...]:
    """Teeth as ``19:MO``, ``3``."""
    return tuple(TreatedTooth(tooth, tuple(surfaces)) for tooth, _, surfaces in (each.partition(":") for each in teeth))
