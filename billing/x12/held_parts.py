"""What claims of either kind hold of the loops that the 837 guides have alike, for the tables of ``held``."""

from __future__ import annotations

PERSON = {"N3": "", "N4": ""}
OTHER_NUMBERS = {f"REF*{code}": "" for code in ("0B", "1G", "G2", "LU")}
OTHER_NUMBERS_OF_LINE = dict.fromkeys(OTHER_NUMBERS, "4")
"""At line level a number may name a payer, which is not held."""

AROUND = {
    "837": {"ST": "", "BHT": "", "SE": ""},
    "1000A": {"NM1*41": "", "PER": "5 6 7 8"},
    "1000B": {"NM1*40": ""},
    "2000A": {"HL*20": "", "PRV*BI": "", "CUR": ""},
    "2010AA": {"NM1*85": "", **PERSON, "REF*EI": "", "REF*SY": "", "PER": "5 6 7 8"},
    "2010AB": {"NM1*87": "", **PERSON},
    "2000B": {"HL*22": "", "SBR": ""},
    "2010BA": {"NM1*IL": "", **PERSON, "DMG": "", "REF*Y4": ""},
    "2010BB": {"NM1*PR": "", **PERSON, "REF*G2": "", "REF*LU": ""},
    "2000C": {"HL*23": "", "PAT": "6 8 9"},
    "2010CA": {"NM1*QC": "", **PERSON, "DMG": "", "REF*Y4": ""},
    "2320": {"SBR": "", "CAS": "", "AMT*D": "", "OI": "4"},
    "2330A": {"NM1*IL": ""},
    "2330B": {"NM1*PR": "", **PERSON, "DTP*573": ""},
}
FACILITY = {"NM1*77": "", **PERSON, **OTHER_NUMBERS}
MANY = ("2000A", "2000B", "2000C", "2300", "2320", "2400", "2320 CAS")
"""Loops and keys held however often they come."""


def somebody(code: str, role: str = "", *, of_line: bool = False) -> dict[str, str]:
    """A provider: NM1 of a code, PRV where a ``role`` is held, other numbers."""
    numbers = OTHER_NUMBERS_OF_LINE if of_line else OTHER_NUMBERS
    kind = {f"PRV*{role}": ""} if role else {}
    return {f"NM1*{code}": "", **kind, **numbers}
