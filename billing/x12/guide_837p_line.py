"""837P: loop 2400, the service line, with 2410 drug, 2420 who and where, 2430 other payers' answers, 2440 forms."""

from __future__ import annotations

from billing.x12.grammar import loop, seg
from billing.x12.guide_other_payer import line_answer
from billing.x12.guide_parts import (
    AMBULANCE,
    AMBULANCE_CONDITION,
    CODED,
    CONTRACT,
    DAY,
    N4,
    PAPERWORK,
    PERSON,
    PROCEDURE,
    REF,
    REF_FOR_PAYER,
    REPRICING,
    REPRICING_METHODS,
    REPRICING_REASONS,
)

_REPRICED = REPRICING.format(f"{REPRICING_METHODS}|06")
_POINTER = "1|2|3|4|5|6|7|8|9|10|11|12"
_SV1 = f"{PROCEDURE} R R=MJ|UN R S - R( R={_POINTER} S={_POINTER} S={_POINTER} S={_POINTER} ) - S=Y - S=Y S=Y - - S=0"
_PLACE = (seg("N3", 5140, "R", 1, "R S"), seg("N4", 5200, "R", 1, N4))
_OWN = (
    seg("LX", 3650, "R", 1, "R"),
    seg("SV1", 3700, "R", 1, _SV1),
    seg("SV5", 4000, "S", 1, "R( R=HC R ) R=DA R R R R=1|4|6"),
    seg("PWK", 4200, "S", 1, "R=CT R=AB|AD|AF|AG|NS"),
    seg("PWK", 4200, "S", 10, PAPERWORK),
    seg("CR1", 4250, "S", 1, AMBULANCE),
    seg("CR3", 4350, "S", 1, "R=I|R|S R=MO R"),
    seg("CRC", 4500, "S", 3, AMBULANCE_CONDITION),
    seg("CRC", 4500, "S", 1, "R=70 R=N|Y R=65"),
    seg("CRC", 4500, "S", 1, "R=09 R=N|Y R=38|ZV S=38|ZV"),
    seg("DTP", 4550, "R", 1, "R=472 R=D8|RD8 R"),
    *(
        seg("DTP", 4550, "S", 1, DAY.format(code))
        for code in ("471", "607", "463", "461", "304", "738", "739", "011", "455", "454")
    ),
    seg("QTY", 4600, "S", 1, "R=PT R"),
    seg("QTY", 4600, "S", 1, "R=FL R"),
    seg("MEA", 4620, "S", 5, "R=OG|TR R=HT|R1|R2|R3|R4 R"),
    seg("CN1", 4650, "S", 1, CONTRACT),
    seg("REF", 4700, "S", 1, REF.format("9B")),
    seg("REF", 4700, "S", 1, REF.format("9D")),
    seg("REF", 4700, "S", 5, REF_FOR_PAYER.format("G1")),
    *(seg("REF", 4700, "S", 1, REF.format(code)) for code in ("6R", "EW", "X4", "F4", "BT")),
    seg("REF", 4700, "S", 5, REF_FOR_PAYER.format("9F")),
    seg("AMT", 4750, "S", 1, "R=T R"),
    seg("AMT", 4750, "S", 1, "R=F4 R"),
    seg("K3", 4800, "S", 10, "R"),
    seg("NTE", 4850, "S", 1, "R=ADD|DCP R"),
    seg("NTE", 4850, "S", 1, "R=TPO R"),
    seg("PS1", 4880, "S", 1, "R R"),
    seg("HCP", 4920, "S", 1, f"{_REPRICED} S={CODED} S S=MJ|UN S {REPRICING_REASONS}"),
)
_DRUG = loop(
    "2410",
    4940,
    "S",
    1,
    seg("LIN", 4930, "R", 1, "- R=EN|EO|HI|N4|ON|UK|UP R"),
    seg("CTP", 4940, "R", 1, "- - - R R( R=F2|GR|ME|ML|UN )"),
    seg("REF", 4950, "S", 1, REF.format("VY|XZ")),
)
_ANY_NUMBER = REF_FOR_PAYER.format("0B|1G|G2|LU")
_PERSON_NUMBER = REF_FOR_PAYER.format("0B|1G|G2")
_PARTIES = (
    loop(
        "2420A",
        5000,
        "S",
        1,
        seg("NM1", 5000, "R", 1, PERSON.format("82", "1|2")),
        seg("PRV", 5050, "S", 1, "R=PE R=PXC R"),
        seg("REF", 5250, "S", 20, _ANY_NUMBER),
    ),
    loop(
        "2420B",
        5000,
        "S",
        1,
        seg("NM1", 5000, "R", 1, "R=QB R=1|2 - - - - - S=XX S"),
        seg("REF", 5250, "S", 20, _PERSON_NUMBER),
    ),
    loop(
        "2420C",
        5000,
        "S",
        1,
        seg("NM1", 5000, "R", 1, "R=77 R=2 R - - - - S=XX S"),
        *_PLACE,
        seg("REF", 5250, "S", 3, REF_FOR_PAYER.format("G2|LU")),
    ),
    loop(
        "2420D",
        5000,
        "S",
        1,
        seg("NM1", 5000, "R", 1, PERSON.format("DQ", "1")),
        seg("REF", 5250, "S", 20, _ANY_NUMBER),
    ),
    loop(
        "2420E",
        5000,
        "S",
        1,
        seg("NM1", 5000, "R", 1, PERSON.format("DK", "1")),
        seg("N3", 5140, "S", 1, "R S"),
        seg("N4", 5200, "S", 1, N4),
        seg("REF", 5250, "S", 20, _PERSON_NUMBER),
        seg("PER", 5300, "S", 1, "R=IC S R=EM|FX|TE R S=EM|EX|FX|TE S S=EM|EX|FX|TE S"),
    ),
    loop(
        "2420F",
        5000,
        "S",
        2,
        seg("NM1", 5000, "R", 1, PERSON.format("DN|P3", "1")),
        seg("REF", 5250, "S", 20, _PERSON_NUMBER),
    ),
    loop("2420G", 5000, "S", 1, seg("NM1", 5000, "R", 1, "R=PW R=2"), *_PLACE),
    loop("2420H", 5000, "S", 1, seg("NM1", 5000, "R", 1, "R=45 R=2 S"), *_PLACE),
)
_ANSWER = line_answer(PROCEDURE)
_FORM = loop(
    "2440",
    5510,
    "S",
    0,
    seg("LQ", 5510, "R", 1, "R=AS|UT R"),
    seg("FRM", 5520, "R", 99, "R S=N|W|Y S S S"),
)
LINE = loop("2400", 3650, "R", 50, *_OWN, _DRUG, *_PARTIES, _ANSWER, _FORM)
