"""837D, dental claims: ASC X12N 005010X224 with errata A2, the version HIPAA names (45 CFR 162.1102).

No package that can be installed has its grammar; this table is ours. Loops, positions, repeats and code numbers are
facts of the guide. Where public tables differ from one another the wider reading stands.
"""

from __future__ import annotations

from billing.x12.guide_837 import guide
from billing.x12.guide_837d_claim import claim
from billing.x12.guide_parts import RELATED

DENTAL = guide("005010X224A2", claim, patient=f"R={RELATED}")
