"""Surfaces of a tooth and areas of the mouth, as claims write them (X12 1369 and 1361, ADA boxes 25 and 28).

Surfaces are one letter each: M mesial, D distal, L lingual or palatal, and by the tooth O occlusal or I incisal, B
buccal or F facial. They are written as the field says them: from the mesial side over the chewing side to the distal
one, then the outer side, then the tongue's (``MOD``, ``MODBL``, ``MIFL``); without the mesial side the distal one
leads (``DO``).
"""

from __future__ import annotations

from clinic.domain.refusal import Refused
from clinic.domain.tooth import Tooth
from clinic.domain.words import N_

SURFACES = "BDFILMO"
MAX_SURFACES = 5
"""C005 has five places, and a tooth has five surfaces."""

FRONT_ONLY, BACK_ONLY = "FI", "BO"
_AS_FRONT = str.maketrans("BOPV", "FILF")
_AS_BACK = str.maketrans("FIPV", "BOLB")
"""P palatal is L; V vestibular is F or B: both are typed in Europe."""

_FROM_MESIAL, _FROM_DISTAL = "MIODFBL", "DIOFBL"

AREAS: dict[str, str] = {
    "00": N_("Whole mouth"),
    "01": N_("Upper jaw"),
    "02": N_("Lower jaw"),
    "09": N_("Other area of the mouth"),
    "10": N_("Upper right quadrant"),
    "20": N_("Upper left quadrant"),
    "30": N_("Lower left quadrant"),
    "40": N_("Lower right quadrant"),
    "L": N_("Left"),
    "R": N_("Right"),
}
"""Areas of the mouth that an 837D can say (SV304)."""

QUADRANT_AREAS = {"UR": "10", "UL": "20", "LL": "30", "LR": "40"}
ARCH_AREAS = {"upper": "01", "lower": "02"}


def tidy_surfaces(text: str, tooth: Tooth, where: str = "surfaces") -> tuple[str, ...]:
    """Surfaces as they are typed, for a tooth: its own letters, each once, in the order of the field.

    Raises:
        Refused: a letter is no surface.
    """
    letters = "".join(text.upper().split()).replace(",", "").replace("-", "").replace(":", "")
    wanted = letters.translate(_AS_FRONT if tooth.front else _AS_BACK)
    if any(letter not in SURFACES for letter in wanted):
        raise Refused(
            N_("This is no surface of a tooth."),
            where=where,
            remedy=N_("Write letters out of M, O or I, D, B or F, and L, as in MOD."),
        )
    return ordered_surfaces(set(wanted))


def ordered_surfaces(letters: set[str]) -> tuple[str, ...]:
    """Letters in the order of the field."""
    order = _FROM_MESIAL if "M" in letters else _FROM_DISTAL
    return tuple(letter for letter in order if letter in letters)


def fits(surface: str, tooth: Tooth) -> bool:
    """Whether a tooth has a surface of this letter: F and I are of front teeth, B and O of the others."""
    return surface not in (BACK_ONLY if tooth.front else FRONT_ONLY)
