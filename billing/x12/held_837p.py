"""Which segments of an 837P a claim of this house holds. Everything else that a file says is given back as unmapped.

For each loop the keys held, each with the places it leaves out (``10``, ``11-5``). See docs/claim-map.md.
"""

from __future__ import annotations

from billing.x12.held import Held
from billing.x12.held_parts import AROUND, FACILITY, MANY, somebody

_DAYS = ("431", "484", "439", "454", "304", "453", "455", "471", "090", "091", "444", "314", "360", "435", "096")
_CLAIM = {
    "CLM": "10 11-5 12 20",
    "AMT*F5": "",
    "NTE*ADD": "",
    "HI*ABK": "",
    "HI*BK": "",
    "HI*BG": "",
    **{f"REF*{code}": "" for code in ("F8", "G1", "9F", "X4")},
    **{f"DTP*{code}": "" for code in _DAYS},
}

HELD = Held(
    {
        **AROUND,
        "2300": _CLAIM,
        "2310A": somebody("DN"),
        "2310B": somebody("82", "PE"),
        "2310C": FACILITY,
        "2310D": somebody("DQ"),
        "2400": {"LX": "", "SV1": "12 15", "DTP*472": "", "REF*6R": ""},
        "2410": {"LIN": "", "CTP": ""},
        "2420A": somebody("82", "PE", of_line=True),
    },
    (*MANY, "2300 HI*BG"),
)
