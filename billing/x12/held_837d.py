"""Which segments of an 837D a claim of this house holds. Everything else that a file says is given back as unmapped.

For each loop the keys held, each with the places it leaves out (``11-5``, ``12``). See docs/claim-map.md.
"""

from __future__ import annotations

from billing.domain.dental import ACT_DAYS, CLAIM_DAYS
from billing.x12.held import Held
from billing.x12.held_parts import AROUND, FACILITY, MANY, somebody

_CLAIM = {
    "CLM": "11-5 12 20",
    "DN1": "",
    "DN2": "",
    "AMT*F5": "",
    "NTE*ADD": "",
    "HI*ABK": "",
    "HI*BK": "",
    "PWK": "",
    **{f"REF*{code}": "" for code in ("F8", "G1", "G3", "9F")},
    **{f"DTP*{code}": "" for code in ("472", *CLAIM_DAYS)},
}
_LINE = {
    "LX": "",
    "SV3": "",
    "TOO": "",
    "REF*6R": "",
    "REF*G3": "4",
    **{f"DTP*{code}": "" for code in ("472", "139", "441", *ACT_DAYS)},
}

HELD = Held(
    {
        **AROUND,
        "2300": _CLAIM,
        "2310A": somebody("DN"),
        "2310B": somebody("82", "PE"),
        "2310C": FACILITY,
        "2310D": somebody("DD", "AS"),
        "2310E": somebody("DQ"),
        "2400": _LINE,
        "2420A": somebody("82", "PE", of_line=True),
        "2420B": somebody("DD", "AS", of_line=True),
    },
    (*MANY, "2300 DN2", "2300 NTE*ADD", "2300 PWK", "2400 TOO"),
)
