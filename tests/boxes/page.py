"""The page of the plain claim, typed by hand, and how another page is typed by its differences.

A page is typed box by box; the parts of a box stand in the order of ``tests/oracle/cms1500_grid.csv`` with a bar
between them, a crossed part is the last words of its name (``self``, ``no``, ``EIN``), blank parts are left out and so
are blank boxes. None blanks a box of the plain page.
"""

from __future__ import annotations

from dataclasses import dataclass

from billing.domain.professional import ProfessionalClaim

SOF = "SIGNATURE ON FILE"


@dataclass(frozen=True)
class Typed:
    """A claim and the boxes of its pages."""

    about: str
    claim: ProfessionalClaim
    pages: tuple[dict[str, str], ...]


PAGE = {
    "0": "HARBOR HEALTH PLAN|PO BOX 981106|EL PASO TX 79998-1106",
    "1": "group health plan",
    "1a": "W123456789",
    "2": "DOE, JOHN, Q",
    "3": "05|17|1961|M",
    "4": "DOE, JOHN, Q",
    "5": "48 ELM ST|QUINCY|MA|02169",
    "6": "self",
    "7": "48 ELM ST|QUINCY|MA|02169",
    "10a": "no",
    "10b": "no",
    "10c": "no",
    "11": "G1001",
    "11a": "05|17|1961|M",
    "11d": "no",
    "12": SOF,
    "13": SOF,
    "21": "0",
    "21A": "I10",
    "21B": "E119",
    "24A.1": "03|05|24|03|05|24",
    "24B.1": "11",
    "24D.1": "99213",
    "24E.1": "A",
    "24F.1": "125|00",
    "24G.1": "1",
    "24J.1": "1234567893",
    "25": "042345678|EIN",
    "26": "ACC1001",
    "27": "yes",
    "28": "125|00",
    "31": SOF,
    "33": "617|5550142|BAYSIDE FAMILY PRACTICE|12 HARBOR ST|BOSTON MA 02110-1234",
    "33a": "1234567893",
}


def page(**boxes: str | None) -> dict[str, str]:
    """The plain page with other boxes; ``b24A_1`` names box 24A.1."""
    typed = {key.removeprefix("b").replace("_", "."): text for key, text in boxes.items()}
    return {key: text for key, text in (PAGE | typed).items() if text is not None}
