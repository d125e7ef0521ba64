"""837D: loop 2400, the service line, with 2420 who and where and 2430 other payers' answers."""

from __future__ import annotations

from billing.x12.grammar import Loop, loop, seg
from billing.x12.guide_other_payer import line_answer
from billing.x12.guide_parts import (
    CONTRACT,
    DAY,
    N4,
    PERSON,
    PROCEDURE_CODED,
    REF,
    REF_FOR_PAYER,
    REPRICING,
    REPRICING_METHODS,
    REPRICING_REASONS,
)

_AREA = "00|01|02|09|10|20|30|40|L|R"
_SURFACE = "B|D|F|I|L|M|O"
_POINTER = "1|2|3|4"
_SV3 = (
    f"R( R=AD R S S S S S ) R S S( R={_AREA} S={_AREA} S={_AREA} S={_AREA} S={_AREA} ) S=I|R S - - - -"
    f" S( R={_POINTER} S={_POINTER} S={_POINTER} S={_POINTER} )"
)
_TOO = f"R=JP R S( R={_SURFACE} S={_SURFACE} S={_SURFACE} S={_SURFACE} S={_SURFACE} )"
_OWN = (
    seg("LX", 3650, "R", 1, "R"),
    seg("SV3", 3800, "R", 1, _SV3),
    seg("TOO", 3820, "S", 32, _TOO),
    seg("DTP", 4550, "S", 1, "R=472 R=D8|RD8 R"),
    seg("DTP", 4550, "S", 1, DAY.format("139|441")),
    *(seg("DTP", 4550, "S", 1, DAY.format(code)) for code in ("452", "446", "196", "198")),
    seg("CN1", 4650, "S", 1, CONTRACT),
    seg("REF", 4700, "S", 5, REF_FOR_PAYER.format("G3")),
    seg("REF", 4700, "S", 5, REF_FOR_PAYER.format("G1")),
    *(seg("REF", 4700, "S", 1, REF.format(code)) for code in ("6R", "9B", "9D")),
    seg("REF", 4700, "S", 5, REF_FOR_PAYER.format("9F")),
    seg("AMT", 4750, "S", 1, "R=T R"),
    seg("K3", 4800, "S", 10, "R"),
    seg("HCP", 4920, "S", 1, f"{REPRICING.format(f'{REPRICING_METHODS}|06')} S=AD|ER S S=UN S {REPRICING_REASONS}"),
)


def _who(name: str, code: str, persons: str, role: str = "") -> Loop:
    """2420A to C: somebody, with what kind of provider it is where ``role`` is given."""
    kind = (seg("PRV", 5050, "S", 1, f"R={role} R=PXC R"),) if role else ()
    return loop(
        name,
        5000,
        "S",
        1,
        seg("NM1", 5000, "R", 1, PERSON.format(code, persons)),
        *kind,
        seg("REF", 5250, "S", 20, REF_FOR_PAYER.format("0B|1G|G2|LU")),
    )


_PARTIES = (
    _who("2420A", "82", "1|2", "PE"),
    _who("2420B", "DD", "1|2", "AS"),
    _who("2420C", "DQ", "1"),
    loop(
        "2420D",
        5000,
        "S",
        1,
        seg("NM1", 5000, "R", 1, "R=77 R=2 R - - - - S=XX S"),
        seg("N3", 5140, "R", 1, "R S"),
        seg("N4", 5200, "R", 1, N4),
        seg("REF", 5250, "S", 3, REF_FOR_PAYER.format("G2|LU")),
    ),
)
LINE = loop("2400", 3650, "R", 50, *_OWN, *_PARTIES, line_answer(PROCEDURE_CODED.format("AD|ER")))
