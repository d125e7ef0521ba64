"""837P: loop 2300, the claim, with 2310 (who and where) and 2320 to 2330 (the other payers)."""

from __future__ import annotations

from billing.x12.grammar import Loop, Segment, Usage, loop, seg
from billing.x12.guide_837p_line import LINE
from billing.x12.guide_other_payer import other_payer, other_provider
from billing.x12.guide_parts import (
    AMBULANCE,
    AMBULANCE_CONDITION,
    CONTRACT,
    DAY,
    N4,
    PAPERWORK,
    PERSON,
    PHONE,
    REF,
    REPRICING,
    REPRICING_METHODS,
    REPRICING_REASONS,
    diagnoses,
)

_CLM = (
    "R R - - R( R R=B R ) R=N|Y R=A|B|C R=N|W|Y R=I|Y S=P S( R=AA|EM|OA S=AA|EM|OA - S S ) S=02|03|05|09"
    " - - - - - - - S=1|2|3|4|5|6|7|8|9|10|11|15"
)
_DAYS = tuple(
    seg("DTP", 1350, "S", 1, DAY.format(code))
    for code in (
        "431", "454", "304", "453", "439", "484", "455", "471", "297", "296", "435", "096", "090", "091", "444", "050",
    )
)  # fmt: skip
_REFS = tuple(
    seg("REF", 1800, "S", 1, REF.format(code))
    for code in ("4N", "F5", "EW", "9F", "G1", "F8", "X4", "9A", "9C", "LX", "D9", "EA", "P4", "1J")
)
_CONDITIONS = (
    seg("CRC", 2200, "S", 3, AMBULANCE_CONDITION),
    seg("CRC", 2200, "S", 3, "R=E1|E2|E3 R=N|Y R={0} S={0} S={0} S={0} S={0}".format("L1|L2|L3|L4|L5")),
    seg("CRC", 2200, "S", 1, "R=75 R=Y R=IH"),
    seg("CRC", 2200, "S", 1, "R=ZZ R=N|Y R={0} S={0} S={0}".format("AV|NU|S2|ST")),
)
_OWN: tuple[Segment, ...] = (
    seg("CLM", 1300, "R", 1, _CLM),
    *_DAYS,
    seg("DTP", 1350, "S", 1, "R=314|360|361 R=D8|RD8 R"),
    seg("PWK", 1550, "S", 10, PAPERWORK),
    seg("CN1", 1600, "S", 1, CONTRACT),
    seg("AMT", 1750, "S", 1, "R=F5 R"),
    *_REFS,
    seg("K3", 1850, "S", 10, "R"),
    seg("NTE", 1900, "S", 1, "R=ADD|CER|DCP|DGN|TPO R"),
    seg("CR1", 1950, "S", 1, AMBULANCE),
    seg("CR2", 2000, "S", 1, "- - - - - - - R=A|C|D|E|F|G|M - S S"),
    *_CONDITIONS,
    seg("HI", 2310, "R", 1, diagnoses("ABK|BK", "ABF|BF", 12)),
    seg("HI", 2310, "S", 1, diagnoses("BP", "BO", 2)),
    seg("HI", 2310, "S", 2, diagnoses("BG", "BG", 12)),
    seg("HCP", 2410, "S", 1, f"{REPRICING.format(REPRICING_METHODS)} - - - - {REPRICING_REASONS}"),
)
_TAXONOMY = "R=PE R=PXC R"
_PLACE = (seg("N3", 2650, "R", 1, "R S"), seg("N4", 2700, "R", 1, N4))
_PARTIES = (
    loop(
        "2310A",
        2500,
        "S",
        2,
        seg("NM1", 2500, "R", 1, PERSON.format("DN|P3", "1")),
        seg("REF", 2710, "S", 3, REF.format("0B|1G|G2")),
    ),
    loop(
        "2310B",
        2500,
        "S",
        1,
        seg("NM1", 2500, "R", 1, PERSON.format("82", "1|2")),
        seg("PRV", 2550, "S", 1, _TAXONOMY),
        seg("REF", 2710, "S", 4, REF.format("0B|1G|G2|LU")),
    ),
    loop(
        "2310C",
        2500,
        "S",
        1,
        seg("NM1", 2500, "R", 1, "R=77 R=2 R - - - - S=XX S"),
        *_PLACE,
        seg("REF", 2710, "S", 3, REF.format("0B|G2|LU")),
        seg("PER", 2750, "S", 1, PHONE),
    ),
    loop(
        "2310D",
        2500,
        "S",
        1,
        seg("NM1", 2500, "R", 1, PERSON.format("DQ", "1")),
        seg("REF", 2710, "S", 4, REF.format("0B|1G|G2|LU")),
    ),
    loop("2310E", 2500, "S", 1, seg("NM1", 2500, "R", 1, "R=PW R=2"), *_PLACE),
    loop("2310F", 2500, "S", 1, seg("NM1", 2500, "R", 1, "R=45 R=2 S"), *_PLACE),
)
_OTHER_PAYER = other_payer(
    "S=P",
    other_provider("2330C", "DN|P3", "1", "0B|1G|G2", repeat=2),
    other_provider("2330D", "82", "1|2", "0B|1G|G2|LU"),
    other_provider("2330E", "77", "2", "0B|G2|LU"),
    other_provider("2330F", "DQ", "1", "0B|1G|G2|LU"),
    other_provider("2330G", "85", "1|2", "G2|LU", most=2),
)


def claim(usage: Usage) -> Loop:
    """Loop 2300, at most a hundred under one patient: situational under the subscriber, required under a patient."""
    return loop("2300", 1300, usage, 100, *_OWN, *_PARTIES, _OTHER_PAYER, LINE)
