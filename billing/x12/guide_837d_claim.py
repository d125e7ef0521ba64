"""837D: loop 2300, the claim, with 2310 (who and where) and 2320 to 2330 (the other payers)."""

from __future__ import annotations

from billing.x12.grammar import Loop, Segment, Usage, loop, seg
from billing.x12.guide_837d_line import LINE
from billing.x12.guide_other_payer import other_payer, other_provider
from billing.x12.guide_parts import (
    CONTRACT,
    DAY,
    N4,
    PERSON,
    REF,
    REPRICING,
    REPRICING_METHODS,
    REPRICING_REASONS,
    SENT,
    diagnoses,
)

_CLM = (
    "R R - - R( R R=B R ) R=N|Y R=A|B|C R=N|W|Y R=I|Y - S( R=AA|EM|OA S=AA|EM|OA - S S ) S=01|02|03|05"
    " - - - - - - S=PB S=1|2|3|4|5|6|7|8|9|10|11|15"
)
_OWN: tuple[Segment, ...] = (
    seg("CLM", 1300, "R", 1, _CLM),
    *(seg("DTP", 1350, "S", 1, DAY.format(code)) for code in ("439", "452", "050")),
    seg("DTP", 1350, "S", 1, "R=472 R=D8|RD8 R"),
    seg("DN1", 1450, "S", 1, "S S - S"),
    seg("DN2", 1500, "S", 35, "R R=E|M - - - R=JP"),
    seg("PWK", 1550, "S", 10, f"R=B4|DA|DG|EB|OZ|P6|RB|RR R={SENT} - - S=AC S"),
    seg("CN1", 1600, "S", 1, CONTRACT),
    seg("AMT", 1750, "S", 1, "R=F5 R"),
    *(seg("REF", 1800, "S", 1, REF.format(code)) for code in ("G3", "4N", "F8", "9F", "G1", "9A", "9C", "D9")),
    seg("K3", 1850, "S", 10, "R"),
    seg("NTE", 1900, "S", 5, "R=ADD R"),
    seg("HI", 2310, "S", 1, diagnoses("ABK|BK", "ABF|BF", 4)),
    seg("HCP", 2410, "S", 1, f"{REPRICING.format(f'{REPRICING_METHODS}|06')} - - - - {REPRICING_REASONS}"),
)


def _who(name: str, code: str, persons: str, numbers: str, *, most: int = 4, role: str = "", repeat: int = 1) -> Loop:
    """2310A, B, D, E: somebody, with what kind of provider it is where ``role`` is given."""
    kind = (seg("PRV", 2550, "S", 1, f"R={role} R=PXC R"),) if role else ()
    return loop(
        name,
        2500,
        "S",
        repeat,
        seg("NM1", 2500, "R", 1, PERSON.format(code, persons)),
        *kind,
        seg("REF", 2710, "S", most, REF.format(numbers)),
    )


_PARTIES = (
    _who("2310A", "DN|P3", "1", "0B|1G|G2", most=3, role="RF", repeat=2),
    _who("2310B", "82", "1|2", "0B|1G|G2|LU", role="PE"),
    loop(
        "2310C",
        2500,
        "S",
        1,
        seg("NM1", 2500, "R", 1, "R=77 R=2 R - - - - S=XX S"),
        seg("N3", 2650, "R", 1, "R S"),
        seg("N4", 2700, "R", 1, N4),
        seg("REF", 2710, "S", 3, REF.format("0B|G2|LU")),
    ),
    _who("2310D", "DD", "1|2", "0B|1G|G2|LU", role="AS"),
    _who("2310E", "DQ", "1", "0B|1G|G2|LU"),
)
_OTHER_PAYER = other_payer(
    "-",
    other_provider("2330C", "DN|P3", "1", "0B|1G|G2", repeat=2),
    other_provider("2330D", "82", "1|2", "0B|1G|G2|LU"),
    other_provider("2330E", "DQ", "1", "0B|1G|G2|LU"),
    other_provider("2330F", "85", "1|2", "G2|LU", most=2),
    other_provider("2330G", "77", "2", "0B|G2|LU"),
    other_provider("2330H", "DD", "1|2", "0B|1G|G2|LU"),
)


def claim(usage: Usage) -> Loop:
    """Loop 2300, at most a hundred under one patient: situational under the subscriber, required under a patient."""
    return loop("2300", 1300, usage, 100, *_OWN, *_PARTIES, _OTHER_PAYER, LINE)
