"""What a measured value speaks for. It is evidence of a diagnosis that somebody made, and never one by itself.

An abnormal finding is coded only where the provider says what it means (guidelines III.B and IV.H); a coder who sees
one that nothing explains asks. The table holds LOINC numbers, how the value is flagged, and the beginnings of the codes
it supports: facts of the LOINC table and of the tabular list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from billing.coding.suggest.written import MeasuredValue

_SUPPORTS = """
    4548-4 17856-6 H: E08 E09 E10 E11 E13 R730 O24; 2345-7 2339-0 1558-6 2340-8 H: E08 E09 E10 E11 E13 R73 O24;
    2345-7 2339-0 2340-8 L: E162 E1064 E1164; 13457-7 18262-6 2089-1 2093-3 2571-8 H: E78;
    2085-9 L: E78; 3016-3 11580-8 H: E02 E03 E06; 3016-3 11580-8 L: E05; 3024-7 L: E03; 3024-7 H: E05;
    2160-0 3094-0 H: N17 N18 N19 N289 E102 E112 I12 I13 R944; 33914-3 48642-3 62238-1 98979-8 L: N17 N18 N19 E102 E112
    I12 I13 R944; 9318-7 14959-1 13705-9 H: N18 R80 E102 E112 I12; 718-7 4544-3 20570-8 L: D50 D51 D52 D53 D55 D56 D57
    D58 D59 D6 O99 N18; 718-7 4544-3 20570-8 H: D45 D751; 2276-4 L: D50 E611; 2276-4 H: E831 R790; 2132-9 L: D51 E538;
    1989-3 62292-8 L: E55; 3084-1 H: M10 M1A E79; 2823-3 6298-4 H: E875; 2823-3 6298-4 L: E876;
    2951-2 2947-0 L: E871; 2951-2 2947-0 H: E870; 17861-6 H: E835 E21; 17861-6 L: E835 E20; 1742-6 1920-8 6768-6 2324-2
    H: K70 K71 K72 K73 K74 K75 K76 B15 B16 B17 B18 B19 R74 K80 K83; 1975-2 H: E80 R17 K7 K80 K83;
    2857-1 H: N40 N41 C61 R972; 6301-6 34714-6 H: Z7901 D68 R791; 777-3 26515-7 L: D69; 6690-2 26464-8 L: D70 D728;
    6690-2 26464-8 H: D728 C91 C92; 11268-0 78012-2 60489-2 A: J020 J030; 80382-5 80383-3 92142-9 92141-1 A: J10;
    94500-6 94558-4 94559-2 A: U071; 5802-4 5799-2 630-4 20405-7 A: N10 N30 N390 N34 O23; 5794-3 57678-5 A: R31 N20 N21
    N30 C67; 2514-8 5792-7 A: R81 E10 E11 E13; 20454-5 5804-0 A: R80 N18 N04; 2106-3 2110-5 80384-1 A: Z3201 Z33 Z34 Z3A
    O; 21613-5 43304-5 A: A56 A74; 24111-7 43305-2 A: A54; 29771-3 2335-8 14563-1 A: R195 K92 C18 C19 C20; 6463-4
    11475-1 A: L0 N39 B95 B96"""

_HIGH, _LOW = frozenset({"H", "HH"}), frozenset({"L", "LL"})
_ODD = frozenset({"A", "AA"})
_FLAGS = {"H": _HIGH, "L": _LOW, "A": _ODD | _HIGH}
_BODY_MASS = "39156-5"
_CALLED_BODY_MASS = re.compile(r"body mass index|\bbmi\b|indice de masse corporelle|\bimc\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,4})?")


class Supported(NamedTuple):
    """Values that speak for a code, and those that no code explains."""

    by_code: dict[str, tuple[MeasuredValue, ...]]
    alone: tuple[MeasuredValue, ...]


def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in _SUPPORTS.split(";"):
        left, right = row.split(":")
        *numbers, flag = left.split()
        for number in numbers:
            for each in _FLAGS[flag]:
                found[number, each] = (*found.get((number, each), ()), *right.split())
    return found


_TABLE = _table()


def flagged(results: Iterable[MeasuredValue]) -> tuple[MeasuredValue, ...]:
    """Those that the laboratory calls abnormal."""
    return tuple(each for each in results if each.flag in _HIGH | _LOW | _ODD)


def supported(results: Iterable[MeasuredValue], codes: Sequence[str]) -> Supported:
    """Which of the codes (without dots) the abnormal values speak for, and which values none of them explains."""
    by_code: dict[str, tuple[MeasuredValue, ...]] = {}
    alone: list[MeasuredValue] = []
    for each in flagged(results):
        families = _TABLE.get((each.loinc or "", each.flag or ""), ())
        mine = [code for code in codes if families and code.startswith(families)]
        for code in mine:
            by_code[code] = (*by_code.get(code, ()), each)
        if not mine:
            alone.append(each)
    return Supported(by_code, tuple(alone))


def body_mass(results: Iterable[MeasuredValue]) -> tuple[MeasuredValue, int] | None:
    """The last body mass index that was measured, with its whole figure."""
    found = None
    for each in results:
        if each.loinc == _BODY_MASS or _CALLED_BODY_MASS.search(each.words):
            read = _NUMBER.match(each.value.strip())
            if read is not None:
                found = each, int(Decimal(read[0].replace(",", ".")))
    return found
