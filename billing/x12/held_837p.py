"""Which segments of an 837P a claim of this house holds. Everything else that a file says is given back as unmapped.

For each loop the keys held, each with the places it leaves out (``10``, ``11-5``). See docs/claim-map.md.
"""

from __future__ import annotations

from billing.x12.held import Held

_PERSON = {"N3": "", "N4": ""}
_NUMBERS = ("0B", "1G", "G2", "LU")
_OTHER_NUMBERS = {f"REF*{code}": "" for code in _NUMBERS}
_PROVIDER = {"NM1*82": "", "PRV*PE": "", **_OTHER_NUMBERS}
_CLAIM = {
    "CLM": "10 11-5 12 20",
    "AMT*F5": "",
    "NTE*ADD": "",
    "HI*ABK": "",
    "HI*BK": "",
    "HI*BG": "",
    **{f"REF*{code}": "" for code in ("F8", "G1", "9F", "X4")},
    **{
        f"DTP*{code}": ""
        for code in (
            "431",
            "484",
            "439",
            "454",
            "304",
            "453",
            "455",
            "471",
            "090",
            "091",
            "444",
            "314",
            "360",
            "435",
            "096",
        )
    },
}

HELD = Held(
    {
        "837": {"ST": "", "BHT": "", "SE": ""},
        "1000A": {"NM1*41": "", "PER": "5 6 7 8"},
        "1000B": {"NM1*40": ""},
        "2000A": {"HL*20": "", "PRV*BI": "", "CUR": ""},
        "2010AA": {"NM1*85": "", **_PERSON, "REF*EI": "", "REF*SY": "", "PER": "5 6 7 8"},
        "2010AB": {"NM1*87": "", **_PERSON},
        "2000B": {"HL*22": "", "SBR": ""},
        "2010BA": {"NM1*IL": "", **_PERSON, "DMG": "", "REF*Y4": ""},
        "2010BB": {"NM1*PR": "", **_PERSON, "REF*G2": "", "REF*LU": ""},
        "2000C": {"HL*23": "", "PAT": "6 8 9"},
        "2010CA": {"NM1*QC": "", **_PERSON, "DMG": "", "REF*Y4": ""},
        "2300": _CLAIM,
        "2310A": {"NM1*DN": "", **_OTHER_NUMBERS},
        "2310B": _PROVIDER,
        "2310C": {"NM1*77": "", **_PERSON, **_OTHER_NUMBERS},
        "2310D": {"NM1*DQ": "", **_OTHER_NUMBERS},
        "2320": {"SBR": "", "CAS": "", "AMT*D": "", "OI": "4"},
        "2330A": {"NM1*IL": ""},
        "2330B": {"NM1*PR": "", **_PERSON, "DTP*573": ""},
        "2400": {"LX": "", "SV1": "12 15", "DTP*472": "", "REF*6R": ""},
        "2410": {"LIN": "", "CTP": ""},
        "2420A": {**_PROVIDER, **dict.fromkeys(_OTHER_NUMBERS, "4")},
    },
    ("2000A", "2000B", "2000C", "2300", "2320", "2400", "2300 HI*BG", "2320 CAS"),
)
