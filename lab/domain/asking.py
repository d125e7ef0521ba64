"""What the bench asks back before it records: a volume, a reason, where, what is seen; and what may be answered."""

from __future__ import annotations

from typing import Literal

from clinic.domain.value import Value
from clinic.domain.words import N_

Act = Literal["collect", "step", "aliquot", "store", "note", "missed", "lost", "used_up", "pack", "undo"]
Wants = Literal["draw", "volume", "where", "seen", "reason"]


class Deed(Value, frozen=True, kw_only=True):
    """An act on the container in hand as far as it is told. Volumes are microlitres."""

    act: Act
    step: str | None = None
    volume_ul: int | None = None
    site: str | None = None
    method: str | None = None
    condition: str | None = None
    place_id: int | None = None
    package: str | None = None
    """The number of the package it goes into."""
    seen: str | None = None
    """HL7 table 0493."""
    words: str | None = None
    reason: str | None = None
    scan_id: int | None = None
    """Which scan is undone."""


class Question(Value, frozen=True, kw_only=True):
    """What is asked of whom holds the container, and the act that waits for it."""

    wants: Wants
    deed: Deed
    flags: tuple[tuple[str, int], ...] = ()
    """Limits the act would not keep, with the minutes."""
    remarks: tuple[str, ...] = ()
    """What a package's rules warn of; message ids."""


LATE: tuple[str, ...] = (
    N_("The patient needed me first"),
    N_("The centrifuge or incubator was in use"),
    N_("Another specimen was more urgent"),
    N_("Device or power failure"),
    N_("Told later than it was done"),
)
"""Why a limit was not kept; the digit of each is its place. Any other words do as well."""
MISTAKEN: tuple[str, ...] = (
    N_("Scanned by mistake"),
    N_("Wrong container"),
    N_("Wrong step"),
    N_("It did not happen"),
)
NOT_DRAWN: tuple[str, ...] = (
    N_("The vein could not be found"),
    N_("The patient declined"),
    N_("The patient left"),
    N_("The patient was not prepared"),
)
GONE: tuple[str, ...] = (N_("Broken"), N_("Spilled"), N_("Not at its place"))

SEEN: dict[str, str] = {
    "HEM": N_("hemolyzed"),
    "CLOT": N_("clotted"),
    "CON": N_("contaminated"),
    "AUT": N_("autolyzed"),
}
"""Conditions of HL7 table 0493 that are seen at a bench; words are ours."""

FLAGS: dict[str, str] = {
    "CLOT_SHORT": N_("clotted too short by %(minutes)s min"),
    "DRAW_EARLY": N_("drawn %(minutes)s min too early"),
    "DRAW_LATE": N_("drawn %(minutes)s min too late"),
    "EXPIRED": N_("%(minutes)s min past its use-by"),
    "FIX_LONG": N_("fixed %(minutes)s min too long"),
    "FIX_SHORT": N_("fixed %(minutes)s min too short"),
    "FORCE_LOW": N_("spun with too little force"),
    "INCUBATE_LATE": N_("into the incubator %(minutes)s min too late"),
    "INCUBATE_LONG": N_("incubated %(minutes)s min too long"),
    "INCUBATE_SHORT": N_("incubated %(minutes)s min too short"),
    "READ_EARLY": N_("read %(minutes)s min too early"),
    "READ_LATE": N_("read %(minutes)s min too late"),
    "SEPARATED_LATE": N_("%(minutes)s min past the limit to be off the cells"),
    "SPIN_SHORT": N_("spun %(minutes)s min too short"),
    "STORAGE_WRONG": N_("the test does not keep there"),
    "TRANSFER_LATE": N_("transferred %(minutes)s min too late"),
}
"""Each limit that was not kept, in words."""

METHODS: dict[str, str] = {
    "VENIP": "venipuncture",
    "CAP": "capillary",
    "SWA": "swab",
    "BIO": "biopsy",
    "VOID": "void",
    "CATH": "catheter",
    "SCRP": "scraping",
}
"""HL7 table 0488 in the words of the collection's fact."""


def reasons(question: Question) -> tuple[str, ...]:
    """What may be answered by a digit where a reason is asked; message ids."""
    if question.wants != "reason":
        return ()
    return {"undo": MISTAKEN, "missed": NOT_DRAWN, "lost": GONE}.get(question.deed.act, LATE)
