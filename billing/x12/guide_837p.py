"""837P, professional claims: ASC X12N 005010X222 with errata A1, the version HIPAA names (45 CFR 162.1102).

Loops, positions, repeats and code numbers are facts of the guide, compared with pyx12 4.0.0's map; where the two
differ its test says why.
"""

from __future__ import annotations

from billing.x12.grammar import seg
from billing.x12.guide_837 import guide
from billing.x12.guide_837p_claim import claim
from billing.x12.guide_parts import PHONE, RELATED

PROFESSIONAL = guide(
    "005010X222A1",
    claim,
    patient=f"R={RELATED} - - - S=D8 S S=01 S S=Y",
    subscriber_more=(seg("PAT", 70, "S", 1, "- - - - S=D8 S S=01 S S=Y"),),
    person_more=(seg("PER", 400, "S", 1, PHONE),),
    told_more=(("CRC", (1,)), ("PWK", (1, 2)), ("QTY", (1,))),
)
