"""What past conditions and those of relatives are coded as, and which conditions do not end.

Facts of the tabular list and of guidelines I.C.2, I.C.9, I.C.21.c.4 and IV.J, by the beginning of the code.
"""

from __future__ import annotations

_PERSONAL = """
    C18 Z85.038; C19 Z85.048; C20 Z85.048; C34 Z85.118; C50 Z85.3; C53 Z85.41; C54 Z85.42; C56 Z85.43; C61 Z85.46;
    C62 Z85.47; C64 Z85.528; C67 Z85.51; C73 Z85.850; C43 Z85.820; C44 Z85.828; C81 Z85.71; C82 Z85.72; C83 Z85.72;
    C85 Z85.72; C91 Z85.6; C92 Z85.6; C95 Z85.6; C16 Z85.028; C15 Z85.01; C25 Z85.07; C22 Z85.05; C32 Z85.21; C71
    Z85.841; C90 Z85.79; C02 Z85.810; C01 Z85.810; C06 Z85.818; C80 Z85.9; I21 I25.2; I22 I25.2; I63 Z86.73; G45
    Z86.73; I82 Z86.718; I26 Z86.711; I80 Z86.72; O24.4 Z86.32"""

_FAMILY = """
    C50 Z80.3; C56 Z80.41; C61 Z80.42; C18 Z80.0; C19 Z80.0; C20 Z80.0; C16 Z80.0; C25 Z80.0; C34 Z80.1; C64 Z80.51;
    C67 Z80.52; C43 Z80.8; C44 Z80.8; C91 Z80.6; C92 Z80.6; C95 Z80.6; C80 Z80.9; E08 Z83.3; E09 Z83.3; E10 Z83.3;
    E11 Z83.3; E13 Z83.3; I20 Z82.49; I21 Z82.49; I25 Z82.49; I10 Z82.49; I50 Z82.49; I63 Z82.3; I64 Z82.3; J45
    Z82.5; J44 Z82.5; G40 Z82.0; G43 Z82.0; G20 Z82.0; G30 Z82.0; G35 Z82.0; M05 Z82.61; M06 Z82.61; M81 Z82.62; M80
    Z82.62; H90 Z82.2; H91 Z82.2; H40 Z83.511; F10 Z81.1; F31 Z81.8; F32 Z81.8; F33 Z81.8; F20 Z81.8; F90 Z81.8; F03
    Z81.8; E78 Z83.42; N18 Z84.1"""

_LASTING = """
    E03 E06 E08 E09 E10 E11 E13 E28 E66 E78 E83 E84 E88 I10 I11 I12 I13 I25 I27 I42 I48 I50 I70 I73 I87 J41 J42 J43
    J44 J45 J47 K21 K50 K51 K58 K70 K72 K73 K74 K76 N18 N40 M05 M06 M10 M1A M15 M16 M17 M32 M34 M35 M45 M79.7 M81
    G20 G30 G35 G40 G43 G47.3 G80 F01 F02 F03 F20 F25 F31 F32 F33 F41 F42 F43.1 F84 F90 B18 B20 D50 D51 D57 D66 D67
    D68 D80 H35.3 H40 H90 L40 L20 Q90 E55 E53 R73.03 Z79 Z95 Z96 Z99"""


def _table(text: str) -> dict[str, str]:
    return {start.replace(".", ""): code for start, code in (pair.split() for pair in text.split(";"))}


PERSONAL, FAMILY = _table(_PERSONAL), _table(_FAMILY)
_STARTS = tuple(start.replace(".", "") for start in _LASTING.split())


def lasting(code: str) -> bool:
    """Whether a condition coexists with every visit once it is there: under "past history" it is still coded."""
    return code.startswith(_STARTS)


def of_history(code: str) -> str | None:
    """The code of having had a condition, with its dot; None where having had it changes nothing."""
    return _found(PERSONAL, code)


def of_family(code: str) -> str | None:
    """The code of a relative's having it; None where there is none."""
    return _found(FAMILY, code)


def _found(table: dict[str, str], code: str) -> str | None:
    return table.get(code[:4]) or table.get(code[:3])
