"""Which code sets judge claims, and their releases from which a person chooses."""

from __future__ import annotations

from datetime import date

from clinic.codes.coming import coming
from clinic.codes.library import Library
from clinic.codes.release import Release
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

SYSTEMS = (
    "icd10cm", "icd10cm-notes", "hcpcs", "cpt", "cdt", "ncci-ptp", "ncci-mue", "ncci-mue-dme", "ncci-addon", "mce",
    "coverage",
)  # fmt: skip
"""Those that edits ask. Others, such as lists of reasons, say nothing of a claim."""


def judging_releases(codes: Library) -> list[Release]:
    """The releases that can be chosen, by system, the newest first."""
    found = [each for each in codes.releases() if each.system in SYSTEMS]
    found.sort(key=lambda each: (each.start, each.effective, each.name), reverse=True)
    return sorted(found, key=lambda each: SYSTEMS.index(each.system))


def coming_releases(codes: Library, today: date) -> dict[str, Release]:
    """What judges next: by system the newest release that begins after today, else the newest of each.

    Raises:
        Refused: no release of a code set that judges claims is loaded.
    """
    found = coming(judging_releases(codes), today)
    if not found:
        raise Refused(
            N_("No code set that judges claims is loaded."),
            remedy=N_("flask codes load KIND FILE takes an official release file as it is."),
        )
    return found
