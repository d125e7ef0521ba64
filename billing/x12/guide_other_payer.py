"""Loop 2320 of the 837 guides, another payer and its answer, with 2330; and 2430, its answer to a line."""

from __future__ import annotations

from billing.x12.grammar import Loop, loop, seg
from billing.x12.guide_parts import CAS, DAY, N4, RANK, REF, RELATIONSHIP, REPORTED, SBR09

_ADDRESS = (seg("N3", 3320, "S", 1, "R S"), seg("N4", 3400, "S", 1, N4))


def other_provider(name: str, code: str, persons: str, numbers: str, *, repeat: int = 1, most: int = 3) -> Loop:
    """2330C and after: a provider as the other payer numbers it."""
    return loop(
        name,
        3250,
        "S",
        repeat,
        seg("NM1", 3250, "R", 1, f"R={code} R={persons}"),
        seg("REF", 3550, "R", most, REF.format(numbers)),
    )


def other_payer(signature: str, *providers: Loop) -> Loop:
    """2320 with 2330A and 2330B; ``signature`` is OI04, the providers are the loops from 2330C."""
    return loop(
        "2320",
        2900,
        "S",
        10,
        seg("SBR", 2900, "R", 1, f"R={RANK} R={RELATIONSHIP} S S S={REPORTED} - - - {SBR09}"),
        seg("CAS", 2950, "S", 5, CAS),
        seg("AMT", 3000, "S", 1, "R=D R"),
        seg("AMT", 3000, "S", 1, "R=A8 R"),
        seg("AMT", 3000, "S", 1, "R=EAF R"),
        seg("OI", 3100, "R", 1, f"- - R=N|W|Y {signature} - R=I|Y"),
        seg("MOA", 3200, "S", 1, "S S S S S S S S S"),
        loop(
            "2330A",
            3250,
            "R",
            1,
            seg("NM1", 3250, "R", 1, "R=IL R=1|2 R S S - S R=II|MI R"),
            *_ADDRESS,
            seg("REF", 3550, "S", 1, REF.format("SY")),
        ),
        loop(
            "2330B",
            3250,
            "R",
            1,
            seg("NM1", 3250, "R", 1, "R=PR R=2 R - - - - R=PI|XV R"),
            *_ADDRESS,
            seg("DTP", 3450, "S", 1, DAY.format("573")),
            seg("REF", 3550, "S", 2, REF.format("2U|EI|FY|NF")),
            *(seg("REF", 3550, "S", 1, REF.format(code)) for code in ("G1", "9F", "T4", "F8")),
        ),
        *providers,
    )


def line_answer(procedure: str) -> Loop:
    """2430; ``procedure`` is SVD03."""
    return loop(
        "2430",
        5400,
        "S",
        15,
        seg("SVD", 5400, "R", 1, f"R R {procedure} - R S"),
        seg("CAS", 5450, "S", 5, CAS),
        seg("DTP", 5500, "R", 1, DAY.format("573")),
        seg("AMT", 5505, "S", 1, "R=EAF R"),
    )
