"""The second table for dental claims: place in the 837D, path in the FHIR Claim of type oral.

Written from docs/claim-map.md; ``-`` stands for the box, for no paper of dental claims is compared here. What
professional claims say at the same place is taken from their table.
"""

from __future__ import annotations

from tests.oracle.table import CLAIM as _PROFESSIONAL
from tests.oracle.table import TEAM, Row, name, numbers, provider

_ELSEWHERE = ("clia", "hospital.", "note", "supervising.")

CLAIM: tuple[Row, ...] = (
    *(row for row in _PROFESSIONAL if not row.fact.startswith(_ELSEWHERE)),
    Row(
        "-",
        "predetermination_number",
        "2300 REF[G3] 02",
        "info(info,text,predetermination-number).valueString",
    ),
    Row("-", "appliance", "2300 DTP[452] 03", "info(info,claim-date,452).timingDate", "date"),
    Row("-", "months", "2300 DN1 01", "info(info,orthodontics,total).valueQuantity.value", "number"),
    Row("-", "months_left", "2300 DN1 02", "info(info,orthodontics,remaining).valueQuantity.value", "number"),
    *name("-", "supervising", "2310E NM1[DQ]", f"{TEAM % 'supervisor'}.provider.>"),
    *numbers(("-", "-"), "supervising", "2310E", "DQ", f"{TEAM % 'supervisor'}.provider.>"),
    *provider("assistant", "2310D", "careTeam[provider/reference=#assistant]", "DD", "AS"),
)

# From an item of Claim.item, with the supportingInfo that it names.
LINE: tuple[Row, ...] = (
    Row("-", "number", "2400 REF[6R] 02", "ext(line-number).valueString"),
    Row("-", "code", "2400 SV3 01-2", "productOrService.coding[0].code"),
    Row("-", "description", "2400 SV3 01-7", "productOrService.text"),
    Row("-", "charge", "2400 SV3 02", "net.value", "money"),
    Row("-", "quantity", "2400 SV3 06", "quantity.value", "number"),
    Row("-", "placement", "2400 SV3 05", "info(prosthesis,prosthesis,).code.coding[0].code"),
    Row("-", "replaced", "2400 DTP[441|139] 03", "info(prosthesis,prosthesis,).timingDate", "date"),
    Row(
        "-",
        "predetermination_number",
        "2400 REF[G3] 02",
        "info(info,text,predetermination-number).valueString",
    ),
    *(
        Row("-", f"day {code}", f"2400 DTP[{code}] 03", f"info(info,claim-date,{code}).timingDate", "date")
        for code in ("452", "446", "196", "198")
    ),
)

# From the entries of Claim.careTeam that an item names.
LINE_RENDERING = provider("rendering", "2420A", "")
LINE_ASSISTANT = provider("assistant", "2420B", "", "DD", "AS")
