"""Signs and symptoms that belong to a diagnosis are not coded beside it (guideline I.B.5).

By our own list: for a family of symptoms, the families of diagnoses that explain it.
"""

from __future__ import annotations

_EXPLAINED = """
    R05: J B34 A37 U07 I50 K21; R06: J I50 I26 U07 I48 D50; R09: J U07; R50: A B J U07 N10 N12 N30 N39 H65 H66 L03
    K35 K57 K04 M00 N41 N70; R07.0: J B27 K21; R07: I20 I21 I24 I25 J18 J20 M94 K21; R10: K N20 N30 N39 N80 N94 A0
    R15; R11: K A0 O21 G43 R10; R12: K21; R13: J02 J03 K21 K22; R14: K; R19.7: K A0; R21: L B; R20: G56 G57 M54 G62
    E11 E10 M50 M51 I63; R22: L K S M; R25: G F; R29: I63 G20; R30: N; R31: N30 N20 N02 C67; R32: N39; R33: N40;
    R35: N39 N30 E10 E11; R39: N; R42: H81 H82 H83 G43 I95; R43: J U07; R45: F; R51: G43 G44 J01 J32 I10 U07 S06
    A87; R53: D50 D51 E03 F32 F33 J U07 A B C; R60: I50 I87 N04 K74 L03 S; R61: N95; R63.1: E1; R63: F50 C E; R68.8:
    J A B N; H92.0: H60 H65 H66 J; H53: H25 H40 H35; H57: H10 H16 S05; M25.5: M0 M1 M65 M66 M67 M70 M71 M75 M76 M77
    S; M25.6: M S; M25.4: M0 M1 S; M54.5: M51 M47 M48 M54.1 M54.3 M54.4 S33 S39; M54.2: M50 M47 M48 M54.1 S13 S16;
    M54.9: M51 M47 M48 M54.1 M54.5 S; M79.6: M S L G; M79.1: J U07 M79.7; K08.8: K02 K03.8 K04 K05 K01 S02.5; R68.2:
    K11; L29: L B K; N89: N76 B37 A; R00: I47 I48 I49; R04.0: I10; R23.2: N95; R68.84: M26 K; H57.1: H; J34.8: J;
    J02.9: J0 U07 B27; J31: J30 J32; R44: F; R41: F0 G30; R26: G; R47: I63; R55: I; R73: E10 E11 E13; L30.9: L20 L23
    L24 L25; R25.2: M G; G89: M S"""

_TABLE = tuple(
    (start.strip().replace(".", ""), tuple(each.replace(".", "") for each in explained.split()))
    for start, explained in (entry.split(":") for entry in _EXPLAINED.split(";"))
)


def symptom(code: str) -> bool:
    """Whether a code says how it feels or shows, and not what it is; abnormal findings (R70 and above) say more."""
    if code.startswith("R"):
        return not code[1:2].isdigit() or int(code[1:3]) < 70
    return code.startswith(("J029", "M255", "M796", "M545", "M542", "M549", "K0889", "H920", "J3489", "N898"))


def explained(code: str, others: frozenset[str]) -> bool:
    """Whether one of the other codes explains this one."""
    for start, families in _TABLE:
        if code.startswith(start) and any(other.startswith(families) for other in others if other != code):
            return True
    return False
