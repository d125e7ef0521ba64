"""Other acts of the same day beside which payers ask whether the visit stood by itself (modifier 25).

By the ranges that the public NCCI policy manual (chapters I and XI) names: surgery, giving vaccines, injections and
infusions. Drawing blood and laboratory tests are no such acts.
"""

from __future__ import annotations

from collections.abc import Iterable

SEPARATE = "25"
_RANGES = (
    ("10004", "36400"),
    ("36420", "69990"),
    ("90460", "90474"),
    ("90480", "90480"),
    ("96360", "96379"),
    ("96401", "96549"),
    ("G0008", "G0010"),
)


def beside(codes: Iterable[str]) -> tuple[str, ...]:
    """Those of these codes that stand in the ranges, each once."""
    return tuple(dict.fromkeys(code for code in codes if any(first <= code <= last for first, last in _RANGES)))
